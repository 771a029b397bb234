"""The dialog that asks what is wrong with a record of a spot check."""

from odoo import fields, models


class CrmMigrationSpotCheckWrong(models.TransientModel):
    """A wrong record becomes a problem, and can be corrected at once."""

    _name = "crm.migration.spot.check.wrong"
    _description = "What Is Wrong"
    _inherit = ["crm.migration.dialog"]

    line_id = fields.Many2one(
        "crm.migration.spot.check.line",
        required=True,
        ondelete="cascade",
        string="Record",
    )
    comment = fields.Char(string="What Is Wrong?", required=True)

    def action_save(self):
        """Keep the verdict."""
        self.ensure_one()
        self.line_id._judge("wrong", self.comment)
        self.line_id._as_reviewer().check_id.shown_id = False
        return {"type": "ir.actions.act_window_close"}

    def action_save_open(self):
        """Keep the verdict and open the record, where its values can be corrected."""
        self.action_save()
        return self.line_id.action_open_record()
