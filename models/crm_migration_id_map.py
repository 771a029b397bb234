"""Which Odoo record stands for which source record, and what a rollback does to it."""

from odoo import fields, models


class CrmMigrationIdMap(models.Model):
    """Written by the loaders in the batch that writes the record itself, by SQL."""

    _name = "crm.migration.id.map"
    _description = "Migration Link"
    _inherit = ["crm.migration.protected"]
    _order = "id"
    _log_access = False

    job_id = fields.Many2one("crm.migration.job", required=True, ondelete="cascade")
    run_id = fields.Many2one("crm.migration.run", index=True, ondelete="set null")
    stream = fields.Char(required=True)
    source_id = fields.Char(required=True)
    part = fields.Char(required=True, default="")
    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    outcome = fields.Selection(
        [
            ("created", "Created"),
            ("updated", "Updated"),
            ("merged", "Merged"),
            ("matched", "Found"),
        ],
        required=True,
    )
    rollback_action = fields.Selection(
        [("delete", "Delete"), ("restore", "Restore"), ("keep", "Keep")], required=True
    )
    values_hash = fields.Char(help="Of the values that were loaded; a delta compares it.")
    loaded_at = fields.Datetime()
    watermark = fields.Datetime(
        help="write_date of the record when the load left it; later means a person's work."
    )

    _source_uniq = models.UniqueIndex(
        "(job_id, stream, source_id, part)", "A source record is loaded once."
    )
    _res_idx = models.Index("(res_model, res_id)")
    _rollback_idx = models.Index("(job_id, id)")
