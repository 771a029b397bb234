"""A condition as a person types it, for the dialogs that choose records of an object."""

import re
from datetime import datetime

from odoo import api, fields, models

from ..models.staging.filter_sql import COMPARISONS, EMPTY, LISTS

NUMBERS, DAYS = ("integer", "float", "monetary"), ("date", "datetime")


class CrmMigrationCondition(models.AbstractModel):
    """Column, operator and value; a subclass names the dialog it is a line of."""

    _name = "crm.migration.condition"
    _description = "Condition on the Records of an Object"
    _inherit = ["crm.migration.dialog"]

    _of_stream = None
    """The way to the object whose records are asked."""

    columns = fields.Json(compute="_compute_columns", help="Columns to choose from.")
    column = fields.Char(required=True)
    operator = fields.Selection(
        selection="_selection_operator", required=True, default="="
    )
    value = fields.Char()
    frequent_text = fields.Char(
        compute="_compute_frequent_text", string="Most Frequent Values"
    )

    @api.model
    def _selection_operator(self):
        return list(self.env["crm.migration.stream"]._get_filter_words().items())

    @api.depends(lambda self: self._of_stream and [self._of_stream] or [])
    def _compute_columns(self):
        for line in self:
            line.columns = line._get_stream()._get_columns()

    @api.depends(lambda self: ["column", *filter(None, [self._of_stream])])
    def _compute_frequent_text(self):
        for line in self:
            stream = line._get_stream()
            found = stream._get_frequent(line.column) if stream and line.column else ()
            line.frequent_text = ", ".join(f"{text} ({count})" for text, count in found)

    def _as_condition(self):
        """Return the condition, None while it is not finished."""
        if not self.column or not self.operator:
            return None
        if self.operator in EMPTY:
            return [self.column, self.operator, None]
        texts = [self.value or ""]
        if self.operator in LISTS:
            texts = (self.value or "").replace("\n", ";").split(";")
        values = [self._read(text.strip()) for text in texts if text.strip()]
        if not values:
            return None
        value = values if self.operator in LISTS else values[0]
        return [self.column, self.operator, value]

    def _read(self, text):
        """Return a typed text as a number, yes or no, where it is meant so."""
        flags = {self.env._("yes"): True, self.env._("no"): False}
        is_flag = self._get_kind() == "boolean" and self.operator in ("=", "!=")
        if is_flag and text.lower() in flags:
            return flags[text.lower()]
        if self.operator in COMPARISONS or self._get_kind() in NUMBERS:
            return self._read_number(text)
        return self._read_day(text) if self._get_kind() in DAYS else text

    def _get_kind(self):
        """Return as what kind of field the column was measured."""
        sample = self._get_stream().sample or {}
        return (sample.get(self.column) or {}).get("kind")

    def _read_number(self, text):
        """Return a number or a day as the user's language writes it, else the text."""
        lang = self.env["res.lang"]._get_data(code=self.env.user.lang or "en_US")
        plain = text.replace(lang.thousands_sep or " ", "")
        plain = plain.replace(lang.decimal_point or ".", ".")
        for written in (text, plain):
            if re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]+)?", written):
                return float(written) if "." in written else int(written)
        return self._read_day(text)

    def _read_day(self, text):
        lang = self.env["res.lang"]._get_data(code=self.env.user.lang or "en_US")
        try:
            return datetime.strptime(text, lang.date_format).date().isoformat()
        except (ValueError, TypeError):
            return text

    def _get_stream(self):
        return self.mapped(self._of_stream).sudo()

    def _as_domain(self, match):
        """Return the finished conditions as a domain.

        :param match: ``all`` of them hold, or ``any``
        """
        found = [
            condition
            for line in self
            if (condition := line._as_condition()) is not None
        ]
        joins = ["|"] * (len(found) - 1) if match == "any" else []
        return [*joins, *found]
