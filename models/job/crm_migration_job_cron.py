"""Whose turn it is: the scheduler's, one migration after the other."""

from datetime import timedelta

import psycopg2

from odoo import api, fields, models

from ..odoo.registry import at_present, renew_registry
from ..phases.turn_limits import taking
from ..words.messages import format_message
from .conflicts import is_conflict, is_lost
from .crm_migration_run_engine import MAX_TRIES, TROUBLE_SECONDS, _logger
from .kinds import ALIVE, SIGNED
from .rests import Rests


class CrmMigrationJobCron(models.AbstractModel):
    """Drive and stop the runs of a migration; ``crm.migration.job.starting`` begins them."""

    _name = "crm.migration.job.cron"
    _description = "Migration: Job Turns"

    def _get_cron(self):
        return self.env.ref("crm_migration.ir_cron_advance").sudo()

    def _try_lock(self):
        # Referencing rows stay insertable: a dry run writes through another cursor.
        return bool(self.try_lock_for_update(allow_referencing=True))

    @api.model
    def _cron_advance(self):
        """Work on the due runs in turn, a batch each, while this turn has time left.

        Odoo calls this again and again within one turn; that it is over is known by a
        call that did nothing and says that something is left. The trigger wakes a worker
        for the next one: else it would look within a minute (19.0 ``_reschedule_asap``).
        """
        begun, rests = False, Rests()
        cron = self.env["ir.cron"]
        with taking(self._begin_turn()) as turn:
            while runs := self._get_due_runs():
                worked = 0
                for run in runs:
                    if turn.is_over:
                        if not begun:
                            self._get_cron()._trigger()
                        cron._commit_progress(remaining=len(runs))
                        return
                    done = self._advance_shared(run, turn)
                    at_present(run)._commit_batch(done, remaining=len(runs))
                    worked += done
                    begun = True
                if worked:
                    rests.end()
                elif not self._await_others(runs, turn, rests):
                    # Others are at work on them, or a killed worker's lock is still held.
                    soon = fields.Datetime.now() + timedelta(minutes=1)
                    self._get_cron()._trigger(soon)
                    break
        cron._commit_progress(remaining=0)

    def _get_due_runs(self):
        """Return the runs that may go on, the one that rested longest first."""
        return self.env["crm.migration.run"].search(
            self._due_run_domain(), order="write_date, id"
        )

    def _advance_in_turn(self, run, turn):
        """Do one batch of a run; return whether (and whatever comes between) it was tried.

        :raises psycopg2.Error: the connection to the database is lost
        """
        run = self._note_try(run)
        if not run:
            return False
        turn.shrink = 2 ** max(run.tries - 1, 0)
        try:
            if advanced := self._advance_one(run):
                advanced.tries = 0
                self.env.flush_all()
        except psycopg2.Error as error:
            if is_lost(self.env.cr, error):
                raise
            run = run._take_back()
            if not is_conflict(error):
                self._rest_in_trouble(run, error)
            self._forget_try(run)
        except MemoryError:
            # Noted as tried: what no process has the memory for ends as a question.
            run._take_back()
            turn.end()
        return True

    def _take(self, run):
        """Lock a migration for one batch; return its run as it is now, None where busy.

        Whatever process had it before may have added or dropped fields. From here on
        nobody does: what is known of them in memory holds for the batch.
        """
        run = at_present(run)
        if not run.job_id._try_lock():
            return None
        renew_registry(self.env)
        run = at_present(run)
        if self.env["crm.migration.slice"]._is_left_elsewhere(run):
            return None
        run.invalidate_recordset()
        return run

    def _note_try(self, run):
        """Write down that a batch begins: whoever ends the process leaves this behind.

        :return: the run as it is now; None where it is not free
        """
        try:
            run = self._take(run)
            if not run or run.state not in ("running", "waiting"):
                return None
            if run.tries >= MAX_TRIES:
                run.tries = 0
                words = format_message(
                    self.env, "ended_by_server", {"count": MAX_TRIES}
                )
                run._block(" ".join(words))
            else:
                run.tries += 1
            self.env.flush_all()
        except psycopg2.Error as error:
            if not is_conflict(error):
                raise
            self.env.cr.rollback()
            return None
        run._commit_batch()
        return run if run.state != "blocked" else None

    def _forget_try(self, run):
        """A conflict is nobody's fault; that another one follows is none either."""
        try:
            run.tries = 0
            self.env.flush_all()
        except psycopg2.Error as error:
            if not is_conflict(error):
                raise
            run._take_back()

    def _rest_in_trouble(self, run, error):
        """Let a run wait until the database can do again what it could not."""
        kind = type(error).__name__
        _logger.warning("Migration run %s, phase %s: %s", run.id, run.phase, kind)
        words = format_message(self.env, "database_in_trouble", {"kind": kind})
        run._rest(TROUBLE_SECONDS, " ".join(words))

    def _due_run_domain(self):
        return self.env["crm.migration.run"]._due_domain()

    def _advance_one(self, run):
        """Do one batch of a run if it is free and due; return the run, None where not."""
        # Commits release the lock, hence it is taken anew for every batch.
        run = self._take(run)
        if not run:
            return None
        if run.state == "waiting" and run.wait_until <= fields.Datetime.now():
            run.write({"state": "running", "blocked_reason": False})
        if run.state != "running":
            return None
        run._advance_safely()
        self._call_arms(run)
        return run

    def action_pause(self):
        for job in self._as_manager().filtered(
            lambda j: j.state in ("running", "waiting")
        ):
            job.run_id.state = "paused"
        return True

    def action_resume(self):
        for job in self._as_manager().filtered(
            lambda j: j.state in ("paused", "blocked", "waiting")
        ):
            if job.run_id.kind in SIGNED:
                job._check_signed()
            again = {"blocked_reason": False, "tries": 0, "arms_called_at": False}
            job.run_id.write({"state": "running", **again})
            job._get_cron()._trigger()
        return True

    def action_cancel(self):
        """End the pass at work. What it has done stays; a rollback takes it back."""
        for job in self._as_manager().filtered(lambda j: j.run_id.state in ALIVE):
            job.run_id.write({"state": "cancelled", "ended_at": fields.Datetime.now()})
            if job.run_id.kind == "extract" and job.reading > 1:
                job.phase = "review"  # all of it was read before
        return True
