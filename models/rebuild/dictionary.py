"""What the fields and values of a source are in Odoo: the mapping of the migration says it."""

import re
from collections import namedtuple

from ...connectors.mapping.apply import apply
from ...connectors.mapping.values import is_blank
from ..loading.batch import MAP, OWNER, REF, as_reference

Place = namedtuple("Place", "line field")
"""A line of the mapping, and the field (or ``@target``) that its values go to."""


class Unsaid(ValueError):
    """Odoo has no word for it; ``code`` and ``data`` say why."""

    def __init__(self, code, **data):
        self.code, self.data = code, data
        super().__init__(code)


class Dictionary:
    """One migration's: what was read, reviewed and loaded.

    :param job: ``crm.migration.job``, as superuser
    """

    def __init__(self, job):
        self.env, self.job = job.env, job
        self._mappings = {}
        for mapping in job.mapping_ids.filtered("selected"):
            self._mappings.setdefault(mapping.stream, []).append(mapping)
        self.labels = {stream.name: stream.label for stream in job.stream_ids}
        self.targets = self.env["crm.migration.target"]

    # -- models ------------------------------------------------------------------

    def get_mapping(self, stream):
        """Return the mapping by which records of a stream become records of their own.

        :raises Unsaid: nothing of which a rule could be
        """
        for mapping in self._mappings.get(stream, ()):
            model = self.env.get(mapping.model_name)
            if not mapping.part and model is not None and self._takes_rules(model):
                return mapping
        raise Unsaid("no_model", stream=stream)

    def _takes_rules(self, model):
        """Rules are about what people work on: what has a chatter or activities."""
        return (
            not model._abstract
            and (hasattr(model, "message_post") or hasattr(model, "activity_schedule"))
            and model._name != "mail.message"
        )

    def get_hints(self, mapping):
        return self.targets._for(mapping.model_name)._rule_hints

    def get_kind(self, mapping):
        """Return the domain that tells records of a stream from others of the model.

        By what the mapping writes into all of them: the type of a lead.
        """
        domain = []
        for name in self.get_hints(mapping).told_apart_by:
            for line in mapping.line_ids:
                steps = line.steps or []
                if (
                    line.target == name
                    and len(steps) == 1
                    and steps[0][0] == "constant"
                ):
                    domain.append((name, "=", steps[0][1]))
        return domain

    # -- fields ------------------------------------------------------------------

    def find(self, stream, path, mapping=None):
        """Return the ``Place`` of a field.

        :raises Unsaid: it has none
        """
        mappings = [mapping] if mapping else self._mappings.get(stream, ())
        lines = [
            line
            for each in mappings
            for line in each.line_ids
            if line.state == "accepted" and line.target and path in line._get_paths()
        ]
        # The field alone says more than one that it is put together with.
        lines.sort(key=lambda line: len(line._get_paths()))
        for line in lines:
            field = line.custom_field if line.target.startswith("@custom.") else None
            place = Place(line, field or line.target)
            model = self.env.get(line.mapping_id.model_name)
            if model is not None and (
                place.field in model._fields or place.field in USABLE
            ):
                return place
        raise Unsaid("no_field", stream=stream, field=path)

    def label(self, stream, path):
        """Return what people call a field."""
        for mapping in self._mappings.get(stream, ()):
            for line in mapping.line_ids:
                if line._get_paths() == [path]:
                    label = line.source_label
                    return label if label and label != path else humanize(path)
        return humanize(path)

    # -- values ------------------------------------------------------------------

    def convert(self, place, path, value):
        """Return what the mapping makes of a value: plain, or (model, id).

        :raises Unsaid: nothing, or what is not in Odoo
        """
        fields = [{**each, "required": False} for each in place.line._as_fields()]
        outcome = apply(fields, nest(path, value), zone=self.job.tz)
        found = outcome.values.get(place.line.target)
        if isinstance(found, list) and len(found) == 1:
            found = found[0]
        if is_blank(found):
            raise Unsaid("no_value", field=path, value=str(value))
        return self._resolve(found, path, value)

    def _resolve(self, found, path, value):
        reference = as_reference(found)
        if not reference:
            if isinstance(found, dict | list):
                raise Unsaid("no_value", field=path, value=str(value))
            return found
        kind, key = reference
        known = None
        if kind == REF:
            known = self.env["crm.migration.id.map"]._resolve(self.job, [key]).get(key)
        elif kind == MAP:
            known = self.env["crm.migration.value.map"]._resolve(self.job, [key])
            known = known.get(key)
        elif kind == OWNER:
            owner = self.job.owner_ids.filtered(lambda o: o.key == str(key))
            user = owner.with_context(active_test=False).user_id
            known = ("res.users", user.id) if user else None
        if isinstance(known, tuple):
            name, res_id = known
            there = self.env[name].with_context(active_test=False)
            known = known if there.browse(res_id).exists() else None
        if not known:
            raise Unsaid("not_here", field=path, value=str(value))
        return known

    def word(self, stream, path, value):
        """Return what people call a value: the name of the record that it refers to."""
        try:
            place = self.find(stream, path)
            fields = [{**each, "required": False} for each in place.line._as_fields()]
        except Unsaid:
            return str(value)
        found = apply(fields, nest(path, value), zone=self.job.tz).values.get(
            place.line.target
        )
        reference = as_reference(found)
        if reference and reference[0] == REF:
            record = self.env["crm.migration.record"].search(
                [
                    ("job_id", "=", self.job.id),
                    ("stream", "=", reference[1][0]),
                    ("source_id", "=", reference[1][1]),
                ],
                limit=1,
            )
            return record.name or str(value)
        if reference and reference[0] == OWNER:
            owner = self.job.owner_ids.filtered(lambda o: o.key == str(reference[1]))
            return owner.name or str(value)
        return str(value)


USABLE = {"@state", "@created_at", "@updated_at", "@closed_at"}
"""Targets that are no field, and yet something that a rule can watch."""


def humanize(path):
    """Return a technical name as people read it.

    >>> humanize("stage_id"), humanize("renewalReminderDate"), humanize("_state")
    ('Stage', 'Renewal reminder date', 'State')
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", path).lower().removesuffix("_id")
    return words.replace("_", " ").replace(".", " ").strip().capitalize() or path


def nest(path, value):
    """Return a record that says one thing.

    >>> nest("a.b", 1)
    {'a': {'b': 1}}
    """
    for part in reversed(path.split(".")):
        value = {part: value}
    return value
