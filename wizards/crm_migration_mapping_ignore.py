"""The dialog that leaves source fields out, with the reason."""

from odoo import fields, models


class CrmMigrationMappingIgnore(models.TransientModel):
    _name = "crm.migration.mapping.ignore"
    _description = "Leave Fields Out"
    _inherit = ["crm.migration.dialog"]

    line_ids = fields.Many2many("crm.migration.mapping.line", required=True)
    reason = fields.Char(required=True)

    def action_ignore(self):
        self.ensure_one()
        self.line_ids._as_reviewer().write(
            {"state": "ignored", "ignore_reason": self.reason}
        )
        return {"type": "ir.actions.act_window_close"}
