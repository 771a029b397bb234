"""The dialog that joins several fields of the source into one of Odoo."""

from odoo import Command, api, fields, models


class CrmMigrationMappingJoin(models.TransientModel):
    """In which order, with what between them, and what they become."""

    _name = "crm.migration.mapping.join"
    _description = "Join Fields"
    _inherit = ["crm.migration.target.choice", "crm.migration.dialog"]

    line_ids = fields.Many2many("crm.migration.mapping.line", required=True)
    part_ids = fields.One2many(
        "crm.migration.mapping.join.part",
        "join_id",
        string="Fields in Their Order",
        default=lambda self: self._get_parts(),
    )
    way = fields.Selection(
        [
            ("join", "Put together, one behind the other"),
            ("first", "The first that is filled"),
        ],
        required=True,
        default="join",
        string="How",
    )
    # A blank alone would be cut off by the input field.
    separator = fields.Selection(
        [
            (" ", "Space"),
            (", ", "Comma and space"),
            ("; ", "Semicolon and space"),
            (" - ", "Dash"),
            ("\n", "New line"),
            ("", "Nothing"),
        ],
        default=" ",
        string="Between Them",
    )

    def _get_parts(self):
        """Return the fields that were chosen, in the order of the source."""
        given = self.env.context.get("default_line_ids") or []
        lines = self.new({"line_ids": given}).line_ids._origin
        lines.check_access("read")
        return [
            Command.create({"line_id": line.id, "sequence": number})
            for number, line in enumerate(lines.sorted(lambda x: (x.sequence, x.id)))
        ]

    def _get_line(self):
        return self.line_ids[:1]

    @api.depends("line_ids")
    def _compute_places(self):
        return super()._compute_places()

    def action_join(self):
        self.ensure_one()
        lines = self.part_ids.sorted("sequence").line_id._as_reviewer()
        first = self.way == "first"
        lines._join(self._get_target(), self.separator or "", first)
        return {"type": "ir.actions.act_window_close"}


class CrmMigrationMappingJoinPart(models.TransientModel):
    """One of the fields, at its place among the others."""

    _name = "crm.migration.mapping.join.part"
    _description = "Join Fields: Field"
    _inherit = ["crm.migration.dialog"]
    _order = "sequence, id"

    join_id = fields.Many2one("crm.migration.mapping.join", ondelete="cascade")
    sequence = fields.Integer()
    line_id = fields.Many2one(
        "crm.migration.mapping.line", required=True, ondelete="cascade"
    )
    source_text = fields.Char(related="line_id.source_text", string="Field")
    sample_text = fields.Char(related="line_id.sample_text", string="For Example")
