"""What a reassignment changed, reference by reference: written and read by SQL alone."""

from odoo import fields, models


class CrmMigrationReassignmentChange(models.Model):
    _name = "crm.migration.reassignment.change"
    _description = "Reassigned Reference"
    _inherit = ["crm.migration.protected"]
    _log_access = False

    reassignment_id = fields.Many2one(
        "crm.migration.reassignment", required=True, ondelete="cascade"
    )
    line_id = fields.Many2one("crm.migration.reassignment.line", ondelete="cascade")
    res_model = fields.Char(required=True)
    field = fields.Char(required=True)
    kind = fields.Char(
        required=True,
        help="column, list, along (follows from another field) or computed.",
    )
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    verdict = fields.Char(required=True, help="move, add or drop.")
    before = fields.Json()
    after = fields.Json()

    _place_idx = models.Index("(reassignment_id, res_model, field, kind)")
    _line_idx = models.Index("(line_id)")
