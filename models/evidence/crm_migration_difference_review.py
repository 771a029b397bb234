"""Differences as a person reads them: names instead of numbers."""

from odoo import api, fields, models
from odoo.tools import format_datetime

from ..words.note_text import text_from_html
from .crm_migration_display import LONGEST


class CrmMigrationDifferenceReview(models.AbstractModel):
    """Values as a person reads them: names instead of numbers."""

    _name = "crm.migration.difference.review"
    _description = "Migration: Difference Review"
    _inherit = ["crm.migration.labelled"]

    expected_text = fields.Char(compute="_compute_value_texts", string="Value Expected")
    found_text = fields.Char(compute="_compute_value_texts", string="Value Found")

    @api.depends("res_model", "field", "expected", "found")
    def _compute_value_texts(self):
        for row in self:
            known = row.env.get(row.res_model)
            field = known is not None and known._fields.get(row.field)
            if row.field == "id":
                row.expected_text = row.env._("The record")
                row.found_text = row.env._("Deleted in Odoo")
                continue
            row.expected_text = row._format_value(field, row.expected)
            row.found_text = row._format_value(field, row.found)

    def _format_value(self, field, text):
        """Return the text of a value that verification kept as text."""
        text = text or ""
        if field and field.type == "boolean":
            return self.env._("Yes") if text == "True" else self.env._("No")
        if not field or not text:
            return text
        if field.relational:
            return self._name_records(field, text)
        if field.type == "selection":
            return self.env["crm.migration.display"]._show_choice(field, text)
        if field.type == "html":
            return text_from_html(text).strip()[:LONGEST]
        if field.type == "datetime":
            try:
                moment = fields.Datetime.to_datetime(text)
            except ValueError:
                return text
            return format_datetime(self.env, moment)
        return text

    def _name_records(self, field, text):
        """Return the names of records given by their ids; the ids the user may not see."""
        ids = [
            int(part)
            for part in text.strip("[]()").split(",")
            if part.strip().isdigit()
        ]
        model = self.env[field.comodel_name].with_context(active_test=False)
        if not ids or not model.has_access("read"):
            return text
        return (
            ", ".join(model.search([("id", "in", ids)]).mapped("display_name")) or text
        )
