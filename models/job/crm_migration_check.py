"""One line of the pre-flight list."""

from odoo import fields, models


class CrmMigrationCheck(models.Model):
    """A named check: passed, a warning that can be accepted with a reason, or blocking."""

    _name = "crm.migration.check"
    _description = "Migration Check"
    _inherit = ["crm.migration.protected"]
    _order = "level, id"
    _rec_name = "text"

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="job_id.company_id", store=True)
    code = fields.Char(required=True)
    level = fields.Selection(
        [("blocking", "Blocking"), ("warning", "Warning"), ("passed", "Passed")],
        required=True,
    )
    text = fields.Text(required=True, string="Check")
    accepted_reason = fields.Char(string="Accepted Because")

    def action_accept(self):
        """Ask why a warning is accepted."""
        self.ensure_one()
        return self._open_dialog(
            self.env._("Accept a Warning"),
            "crm.migration.check.accept",
            default_check_id=self.id,
        )

    def action_reopen(self):
        self._as_reviewer().accepted_reason = False
