"""One line of the pre-flight list."""

from odoo import fields, models
from odoo.tools import SQL


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
    cure = fields.Text(string="What to Do")
    accepted_reason = fields.Text(string="Accepted Because")

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """What blocks comes first, then warnings: the alphabet would end with these."""
        if field_name != "level":
            return super()._order_field_to_sql(
                alias, field_name, direction, nulls, query
            )
        column = self._field_to_sql(alias, field_name, query)
        rank = SQL(
            "CASE %s WHEN 'blocking' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END", column
        )
        return SQL("%s %s", rank, direction)

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
        return True
