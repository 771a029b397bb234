"""What the dialogs that ask for a target have in common."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmMigrationTargetChoice(models.AbstractModel):
    """A field of the object's model, or a place that its loader knows."""

    _name = "crm.migration.target.choice"
    _description = "Migration: Choice of a Target"

    model_name = fields.Char(compute="_compute_places")
    places = fields.Json(compute="_compute_places")
    field_id = fields.Many2one("ir.model.fields", string="Odoo Field")
    place = fields.Selection("_selection_place", string="Special Target")

    @api.model
    def _selection_place(self):
        return self.env["crm.migration.mapping.line"]._selection_place()

    def _get_line(self):
        """Return the line whose model is chosen from."""
        raise NotImplementedError

    def _compute_places(self):
        for choice in self:
            line = choice._get_line()
            choice.model_name = line.model_name
            choice.places = line.places

    @api.onchange("field_id")
    def _onchange_field_id(self):
        if self.field_id:
            self.place = False

    @api.onchange("place")
    def _onchange_place(self):
        if self.place:
            self.field_id = False

    def _get_target(self):
        """Return the technical target.

        :raises UserError: none is chosen, or one of another object
        """
        if self.field_id and self.field_id.model != self._get_line().model_name:
            raise UserError(
                self.env._(
                    "%(field)s is not a field of this object.", field=self.field_id.name
                )
            )
        if not self.field_id and not self.place:
            raise UserError(self.env._("Choose an Odoo field or a special target."))
        return self.field_id.name or self.place
