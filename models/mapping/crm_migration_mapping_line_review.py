"""The buttons with which a consultant decides on a field, and what they change."""

from odoo import api, fields, models
from odoo.exceptions import UserError


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

    # -- buttons -----------------------------------------------------------------

    def action_accept(self):
        """Accept what is proposed; a line without a target cannot be accepted."""
        lines = self._as_reviewer()
        if lines.filtered(lambda line: not line.target):
            raise UserError(
                self.env._("Choose an Odoo field first, create one, or leave it out.")
            )
        lines.write({"state": "accepted", "ignore_reason": False})
        lines._refuse_second()
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
