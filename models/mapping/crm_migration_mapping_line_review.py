"""The buttons with which a consultant decides on a field, and what they change."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .field_kinds import STEPS as STEPS_OF_TYPE
from .field_kinds import normalize


class CrmMigrationMappingLineReview(models.AbstractModel):
    """Accept, change, leave out, or ask for a new field."""

    _name = "crm.migration.mapping.line.review"
    _description = "Migration: Mapping Line Review"

    has_proposal = fields.Boolean(compute="_compute_has_proposal")

    @api.depends("target")
    def _compute_has_proposal(self):
        for line in self:
            line.has_proposal = bool(line.target)

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
                        "%(field)s is not a field of this object.", field=field.name
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

    # -- buttons -----------------------------------------------------------------

    def action_accept(self):
        """Accept what is proposed; a line without a target cannot be accepted."""
        lines = self._as_reviewer()
        if lines.filtered(lambda line: not line.target):
            raise UserError(
                self.env._("Choose an Odoo field first, create one, or leave it out.")
            )
        lines.write({"state": "accepted", "ignore_reason": False})
        return True

    def action_reopen(self):
        self._as_reviewer().write({"state": "open", "ignore_reason": False})
        return True

    def action_ignore(self):
        """Ask why these fields are left out."""
        return self._open_dialog(
            self.env._("Leave Out"),
            "crm.migration.mapping.ignore",
            default_line_ids=self.ids,
        )

    def action_create_field(self):
        """Ask for the label and the type of a field that the load creates."""
        self.ensure_one()
        return self._open_dialog(
            self.env._("New Field"),
            "crm.migration.mapping.custom",
            default_line_id=self.id,
        )
