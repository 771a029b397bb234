"""How the values of a column are written, for a person to correct: separator and unit."""

from odoo import api, fields, models

LINE_END = "\\n"
"""How a person writes the end of a line, which no input field takes."""


class CrmMigrationMappingLineWritten(models.AbstractModel):
    """Both are arguments of a conversion; only lines that have it show them."""

    _name = "crm.migration.mapping.line.written"
    _description = "Migration: Mapping Line Written"

    separator = fields.Char(
        compute="_compute_written",
        inverse="_inverse_separator",
        string="Values Are Divided By",
        help="Several marks with a blank between them; \\n is the end of a line.",
    )
    unit = fields.Selection(
        [
            ("hours", "Hours"),
            ("minutes", "Minutes"),
            ("seconds", "Seconds"),
            ("milliseconds", "Milliseconds"),
            ("days", "Days"),
        ],
        compute="_compute_written",
        inverse="_inverse_unit",
        string="Numbers Count",
        help="Empty: a number alone is asked about; “1:30” or “90 min” is not.",
    )
    has_separator = fields.Boolean(compute="_compute_written")
    has_unit = fields.Boolean(compute="_compute_written")

    @api.depends("steps")
    def _compute_written(self):
        for line in self:
            separators = line._get_argument("split")
            line.has_separator = separators is not None
            listed = separators if isinstance(separators, list) else [separators or ""]
            marks = [mark.replace("\n", LINE_END).strip() for mark in listed]
            line.separator = " ".join(filter(None, marks)) or False
            line.has_unit = any(step[0] == "duration" for step in line.steps or [])
            line.unit = line._get_argument("duration") or False

    def _get_argument(self, name):
        return next((s[1] for s in self.steps or [] if s[0] == name and s[1:]), None)

    def _inverse_separator(self):
        for line in self.sudo():
            marks = (line.separator or "").replace(LINE_END, "\n").split(" ")
            marks = [mark for mark in marks if mark]
            line._set_argument("split", marks[0] if len(marks) == 1 else marks or "")

    def _inverse_unit(self):
        for line in self.sudo():
            line._set_argument("duration", line.unit or None)

    def _set_argument(self, name, argument):
        self.steps = [
            [name, argument] if step[0] == name else step for step in self.steps or []
        ]
