"""The dialog that leaves staging records out, with the reason."""

from odoo import api, fields, models


class CrmMigrationRecordSkip(models.TransientModel):
    _name = "crm.migration.record.skip"
    _description = "Skip Records"
    _inherit = ["crm.migration.dialog"]

    record_ids = fields.Many2many("crm.migration.record", required=True)
    count = fields.Integer(compute="_compute_count")
    reason = fields.Char(required=True)

    @api.depends("record_ids")
    def _compute_count(self):
        for wizard in self:
            wizard.count = len(wizard.record_ids)

    def action_skip(self):
        self.ensure_one()
        self.record_ids._skip(self.reason)
        return {"type": "ir.actions.act_window_close"}
