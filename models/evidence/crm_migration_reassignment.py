"""Owners whose records somebody else has taken over: who did it, when, and how to undo it."""

from odoo import api, fields, models


class CrmMigrationReassignment(models.Model):
    """Written by ``job/crm_migration_job_reassign.py``, which undoes it as well."""

    _name = "crm.migration.reassignment"
    _description = "Owner Reassignment"
    _inherit = ["crm.migration.protected"]
    _order = "id desc"

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="job_id.company_id", store=True)
    state = fields.Selection(
        [("done", "Done"), ("undone", "Undone")], required=True, default="done"
    )
    user_id = fields.Many2one("res.users", string="Reassigned By", readonly=True)
    done_at = fields.Datetime(string="Reassigned At", readonly=True)
    undone_by_id = fields.Many2one("res.users", readonly=True)
    undone_at = fields.Datetime(readonly=True)
    line_ids = fields.One2many(
        "crm.migration.reassignment.line",
        "reassignment_id",
        string="Reassigned Owners",
    )
    owner_count = fields.Integer(string="Owners", readonly=True)
    moved_count = fields.Integer(
        string="References", readonly=True, help="User fields that have the new user."
    )
    changed_count = fields.Integer(
        string="Left Alone",
        readonly=True,
        help="Somebody has chosen another user there since the load.",
    )
    back_count = fields.Integer(
        string="Given Back",
        readonly=True,
        help="User fields that got the former user back.",
    )
    kept_count = fields.Integer(
        string="Kept at Undo",
        readonly=True,
        help="User fields that somebody has changed since the reassignment.",
    )

    @api.depends("done_at", "owner_count")
    def _compute_display_name(self):
        for each in self:
            day = fields.Datetime.context_timestamp(
                each, each.done_at or each.create_date
            )
            each.display_name = each.env._(
                "Reassignment of %(day)s", day=f"{day:%Y-%m-%d %H:%M}"
            )

    def action_undo(self):
        """Give the records back to who had them, unless somebody has changed them since.

        :raises UserError: it was undone, or a later one is to be undone first
        """
        self.ensure_one()
        self._check_manager()
        return self.job_id._undo_reassignment(self)
