"""The dialog that asks for a field Odoo does not have; the load creates it."""

import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.mapping.conversions import steps_for_type
from ..models.mapping.field_kinds import CUSTOM_STEPS, normalize

KINDS = [
    ("char", "Text (one line)"),
    ("text", "Text (several lines)"),
    ("html", "Formatted text"),
    ("integer", "Whole number"),
    ("float", "Number"),
    ("monetary", "Amount of money"),
    ("boolean", "Yes or no"),
    ("url", "Web address"),
    ("date", "Day"),
    ("datetime", "Day and time"),
    ("selection", "Choice of one"),
    ("multi_selection", "Choice of several"),
]


class CrmMigrationMappingCustom(models.TransientModel):
    """Label and type are proposed from the source; options come from it too."""

    _name = "crm.migration.mapping.custom"
    _description = "New Field"
    _inherit = ["crm.migration.dialog"]

    line_id = fields.Many2one(
        "crm.migration.mapping.line", required=True, ondelete="cascade"
    )
    sample_text = fields.Char(related="line_id.sample_text")
    label = fields.Char(compute="_compute_proposal", store=True, readonly=False)
    kind = fields.Selection(
        KINDS, compute="_compute_proposal", store=True, readonly=False, string="Type"
    )
    option_text = fields.Char(compute="_compute_option_text", string="Choices")

    @api.depends("line_id")
    def _compute_proposal(self):
        known = dict(KINDS)
        for wizard in self:
            line = wizard.line_id
            wizard.label = line.custom_label or line.source_label or line.source
            kind = line.custom_kind or line.source_kind
            wizard.kind = (
                kind if kind in known else "text" if kind == "json" else "char"
            )

    @api.depends("line_id", "kind")
    def _compute_option_text(self):
        for wizard in self:
            wizard.option_text = ", ".join(
                label for _key, label in wizard._get_options()
            )

    def _get_options(self):
        """Return the choices that the source documents, else all values if few."""
        line = self.line_id
        if line.custom_options:
            return [tuple(option) for option in line.custom_options]
        samples = line.samples or []
        if line.distinct_count and line.distinct_count <= len(samples):
            values = [json.loads(sample) for sample in samples]
            return [(str(value), str(value)) for value in values]
        return []

    def _get_steps(self):
        """Return how the values are read: as the source writes them, where it says so."""
        line, steps = self.line_id.sudo(), CUSTOM_STEPS.get(self.kind)
        if len(line._get_paths()) != 1:
            return steps
        stream = line.mapping_id.stream_id
        return steps_for_type(stream, line.source, self.kind, steps)

    def action_create(self):
        """Make the new field the target of the line.

        :raises UserError: no label, or choices that are not known
        """
        self.ensure_one()
        line = self.line_id._as_reviewer()
        options = self._get_options()
        if self.kind in ("selection", "multi_selection") and not options:
            raise UserError(
                self.env._(
                    "The source does not list the choices. Take “Text” instead: "
                    "every value is kept as it is."
                )
            )
        key = normalize((line.source or "").replace(".", "_")) or normalize(self.label)
        if not key or not self.label:
            raise UserError(self.env._("The new field needs a label."))
        line.write(
            {
                "target": f"@custom.{key}",
                "custom_kind": self.kind,
                "custom_label": self.label,
                "custom_options": [list(option) for option in options] or False,
                "steps": self._get_steps() or False,
                "state": "accepted",
                "confidence": 100,
                "reason": self.env._("Chosen by %(name)s.", name=self.env.user.name),
            }
        )
        line._refuse_second()
        return {"type": "ir.actions.act_window_close"}
