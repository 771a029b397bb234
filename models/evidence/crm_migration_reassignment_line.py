"""One owner of a reassignment: from whom, to whom, and how much."""

from odoo import fields, models


class CrmMigrationReassignmentLine(models.Model):
    _name = "crm.migration.reassignment.line"
    _description = "Reassigned Owner"
    _inherit = ["crm.migration.protected"]
    _order = "moved_count desc, id"

    reassignment_id = fields.Many2one(
        "crm.migration.reassignment", required=True, index=True, ondelete="cascade"
    )
    job_id = fields.Many2one(
        related="reassignment_id.job_id", store=True, string="Migration"
    )
    owner_id = fields.Many2one(
        "crm.migration.owner",
        string="Owner in the Source",
        required=True,
        index=True,
        ondelete="cascade",
    )
    former_user_id = fields.Many2one(
        "res.users", readonly=True, context={"active_test": False}
    )
    had_user = fields.Boolean(readonly=True)
    user_id = fields.Many2one("res.users", string="New User", readonly=True)
    former_author_id = fields.Many2one("res.users", readonly=True)
    former_decision = fields.Char(readonly=True)
    former_loaded_as = fields.Char(readonly=True)
    moved_count = fields.Integer(string="References", readonly=True)
    changed_count = fields.Integer(string="Left Alone", readonly=True)
