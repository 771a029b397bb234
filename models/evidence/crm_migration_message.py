"""Everything a person must see: which record, which field, why, and what to do."""

from psycopg2.extras import execute_values

from odoo import api, fields, models

from ..staging.crm_migration_record import head_problems, open_target
from ..words.messages import (
    IN_NOTES,
    KEPT_LATER,
    KEPT_WHERE,
    format_message,
    format_value,
)
from ..words.messages_invoices import INVOICES
from ..words.messages_loading import KEPT
from ..words.messages_loading import WORDING as LOADING
from ..words.messages_mailing import WORDING as MAILING
from ..words.messages_sales import WORDING as SALES
from ..words.messages_staying import WORDING as STAYING
from ..words.reader import for_reader

SHOWN = 200
"""Characters of a value that a message repeats; the rest stands in the record."""


class CrmMigrationMessage(models.Model):
    """One row per thing that did not go as planned; nothing is dropped without one."""

    _name = "crm.migration.message"
    _description = "Migration Message"
    _inherit = [
        "crm.migration.message.review",
        "crm.migration.message.solved",
        "crm.migration.protected",
    ]
    _order = "severity, id"
    _rec_name = "text"
    _user_fields = frozenset({"state"})

    job_id = fields.Many2one(
        "crm.migration.job", string="Migration", required=True, ondelete="cascade"
    )
    run_id = fields.Many2one("crm.migration.run", index=True, ondelete="set null")
    record_id = fields.Many2one(
        "crm.migration.record", index="btree_not_null", ondelete="cascade"
    )
    phase = fields.Char()
    severity = fields.Selection(
        [("info", "Info"), ("warning", "Warning"), ("error", "Error")],
        required=True,
        default="warning",
    )
    stream = fields.Char(string="Object")
    source_id = fields.Char(string="Source ID")
    field = fields.Char()
    code = fields.Char(required=True)
    value = fields.Char(help="The value concerned, shortened.")
    text = fields.Text(required=True, string="What Happened")
    advice = fields.Text(string="What to Do")
    state = fields.Selection(
        [("open", "Open"), ("closed", "Resolved")], default="open", required=True
    )

    _job_idx = models.Index("(job_id, state, severity)")
    _source_idx = models.Index("(job_id, stream, source_id)")

    @api.model
    def _get_wording(self):
        """Return code → (sentence, advice) of other parts; an addon may add its own."""
        return {**LOADING, **STAYING, **MAILING, **SALES, **INVOICES}

    @api.model
    def _get_kept(self):
        """Return code → the sentence that is added where the value is in the notes."""
        return KEPT

    @api.model
    def _report(self, run, rows):
        """Write messages, one statement for all of them.

        :param rows: dicts with ``code`` and, where known, ``severity``, ``record_id``,
            ``stream``, ``source_id``, ``field``, ``value`` and ``data`` for the words
        """
        columns = (
            "job_id run_id phase record_id severity stream source_id field code value "
            "text advice state create_uid write_uid create_date write_date"
        ).split()
        prepared, rows = [], list(rows)
        if not rows:
            return
        now, uid = self.env.cr.now(), self.env.uid
        reader = for_reader(self)
        for row, named in zip(rows, reader._format_data(run.job_id, rows), strict=True):
            value = row.get("value")
            value = format_value(value)[:SHOWN] or None
            text, advice = format_message(
                reader.env, row["code"], {"value": value or "", **named}
            )
            prepared.append(
                (
                    run.job_id.id,
                    run.id,
                    run.phase,
                    row.get("record_id"),
                    row.get("severity") or "warning",
                    row.get("stream"),
                    row.get("source_id"),
                    row.get("field"),
                    row["code"],
                    value,
                    text,
                    advice,
                    "open",
                    uid,
                    uid,
                    now,
                    now,
                )
            )
        execute_values(
            self.env.cr._obj,
            f"INSERT INTO crm_migration_message ({', '.join(columns)}) VALUES %s",
            prepared,
            page_size=1000,
        )
        self.invalidate_model()

    @api.model
    def _retell(self, job, places):
        """Replace what messages of the transformation say of values that go to the notes.

        :param places: ``IN_NOTES``, ``IN_MESSAGE`` or None (they went nowhere) → ids of
            records that the load has come to
        """
        self.flush_model()
        env = for_reader(self).env
        before = f" {env._(KEPT_LATER)}"
        for place, record_ids in places.items():
            now = KEPT_WHERE.get(place)
            self.env.cr.execute(
                "UPDATE crm_migration_message SET text = replace(text, %s, %s)"
                " WHERE job_id = %s AND record_id = ANY(%s) AND phase = 'transform'"
                " AND strpos(text, %s) > 0",
                [
                    before,
                    f" {env._(now)}" if now else "",
                    job.id,
                    record_ids,
                    before,
                ],
            )
        self.invalidate_model(["text"])

    @api.model
    def _retell_unchanged(self, job):
        """Say the same of records to which the load did not come: they are as they were.

        What was there before the migration may have notes of its own: nothing is said.
        """
        self.flush_model()
        before = for_reader(self).env._(KEPT_LATER)
        self.env.cr.execute(
            """
            SELECT message.record_id,
                   bool_or(map.outcome = 'created' AND map.part = '')
              FROM crm_migration_message AS message
              JOIN crm_migration_record AS record
                ON record.id = message.record_id AND record.state = 'loaded'
              JOIN crm_migration_id_map AS map
                ON map.job_id = record.job_id AND map.stream = record.stream
               AND map.source_id = record.source_id
             WHERE message.job_id = %s AND message.phase = 'transform'
               AND strpos(message.text, %s) > 0
             GROUP BY message.record_id
            """,
            [job.id, before],
        )
        places = {IN_NOTES: [], None: []}
        for record_id, is_ours in self.env.cr.fetchall():
            places[IN_NOTES if is_ours else None].append(record_id)
        self._retell(job, {place: ids for place, ids in places.items() if ids})

    @api.model
    def _read_run(self, run):
        """Return the messages of a run as plain values, to be kept elsewhere."""
        return self.search_read(
            [("run_id", "=", run.id)],
            "record_id severity stream source_id field code value text advice".split(),
        )

    @api.model
    def _copy_in(self, run, messages):
        """Keep messages of a dry run under the run that asked for it."""
        self.create(
            [
                {
                    **{name: value for name, value in row.items() if name != "id"},
                    "record_id": row["record_id"] and row["record_id"][0],
                    "job_id": run.job_id.id,
                    "run_id": run.id,
                    "phase": "dry_run",
                }
                for row in messages
            ]
        )

    @api.model
    def _head_groups(self, groups):
        """Head the groups of a problem with its sentence instead of its code."""
        super()._head_groups(groups)
        head_problems(self.env, groups, "code")

    def action_close(self):
        """Mark as resolved; the row stays as proof."""
        self._as_reviewer().state = "closed"
        return True

    def action_reopen(self):
        self._as_reviewer().write({"state": "open", "solved_run_id": False})
        return True

    def action_open_record(self):
        """Open the staging record concerned."""
        self.ensure_one()
        return open_target(self, "crm.migration.record", self.record_id.id)
