"""The dialog that reads a source anew: the same system, or a newer export of it."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..connectors import get_source_class
from ..models.staging.crm_migration_record_vanished import VANISHED_POLICIES


class CrmMigrationReadAgain(models.TransientModel):
    """Say beforehand what happens to what is new, has changed or has vanished."""

    _name = "crm.migration.read.again"
    _description = "Read a Source Again"
    _inherit = ["crm.migration.dialog"]

    job_id = fields.Many2one("crm.migration.job", required=True, ondelete="cascade")
    takes_files = fields.Boolean(compute="_compute_takes_files")
    present_files = fields.Char(compute="_compute_takes_files", string="Read Last Time")
    file_ids = fields.Many2many(
        "ir.attachment",
        string="Newer Files",
        help="An export of the same system made later. Empty: the same files again.",
    )
    since = fields.Datetime(related="job_id.since")
    vanished_policy = fields.Selection(
        VANISHED_POLICIES,
        compute="_compute_vanished_policy",
        store=True,
        readonly=False,
        string="Not in the Source Any More",
    )

    @api.depends("job_id")
    def _compute_takes_files(self):
        for wizard in self:
            job = wizard.job_id.sudo()
            wizard.takes_files = (
                bool(job.source) and get_source_class(job.source).takes_files
            )
            wizard.present_files = ", ".join(job.file_ids.mapped("name"))

    @api.depends("job_id")
    def _compute_vanished_policy(self):
        for wizard in self:
            wizard.vanished_policy = wizard.job_id.sudo().vanished_policy or "keep"

    def action_read_again(self):
        """Start the reading.

        :raises UserError: the migration is at work
        """
        self.ensure_one()
        job = self.job_id._as_manager()
        job._check_not_frozen()
        if job.state != "idle":
            raise UserError(self.env._("This migration is still at work."))
        if self.vanished_policy:
            job.vanished_policy = self.vanished_policy
        if self.file_ids:
            job._replace_files(self.file_ids)
        self.job_id.action_read_again()
        return {"type": "ir.actions.act_window_close"}
