"""Where the filled values of the source stand in Odoo, per object and field."""

from odoo import fields, models

from .crm_migration_missed import KINDS


class CrmMigrationCoverage(models.Model):
    """How many values of a field are in one of the four parts, and why some are left out.

    Written by the verification, by SQL; see ``coverage``.
    """

    _name = "crm.migration.coverage"
    _description = "Migration Coverage"
    _inherit = ["crm.migration.protected", "crm.migration.missed"]
    _order = "stream_id, field, kind, count desc"
    _log_access = False
    _rec_name = "field"

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    run_id = fields.Many2one("crm.migration.run", required=True, ondelete="cascade")
    company_id = fields.Many2one("res.company")
    stream_id = fields.Many2one(
        "crm.migration.stream", required=True, ondelete="cascade", string="Object"
    )
    field = fields.Char(required=True, string="Source Field")
    kind = fields.Selection(KINDS, required=True, string="Where It Stands")
    reason = fields.Char(string="Why")
    is_zero = fields.Boolean(help="Unaccounted, and nothing but No or 0.")
    count = fields.Integer(string="Values")
    is_carried = fields.Boolean(
        help="Of records of which what was read is wiped: they were accounted for before."
    )

    _sum_uniq = models.UniqueIndex(
        "(run_id, stream_id, field, kind, reason, is_zero)",
        "A field is counted once per part and reason.",
    )

    def _is_unaccounted(self):
        return self.kind == "unaccounted"

    def action_open_values(self):
        """Open the values of this object and field that are unaccounted for."""
        self.ensure_one()
        return self.job_id._open_unaccounted(
            [("stream_id", "=", self.stream_id.id), ("field", "=", self.field)]
        )
