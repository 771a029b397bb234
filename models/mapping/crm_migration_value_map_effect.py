"""What the last load took a value for."""

from odoo import fields, models


class CrmMigrationValueMapEffect(models.AbstractModel):
    _name = "crm.migration.value.map.effect"
    _description = "Migration: Value Map Effect"

    loaded_as = fields.Char(help="The decision as the last load knew it.")

    def _get_effect(self):
        self.ensure_one()
        target = self.target_ref and f"{self.target_ref._name},{self.target_ref.id}"
        return f"{self.decision or ''}|{target or ''}|{self.choice or ''}"
