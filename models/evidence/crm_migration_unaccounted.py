"""Filled values of the source that stand nowhere in Odoo."""

from odoo import api, fields, models

from ..staging.crm_migration_record import open_target


class CrmMigrationUnaccounted(models.Model):
    """A filled value of the source that stands nowhere in Odoo, and nobody said why."""

    _name = "crm.migration.unaccounted"
    _description = "Unaccounted Value"
    _inherit = ["crm.migration.protected", "crm.migration.missed"]
    _order = "stream_id, field, id"
    _log_access = False
    _rec_name = "value"

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    run_id = fields.Many2one("crm.migration.run", ondelete="cascade")
    company_id = fields.Many2one("res.company")
    stream_id = fields.Many2one(
        "crm.migration.stream", index=True, ondelete="cascade", string="Object"
    )
    record_id = fields.Many2one("crm.migration.record", index=True, ondelete="cascade")
    stream = fields.Char()
    source_id = fields.Char(string="Source ID")
    field = fields.Char(string="Source Field")
    path = fields.Char(string="Place in the Record")
    value = fields.Char()
    reason = fields.Char(string="Why")
    is_zero = fields.Boolean()

    @api.depends("field", "value")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.field}: {row.value}"

    def action_open_record(self):
        """Open the staging record beside what it became."""
        self.ensure_one()
        return open_target(self, "crm.migration.record", self.record_id.id)
