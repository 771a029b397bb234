"""Propose the mapping of a migration anew after an update: what was decided stays."""

from collections import Counter

from .propose_fields import Proposer

RENEWED = (
    *("target", "steps", "required", "lossy", "confidence", "reason", "state"),
    "is_known",
    *(
        "is_custom",
        "custom_kind",
        "custom_label",
        "custom_options",
        "custom_relation",
        "proposed",
    ),
)
"""What of a line that nobody has decided about follows the profile."""


CARRIED = (
    *("source", "source_paths", "source_label", "source_kind", "sequence"),
    *("ignore_reason", "custom_field", "is_field_created"),
)
"""What besides goes on with a decision when another mapping takes its place."""


OWN = ("label", "after", "when", "ignored", "object_label")
"""What of a mapping only the profile says."""


class Renewal(Proposer):
    """Compare what was proposed then with what the profile proposes now.

    A mapping is known by its identity, a line by its source and target. ``counts`` says
    what became of the lines: added, changed, removed, kept. Of the streams ``replaced`` a person
    has said what else they hold: what was meant for them before goes.
    """

    def __init__(self, env, job):
        super().__init__(env, job)
        self.is_older = False
        self.counts = Counter(added=0, changed=0, removed=0, kept=0)
        self.seen = env["crm.migration.mapping"]
        self.replaced = env["crm.migration.stream"]

    def _renew(self, mapping, proposed, stream):
        """Bring a mapping up to date; lines that were decided about stay as they are."""
        self.seen |= mapping
        new = {name: proposed[name] or False for name in OWN}
        mapping.write({n: value for n, value in new.items() if mapping[n] != value})
        custom = {f"@custom.{c['key']}": c for c in proposed["custom_fields"]}
        wanted = [
            self._as_line(mapping, stream, item, custom.get(item["target"]), number)
            for number, item in enumerate(proposed["fields"])
        ]
        lines = {}
        for line in mapping.line_ids:
            lines.setdefault(str(line._get_paths()), []).append(line)
        for vals in wanted:
            self._renew_line(mapping, vals, lines)
        for left in lines.values():
            self._remove_outdated(left)

    def _renew_line(self, mapping, vals, lines):
        """Take the line of this source and target, else another of the source, or none."""
        candidates = lines.get(str(as_paths(vals["source_paths"])), [])
        exact = [
            line
            for line in candidates
            if vals["target"] in (line.target or False, line._get_proposed("target"))
        ]
        line = next(iter(exact or candidates), None)
        if line is None:
            mapping.line_ids.create(vals)
            self.counts["added"] += 1
            return
        candidates.remove(line)
        if line._is_decided():
            self.counts["kept"] += 1
            return
        new = {n: vals[n] for n in RENEWED if (line[n] or False) != (vals[n] or False)}
        if set(new) - {"proposed"}:
            self.counts["changed"] += 1
        if "target" in new:
            new["steps"] = vals["steps"]
        line.write({**new, "sequence": vals["sequence"]})

    def _remove_outdated(self, lines):
        """Remove what the profile proposed and does not propose any more."""
        for line in lines:
            if line._is_decided():
                self.counts["kept"] += 1
            elif line._is_from_profile():
                line.unlink()
                self.counts["removed"] += 1

    def _retire(self):
        """Leave out the mappings that the profile does not have any more.

        What was decided about their fields goes on with those that took their place.
        """
        created = self.job.mapping_ids - self.seen - self.before
        for mapping in self.before - self.seen:
            heirs = created.filtered(
                lambda m, old=mapping: m.stream_id == old.stream_id
            )
            for line in mapping.line_ids.filtered(lambda each: each._is_decided()):
                self._hand_on(line, heirs)
            if mapping.stream_id in self.replaced:
                # It is not what the records are: nobody left it out.
                mapping.unlink()
            else:
                mapping.selected = False

    def _hand_on(self, line, heirs):
        paths = line._get_paths()
        for heir in heirs.filtered(
            lambda m: m.model_name == line.mapping_id.model_name
        ):
            same = heir.line_ids.filtered(lambda each: each._get_paths() == paths)
            same.unlink()
            vals = {name: line[name] for name in (*RENEWED, *CARRIED)}
            heir.line_ids.create({**vals, "mapping_id": heir.id})
            self.counts["kept"] += 1

    def propose(self, *args, **options):
        self.before = self.job.mapping_ids
        super().propose(*args, **options)


def as_paths(source):
    return source if isinstance(source, list) else [source] if source else []
