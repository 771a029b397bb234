"""A slice of the work: some records of one object, for whichever process is free."""

from odoo import api, fields, models
from odoo.tools import SQL

from .crm_migration_slice_work import COUNTERS
from .rests import wake


class CrmMigrationSlice(models.Model):
    """What is open, and who did what: the truth about how far a shared load has come.

    The process that leads the run cuts them, and goes on once all are done. Whoever works
    on one claims it by a lock, loads its records and writes its own counters, in one
    transaction: a kill leaves nothing but the note that it was tried.
    """

    _name = "crm.migration.slice"
    _description = "Migration Slice"
    _inherit = [
        "crm.migration.slice.job",
        "crm.migration.slice.work",
        "crm.migration.protected",
    ]
    _order = "id"

    run_id = fields.Many2one(
        "crm.migration.run", required=True, index=True, ondelete="cascade"
    )
    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="job_id.company_id", store=True)
    mapping_id = fields.Many2one("crm.migration.mapping", ondelete="cascade")
    place = fields.Integer(help="Where it is on the way of the phase, from 0.")
    record_ids = fields.Json(help="Staging records, by their ids.")
    state = fields.Selection(
        [("todo", "To Do"), ("failed", "For One Alone"), ("done", "Done")],
        required=True,
        default="todo",
    )
    is_counted = fields.Boolean(
        default=False, help="Its counters are part of those of the run."
    )
    tries = fields.Integer(default=0, help="How often it was begun.")
    code = fields.Char(help="What kept the last try from its end.")
    worker = fields.Char(help="Machine and process that took it last.")
    begun_at = fields.Datetime()
    ended_at = fields.Datetime()
    created_count = fields.Integer(string="Created")
    updated_count = fields.Integer(string="Updated")
    merged_count = fields.Integer(string="Merged")
    skipped_count = fields.Integer(string="Skipped")
    failed_count = fields.Integer(string="Failed")
    done_count = fields.Integer(string="Records")
    found = fields.Json(help="Whatever else the leading process adds to the run.")

    _open_idx = models.Index("(run_id, state) WHERE NOT is_counted")

    # -- what the leading process does ----------------------------------------------

    @api.model
    def _cut(self, run, pieces, **values):
        """Give records out: lists of the ids of staging records.

        :param values: further values of all of these slices
        """
        self.create(
            [
                {
                    "run_id": run.id,
                    "job_id": run.job_id.id,
                    "record_ids": ids,
                    "is_counted": False,
                    **values,
                }
                for ids in pieces
            ]
        )
        run.arms_called_at = False
        self.env.flush_all()
        wake(self.env.cr)

    @api.model
    def _collect(self, run):
        """Add what is done to the counters of the run, each slice once.

        :return: what else the slices have found, a list
        """
        run.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE crm_migration_slice SET is_counted = true WHERE run_id = %s"
                " AND state = 'done' AND NOT is_counted RETURNING found, %s",
                run.id,
                SQL(", ").join(SQL.identifier(f"{name}_count") for name in COUNTERS),
            )
        )
        if rows := self.env.cr.fetchall():
            found, *columns = zip(*rows, strict=True)
            run._count(dict(zip(COUNTERS, map(sum, columns), strict=True)))
            self.invalidate_model()
            return [each for each in found if each is not None]
        return []

    @api.model
    def _count_open(self, run):
        """Return (to do, for one alone) of a run."""
        self.env.cr.execute(
            "SELECT count(*) FILTER (WHERE state = 'todo'),"
            " count(*) FILTER (WHERE state = 'failed')"
            " FROM crm_migration_slice WHERE run_id = %s AND NOT is_counted",
            [run.id],
        )
        return self.env.cr.fetchone()

    @api.model
    def _find_runs(self, job_id=None):
        """Return the runs at work that have slices to do, those of one migration or all."""
        self.env.cr.execute(
            "SELECT DISTINCT run.id FROM crm_migration_slice AS slice"
            " JOIN crm_migration_run AS run ON run.id = slice.run_id"
            " AND run.state = 'running'"
            " WHERE NOT slice.is_counted AND slice.state = 'todo'"
            " AND run.job_id = COALESCE(%s, run.job_id) ORDER BY run.id",
            [job_id],
        )
        ids = [run_id for (run_id,) in self.env.cr.fetchall()]
        return self.env["crm.migration.run"].browse(ids)

    @api.model
    def _get_last_end(self, run):
        """Return when the last slice was done."""
        self.env.cr.execute(
            "SELECT max(ended_at) FROM crm_migration_slice WHERE run_id = %s", [run.id]
        )
        return self.env.cr.fetchone()[0]

    @api.model
    def _is_left_elsewhere(self, run):
        """Tell whether somebody is still at work on a slice of a pass that has ended.

        What nobody works on is forgotten: the records are found anew by the next load.
        """
        ended = "job_id = %s AND run_id <> %s AND state <> 'done'"
        whose = [run.job_id.id, run.id]
        self.env.cr.execute(
            f"SELECT count(*) FROM crm_migration_slice WHERE {ended}", whose
        )
        (count,) = self.env.cr.fetchone()
        if not count:
            return False
        self.env.cr.execute(
            f"SELECT id FROM crm_migration_slice WHERE {ended} FOR UPDATE SKIP LOCKED",
            whose,
        )
        ids = [slice_id for (slice_id,) in self.env.cr.fetchall()]
        if len(ids) < count:
            return True
        self.browse(ids).unlink()
        return False

    # -- what is shown -------------------------------------------------------------

    @api.model
    def _get_done(self, runs):
        """Return run id → records done that its counters do not have yet."""
        groups = self.sudo()._read_group(
            [
                ("run_id", "in", runs.ids),
                ("is_counted", "=", False),
                ("state", "=", "done"),
            ],
            ["run_id"],
            ["done_count:sum"],
        )
        return {run.id: done for run, done in groups}

    @api.model
    def _count_workers(self, run):
        """Return how many processes are at work on the open slices, or were just now."""
        self.env.cr.execute(
            "SELECT count(DISTINCT worker) FROM crm_migration_slice"
            " WHERE run_id = %s AND NOT is_counted AND begun_at > %s"
            " AND EXISTS (SELECT FROM crm_migration_slice"
            " WHERE run_id = %s AND state = 'todo')",
            [
                run.id,
                fields.Datetime.subtract(fields.Datetime.now(), seconds=30),
                run.id,
            ],
        )
        return self.env.cr.fetchone()[0]
