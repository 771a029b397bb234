"""What of a template has a counterpart in a migration, and what it would change there."""

from typing import NamedTuple

from ..mapping.conversions import Conversion
from ..mapping.propose_again import as_paths
from ..words.mapping import PLACES
from .plan_members import is_later_part

_READ_AS = (
    {"date", "date_as"},
    {"datetime", "datetime_as"},
    {"decimal", "decimal_as"},
)
"""Steps that say how a value is written: there the new source itself has the last word."""


class Found(NamedTuple):
    """One decision of the template.

    :param kind: ``apply``, ``same``, ``keep`` (a person decided otherwise here), or
        ``missing``
    """

    kind: str
    item: dict
    mapping: object
    line: object = None
    text: str = ""


class Matching:
    """Compare the lines of a template with those of a migration.

    :param job: the migration, as superuser
    :param plan: the content of a template, checked
    :param keep: what a person decided here stays
    """

    def __init__(self, job, plan, keep=True):
        self.env, self.job, self.plan, self.keep = job.env, job, plan, keep
        self.by_identity = {m._identify(): m for m in job.mapping_ids}
        self.streams = set(job.stream_ids.mapped("name"))
        self.used = set()
        self.renamed = {}

    def compare(self):
        """Return a ``Found`` for every line of the template that says something."""
        decided = [i for i in self.plan.get("mapping") or [] if i["state"] != "open"]
        return [self._compare(item) for item in decided]

    def _compare(self, item):
        mapping = self.find_mapping(item)
        name = self._name(item)
        if not mapping:
            text = self.env._(
                "%(field)s: there is no object “%(object)s” that becomes the same here.",
                field=name,
                object=item["stream"],
            )
            return Found("missing", item, mapping, None, text)
        paths = as_paths(item["source"])
        line = self.find_line(item, mapping, paths)
        if not line and not self._can_be_made(item, mapping, paths):
            text = self.env._(
                "%(object)s: there is no field “%(field)s” here.",
                object=mapping.stream_id.label,
                field=name,
            )
            return Found("missing", item, mapping, line, text)
        if text := self._say_lacking(item, mapping):
            return Found("missing", item, mapping, line, text)
        if line and self._is_same(line, item):
            return Found("same", item, mapping, line)
        if self.keep and line and line._is_decided():
            text = self.env._(
                "%(object)s, %(field)s: stays as it was decided here.",
                object=mapping.stream_id.label,
                field=name,
            )
            return Found("keep", item, mapping, line, text)
        return Found("apply", item, mapping, line)

    def _name(self, item):
        source = as_paths(item["source"])
        return item.get("label") or ", ".join(source) or item.get("target") or ""

    def find_mapping(self, item):
        """Return the mapping that a decision is about, also under another name of a file."""
        part, key = item.get("part") or "", item.get("key") or ""
        rest = (part, item.get("model"), key)
        exact = self.by_identity.get((item["stream"], *rest))
        if exact or item["stream"] in self.streams:
            return exact
        place = (item["stream"], *rest)
        if place not in self.renamed:
            self.renamed[place] = self._find_renamed(item, rest)
        return self.renamed[place]

    def _find_renamed(self, item, rest):
        """Return the mapping to the same model that has most of the fields."""
        wanted = {
            path
            for other in self.plan.get("mapping") or []
            if other["stream"] == item["stream"]
            for path in as_paths(other["source"])
        }
        taken = {
            other["stream"] for other in self.plan.get("mapping") or []
        } & self.streams
        best, most = None, 0
        for mapping in self.job.mapping_ids:
            if mapping._identify()[1:] != rest or mapping.stream in taken:
                continue
            own = {p for line in mapping.line_ids for p in line._get_paths()}
            if len(own & wanted) > most:
                best, most = mapping, len(own & wanted)
        return best if most * 2 >= len(wanted) else None

    def find_line(self, item, mapping, paths):
        """Return the line of the same fields, of several that of the same target."""
        same = mapping.line_ids.filtered(
            lambda line: line._get_paths() == paths and line.id not in self.used
        )
        if is_later_part(item):
            number = item["steps"][0][2]
            same = same.filtered(
                lambda line: (
                    line.steps
                    and line.steps[0][:1] == ["part"]
                    and line.steps[0][2] == number
                )
            )
        line = same.filtered(lambda each: each.target == item.get("target"))[:1]
        line = line or same[:1]
        self.used.update(line.ids)
        return line

    def _can_be_made(self, item, mapping, paths):
        single = {
            line._get_paths()[0]
            for line in mapping.line_ids
            if len(line._get_paths()) == 1
        }
        several = len(paths) > 1 or is_later_part(item)
        return several and set(paths) <= single

    def _say_lacking(self, item, mapping):
        """Return why Odoo cannot take what the template wants, None if it can."""
        target = (item.get("target") or "").split("/")[0]
        if not target or target.startswith("@custom.") or target in PLACES:
            return None
        if mapping.model_name not in self.env:
            return None
        if target in self.env[mapping.model_name]._fields:
            return None
        return self.env._(
            "%(object)s, %(field)s: this database has no field “%(target)s”.",
            object=mapping.stream_id.label,
            field=self._name(item),
            target=target,
        )

    def _is_same(self, line, item):
        return (line.target or None, line.state) == (
            item.get("target") or None,
            item["state"],
        ) and (line.steps or []) == self.adapt(line, item)

    def adapt(self, line, item):
        """Return the steps of the template as the values here are written.

        A link to an object of another name here is made anew.
        """
        steps, target = item.get("steps") or [], item.get("target")
        if not steps or not target or target.startswith("@custom."):
            return steps
        if self._names_unknown(steps):
            return Conversion(line, target).find()[1]
        own = (line.steps if line.target == target else None) or []
        return [self._read_here(step, own) for step in steps]

    def _read_here(self, step, own):
        for family in _READ_AS:
            if step[0] in family:
                return next((each for each in own if each[0] in family), step)
        return step

    def _names_unknown(self, steps):
        """Tell whether a link leads to an object that the migration does not have."""
        for name, *arguments in steps:
            if name in ("lookup", "lookup_by", "lookup_all"):
                if arguments[0] not in self.streams:
                    return True
            if name == "lookup_several_by":
                named = {pair[0] for pair in arguments[0]} - {"*", ""}
                if named - self.streams:
                    return True
        return False
