"""The dialog that splits a field of the source into several of Odoo."""

from odoo import Command, api, fields, models

from ..connectors.mapping.text import part


class CrmMigrationMappingSplit(models.TransientModel):
    """At what it is divided, and what each part becomes, next to a real value."""

    _name = "crm.migration.mapping.split"
    _description = "Split Field"
    _inherit = ["crm.migration.dialog"]

    line_id = fields.Many2one(
        "crm.migration.mapping.line", required=True, ondelete="cascade"
    )
    sample_text = fields.Char(related="line_id.sample_text", string="For Example")
    separator = fields.Selection(
        [
            (",", "Comma"),
            (" ", "Space"),
            (";", "Semicolon"),
            ("/", "Slash"),
            ("-", "Hyphen"),
            ("|", "Vertical bar"),
            ("\n", "New line"),
            ("other", "Something else"),
        ],
        compute="_compute_separator",
        store=True,
        readonly=False,
        string="Divided At",
    )
    other_separator = fields.Char(string="Namely")
    rest = fields.Selection(
        [("last", "Stays in the last part"), ("first", "Stays in the first part")],
        required=True,
        default="last",
        string="Remaining Parts",
        help="Where a value has more parts than there are lines: nothing of it is lost.",
    )
    part_ids = fields.One2many(
        "crm.migration.mapping.split.part",
        "split_id",
        string="Parts",
        default=lambda self: [
            Command.create({"sequence": 1}),
            Command.create({"sequence": 2}),
        ],
    )

    @api.depends("line_id")
    def _compute_separator(self):
        for wizard in self:
            text = wizard.line_id.sample_text or ""
            marks = (mark for mark in (",", ";", "|", "/", " ", "-") if mark in text)
            wizard.separator = next(marks, ",")

    def _get_mark(self):
        other = self.separator == "other"
        return (self.other_separator if other else self.separator) or ""

    def action_split(self):
        self.ensure_one()
        parts = self.part_ids.sorted("sequence")
        targets = [each._get_target() for each in parts]
        line = self.line_id._as_reviewer()
        line._split(self._get_mark(), targets, from_end=self.rest == "first")
        return {"type": "ir.actions.act_window_close"}


class CrmMigrationMappingSplitPart(models.TransientModel):
    """What one part becomes."""

    _name = "crm.migration.mapping.split.part"
    _description = "Split Field: Part"
    _inherit = ["crm.migration.target.choice", "crm.migration.dialog"]
    _order = "sequence, id"

    split_id = fields.Many2one(
        "crm.migration.mapping.split", required=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=9)
    sample_text = fields.Char(compute="_compute_sample_text", string="For Example")

    def _get_line(self):
        return self.split_id.line_id

    @api.depends("split_id.line_id")
    def _compute_places(self):
        return super()._compute_places()

    @api.depends(
        *("split_id.separator", "split_id.other_separator", "split_id.rest"),
        *("split_id.part_ids", "split_id.part_ids.sequence"),
    )
    def _compute_sample_text(self):
        for each in self:
            wizard = each.split_id
            parts = wizard.part_ids.sorted("sequence")
            mark, text = wizard._get_mark(), wizard.sample_text
            places = {one: number for number, one in enumerate(parts, 1)}
            number = places.get(each)
            each.sample_text = (
                number
                and mark
                and text
                and part(text, mark, number, len(parts), wizard.rest == "first")
            )
