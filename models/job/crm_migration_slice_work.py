"""Work on one slice, whoever calls: scheduler, command line, a job of a queue."""

import logging
import os
import random
import socket
import time

import psycopg2
from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.tools import mute_logger

from ..odoo.registry import at_present, renew_registry
from ..odoo.silence import Silence
from ..phases.phase import no_collection
from ..phases.turn_limits import get_turn
from .conflicts import is_conflict, is_lost
from .rests import wake

_logger = logging.getLogger(__name__)

COUNTERS = ("created", "updated", "merged", "skipped", "failed", "done")

MAX_TRIES = 3
"""After so many conflicts, the process that leads the run does a slice alone."""

MAX_DEATHS = 8
"""The same where none of those that began it came to an end: it may be what kills them."""


MAX_REST = 2
"""Seconds that a process rests at most behind a conflict."""


class CrmMigrationSliceWork(models.AbstractModel):
    """Two transactions: the first notes the try, the second does it all or nothing."""

    _name = "crm.migration.slice.work"
    _description = "Migration: Work on Slices"

    @api.model
    def _work_next(self, run, is_leader=False):
        """Do one open slice of a run, and commit; tell whether there was one to try.

        :param is_leader: the caller goes on with the run by itself
        :raises psycopg2.Error: the connection to the database is lost
        """
        number = self._begin_one(run)
        if not number:
            return False
        run, code, is_final = at_present(run), None, False
        try:
            if error := run._try_safely(lambda: self._do(run, number)):
                # It is said by whoever does it alone, see ``_work_alone``.
                code, is_final = type(error).__name__, True
        except (psycopg2.Error, MemoryError) as error:
            if isinstance(error, psycopg2.Error) and is_lost(self.env.cr, error):
                raise
            code = "conflict" if is_conflict(error) else type(error).__name__
            if isinstance(error, MemoryError):
                get_turn().end()
        if code:
            run = run._take_back()
            self._note(number, code, is_final)
        wake(self.env.cr)
        run._commit_batch(1)
        if not is_leader:
            self._wake_leader(run)
        if code:
            time.sleep(random.uniform(0.05, MAX_REST / 4))
        return True

    def _wake_leader(self, run):
        """Let the scheduler lead on at once where this was the last slice."""
        # Not before the commit: two that end together would not see each other's end.
        if not self.env["crm.migration.slice"]._count_open(run)[0]:
            run.job_id._get_cron()._trigger()
            run._commit_batch()

    def _begin_one(self, run):
        """Return the id of a slice nobody works on, with this try noted and committed."""
        renew_registry(self.env)
        try:
            self._claim(run, name_worker())
        except psycopg2.Error as error:
            # Somebody has just done it, or the run was stopped.
            if not is_conflict(error):
                raise
            run._take_back()
            return None
        found = self.env.cr.fetchone()
        run._commit_batch()
        return found and found[0]

    def _claim(self, run, worker):
        with mute_logger("odoo.sql_db"):  # that another was faster is no error
            self.env.cr.execute(
                """
                UPDATE crm_migration_slice
                   SET tries = tries + 1, worker = %s, begun_at = %s,
                       state = CASE WHEN tries >= %s THEN 'failed' ELSE state END
                 WHERE id = (
                    SELECT slice.id FROM crm_migration_slice AS slice
                      JOIN crm_migration_run AS run
                        ON run.id = slice.run_id AND run.state = 'running'
                     WHERE slice.run_id = %s AND slice.state = 'todo'
                       AND NOT slice.is_counted
                     ORDER BY slice.tries, slice.id LIMIT 1
                       FOR NO KEY UPDATE OF slice SKIP LOCKED)
             RETURNING id
                """,
                [worker, fields.Datetime.now(), MAX_DEATHS, run.id],
            )

    def _do(self, run, number):
        """Do the records of a slice, unless somebody else has it by now."""
        self.env.cr.execute(
            """
            SELECT slice.id, slice.mapping_id, slice.place, slice.record_ids
              FROM crm_migration_slice AS slice
              JOIN crm_migration_run AS run
                ON run.id = slice.run_id AND run.state = 'running'
             WHERE slice.id = %s AND slice.state = 'todo'
               FOR NO KEY UPDATE OF slice SKIP LOCKED
            """,
            [number],
        )
        if found := self.env.cr.dictfetchone():
            self._work(run, found)

    def _work(self, run, piece):
        run.invalidate_recordset()
        with Silence(self.env), no_collection():
            counter, found = run._get_phase()._work_slice(run, piece)
        counts = [counter.get(name, 0) for name in COUNTERS]
        columns = ", ".join(f"{name}_count = %s" for name in COUNTERS)
        self.env.cr.execute(
            f"UPDATE crm_migration_slice SET {columns}, found = %s, state = 'done',"
            " code = NULL, ended_at = %s WHERE id = %s",
            [
                *counts,
                Json(found) if found else None,
                fields.Datetime.now(),
                piece["id"],
            ],
        )
        self.env["crm.migration.slice"].invalidate_model()

    @api.model
    def _work_alone(self, run):
        """Do a slice that several tries did not do; whatever stops it is said as ever.

        Nobody else works on the run by now.
        """
        self.env.cr.execute(
            "SELECT id, mapping_id, place, record_ids FROM crm_migration_slice"
            " WHERE run_id = %s AND state = 'failed' AND NOT is_counted"
            " ORDER BY id LIMIT 1 FOR NO KEY UPDATE",
            [run.id],
        )
        self._work(run, self.env.cr.dictfetchone())

    def _note(self, number, code, is_final):
        """Write down why a try came to nothing, never what was in it."""
        _logger.info("Migration slice %s: %s", number, code)
        self.env.cr.execute(
            "UPDATE crm_migration_slice SET code = %s,"
            " state = CASE WHEN %s OR tries >= %s THEN 'failed' ELSE state END"
            " WHERE id = (SELECT id FROM crm_migration_slice"
            " WHERE id = %s AND state = 'todo' FOR NO KEY UPDATE SKIP LOCKED)",
            [code, is_final, MAX_TRIES, number],
        )


def name_worker():
    """Return the machine and the process, for people who look for them."""
    return f"{socket.gethostname()}:{os.getpid()}"
