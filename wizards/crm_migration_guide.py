"""The dialog that hands over the rebuild guide: HTML, PDF or XLSX."""

import re

from odoo import fields, models
from odoo.exceptions import UserError

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
        return self._download(job, "html", body, "text/html")

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
        return self._download(job, "xlsx", make_workbook(job._get_guide()), XLSX)

    def _download(self, job, suffix, raw, mimetype):
        """Keep the file with the migration, in the place of an earlier one."""
        stem = re.sub(r"[^\w.-]+", "-", job.name).strip("-") or "migration"
        name = f"rebuild-guide-{stem}.{suffix}"
        files = self.env["ir.attachment"].sudo()
        place = [("res_model", "=", job._name), ("res_id", "=", job.id)]
        files.search([*place, ("name", "=", name)]).unlink()
        file = files.create(
            {
                "name": name,
                "raw": raw,
                "mimetype": mimetype,
                "res_model": job._name,
                "res_id": job.id,
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{file.id}?download=true",
            "target": "self",
        }
