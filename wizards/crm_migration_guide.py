"""The dialog that hands over the rebuild guide: HTML, PDF or XLSX."""

from odoo import fields, models
from odoo.exceptions import UserError

from .downloads import offer_download
from .guide_workbook import XLSX, make_workbook

REPORT = "crm_migration.crm_migration_guide_report"


class CrmMigrationGuide(models.TransientModel):
    """One document in three forms, from one inventory."""

    _name = "crm.migration.guide"
    _description = "Rebuild Guide"
    _inherit = ["crm.migration.dialog"]

    job_id = fields.Many2one("crm.migration.job", required=True, ondelete="cascade")
    automation_count = fields.Integer(related="job_id.automation_count")

    def _get_job(self):
        """Return the migration.

        :raises UserError: nothing runs by itself, as far as it was read
        """
        self.ensure_one()
        job = self.job_id._as_reviewer()
        if not job.automation_count:
            raise UserError(
                self.env._(
                    "Nothing that runs by itself was found in the source. Include its "
                    "workflows in the objects, then extract again."
                )
            )
        return job

    def action_create_drafts(self):
        """Create the drafts of what Odoo can say, and list all of it.

        :raises UserError: the app is missing, or nothing was loaded
        """
        self.ensure_one()
        return self.job_id.action_create_drafts()

    def action_html(self):
        job = self._get_job()
        report = self.env["ir.actions.report"].sudo()
        body, _kind = report._render_qweb_html(REPORT, job.ids)
        return offer_download(job, "rebuild-guide", "html", body, "text/html")

    def action_pdf(self):
        """Return Odoo's own report action, which says itself what a PDF needs."""
        job = self._get_job()
        action = self.env.ref(REPORT).sudo().report_action(job.ids, config=False)
        # Not what is empty in it: XML-RPC has no word for nothing.
        names = ("type", "report_type", "report_name", "report_file", "name")
        return {
            **{name: action[name] for name in names},
            "context": {"active_ids": job.ids},
        }

    def action_xlsx(self):
        job = self._get_job()
        raw = make_workbook(job._get_guide())
        return offer_download(job, "rebuild-guide", "xlsx", raw, XLSX)
