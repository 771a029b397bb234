"""What a consultant sees of a mapping, and the buttons to decide on it."""

import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..connectors.mapping.apply import apply, get_value
from .mapping_words import KINDS, PLACES, STEPS
from .proposal import STEPS as STEPS_OF_TYPE
from .proposal import normalize
from .wording import get_words

SHOWN = 120
"""Characters of a sample that the list shows."""


class CrmMigrationMapping(models.Model):
    """Decide on all lines of a mapping at once."""

    _inherit = "crm.migration.mapping"

    line_count = fields.Integer(compute="_compute_line_count", string="Fields")

    @api.depends("line_ids")
    def _compute_line_count(self):
        for mapping in self:
            mapping.line_count = len(mapping.line_ids)

    def action_accept_all(self):
        """Ask above which confidence the proposals are accepted."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Accept Proposals"),
            "res_model": "crm.migration.mapping.accept",
            "view_mode": "form",
            "target": "new",
            "context": {"default_mapping_ids": self.ids},
        }

    def action_mark_reviewed(self):
        self._as_reviewer().is_reviewed = True

    def action_reopen(self):
        self._as_reviewer().is_reviewed = False


class CrmMigrationMappingLine(models.Model):
    """Show samples and words; accept, change, leave out, or ask for a new field."""

    _inherit = "crm.migration.mapping.line"

    model_name = fields.Char(related="mapping_id.model_name")
    source_text = fields.Char(compute="_compute_source_text", string="In the Source")
    kind_text = fields.Char(compute="_compute_source_text", string="Type")
    has_proposal = fields.Boolean(compute="_compute_has_proposal")

    @api.depends("target")
    def _compute_has_proposal(self):
        for line in self:
            line.has_proposal = bool(line.target)

    @api.depends("source_label", "source", "source_kind")
    def _compute_source_text(self):
        for line in self:
            words = KINDS.get(line.source_kind or "")
            line.kind_text = line.env._(words) if words else line.source_kind
            line.source_text = (
                line.source_label or line.source or line.env._("(fixed value)")
            )

    @api.depends("source_label", "source", "target")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.source_label or line.source or line.target_label

    @api.depends("target", "mapping_id.model_name")
    def _compute_field_id(self):
        for line in self:
            name = (line.target or "").split("/")[0]
            plain = name and not name.startswith("@")
            line.field_id = (
                self.env["ir.model.fields"]._get(line.model_name, name).id
                if plain
                else False
            )

    def _inverse_field_id(self):
        """Take the field that a person chose, with the conversion that it needs."""
        for line in self.sudo():
            field = line.field_id
            if field and field.model != line.model_name:
                raise UserError(
                    line.env._(
                        "%(field)s is no field of this object.", field=field.name
                    )
                )
            if not field:
                line.write({"target": False, "state": "open", "confidence": 0})
                continue
            line.write(
                {
                    "target": field.name,
                    "steps": line._get_steps_for(field) or False,
                    "state": "accepted",
                    "confidence": 100,
                    "reason": line.env._(
                        "Chosen by %(name)s.", name=self.env.user.name
                    ),
                    "custom_field": False,
                }
            )

    def _get_steps_for(self, field):
        """Return the steps that make the source's values fit a field of Odoo."""
        self.ensure_one()
        if field.relation == "res.users":
            return [["owner"]]
        if field.ttype == "many2one":
            stream = self._get_stream_of(field.relation)
            return [["lookup", stream]] if stream else self._get_list_steps(field)
        if field.ttype in ("many2many", "one2many"):
            return [["split", ","], *self._get_list_steps(field)]
        if field.ttype == "selection":
            return self._get_list_steps(field)
        return STEPS_OF_TYPE.get(field.ttype, [["strip"]])

    def _get_stream_of(self, model_name):
        """Return the only object that becomes this model and bears the field's name."""
        names = self.job_id.mapping_ids.filtered(
            lambda m: m.model_name == model_name and not m.part
        ).mapped("stream")
        own = normalize((self.source or "").split(".")[0]).removesuffix("id")
        named = [
            name
            for name in names
            if own and normalize(name).startswith(own[:-1] or own)
        ]
        return named[0] if len(named) == 1 else None

    def _get_list_steps(self, field):
        """Let every value be decided in a list of its own, which is made if need be."""
        name = f"{self.mapping_id.stream}.{self.source}"
        lists = list(self.job_id.value_lists or [])
        if name not in [item["name"] for item in lists]:
            label = self.source_label or self.source
            options = self.env[field.model]._fields[field.name]
            choices = (
                options._description_selection(self.env)
                if field.ttype == "selection"
                else []
            )
            lists.append(
                {
                    "name": name,
                    "label": f"{self.mapping_id.stream_id.label}: {label}",
                    "model": field.relation or None,
                    "choices": [list(choice) for choice in choices],
                    "proposals": {},
                    "otherwise": None,
                    "create": False,
                }
            )
            self.job_id.value_lists = lists
        return [["value_map", name]]

    # -- what the screen shows ---------------------------------------------------

    @api.depends("target", "field_id", "custom_label")
    def _compute_target_label(self):
        for line in self:
            target = line.target or ""
            if target.startswith("@custom."):
                label = line.custom_label or target.removeprefix("@custom.")
                line.target_label = line.env._("New field: %(label)s", label=label)
            elif words := PLACES.get(target):
                line.target_label = line.env._(words)
            else:
                line.target_label = line.field_id.field_description or target

    @api.depends("steps", "job_id.stream_ids.label")
    def _compute_steps_text(self):
        for line in self:
            streams = {stream.name: stream.label for stream in line.job_id.stream_ids}
            lists = {
                item["name"]: item["label"] for item in line.job_id.value_lists or []
            }
            words = [
                line._word_step(step, streams, lists)
                for step in line.steps or []
                if step[0] in STEPS
            ]
            line.steps_text = ", ".join(filter(None, words))

    def _word_step(self, step, streams, lists):
        name, *arguments = step
        argument = arguments[0] if arguments else ""
        if isinstance(argument, list):
            argument = ", ".join(str(streams.get(item, item)) for item in argument)
        elif not isinstance(argument, dict):
            argument = streams.get(argument) or lists.get(argument) or argument
        if name == "datetime" and not argument:
            argument = self.job_id.tz or "UTC"
        return self.env._(STEPS[name]) % {"argument": argument}

    @api.depends("fill_count", "record_count")
    def _compute_fill_rate(self):
        for line in self:
            share = line.fill_count / line.record_count if line.record_count else 0
            line.fill_rate = 100.0 * share

    @api.depends("samples", "steps", "target", "source_paths")
    def _compute_samples(self):
        for job, lines in self.grouped("job_id").items():
            outcomes = [line._convert_sample() for line in lines]
            show = self.env["crm.migration.display"]._show
            texts = show(job, [raw for raw, _value, _problem in outcomes])
            results = show(job, [value for _raw, value, _problem in outcomes])
            rows = zip(lines, outcomes, texts, results, strict=True)
            for line, (_raw, _value, problem), text, result in rows:
                line.sample_text = text[:SHOWN]
                line.sample_result = (problem or line._word_result(result))[:SHOWN]

    def _word_result(self, text):
        """Show the label of a selection instead of its technical value."""
        field = self.env[self.model_name]._fields.get(self.target or "")
        if field and field.type == "selection":
            return self.env["crm.migration.display"]._show_choice(field, text)
        return text

    def _convert_sample(self):
        """Return (value in the source, converted value, what is wrong with it)."""
        self.ensure_one()
        paths = self._get_paths()
        sample = self.mapping_id.stream_id.sample or {}
        data = {}
        for path in paths:
            if path in sample:
                data[path] = self._first_sample(sample, path)
            else:
                top = path.split(".")[0]
                data[top] = self._first_sample(sample, top)
        raw = [get_value(data, path) for path in paths]
        raw = raw[0] if len(raw) == 1 else raw
        if not self.target or self.model_name not in self.env:
            return raw, None, None
        item = {
            "target": self.target,
            "source": self.source_paths or None,
            "steps": self.steps or [],
            "required": False,
        }
        outcome = apply([item], data, zone=self.job_id.tz)
        problem = next(iter(outcome.problems), None)
        words = problem and get_words(
            self.env,
            problem.code,
            {"value": raw, "field": self.display_name, **problem.data},
        )
        return raw, outcome.values.get(self.target), words and words[0]

    def _first_sample(self, sample, path):
        """Return the first sample of a member; its text where it had to be cut."""
        texts = (sample.get(path) or {}).get("samples") or []
        if not texts:
            return None
        try:
            return json.loads(texts[0])
        except ValueError:
            return texts[0].strip('"')

    # -- buttons -----------------------------------------------------------------

    def action_accept(self):
        """Accept what is proposed; a line without a target cannot be accepted."""
        lines = self._as_reviewer()
        if lines.filtered(lambda line: not line.target):
            raise UserError(
                self.env._("Choose an Odoo field first, create one, or leave it out.")
            )
        lines.write({"state": "accepted", "ignore_reason": False})

    def action_reopen(self):
        self._as_reviewer().write({"state": "open", "ignore_reason": False})

    def action_ignore(self):
        """Ask why these fields are left out."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Leave Out"),
            "res_model": "crm.migration.mapping.ignore",
            "view_mode": "form",
            "target": "new",
            "context": {"default_line_ids": self.ids},
        }

    def action_create_field(self):
        """Ask for the label and the type of a field that the load creates."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Field"),
            "res_model": "crm.migration.mapping.custom",
            "view_mode": "form",
            "target": "new",
            "context": {"default_line_id": self.id},
        }
