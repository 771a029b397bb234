"""The dialog that hands over the documents of a migration: HTML, PDF or XLSX."""

from odoo import fields, models
from odoo.exceptions import UserError

from .documents.document import SECTIONS, make_pages, make_sections
from .documents.workbook import make_workbook
from .downloads import offer_download
from .guide_workbook import XLSX

REPORT = "crm_migration.crm_migration_documents_report"
PAGE = "crm_migration.crm_migration_documents_page"


class CrmMigrationDocuments(models.TransientModel):
    """One document in three forms; which chapters it has is chosen here."""

    _name = "crm.migration.documents"
    _description = "Documents"
    _inherit = ["crm.migration.dialog"]

    job_id = fields.Many2one("crm.migration.job", required=True, ondelete="cascade")
    scope = fields.Boolean(default=True, help="Objects, filters and options.")
    mapping = fields.Boolean(
        default=True, help="Every field of the source, where it goes and who said so."
    )
    values = fields.Boolean(string="Value Lists", default=True)
    owners = fields.Boolean(default=True)
    duplicates = fields.Boolean(default=True)
    reconciliation = fields.Boolean(
        default=True, help="Sums per object, and why records are not in Odoo."
    )
    amounts = fields.Boolean(
        string="Amounts of Deals",
        default=True,
        help="By stage and currency, of the source and of Odoo.",
    )
    coverage = fields.Boolean(default=True)
    differences = fields.Boolean(
        default=True, help="What the verification found, and what was accepted."
    )
    files = fields.Boolean(
        string="Attachments",
        default=True,
        help="Every file with its size and SHA-256. The bytes are read for it.",
    )
    spot_check = fields.Boolean(default=True)
    rebuild = fields.Boolean(string="Rebuild Guide", default=True)
    signatures = fields.Boolean(string="Sign-Offs", default=True)

    def _get_sections(self):
        """Return the names of the chapters that are wanted."""
        return [name for name in SECTIONS if self[name]]

    def _get_job(self):
        self.ensure_one()
        return self.job_id._as_reviewer()

    def action_html(self):
        """Offer a page that needs nothing else."""
        job = self._get_job()
        pages = make_pages(job, self._get_sections())
        lang = (self.env.lang or "en_US").split("_")[0]
        body = self.env["ir.qweb"].sudo()._render(PAGE, {**pages, "page_lang": lang})
        raw = f"<!DOCTYPE html>\n{body}".encode()
        return offer_download(job, "documents", "html", raw, "text/html")

    def action_pdf(self):
        """Offer the printed document.

        :raises UserError: nothing on the server can print it
        """
        job, report = self._get_job(), self.env["ir.actions.report"].sudo()
        if report.get_wkhtmltopdf_state() in ("install", "broken"):
            raise UserError(
                self.env._(
                    "Odoo prints a PDF with the program wkhtmltopdf, which is missing on "
                    "this server or does not work. Ask the administrator to install it, "
                    "or take the HTML and print it from your browser."
                )
            )
        data = {"sections": self._get_sections()}
        raw, _kind = report._render_qweb_pdf(REPORT, job.ids, data)
        return offer_download(job, "documents", "pdf", raw, "application/pdf")

    def action_xlsx(self):
        """Offer the workbook, which has every row of every list."""
        job = self._get_job()
        sections = make_sections(job, self._get_sections())
        raw = make_workbook(sections, self.env._("Summary"))
        return offer_download(job, "documents", "xlsx", raw, XLSX)
