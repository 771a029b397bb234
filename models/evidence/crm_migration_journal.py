"""What the loaders changed: a before-image for every update of an existing record."""

from odoo import fields, models


class CrmMigrationJournal(models.Model):
    """One row per write to a record that the migration did not create."""

    _name = "crm.migration.journal"
    _description = "Migration Journal"
    _inherit = ["crm.migration.protected"]
    _order = "id"
    _log_access = False

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    run_id = fields.Many2one("crm.migration.run", index=True, ondelete="set null")
    reassignment_id = fields.Many2one(
        "crm.migration.reassignment", index="btree_not_null", ondelete="set null"
    )
    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    before = fields.Json(help="Field → value as `read` gives it, before the write.")
    after = fields.Json(help="Field → value that the migration wrote.")
    columns_before = fields.Json(
        help="Column → value of all that is not as before, whoever wrote it.",
    )
    columns_after = fields.Json()
    written_at = fields.Datetime()
    is_undone = fields.Boolean()

    _res_idx = models.Index("(job_id, res_model, res_id)")
