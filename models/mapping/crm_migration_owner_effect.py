"""What the last load took an owner for."""

from odoo import fields, models


class CrmMigrationOwnerEffect(models.AbstractModel):
    _name = "crm.migration.owner.effect"
    _description = "Migration: Owner Effect"

    loaded_as = fields.Char(help="The decision as the last load knew it.")

    def _get_effect(self):
        self.ensure_one()
        # A user that the load makes for the decision does not change it.
        user = self.env["res.users"] if self.is_created else self.user_id
        return f"{self.decision or ''}|{user.id or ''}"
