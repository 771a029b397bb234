"""A field of a loaded record that is not what it should be."""

from odoo import api, fields, models
from odoo.tools.translate import LazyTranslate

from ..auditors import AUDITORS
from ..staging.crm_migration_record import open_target

_lt = LazyTranslate(__name__)


KINDS = {
    "": _lt("It is not what was loaded."),
    "payload": _lt("It is not what the source says."),
    "worked_on": _lt("Somebody has changed it in Odoo since it was loaded. It stays."),
    "deleted": _lt("Somebody has deleted it in Odoo since it was loaded. It stays so."),
    "rows_lost": _lt("The file has more rows than were read."),
    "cells_lost": _lt("The file has more filled cells in this column than were read."),
    "zeros_lost": _lt("The file shows leading zeros that were lost in reading."),
    "block_lost": _lt("Merged cells have this value for more rows than were read."),
    "not_computed": _lt("The file has a formula there that no program has computed."),
    "signs_lost": _lt("The file has its quotes and backslashes in other places."),
    "headings_read": _lt("The second row of the headings was read as a record."),
}
"""Kind of a difference that no auditor found → what is wrong."""


class CrmMigrationDifference(models.Model):
    """Found by verification; both values stand side by side."""

    _name = "crm.migration.difference"
    _description = "Migration Difference"
    _inherit = [
        "crm.migration.difference.review",
        "crm.migration.protected",
    ]
    _order = "id"
    _log_access = False
    _user_fields = frozenset({"state"})

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    run_id = fields.Many2one("crm.migration.run", ondelete="cascade")
    record_id = fields.Many2one(
        "crm.migration.record", index="btree_not_null", ondelete="cascade"
    )
    stream = fields.Char(string="Object")
    source_id = fields.Char(string="Source ID")
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")
    field = fields.Char()
    kind = fields.Char(help="Which comparison found it.")
    expected = fields.Text()
    found = fields.Text(string="Actual")
    state = fields.Selection(
        [
            ("open", "Open"),
            ("accepted", "Accepted"),
            ("kept", "Changed in Odoo"),
        ],
        default="open",
        required=True,
    )
    field_label = fields.Char(compute="_compute_field_label", string="Odoo Field")

    kind_label = fields.Char(compute="_compute_kind_label", string="Problem")

    @api.depends("kind")
    def _compute_kind_label(self):
        known = {auditor.code: auditor.sentence for auditor in AUDITORS}
        for row in self:
            sentence = known.get(row.kind) or KINDS.get(row.kind or "")
            row.kind_label = str(row.env._(sentence)) if sentence else row.kind

    @api.depends("res_model", "field")
    def _compute_field_label(self):
        for row in self:
            known = row.env["ir.model.fields"]._get(row.res_model, row.field or "")
            row.field_label = known.sudo().field_description or row.field

    @api.depends("field", "stream", "source_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.stream} {row.source_id}: {row.field_label}"

    def action_accept(self):
        """Say that the difference is all right."""
        rows = self._as_reviewer()
        rows.state = "accepted"
        rows.job_id._settle_phase()
        return True

    def action_reopen(self):
        rows = self._as_reviewer()
        rows.state = "open"
        rows.job_id._settle_phase()
        return True

    def action_open_target(self):
        self.ensure_one()
        return open_target(self, self.res_model, self.res_id)

    def action_open_record(self):
        self.ensure_one()
        return open_target(self, "crm.migration.record", self.record_id.id)
