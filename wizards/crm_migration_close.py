"""The dialog before the end: what is wiped, what stays, and that it cannot be undone."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang, human_size

from ..models.words.messages import agreed


class CrmMigrationClose(models.TransientModel):
    """Nothing is wiped before somebody has ticked that it shall be."""

    _name = "crm.migration.close"
    _description = "Close a Migration"
    _inherit = ["crm.migration.dialog"]

    job_id = fields.Many2one("crm.migration.job", required=True, ondelete="cascade")
    has_credentials = fields.Boolean(related="job_id.has_credentials")
    record_count = fields.Integer(compute="_compute_counts", string="Records Read")
    file_count = fields.Integer(compute="_compute_counts", string="Files")
    file_size = fields.Char(compute="_compute_counts")
    link_count = fields.Integer(compute="_compute_counts", string="Links")
    problem_count = fields.Integer(related="job_id.problem_count")
    conflict_open_count = fields.Integer(related="job_id.conflict_open_count")
    confirmed = fields.Boolean(string="Yes, wipe this for good")

    @api.depends("job_id")
    def _compute_counts(self):
        for wizard in self:
            job = wizard.job_id
            files = job.sudo().file_ids | job.sudo()._get_corrections()
            wizard.record_count = job.record_count
            wizard.link_count = job.loaded_count
            wizard.file_count = len(files)
            wizard.file_size = human_size(sum(files.mapped("file_size")))

    def _format_wiped(self):
        """Return what closing wipes and what it leaves, as sentences."""
        self.ensure_one()
        counts = {
            "records": self.record_count,
            "files": self.file_count,
            "links": self.link_count,
        }
        text = self.env._(
            "Closing “%(job)s” wipes its credentials, what was read of %(records_text)s "
            "[[records|record|records]] and %(files_text)s [[files|file|files]]. "
            "%(links_text)s [[links|link stays|links stay]], with the messages, the sums "
            "and the documents.",
            job=self.job_id.name,
            **{
                f"{name}_text": formatLang(self.env, count, digits=0)
                for name, count in counts.items()
            },
        )
        return agreed(self.env, text, counts)

    def action_close(self):
        """Wipe what was listed.

        :raises UserError: not confirmed, or at work
        """
        self.ensure_one()
        self.job_id._check_manager()
        if not self.confirmed:
            raise UserError(self.env._("Confirm first that this shall be wiped."))
        self.job_id._close()
        return {"type": "ir.actions.client", "tag": "soft_reload"}
