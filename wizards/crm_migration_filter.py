"""The dialog that says which records of an object are loaded, and counts them at once."""

import re
from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.staging.filter_sql import COMPARISONS, EMPTY, LISTS, is_condition
from ..models.words.messages import agreed

NUMBERS, DAYS = ("integer", "float", "monetary"), ("date", "datetime")

SHOWN = 5
"""Values that are none that the dialog names."""


class CrmMigrationFilter(models.TransientModel):
    """Nothing is written before *Apply*; the counts are asked of what was read."""

    _name = "crm.migration.filter"
    _description = "Filter of an Object"
    _inherit = ["crm.migration.dialog"]

    stream_id = fields.Many2one(
        "crm.migration.stream", string="Object", required=True, ondelete="cascade"
    )
    match = fields.Selection(
        [("all", "all of these hold"), ("any", "one of these holds")],
        compute="_compute_lines",
        store=True,
        readonly=False,
        string="Load a Record If",
    )
    line_ids = fields.One2many(
        "crm.migration.filter.line",
        "filter_id",
        compute="_compute_lines",
        store=True,
        readonly=False,
        string="Conditions",
    )
    nested_text = fields.Char(compute="_compute_nested_text")
    count_text = fields.Text(compute="_compute_count_text", string="Result")

    @api.depends("stream_id")
    def _compute_lines(self):
        for wizard in self:
            stream = wizard.stream_id
            domain = stream.filter_domain or []
            match = stream._is_flat(domain)
            conditions = [part for part in domain if is_condition(part)]
            wizard.match = match or "all"
            wizard.line_ids = [fields.Command.clear()] + [
                fields.Command.create(
                    {
                        "column": path,
                        "operator": operator,
                        "value": wizard._as_typed(operator, value),
                    }
                )
                for path, operator, value in (conditions if match else ())
            ]

    def _as_typed(self, operator, value):
        """Return a value as a person would type it."""
        if operator in EMPTY or value is None:
            return False
        values = value if operator in LISTS else [value]
        return "; ".join(map(self.stream_id._format_given, values))

    @api.depends("stream_id")
    def _compute_nested_text(self):
        for wizard in self:
            domain = wizard.stream_id.filter_domain or []
            flat = wizard.stream_id._is_flat(domain)
            wizard.nested_text = False if flat else wizard.stream_id.filter_text

    @api.depends(
        "stream_id",
        "match",
        "line_ids.column",
        "line_ids.operator",
        "line_ids.value",
    )
    def _compute_count_text(self):
        for wizard in self:
            try:
                wizard.count_text = wizard._count()
            except UserError as error:
                wizard.count_text = str(error)

    def _count(self):
        """Return in words how many of how many would pass."""
        stream, domain = self.stream_id.sudo(), self._get_domain()
        if not stream:
            return ""
        total, passing, loaded = stream._count_filter(domain)
        if not total:
            return self.env._(
                "Nothing has been read yet: the filter is asked once it has."
            )
        if not domain:
            text = self.env._(
                "All %(total)s [[total|record passes|records pass]].", total=total
            )
            return agreed(self.env, text, {"total": total})
        told = [
            agreed(
                self.env,
                self.env._(
                    "%(passing)s of %(total)s [[total|record|records]] [[passing|passes|pass]]. %(left)s [[left|is|are]] left out.",
                    passing=passing,
                    total=total,
                    left=total - passing,
                ),
                {"passing": passing, "total": total, "left": total - passing},
            )
        ]
        if loaded:
            text = self.env._(
                "%(loaded)s of them [[loaded|is|are]] loaded already and [[loaded|stays|stay]] in Odoo.",
                loaded=loaded,
            )
            told.append(agreed(self.env, text, {"loaded": loaded}))
        if unread := stream._get_unread(domain):
            text = self.env._(
                "Neither a number nor a day, so it does not pass: %(values)s",
                values=", ".join(unread[:SHOWN]),
            )
            told.append(text)
        return " ".join(told)

    def _get_domain(self):
        """Return the conditions as a domain."""
        found = [
            condition
            for line in self.line_ids
            if (condition := line._as_condition()) is not None
        ]
        joins = ["|"] * (len(found) - 1) if self.match == "any" else []
        return [*joins, *found]

    def action_apply(self):
        """Put the filter in force, and look anew at what was read.

        :raises UserError: the migration is at work
        """
        self.ensure_one()
        stream = self.stream_id._as_manager()
        job = stream.job_id
        if job.state != "idle":
            raise UserError(self.env._("This migration is still at work."))
        stream._set_filter(self._get_domain())
        self.stream_id.job_id._apply_filter_of(stream.name)
        return {"type": "ir.actions.act_window_close"}


class CrmMigrationFilterLine(models.TransientModel):
    """A condition: column, operator and a value as a person types it."""

    _name = "crm.migration.filter.line"
    _description = "Condition of a Filter"
    _inherit = ["crm.migration.dialog"]

    filter_id = fields.Many2one("crm.migration.filter", ondelete="cascade")
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

    @api.depends("filter_id.stream_id")
    def _compute_columns(self):
        for line in self:
            line.columns = line.filter_id.stream_id.sudo()._get_columns()

    @api.depends("column", "filter_id.stream_id")
    def _compute_frequent_text(self):
        for line in self:
            stream = line.filter_id.stream_id.sudo()
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
        sample = self.filter_id.stream_id.sudo().sample or {}
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
