"""The dialog that asks how many records a spot check draws."""

import secrets

from odoo import fields, models
from odoo.exceptions import UserError


class CrmMigrationSpotCheckStart(models.TransientModel):
    """The seed is shown, so that a draw can be repeated elsewhere."""

    _name = "crm.migration.spot.check.start"
    _description = "New Spot Check"
    _inherit = ["crm.migration.dialog"]

    job_id = fields.Many2one("crm.migration.job", required=True, ondelete="cascade")
    size = fields.Integer(
        string="Records",
        default=30,
        required=True,
        help="From 1 to 500; 25 to 50 are an hour's work.",
    )
    seed = fields.Char(
        default=lambda self: secrets.token_hex(4),
        required=True,
        help="Any word. The same word draws the same records once more.",
    )

    def action_draw(self):
        """Draw the records and show the first of them, side by side.

        :raises UserError: the number makes no sense, or nothing is loaded
        """
        self.ensure_one()
        if not 1 <= self.size <= 500:
            raise UserError(self.env._("Choose a number from 1 to 500."))
        self.job_id.action_draw_spot_check()
        job = self.job_id._as_reviewer()
        check = job.env["crm.migration.spot.check"]._draw(job, self.size, self.seed)
        return {
            "type": "ir.actions.act_window",
            "res_model": check._name,
            "res_id": check.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
