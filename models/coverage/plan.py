"""What is known of an object's members: which lines take them, which rules leave them out."""

import fnmatch

from ...connectors import get_source_class
from ...connectors.mapping.apply import get_value
from ..mapping.custom_objects import get_model
from .alike import read_numbers
from .case import own_links
from .labels import Labels
from .leaves import field_of
from .probe import NOTE_FIELDS
from .probe_fields import make_field_probe
from .probe_invoices import PLACES_OF_INVOICES
from .probe_notes import KeptProbe
from .probe_orders import TaxIncludedProbe, TotalProbe
from .probe_places import PLACES, AnywhereProbe
from .probe_rows import RowsProbe

ALWAYS = ("create_date", "write_date", "create_uid", "write_uid", "active")
OF_MODEL = {
    "crm.lead": (
        *("user_id", "stage_id", "team_id", "probability", "type", "date_closed"),
        *("date_last_stage_update", "expected_revenue", "partner_id", "company_id"),
        *("state_id", "country_id", "name", "tag_ids", "lost_reason_id"),
    ),
    "res.partner": (
        *("name", "state_id", "country_id", "email", "phone", "user_id"),
        *("parent_id", "is_company", "category_id", "website", "zip", "industry_id"),
    ),
    "mail.message": ("model", "res_id", "author_id", "email_from", "subject", "date"),
    "mail.activity": (
        *("res_model", "res_id", "user_id", "date_done", "date_deadline"),
        *("summary", "activity_type_id"),
    ),
    "calendar.event": (
        *("res_model", "res_id", "opportunity_id", "partner_ids", "user_id"),
        *("start", "stop", "allday", "name"),
    ),
    "account.move": (
        *(
            "name",
            "state",
            "currency_id",
            "amount_untaxed",
            "amount_tax",
            "amount_total",
        ),
        *("invoice_currency_rate", "partner_id", "move_type", "invoice_date", "date"),
    ),
    "ir.attachment": ("res_model", "res_id", "file_size", "name", "mimetype"),
}
"""What the looks and the auditors read of a model, whatever its lines name."""
PLACES_OF = {"account.move": PLACES_OF_INVOICES}
"""Model → target → where its values are looked for, if not where others are."""


SOLD = {"@total": TotalProbe, "@untaxed": TotalProbe, "@tax_included": TaxIncludedProbe}


class PathPlan:
    """All that is known of one path of the payload."""

    __slots__ = (
        *("path", "field", "probes", "links", "conditions", "reason", "own_reason"),
        *("is_key", "is_derived", "is_taken", "targets"),
    )


class StreamPlan:
    """The lines and rules of one object, by path, each worked out when it is met."""

    def __init__(self, env, job, stream):
        self.env, self.job, self.stream = env, job, stream.name
        self.stream_id, self.primary_key = stream.id, stream.primary_key or "id"
        self._is_made = get_source_class(job.source).is_made
        mappings = stream.mapping_ids.filtered("selected")
        self.mappings = {mapping.id: mapping.model_name for mapping in mappings}
        self.unselected = set((stream.mapping_ids - mappings).mapped("model_name"))
        self.lines = [
            (mapping.id, line, self._make_probe(mapping, line))
            for mapping in mappings
            for line in mapping.line_ids
            if line.state == "accepted" and line.target and line._get_paths()
        ]
        self.taken_by = {mapping_id: [] for mapping_id in self.mappings}
        for mapping_id, line, probe in self.lines:
            self.taken_by[mapping_id].append((probe, line._get_paths()))
        self.constants = {
            (mapping.id, line.target)
            for mapping in mappings
            for line in mapping.line_ids
            if line.state == "accepted" and line.target and not line._get_paths()
        }
        self.marks, self._link_fields, self._lines_of, self._of_types = {}, {}, {}, {}
        self.paths_of = {
            line.id: line._get_paths() for _mapping, line, _probe in self.lines
        }
        self.conditions = [
            (mapping.id, path, condition)
            for mapping in mappings
            for condition in mapping.when or []
            for path in _as_list(condition["source"])
        ]
        self.left_out = [
            (path, line.ignore_reason)
            for line in stream.mapping_ids.line_ids
            if line.state == "ignored"
            for path in line._get_paths()
        ]
        self.patterns = {
            pattern: reason
            for mapping in stream.mapping_ids
            for pattern, reason in (mapping.ignored or {}).items()
        }
        self.is_chosen = bool(stream.mapping_ids or stream.left_out)
        """Somebody knows the object: who leaves it out as a whole has a reason."""
        self.labels = Labels(env)
        for mapping in mappings:
            for line in mapping.line_ids:
                self.labels.add(line, get_model(env, mapping.model_name))
        self._plans, self._fields, self._own_links = {}, {}, {}

    def is_left_to_people(self, model):
        """Tell whether somebody has left out what the object would become of a model."""
        return model in self.unselected

    def _make_probe(self, mapping, line):
        target = line.target
        data = {
            "target": target,
            "id": line.id,
            "steps": line.steps,
            "source": line.source_paths,
            "zone": self.job.tz,
            "paths": line._get_paths(),
            "choices": line.custom_options or (),
        }
        about = {"model": mapping.model_name}
        name = line.custom_field if target.startswith("@custom.") else target
        field = get_model(self.env, mapping.model_name)._fields.get(name or "")
        if field is not None and any(step[0] == "rows" for step in line.steps or ()):
            about["fields_of"] = lambda model: self.env[model]._fields
            return RowsProbe(data, about, field)
        if field is not None:
            return make_field_probe(data, about, field)
        if target.startswith("@note."):
            return KeptProbe(data, about)
        own = PLACES_OF.get(mapping.model_name, SOLD)
        return (own.get(target) or PLACES.get(target, AnywhereProbe))(data, about)

    def fields_of(self, env, model):
        """Return the stored fields of a model that are read, notes included."""
        if model not in self._fields:
            known = get_model(env, model)._fields
            wanted = {
                name
                for _mapping, _line, probe in self.lines
                if probe.model_name == model
                for name in probe.fields
            }
            wanted |= {*ALWAYS, *NOTE_FIELDS, *OF_MODEL.get(model, ())}
            wanted |= set(self.own_links_of(env, model))
            self._fields[model] = sorted(
                name for name in wanted if name in known and known[name].store
            )
        return self._fields[model]

    def own_links_of(self, env, model):
        """Return the names of the links by which records of a model hang on others."""
        if model not in self._own_links:
            self._own_links[model] = own_links(env, get_model(env, model)._fields)
        return self._own_links[model]

    def link_fields_of(self, mapping_id, model):
        """Return (name, field) of the links that the lines of a mapping fill."""
        if mapping_id not in self._link_fields:
            fields = model._fields
            self._link_fields[mapping_id] = [
                (name, fields[name])
                for name in dict.fromkeys(
                    name
                    for probe, _paths in self.taken_by[mapping_id]
                    for name in probe.fields
                )
                if name in fields and fields[name].type in ("many2one", "many2many")
            ]
        return self._link_fields[mapping_id]

    def lines_of(self, mapping_id, targets=()):
        """Return (probe, paths) of the lines of a mapping, or of those for some targets."""
        key = (mapping_id, targets)
        if key not in self._lines_of:
            self._lines_of[key] = [
                (probe, paths)
                for probe, paths in self.taken_by[mapping_id]
                if not targets or probe.target in targets
            ]
        return self._lines_of[key]

    def of_types(self, mapping_id, model, types):
        """Return (name, paths, zone) of what a mapping fills of fields of some types."""
        key = (mapping_id, types)
        if key not in self._of_types:
            fields = model._fields
            self._of_types[key] = [
                (name, paths, probe.declared.zone)
                for probe, paths in self.taken_by[mapping_id]
                for name in probe.fields
                if name in fields
                and fields[name].type in types
                and name == getattr(probe, "name", None)
            ]
        return self._of_types[key]

    def of(self, path):
        """Return the ``PathPlan`` of a path."""
        plan = self._plans.get(path)
        if plan is None:
            plan = self._plans[path] = self._work_out(path)
        return plan

    def is_left_alone(self, path):
        """Tell whether nothing at a path, nor within, is to be accounted for."""
        above = f"{path}."
        known = (
            *self.paths_of.values(),
            [own for _mapping, own, _c in self.conditions],
        )
        if any(own.startswith(above) for paths in known for own in paths):
            return False
        return self.of(path).is_derived

    def _work_out(self, path):
        plan = PathPlan()
        plan.path, plan.field = path, field_of(path)
        plan.probes = [
            (mapping_id, probe)
            for mapping_id, line, probe in self.lines
            if any(_covers(own, path) for own in self.paths_of[line.id])
        ]
        plan.links = [pair for pair in plan.probes if pair[1].may_refer]
        plan.targets = {probe.target for _mapping, probe in plan.probes}
        plan.conditions = [
            (mapping_id, condition)
            for mapping_id, own, condition in self.conditions
            if _covers(own, path)
        ]
        plan.is_taken = bool(plan.probes)
        plan.is_key = path == self.primary_key
        is_made = any(map(self._is_made, path.split(".")))
        plan.is_derived = is_made and not plan.probes and not plan.conditions
        plan.own_reason = self._own_reason(plan)
        plan.reason = plan.own_reason or self._reason_above(path)
        return plan

    def _own_reason(self, plan):
        """Return why just this member is left out, whatever becomes of its object."""
        # A pattern means a member wherever it stands: in copies of objects as well.
        names = dict.fromkeys((plan.path, plan.field, *plan.field.split(".")[1:]))
        for path, reason in self.left_out:
            if path in (plan.path, plan.field):
                return reason or self.job._get_default_reason()
        for pattern, reason in self.patterns.items():
            if any(fnmatch.fnmatchcase(name, pattern) for name in names):
                return reason
        return None

    def _reason_above(self, path):
        """Return why the object that a member belongs to is left out as a whole."""
        parts = path.split(".")
        for end in range(len(parts) - 1, 0, -1):
            above = ".".join(parts[:end])
            for own, reason in self.left_out:
                if own in (above, field_of(above)):
                    return reason or self.job._get_default_reason()
            for pattern, reason in self.patterns.items():
                if fnmatch.fnmatchcase(field_of(above), pattern):
                    return reason
        return None

    def amounts_of(self, payload):
        """Return the numbers that the lines of the expected revenue take."""
        found = []
        for _mapping, line, probe in self.lines:
            if probe.target == "expected_revenue":
                for path in self.paths_of[line.id]:
                    value = get_value(payload, path)
                    if isinstance(value, int | float | str):
                        found += read_numbers(value)
        return found


def _covers(own, path):
    """Tell whether a path is that of a line, or within what the line takes.

    >>> _covers("phones", "phones.0.number"), _covers("phones.0", "phones.1")
    (True, False)
    """
    return path == own or path.startswith(own + ".")


def _as_list(value):
    return value if isinstance(value, list | tuple) else [value]
