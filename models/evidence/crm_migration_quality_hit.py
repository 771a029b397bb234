"""A staging record that a total of the data quality counts."""

from odoo import fields, models


class CrmMigrationQualityHit(models.Model):
    """Filled by SQL, hundreds of thousands at once."""

    _name = "crm.migration.quality.hit"
    _description = "Migration Data Quality: Record"
    _inherit = ["crm.migration.protected"]
    _order = "id"
    _log_access = False
    _rec_name = "value"

    quality_id = fields.Many2one(
        "crm.migration.quality", required=True, index=True, ondelete="cascade"
    )
    record_id = fields.Many2one(
        "crm.migration.record", required=True, index=True, ondelete="cascade"
    )
    value = fields.Char(string="Value Found")
