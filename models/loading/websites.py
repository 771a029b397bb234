"""A web address that is anybody's is nobody's: it goes to the notes."""

from urllib.parse import urlsplit

from odoo import models

from ..duplicates.web_domains import is_nobodys


class CrmMigrationLoadingWebsites(models.AbstractModel):
    _name = "crm.migration.loading.websites"
    _description = "Migration: Loading Websites"

    def _derive_website(self, batch, item):
        """Keep a website as Odoo writes it; a bare ``gmail.com`` is no company's site.

        A page at a network (``linkedin.com/company/acme``) is one's own.
        """
        website = item.vals.get("website")
        if not website or "website" not in batch.model._fields:
            return
        clean = website
        if not website.startswith(("http://", "https://")):
            # What says how to get there stays as it is (19.0).
            clean = self.env["res.partner"]._clean_website(website)
        parts = urlsplit(clean)
        if parts.path.strip("/") or parts.query or not is_nobodys(parts.hostname):
            item.vals["website"] = clean
            return
        item.vals["website"] = False
        self._keep_in_notes(batch, item, "website", website)
        item.report("nobodys_website", "info", "website", website)
