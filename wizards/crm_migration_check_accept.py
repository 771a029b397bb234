"""The dialog that accepts a warning of the pre-flight list with a reason."""

from odoo import fields, models
from odoo.exceptions import UserError


class CrmMigrationCheckAccept(models.TransientModel):
    """Only a warning can be accepted; what blocks must be solved."""

    _name = "crm.migration.check.accept"
    _description = "Accept a Warning"
    _inherit = ["crm.migration.dialog"]

    check_id = fields.Many2one("crm.migration.check", required=True, ondelete="cascade")
    text = fields.Text(related="check_id.text", string="Warning")
    reason = fields.Char(required=True, string="Why Is This All Right?")

    def action_accept(self):
        self.ensure_one()
        check = self.check_id._as_reviewer()
        if check.level != "warning":
            raise UserError(self.env._("Only a warning can be accepted."))
        check.accepted_reason = self.reason
        return {"type": "ir.actions.act_window_close"}
