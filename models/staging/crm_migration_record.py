"""A staging record: one object of the source in the database, and what became of it."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..words.messages import get_heading
from .unchecked import UncheckedMany2one

STATES = [
    ("extracted", "Read"),
    ("ready", "Ready"),
    ("problem", "Problem"),
    ("loaded", "Loaded"),
    ("skipped", "Skipped"),
    ("failed", "Failed"),
    ("unmapped", "Not Loaded"),
]


SKIPPABLE = ("extracted", "ready", "problem", "failed", "unmapped")


RETRYABLE = ("problem", "failed", "unmapped")


class CrmMigrationRecord(models.Model):
    """The payload is never edited; what a person changes stands in ``edits``.

    Filled and moved by SQL (``_stage`` and the phases); the ORM serves the views.
    """

    _name = "crm.migration.record"
    _description = "Staging Record"
    _inherit = [
        "crm.migration.record.vanished",
        "crm.migration.record.stage",
        "crm.migration.record.fetched",
        "crm.migration.record.wiped",
        "crm.migration.grouped",
        "crm.migration.protected",
    ]
    _rec_names_search = ["name", "source_id"]
    _order = "id"
    _log_access = False

    # Its object goes with the migration, and it with the object.
    job_id = UncheckedMany2one(
        "crm.migration.job", string="Migration", required=True, ondelete="cascade"
    )
    stream_id = fields.Many2one(
        "crm.migration.stream", required=True, ondelete="cascade", string="Object"
    )
    stream = fields.Char(required=True)
    source_id = fields.Char(required=True, string="Source ID")
    name = fields.Char()
    # The three are large: reading a state must not bring them along.
    payload = fields.Json(required=True, prefetch=False)
    payload_hash = fields.Char()
    values = fields.Json(help="Part of the mapping → target → value.", prefetch=False)
    edits = fields.Json(
        help="Part → target → value that a person put in its place.", prefetch=False
    )
    is_transformed = fields.Boolean(
        readonly=True, help="The values are those of the payload as it is."
    )
    state = fields.Selection(STATES, required=True, default="extracted")
    problem = fields.Char(
        help="Code of the first problem; what the records are grouped by."
    )
    message = fields.Text(string="Why")
    skip_reason = fields.Char()
    is_reviewed = fields.Boolean(string="Reviewed")
    is_sampled = fields.Boolean(
        string="Chosen",
        readonly=True,
        help="Loaded, or about to be, with a sample or by itself.",
    )
    res_model = fields.Char(string="Becomes", readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    staged_at = fields.Datetime()
    message_ids = fields.One2many("crm.migration.message", "record_id", readonly=True)
    duplicate_ids = fields.One2many(
        "crm.migration.duplicate", "record_id", readonly=True
    )
    quality_hit_ids = fields.One2many(
        "crm.migration.quality.hit", "record_id", readonly=True
    )
    quality_value = fields.Char(
        compute="_compute_quality_value",
        string="Value Found",
        help="What the page Data Quality counts this record for.",
    )
    comparison = fields.Json(
        compute="_compute_comparison", help="Source, converted and Odoo, side by side."
    )

    # Four indexes, because each costs a fifth of the speed of staging.
    _source_id_uniq = models.Constraint(
        "UNIQUE(stream_id, source_id)", "A source record is staged once."
    )
    _stream_idx = models.Index("(stream_id, id)")
    # None has the state: where nothing of an index changes, no index is written.
    _job_idx = models.Index("(job_id, id)")
    # Nothing of it is written while records are staged.
    _sampled_idx = models.Index("(stream_id, id) WHERE is_sampled")
    _problem_idx = models.Index("(job_id, problem) WHERE problem IS NOT NULL")

    def init(self):
        """Let ANALYZE, by which each phase begins, leave the contents alone.

        No plan depends on them, and they are nearly all that it would have to read.
        Each page is left room for what its records become: within it no index is told
        (heap-only tuples, PostgreSQL 8.3), and a row is as large again once it has values.
        """
        self.env.cr.execute(
            SQL("ALTER TABLE %s SET (fillfactor = 40)", SQL.identifier(self._table))
        )
        for name in ("payload", "values", "edits"):
            self.env.cr.execute(
                SQL(
                    "ALTER TABLE %s ALTER COLUMN %s SET STATISTICS 0",
                    SQL.identifier(self._table),
                    SQL.identifier(name),
                )
            )

    @api.depends("name", "source_id")
    def _compute_display_name(self):
        for record in self:
            record.display_name = (
                record.name or f"{record.stream_id.label} {record.source_id}"
            )

    def _compute_comparison(self):
        for record in self:
            record.comparison = self.env["crm.migration.comparison"]._compare(record)

    @api.depends_context("crm_migration_quality")
    def _compute_quality_value(self):
        """Show the value for which the total counts the record that was opened."""
        hits = self.env["crm.migration.quality.hit"].search(
            [
                ("quality_id", "=", self.env.context.get("crm_migration_quality")),
                ("record_id", "in", self.ids),
            ]
        )
        values = {hit.record_id.id: hit.value for hit in hits}
        for record in self:
            record.quality_value = values.get(record.id, False)

    @api.model
    def _head_groups(self, groups):
        """Head the groups of a problem with its sentence instead of its code."""
        super()._head_groups(groups)
        head_problems(self.env, groups, "problem")

    # -- review ----------------------------------------------------------------

    def _in_states(self, states):
        # Searched, not filtered: a selection may be 20,000 records.
        return self.search([("id", "in", self.ids), ("state", "in", states)])

    def _close_messages(self):
        self.env["crm.migration.message"].search(
            [("record_id", "in", self.ids), ("state", "=", "open")]
        ).state = "closed"

    def _requeue(self):
        """Let the mapping and the load see these records anew.

        :raises UserError: what was read of them is wiped
        """
        self._check_not_wiped()
        self._close_messages()
        self.write({"state": "extracted", "problem": False, "message": False})

    def _skip(self, reason):
        """Leave the records out; what is loaded already is not touched.

        :raises UserError: no reason given
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Say why these records are left out."))
        records = self._as_reviewer()._in_states(SKIPPABLE)
        records._close_messages()
        records.write(
            {"state": "skipped", "skip_reason": reason.strip(), "is_reviewed": True}
        )
        return records

    def _edit(self, part, target, value):
        """Put a person's value in the place of what the mapping made.

        :param value: JSON as in ``values``; None takes the edit back
        """
        self._check_not_wiped()
        for record in self._as_reviewer():
            edits = {key: dict(of) for key, of in (record.edits or {}).items()}
            of_part = edits.setdefault(part or "", {})
            of_part.pop(target, None)
            if value is not None:
                of_part[target] = value
            record.edits = {key: of for key, of in edits.items() if of} or False
            if record.state != "skipped":
                record._requeue()

    def action_skip(self):
        """Ask for the reason, then leave the records out."""
        return self._open_dialog(
            self.env._("Skip Records"),
            "crm.migration.record.skip",
            default_record_ids=self.ids,
        )

    def action_correct(self):
        """Open the dialog that gives out a workbook of these, or of all with a problem."""
        job_id = self[:1].job_id.id or self.env.context.get("default_job_id")
        if not job_id:
            raise UserError(self.env._("Choose the records to correct first."))
        return self._open_dialog(
            self.env._("Correct in a Workbook"),
            "crm.migration.record.workbook",
            default_job_id=job_id,
            default_record_ids=self.ids,
        )

    def action_undo_skip(self):
        records = self._as_reviewer()._in_states(["skipped"])
        records._check_not_wiped()
        records.skip_reason = False
        records._requeue()
        return True

    def action_retry(self):
        """Try failed records again with the next load."""
        self._as_reviewer()._in_states(RETRYABLE)._requeue()
        return True

    def action_mark_reviewed(self):
        self._as_reviewer().is_reviewed = True
        return True

    def action_edit(self, target=None, part=""):
        """Open the dialog that changes one value, or lets the value be chosen."""
        self.ensure_one()
        return self._open_dialog(
            self.env._("Edit a Value"),
            "crm.migration.record.edit",
            default_record_id=self.id,
            default_target_key=f"{part}|{target}" if target else False,
        )

    def action_fetch_again(self):
        """Open the dialog that reads this record of the source anew."""
        self.ensure_one()
        self.job_id._as_manager()._check_fetchable()
        return self._open_dialog(
            self.env._("Fetch One Record Again"),
            "crm.migration.fetch",
            default_job_id=self.job_id.id,
            default_stream_id=self.stream_id.id,
            default_record_id=self.id,
        )

    def action_open_target(self):
        """Open what the record became in Odoo."""
        self.ensure_one()
        return open_target(self, self.res_model, self.res_id)


def head_problems(env, groups, name):
    """Put sentences in the place of problem codes in the heads of groups."""
    for group in groups:
        if group.get(name):
            group[name] = get_heading(env, group[name])


def open_target(record, res_model, res_id):
    """Return the action that shows an Odoo record.

    :raises UserError: there is none (any more)
    """
    target = res_model in record.env and record.env[res_model].browse(res_id or 0)
    if not target or not target.exists():
        raise UserError(record.env._("There is no such record in Odoo (any more)."))
    return {
        "type": "ir.actions.act_window",
        "res_model": res_model,
        "res_id": res_id,
        "view_mode": "form",
        "views": [(False, "form")],
    }
