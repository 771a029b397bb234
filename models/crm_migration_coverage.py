"""Where the filled values of the source stand in Odoo, per object and field."""

from odoo import api, fields, models
from odoo.tools.translate import LazyTranslate

from .crm_migration_record import open_target

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


class CrmMigrationCoverage(models.Model):
    """How many values of a field are in one of the four parts, and why some are left out.

    Written by the verification, by SQL; see ``coverage``.
    """

    _name = "crm.migration.coverage"
    _description = "Migration Coverage"
    _inherit = ["crm.migration.protected", "crm.migration.missed"]
    _order = "stream_id, field, kind, count desc"
    _log_access = False
    _rec_name = "field"

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    run_id = fields.Many2one("crm.migration.run", required=True, ondelete="cascade")
    company_id = fields.Many2one("res.company")
    stream_id = fields.Many2one(
        "crm.migration.stream", required=True, ondelete="cascade", string="Object"
    )
    field = fields.Char(required=True, string="Source Field")
    kind = fields.Selection(KINDS, required=True, string="Where It Stands")
    reason = fields.Char(string="Why")
    is_zero = fields.Boolean(help="Unaccounted, and nothing but No or 0.")
    count = fields.Integer(string="Values")

    _sum_uniq = models.UniqueIndex(
        "(run_id, stream_id, field, kind, reason, is_zero)",
        "A field is counted once per part and reason.",
    )

    def _is_unaccounted(self):
        return self.kind == "unaccounted"

    def action_open_values(self):
        """Open the values of this object and field that are unaccounted for."""
        self.ensure_one()
        return self.job_id._open_unaccounted(
            [("stream_id", "=", self.stream_id.id), ("field", "=", self.field)]
        )


class CrmMigrationUnaccounted(models.Model):
    """A filled value of the source that stands nowhere in Odoo, and nobody said why."""

    _name = "crm.migration.unaccounted"
    _description = "Unaccounted Value"
    _inherit = ["crm.migration.protected", "crm.migration.missed"]
    _order = "stream_id, field, id"
    _log_access = False
    _rec_name = "value"

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    run_id = fields.Many2one("crm.migration.run", ondelete="cascade")
    company_id = fields.Many2one("res.company")
    stream_id = fields.Many2one(
        "crm.migration.stream", index=True, ondelete="cascade", string="Object"
    )
    record_id = fields.Many2one("crm.migration.record", index=True, ondelete="cascade")
    stream = fields.Char()
    source_id = fields.Char(string="Source ID")
    field = fields.Char(string="Source Field")
    path = fields.Char(string="Place in the Record")
    value = fields.Char()
    reason = fields.Char(string="Why")
    is_zero = fields.Boolean()

    @api.depends("field", "value")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.field}: {row.value}"

    def action_open_record(self):
        """Open the staging record beside what it became."""
        self.ensure_one()
        return open_target(self, "crm.migration.record", self.record_id.id)
