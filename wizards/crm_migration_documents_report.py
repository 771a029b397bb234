"""What the printed document is made of."""

from odoo import api, models

from .documents.document import make_pages


class CrmMigrationDocumentsReport(models.AbstractModel):
    """Reached by an address as well: whoever prints must be a reviewer of each."""

    _name = "report.crm_migration.crm_migration_documents_document"
    _description = "Documents of a Migration"

    @api.model
    def _get_report_values(self, docids, data=None):
        jobs = self.env["crm.migration.job"].browse(docids)._as_reviewer()
        names = (data or {}).get("sections")
        return {
            "doc_ids": docids,
            "doc_model": jobs._name,
            "docs": jobs,
            "pages": [make_pages(job, names) for job in jobs],
        }
