"""When a rule runs: the trigger of a source in the words of ``base.automation`` (19.0)."""

from odoo import fields

from ...connectors.mapping.automations import Delay
from .dictionary import Unsaid

UNITS = {"minutes": "minutes", "hours": "hour", "days": "day", "months": "month"}
DATES = {
    "@created_at": ("on_time_created", "create_date"),
    "@updated_at": ("on_time_updated", "write_date"),
}
OPERATORS = {"contains": "ilike"}


class TriggerWriter:
    """For one automation; each delay asks for a rule of its own.

    :param plan: gets what differs from the source
    """

    def __init__(self, dictionary, mapping, automation, plan):
        self.dictionary, self.mapping = dictionary, mapping
        self.env = dictionary.env
        self.model = self.env[mapping.model_name]
        self.hints = dictionary.get_hints(mapping)
        self.automation, self.trigger = automation, automation.trigger
        self.plan = plan
        self.domain, self.vals = [], {}

    def ensure_possible(self):
        """Work out what all rules have in common.

        :raises Unsaid: a trigger, or a condition, that cannot be said: a rule without it
            would do more than the source did
        """
        self.domain = self.dictionary.get_kind(self.mapping)
        for condition in self.automation.conditions:
            self.domain.append(self._write_condition(condition))
        kind = self.trigger.kind
        if kind in ("created", "deleted"):
            self.vals = {"trigger": "on_create" if kind == "created" else "on_unlink"}
        elif kind == "date":
            self.vals = self._write_date()
        else:
            self.vals = self._write_change()

    def say(self, delay):
        """Return the values of the rule that waits so long after the trigger.

        :raises Unsaid: Odoo cannot wait for that
        """
        if self.trigger.kind == "date":
            try:
                vals = {**self.vals, **self._wait(self.trigger.delay + delay)}
            except ValueError:
                raise Unsaid("delay_mixed") from None
        elif delay == Delay():
            vals = dict(self.vals)
        else:
            vals = {**self._wait_after(), **self._wait(delay)}
        if vals["trigger"].startswith("on_time"):
            # Else its first run would take whatever was migrated.
            vals["last_run"] = fields.Datetime.now()
            self._remark("first_run")
        vals["model_id"] = self.env["ir.model"]._get_id(self.model._name)
        vals["filter_domain"] = repr(self.domain) if self.domain else False
        return vals

    # -- conditions --------------------------------------------------------------

    def _write_condition(self, condition):
        if not condition.operator:
            raise Unsaid("condition", text=condition.text)
        name = self._find_field(condition.path)
        if condition.operator in ("set", "unset"):
            return (name, "!=" if condition.operator == "set" else "=", False)
        values = condition.value if condition.operator == "in" else [condition.value]
        found = [self._convert(condition.path, each) for each in values]
        if condition.operator == "in":
            return (name, "in", found)
        return (name, OPERATORS.get(condition.operator, condition.operator), found[0])

    def _find_field(self, path):
        """Return the name of the stored field of the model for a field of the source."""
        name = self.dictionary.find(self.automation.about, path, self.mapping).field
        if name == "@state" and self.hints.outcome:
            return self.hints.outcome
        field = self.model._fields.get(name)
        if not field or not (field.store or field.search):
            raise Unsaid("no_field", stream=self.automation.about, field=path)
        return name

    def _convert(self, path, value):
        place = self.dictionary.find(self.automation.about, path, self.mapping)
        found = self.dictionary.convert(place, path, value)
        if place.field == "@state":
            if found not in self.hints.outcomes:
                raise Unsaid("no_value", field=path, value=str(value))
            return self.hints.outcomes[found]
        return found[1] if isinstance(found, tuple) else found

    # -- changes -----------------------------------------------------------------

    def _write_change(self):
        """A stage has a trigger of its own; for the rest the fields are watched."""
        names = [self._find_field(path) for path in self.trigger.paths]
        value = self.trigger.value
        if value:
            name, wanted = (
                self._find_field(value.path),
                self._convert(value.path, value.value),
            )
            self.domain.append((name, "=", wanted))
            if name == self.hints.stage:
                self._remark("stage_on_create")
                return {"trigger": "on_stage_set", "trg_field_ref": wanted}
        both = self.trigger.kind == "created_or_changed"
        ids = [self.env["ir.model.fields"]._get(self.model._name, n).id for n in names]
        return {
            "trigger": "on_create_or_write" if both else "on_write",
            "trigger_field_ids": [(6, 0, ids)],
        }

    # -- dates -------------------------------------------------------------------

    def _write_date(self):
        path = self.trigger.paths[0]
        name = self.dictionary.find(self.automation.about, path, self.mapping).field
        if name in DATES:
            trigger, name = DATES[name]
            if self.trigger.delay.before:
                raise Unsaid("delay_mixed")
            return {"trigger": trigger, **self._on(name)}
        name = self._find_field(path)
        if self.model._fields[name].type not in ("date", "datetime"):
            raise Unsaid("no_date", field=path)
        return {"trigger": "on_time", **self._on(name)}

    def _wait_after(self):
        """Return from which date on Odoo can wait behind the trigger."""
        kind, value = self.trigger.kind, self.trigger.value
        if kind == "created":
            return {"trigger": "on_time_created", **self._on("create_date")}
        name = self._find_field(value.path) if value else None
        if name and name == self.hints.stage:
            return {"trigger": "on_time", **self._on(self.hints.stage_date)}
        if name and name == self.hints.outcome:
            return {"trigger": "on_time", **self._on(self.hints.outcome_date)}
        raise Unsaid("delay_after_change")

    def _on(self, name):
        return {
            "trg_date_id": self.env["ir.model.fields"]._get(self.model._name, name).id
        }

    def _wait(self, delay):
        return {
            "trg_date_range": delay.amount,
            "trg_date_range_type": UNITS[delay.unit],
            "trg_date_range_mode": "before" if delay.before else "after",
        }

    def _remark(self, code, **data):
        if (code, data) not in self.plan.remarks:
            self.plan.remarks.append((code, data))
