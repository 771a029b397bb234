"""Propose what each source field becomes: what the source's profile knows, then by name.

Works offline on the registry as it is: no target is proposed that this database lacks.
"""

import difflib
import fnmatch

from odoo.models import MAGIC_COLUMNS

from ...connectors.mapping.apply import as_json
from ..words.mapping import PLACES
from ..words.messages import translate
from .conversions import steps_for_type
from .custom_objects import get_model, is_custom_object
from .decided_before import DECIDED, get_decided
from .field_kinds import (
    CUSTOM_STEPS,
    KINDS,
    STEPS,
    SYNONYMS,
    _twins,
    in_order,
    normalize,
)
from .load_order import in_load_order
from .profile_texts import as_list, in_words
from .samples import Samples

KNOWN, BY_NAME, BY_SYNONYM, ALIKE = 100, 90, 80, 60
UNSURE = 80
"""Up to that a person should look at what the source proposes."""


def as_proposed(line):
    """Return what is remembered of a proposal: of a line, or of its values."""
    return {name: line[name] or False for name in ("target", "steps", "state")}


class Proposer(Samples):
    """Write and complete the mapping of a job; what a person decided stays."""

    def __init__(self, env, job):
        self.env = env
        self.job = job
        self.is_older = job.is_profile_older
        self.decided = {}

    # -- proposals -------------------------------------------------------------

    def propose(self, mappings, value_lists, ignored=None, left_out=()):
        """Copy the profile into the job, then propose by name what it leaves open.

        :param mappings: ``Mapping``s to models that this database has
        :param ignored: pattern → why members of any stream are left out
        :param left_out: ``LeftOut``s, of the source and of what needs another app
        """
        names = {item.name for item in value_lists}
        lists = [as_list(self.env, self.job, item) for item in value_lists]
        lists += self._get_own_lists(names)
        self.job.value_lists = lists or False
        ignored = in_words(self.env, dict(ignored or {}))
        self._keep_left_out(left_out)
        listed = [in_words(self.env, as_json(mapping)) for mapping in mappings]
        for position, mapping in enumerate(in_load_order(self.env, self.job, listed)):
            mapping["ignored"] = {**ignored, **mapping["ignored"]}
            self._copy(mapping, position)
        self._retire()
        for stream in self.job.stream_ids:
            self._propose_members(stream)
            self._write_figures(stream)

    def _get_own_lists(self, names):
        """Return the lists that a person's choice of a field has made."""
        return [
            item for item in self.job.value_lists or [] if item["name"] not in names
        ]

    def _retire(self):
        """Do nothing about mappings that the profile does not have any more."""

    def _renew(self, mapping, proposed, stream):
        """Do nothing about a mapping that is there: it was reviewed as it is."""

    def _keep_left_out(self, left_out):
        """Note on each stream which records become nothing here, and why."""
        for stream in self.job.stream_ids:
            stream.left_out = [
                {
                    "when": [condition.as_json() for condition in item.when],
                    "reason": translate(self.env, item.reason),
                    **({"needs": item.needs} if item.needs else {}),
                    **({"is_optional": True} if item.is_optional else {}),
                }
                for item in left_out
                if item.stream == stream.name
            ] or False

    def _copy(self, mapping, position):
        stream = self.job.stream_ids.filtered(lambda s: s.name == mapping["stream"])
        identity = tuple(mapping[name] for name in ("stream", "part", "model", "key"))
        known = stream.mapping_ids.filtered(lambda m: m._identify() == identity)
        if not stream or known:
            known.sequence = position
            if known:
                self._renew(known, mapping, stream)
            return
        if self.is_older and stream.mapping_ids:
            # What an update proposes instead would take the same records once more.
            return
        record = self.env["crm.migration.mapping"].create(
            {
                "job_id": self.job.id,
                "stream_id": stream.id,
                "part": mapping["part"],
                "key": mapping["key"],
                "label": mapping["label"],
                "sequence": position,
                "model_name": mapping["model"],
                "wanted_model": mapping["wanted"] or False,
                "after": mapping["after"] or False,
                "when": mapping["when"] or False,
                "ignored": mapping["ignored"] or False,
                "object_label": mapping["object_label"] or False,
            }
        )
        custom = {f"@custom.{item['key']}": item for item in mapping["custom_fields"]}
        self.env["crm.migration.mapping.line"].create(
            [
                self._as_line(record, stream, item, custom.get(item["target"]), number)
                for number, item in enumerate(mapping["fields"])
            ]
        )

    def _as_line(self, mapping, stream, item, custom, number):
        target = item["target"]
        name = target.split("/")[0]
        own = is_custom_object(mapping.model_name)
        exists = (
            target.startswith("@")
            or name in get_model(self.env, mapping.model_name)._fields
        )
        paths = item["source"] if isinstance(item["source"], list) else [item["source"]]
        first = (stream.sample or {}).get(paths[0] or "") or {}
        if custom:
            reason = self.env._("A field of your own: will be created in Odoo.")
        elif exists:
            reason = self._explain(item.get("confidence", KNOWN))
        else:
            reason = self.env._("This database has no such field.")
        vals = {
            "mapping_id": mapping.id,
            "sequence": number,
            "source": ", ".join(path for path in paths if path),
            "source_paths": item["source"] or False,
            "source_label": first.get("label"),
            "is_custom": bool(custom),
            "target": target if exists else False,
            "steps": item["steps"] or False,
            "required": item["required"],
            "lossy": item["lossy"],
            "custom_kind": custom["kind"] if custom else False,
            "custom_label": custom["label"] if custom else False,
            "custom_options": (custom["options"] or False) if custom else False,
            "custom_relation": custom["relation"] or False if custom else False,
            "is_known": True,
            "confidence": item.get("confidence", KNOWN) if exists else 0,
            "reason": reason,
            "state": "accepted" if exists and (own or not custom) else "open",
        }
        return {**vals, "proposed": as_proposed(vals)}

    def _explain(self, confidence):
        """Return why the source proposes a field, by how sure it is."""
        if confidence >= KNOWN:
            return self.env._("Known for this system.")
        if confidence > UNSURE:
            return self.env._("Known by its name and its values.")
        return self.env._("Its name may mean several things, or no value bears it out.")

    def _propose_members(self, stream):
        """Propose a target for every member that no line of the stream mentions."""
        mappings = stream.mapping_ids.filtered(lambda m: not m.part)
        if not stream.sample:
            return
        # Of several mappings each takes other records: what nobody knows is asked of all.
        for mapping in mappings or stream.mapping_ids[:1]:
            covered = self._get_covered(stream, mapping)
            candidates = self._get_candidates(mapping)
            self.env["crm.migration.mapping.line"].create(
                [
                    self._remember(
                        self._as_proposal(
                            mapping, path, figures, candidates, 500 + number
                        )
                    )
                    for number, (path, figures) in enumerate(in_order(stream.sample))
                    if not covered & {path, *_twins(path)}
                ]
            )

    def _remember(self, vals):
        return {"steps": False, "target": False, **vals} | {
            "proposed": as_proposed({"steps": False, "target": False, **vals})
        }

    def _get_covered(self, stream, mapping):
        """Return the members that some line or condition of the stream mentions.

        But where another mapping keeps its records as a whole, in words (converted leads
        in files), its members have no home yet in this one.
        """
        paths = []
        for line in stream.mapping_ids.line_ids:
            own = line._get_paths()
            keeps = line.target == "body" and len(own) * 2 > len(stream.sample or {})
            if line.mapping_id == mapping or not keeps:
                paths += own
        for condition in (c for m in stream.mapping_ids for c in m.when or []):
            source = condition["source"]
            paths += source if isinstance(source, list) else [source]
        return set(paths) | {path.split(".")[0] for path in paths}

    def _get_candidates(self, mapping):
        """Return the writable stored fields that nothing fills yet, by name."""
        if is_custom_object(mapping.model_name):
            return {}
        taken = set(mapping.line_ids.mapped("target"))
        model = self.env[mapping.model_name]
        labels = model.fields_get(attributes=["string"])
        return {
            name: (field, normalize(labels[name]["string"]))
            for name, field in model._fields.items()
            if field.store
            and not field.readonly
            and name not in MAGIC_COLUMNS
            and name not in taken
            # Of these the loader reads what is meant, with its unit.
            and f"@{name}" not in PLACES
            and field.type in set().union(*KINDS.values())
            and name in labels
        }

    def _as_proposal(self, mapping, path, figures, candidates, number):
        ignored = self._get_reason_to_ignore(mapping, path)
        if ignored:
            return {
                "mapping_id": mapping.id,
                "sequence": 1000 + number,
                "source": path,
                "source_paths": path,
                "source_label": figures["label"],
                "state": "ignored",
                "ignore_reason": ignored,
                "confidence": KNOWN,
                "reason": self.env._("Known for this system."),
            }
        decided = self._get_decided(mapping)
        target, confidence, reason = self._find(path, figures, candidates, decided)
        kind = figures["kind"] if figures["kind"] in CUSTOM_STEPS else "char"
        field = candidates.pop(target)[0] if target else None
        steps = STEPS.get(field.type if field else kind) or False
        if figures["kind"] != "json":
            read_as = field.type if field else kind
            steps = steps_for_type(mapping.stream_id, path, read_as, steps)
        return {
            "mapping_id": mapping.id,
            "sequence": number,
            "source": path,
            "source_paths": path,
            "source_label": figures["label"],
            "source_kind": figures["kind"],
            "is_custom": figures["custom"],
            "target": target,
            "steps": steps,
            "custom_kind": False if target else "text" if kind == "json" else kind,
            "custom_label": False if target else figures["label"],
            "confidence": confidence,
            "reason": reason,
            "state": "open",
        }

    def _get_reason_to_ignore(self, mapping, path):
        """Return why the profile leaves a member out; its patterns may have a ``*``."""
        for known in mapping.stream_id.mapping_ids:
            for pattern, reason in (known.ignored or {}).items():
                if fnmatch.fnmatchcase(path, pattern):
                    return reason
        return None

    def _get_decided(self, mapping):
        if mapping not in self.decided:
            self.decided[mapping] = get_decided(self.env, mapping)
        return self.decided[mapping]

    def _find(self, path, figures, candidates, decided):
        """Return (target or False, confidence, reason); what was decided before leads."""
        wanted = {normalize(path), normalize(figures["label"])}
        for name in wanted:
            target, job = decided.get(name, (None, None))
            if target in candidates:
                reason = self.env._("Decided so before, in “%(job)s”.", job=job)
                return target, DECIDED, reason
        fitting = {
            name: label
            for name, (field, label) in candidates.items()
            if field.type in KINDS.get(figures["kind"], ())
        }
        for name, label in fitting.items():
            if wanted & {normalize(name), label}:
                return name, BY_NAME, self.env._("Same name.")
        for name in fitting:
            if wanted & SYNONYMS.get(name, set()):
                return name, BY_SYNONYM, self.env._("Another word for it.")
        by_label = {label: name for name, label in fitting.items()}
        for text in wanted:
            if close := difflib.get_close_matches(text, by_label, 1, 0.86):
                return by_label[close[0]], ALIKE, self.env._("Similar name.")
        return False, 0, self.env._("Nothing in Odoo looks like it.")
