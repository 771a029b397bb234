"""Pages of the OCA's document_page: articles of a knowledge base within their category."""

from markupsafe import Markup

from odoo import models

from ..odoo.sanitize import sanitize_body
from .stand_in import stand_in

CATEGORY = "category"
SHELF = "articles"
"""Name of the helper that holds pages of no category."""


class CrmMigrationTargetDocumentPage(models.AbstractModel):
    """Without it an article is a task with the text in it; without Project it stays away.

    A category keeps no text of its own, it shows an index in its place (document_page
    19.0.1.0.2): the text goes into its chatter, as does what has no field. Odoo does not
    sanitize these texts, hence it is done here. Its form lets nobody save a page without a
    category, nor without a name and a summary of the version.
    """

    _name = "crm.migration.target.document.page"
    _description = "Migration Target: Pages"
    _inherit = ["crm.migration.target"]
    _model, _app = "document.page", "document_page"
    _own_rows = ("document.page.history",)
    _notes_in_chatter = True
    _own_life = frozenset({"history_head", "content_date", "content_uid"})
    _form = "document_page.view_wiki_form"
    _stand_ins = (stand_in("project.task", content="description", is_last=True),)

    def _get_named_field(self, model):
        return "name"

    def _create_wave(self, batch, items):
        if not all(map(self._has_place, items)):
            name = self.env._("Articles of %(migration)s", migration=batch.job.name)
            company_id = batch.job.company_id.id
            shelf = {"name": name, "type": CATEGORY, "company_id": company_id}
            made = self._make_helpers(batch, "document.page", {SHELF: shelf})
            batch.cache["shelf"] = made[SHELF]
        super()._create_wave(batch, items)

    def _has_place(self, item):
        is_category = item.targets.get("type") == CATEGORY
        return is_category or bool(item.targets.get("parent_id"))

    def _get_shelf(self, batch):
        """Return the id of the category that holds pages of none, once it is there."""
        return batch.once(
            "shelf", lambda: self._find_helpers(batch.job, "document.page").get(SHELF)
        )

    def _derive(self, batch, item):
        if item.vals.get("type") == CATEGORY:
            if text := item.vals.pop("content", None):
                item.notes.append(Markup(text))
            return
        if item.vals.get("content"):
            item.vals["content"] = sanitize_body(item.vals["content"])
        if not item.targets.get("parent_id") and (shelf := self._get_shelf(batch)):
            item.vals["parent_id"] = shelf

    def _complete(self, batch, item):
        super()._complete(batch, item)
        item.vals.setdefault("company_id", batch.job.company_id.id)
        if item.vals.get("content"):
            item.vals.setdefault("draft_name", "1.0")
            item.vals.setdefault("draft_summary", self.env._("Migrated"))

    def _after_create(self, batch, items):
        """Date the first version as the source dates the page, and say who wrote it."""
        self.env.flush_all()
        rows = []
        for item in items:
            created, changed, author, editor = self._origin(batch, item)
            rows.append((item.res_id, changed or created, editor or author))
        self.env.cr.execute_values(
            """
            WITH known AS (
                SELECT page::int, date::timestamp, author::int
                  FROM (VALUES %s) AS given (page, date, author)
            ), dated AS (
                UPDATE document_page_history AS version
                   SET create_date = COALESCE(known.date, version.create_date),
                       write_date = COALESCE(known.date, version.write_date),
                       create_uid = COALESCE(known.author, version.create_uid)
                  FROM known WHERE version.page_id = known.page
             RETURNING version.page_id, version.create_date, version.create_uid
            )
            UPDATE document_page AS page
               SET content_date = dated.create_date, content_uid = dated.create_uid
              FROM dated WHERE page.id = dated.page_id
            """,
            rows,
            page_size=len(rows) or 1,
        )
        self.env["document.page.history"].invalidate_model()
        batch.model.invalidate_model(["content_date", "content_uid"])
