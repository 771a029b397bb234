"""An automation in words, in the language of whoever reads it."""

from odoo import api, fields, models

from ...connectors.core.sentences import Text
from ..words.messages import agreed, format_value, translate
from . import messages
from .steps import FIELD


def decode(value):
    """Return what ``automations.encode`` made JSON of, its texts as such."""
    if isinstance(value, dict):
        if "$text" in value:
            template, data = value["$text"]
            return Text(template, data and decode(data))
        return {name: decode(each) for name, each in value.items()}
    return [decode(each) for each in value] if isinstance(value, list) else value


class CrmMigrationAutomationWords(models.AbstractModel):
    """``told`` is what the source says, ``planned`` what becomes of it; see ``plan``."""

    _name = "crm.migration.automation.words"
    _description = "Migration: Automation Words"

    told = fields.Json(readonly=True)
    planned = fields.Json(readonly=True)
    trigger_text = fields.Char(compute="_compute_words", string="Trigger")
    conditions_text = fields.Text(compute="_compute_words", string="Conditions")
    steps_text = fields.Text(compute="_compute_words", string="Steps")
    used_by_text = fields.Text(compute="_compute_words", string="In Use")
    recommendation = fields.Char(compute="_compute_words", string="Odoo Equivalent")
    why_text = fields.Text(compute="_compute_words", string="Why")
    obstacles_text = fields.Text(compute="_compute_words", string="What Is Left to Do")
    remarks_text = fields.Text(compute="_compute_words", string="What Differs")

    @api.depends("told", "planned", "state")
    @api.depends_context("lang")
    def _compute_words(self):
        for row in self:
            told, planned = decode(row.told or {}), row.planned or {}
            row.trigger_text = row._format_trigger(told) if told else False
            row.conditions_text = row._join(
                map(row._format_condition, told.get("conditions", ()))
            )
            steps = list(map(row._format_step, told.get("steps", ())))
            if len(steps) > 1:
                steps = [f"{number}. {step}" for number, step in enumerate(steps, 1)]
            row.steps_text = row._join(steps)
            row.used_by_text = row._join(map(row._say, told.get("used_by", ())))
            row.recommendation, row.why_text = row._format_recommendation(told, planned)
            obstacles = [
                row._format_reason(*each) for each in planned.get("obstacles", ())
            ]
            obstacles += map(row._say, told.get("gaps", ()))
            row.obstacles_text = row._join(dict.fromkeys(obstacles))
            remarks = [row._format_reason(*each) for each in planned.get("remarks", ())]
            row.remarks_text = row._join(remarks)

    def _join(self, texts):
        return "\n".join(filter(None, texts)) or False

    def _say(self, text):
        if text is None or text is False:
            return ""
        return str(translate(self.env, text))

    def _fill(self, template, **data):
        said = {name: self._say(value) for name, value in data.items()}
        text = str(self.env._(template)) % said if template else ""
        return agreed(self.env, text, said)

    def _format_reason(self, code, data):
        return self._fill(messages.REASONS[code], **decode(data))

    # -- what the source says ------------------------------------------------------

    def _label(self, path):
        return (self.planned or {}).get("labels", {}).get(path) or path

    def _format_value(self, value):
        words = (self.planned or {}).get("words", {})
        named = value.get("label") or words.get(f"{value['path']}={value['value']}")
        return named or format_value(value["value"])

    def _format_delay(self, delay):
        return self._fill(messages.UNITS[delay["unit"]], count=delay["amount"])

    def _format_trigger(self, told):
        trigger = told["trigger"]
        word = self._fill(messages.TRIGGERS[trigger["kind"]])
        fields_ = ", ".join(map(self._label, trigger["paths"]))
        if trigger["text"]:
            word = self._say(trigger["text"])
        elif trigger["kind"] == "date":
            form = messages.BEFORE if trigger["delay"]["before"] else messages.AFTER
            word = self._fill(
                form, delay=self._format_delay(trigger["delay"]), field=fields_
            )
        elif trigger["value"]:
            value = trigger["value"]
            word = self._fill(
                messages.BECOMES,
                field=self._label(value["path"]),
                value=self._format_value(value),
            )
        elif fields_:
            word = self._fill(messages.FIELDS, trigger=word, fields=fields_)
        about = (self.planned or {}).get("about") or told.get("about")
        return f"{about}: {word}" if about else word

    def _format_condition(self, condition):
        if not condition["operator"]:
            return self._say(condition["text"])
        label, operator = self._label(condition["path"]), condition["operator"]
        if operator in ("set", "unset"):
            sign = self.env._("is set") if operator == "set" else self.env._("is empty")
            return f"{label} {sign}"
        values = condition["value"] if operator == "in" else [condition["value"]]
        named = [
            self._format_value({"path": condition["path"], "value": v}) for v in values
        ]
        sign = {"in": "=", "contains": self.env._("contains")}.get(operator, operator)
        return f"{label} {sign} {', '.join(named)}"

    def _format_step(self, step):
        data = step["data"]
        to = data.get("to") or "self"
        word = self._fill(
            messages.STEPS[step["kind"]],
            summary=data.get("summary") or "–",
            days=data.get("days") or 0,
            subject=FIELD.sub(self._format_field, data.get("subject") or "–"),
            to=self._fill(messages.RECIPIENTS.get(to)) or to,
            url=data.get("url") or "–",
            outcome=self._format_outcome(data.get("outcome")),
            values=", ".join(
                f"{self._label(each['path'])}: {self._format_value(each)}"
                for each in step["values"]
            ),
        )
        word = word or self._say(step["text"])
        if step["delay"]["amount"]:
            word = self._fill(
                messages.DELAYED, delay=self._format_delay(step["delay"]), step=word
            )
        more = " ".join(filter(None, map(self._say, (step["gap"], step["note"]))))
        return f"{word} ({more})" if more else word

    def _format_field(self, found):
        return f"{{{self._label(found[1])}}}"

    def _format_outcome(self, outcome):
        return {"won": self.env._("won"), "lost": self.env._("lost")}.get(
            outcome, outcome
        )

    # -- what becomes of it --------------------------------------------------------

    def _format_recommendation(self, told, planned):
        if planned.get("rules"):
            equivalent, why = messages.RECOMMENDED["rule_automation"]
            rule = planned["rules"][0]
            model = self.env["ir.model"]._get(planned["model"]).name
            equivalent = self._fill(
                equivalent,
                trigger=self._format_choice(
                    "base.automation", "trigger", rule["trigger"]
                ),
                model=model,
                actions=", ".join(
                    dict.fromkeys(
                        self._format_choice("ir.actions.server", "state", state)
                        for each in planned["rules"]
                        for state in each["actions"]
                    )
                ),
            )
        else:
            kind = told.get("kind")
            if (told.get("trigger") or {}).get("kind") == "called":
                kind = "called"
            equivalent, why = messages.RECOMMENDED.get(
                kind, messages.RECOMMENDED["other"]
            )
            equivalent = self._fill(equivalent)
        return equivalent, self._fill(why)

    def _format_choice(self, model, name, value):
        """Return the label of a choice; without its app, its technical name."""
        if model not in self.env or name not in self.env[model]._fields:
            return value.replace("_", " ")
        field = self.env[model]._fields[name]
        return dict(field._description_selection(self.env)).get(value, value)
