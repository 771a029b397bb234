"""What coverage and its single values have in common: part, rule, reason."""

from odoo import api, fields, models
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)


KINDS = [
    ("field", "In Fields"),
    ("notes", "In Notes and Chatter"),
    ("left_out", "Left Out"),
    ("unaccounted", "Unaccounted"),
]


MISSED = {
    "taken": _lt(
        "The mapping takes this field, but the value is not where it should be. Look at "
        "the record in Odoo: correct it there, or correct the mapping and load again."
    ),
    "open": _lt(
        "Nobody decided where this field goes. Decide it in the mapping, then apply the "
        "mapping again and load the changes."
    ),
    "free": _lt(
        "No field of the mapping takes it. Map it, or leave it out with a reason, or "
        "accept it as it is."
    ),
}
"""Why a value is unaccounted for, where verification has no reason of its own."""


class CrmMigrationMissed(models.AbstractModel):
    """Mixed into what names a field of the source: why its value is unaccounted for."""

    _name = "crm.migration.missed"
    _description = "Why a Value Is Unaccounted For"

    reason_text = fields.Text(compute="_compute_reason_text", string="Reason")

    def _is_unaccounted(self):
        """Tell whether this row is about a value that stands nowhere."""
        return True

    @api.depends("reason")
    def _compute_reason_text(self):
        wordless = self.filtered(lambda row: not row.reason and row._is_unaccounted())
        states = wordless._get_line_states()
        for row in self:
            row.reason_text = row.reason
            if row in wordless:
                key = states.get((row.stream_id.id, row.field), "free")
                row.reason_text = str(row.env._(MISSED[key]))

    def _get_line_states(self):
        """Return (object, field) → "taken" or "open", one query for all rows."""
        lines = self.env["crm.migration.mapping.line"].search_fetch(
            [
                ("mapping_id.stream_id", "in", self.stream_id.ids),
                ("source", "!=", False),
            ],
            ["mapping_id", "source", "target", "state"],
        )
        states = {}
        for line in lines:
            if line.state != "open" and not line.target:
                continue
            state = "open" if line.state == "open" else "taken"
            for name in _get_members(line.source):
                key = line.mapping_id.stream_id.id, name
                if states.get(key) != "taken":
                    states[key] = state
        return states


def _get_members(source):
    """Return the members that a line reads: of ``_attendees.id`` the first as well."""
    names = [name.strip() for name in source.split(",")]
    return {*names, *(name.split(".")[0] for name in names)}
