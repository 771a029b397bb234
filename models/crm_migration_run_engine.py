"""Work on a run: one short batch after another, each committed with its checkpoint."""

import logging
import time
import traceback

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.ir_cron import MIN_TIME_PER_JOB

from ..connectors.core.errors import ConnectorError, RetryableError
from .conflicts import is_conflict, is_lost
from .crm_migration_job_phases import PHASE_DURING
from .crm_migration_run import ALIVE, PHASES_OF_KIND
from .loaders.quiet import Silence
from .phases.phase import BATCH_SECONDS
from .turn import begin_turn, get_turn, taking
from .wording import get_words

_logger = logging.getLogger(__name__)

MOST_SECONDS = 60
"""What a batch may take where the source is slow, and where the server lets it."""

MOST_TRIES = 8
"""How often the server may end the process in the middle of one batch, each half as
long as the one before, until a person is asked."""

TROUBLE_SECONDS = 60
"""When a database in trouble (a full disk, too many connections) is asked again."""

MOST_REST = 5
"""Seconds that the command line rests at most behind a conflict."""


class CrmMigrationRun(models.Model):
    """The driver. A kill at any point costs one batch and no record."""

    _inherit = "crm.migration.run"

    def _advance_safely(self):
        """Do one batch, and turn whatever stops it into the state of the run.

        :raises psycopg2.Error: a conflict, a lost connection or a database in trouble;
            whoever drives the run rolls back and comes again
        :raises MemoryError: the process has no more of it; another one goes on
        """
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._advance()
        except RetryableError as error:
            self._wait(error) if error.delay else self._stall()
        except ConnectorError as error:
            self._block(self.job_id._word_error(error)[1])
        except UserError as error:
            self._block(str(error))
        except (psycopg2.OperationalError, MemoryError):
            raise
        except Exception as error:  # the boundary: a run never just stands still
            if is_conflict(error) or is_lost(self.env.cr, error):
                raise
            # Without the message: it may repeat a customer's value.
            stack = "".join(traceback.format_tb(error.__traceback__))
            kind = type(error).__name__
            _logger.error(
                "Migration run %s, phase %s: %s\n%s", self.id, self.phase, kind, stack
            )
            self._block(" ".join(get_words(self.env, "unexpected", {"kind": kind})))

    def _advance(self):
        """Do one batch of the phase at work, or go on to the next phase."""
        if not self.phase:
            self._enter(PHASES_OF_KIND[self.kind][0])
        elif self._work():
            self._leave()

    def _work(self):
        """Do one batch of the phase at work; tell whether it was the last."""
        with Silence(self.env):
            is_over = self._get_phase()._run_batch(self)
            if is_over:
                self._get_phase()._finish(self)
        return is_over

    def _get_phase(self):
        return self.env[f"crm.migration.phase.{self.phase}"]

    def _enter(self, phase):
        self.write(
            {
                "phase": phase,
                "checkpoint": False,
                "done": 0,
                "total": 0,
                "stalls": 0,
                "phase_started_at": fields.Datetime.now(),
            }
        )
        with Silence(self.env):
            self._get_phase()._begin(self)

    def _leave(self):
        phases = PHASES_OF_KIND[self.kind]
        following = phases[phases.index(self.phase) + 1 :]
        if following and self.state == "running":
            self._enter(following[0])
        elif not following:
            self.write({"state": "done", "ended_at": fields.Datetime.now()})
            with Silence(
                self.env
            ):  # a rule on messages takes this one for history, too
                self.job_id._after_run(self)

    def _get_seconds(self):
        """Return how long the next batch may talk to the source.

        One that takes longer for a single page than a batch lasts would never get
        further: each batch that brought nothing doubles the time of the next.
        """
        wanted = min(BATCH_SECONDS * 2**self.stalls, MOST_SECONDS)
        # Waiting costs no processor time.
        return max(min(wanted, get_turn().left_real), 1)

    def _stall(self):
        """Give the next batch more time; stop and ask when it had all there is."""
        if BATCH_SECONDS * 2**self.stalls < MOST_SECONDS:
            self.stalls += 1
            get_turn().end()  # the next one has all the time that the server gives
            return
        seconds = round(self._get_seconds())
        self.stalls = 0
        words = get_words(self.env, "too_slow", {"seconds": seconds})
        self._block(" ".join(words))

    def _wait(self, error):
        """Come back when the source said."""
        self._rest(error.delay, self.job_id._word_error(error)[1])

    def _rest(self, seconds, reason):
        """Go on after a while, by itself."""
        moment = fields.Datetime.add(fields.Datetime.now(), seconds=seconds)
        self.write({"state": "waiting", "wait_until": moment, "blocked_reason": reason})
        self.job_id._get_cron()._trigger(at=moment)

    def _block(self, reason):
        """Stop and ask the user."""
        self.write({"state": "blocked", "blocked_reason": reason})

    def _count(self, counter):
        """Add what a batch did to the counters shown to people."""
        self.write(
            {
                f"{name}_count": self[f"{name}_count"] + counter[name]
                for name in ("created", "updated", "merged", "skipped", "failed")
                if counter.get(name)
            }
            | {"done": self.done + counter.get("done", 0)}
        )

    @api.model
    def _due_domain(self):
        now = fields.Datetime.now()
        waited = [("state", "=", "waiting"), ("wait_until", "<=", now)]
        return ["|", ("state", "=", "running"), "&", *waited]

    def _work_and_wait(self, report=None):
        """Work until the run ends or asks; for the command line, which has the time.

        :param report: called after every batch
        :raises psycopg2.Error: the connection to the database is lost
        """
        conflicts = 0
        while self.state in ("running", "waiting"):
            if self.state == "waiting":
                left = self.wait_until - fields.Datetime.now()
                time.sleep(max(left.total_seconds(), 0) + 1)
            try:
                if not self.job_id._advance_one(self):
                    time.sleep(1)  # the scheduler is at work on it, too
                # Outside a scheduled job this just commits.
                self.env["ir.cron"]._commit_progress(1)
            except psycopg2.Error as error:
                if not is_conflict(error):
                    raise
                # Somebody wrote the same rows meanwhile: the batch is done again.
                self._take_back()
                conflicts += 1
                time.sleep(min(0.1 * 2 ** min(conflicts, 9), MOST_REST))
                continue
            conflicts = 0
            if report:
                report()

    def _take_back(self):
        """Forget a batch that is done again, whatever of it is in memory."""
        self.env.cr.rollback()
        self.env.registry.reset_changes()


class CrmMigrationJob(models.Model):
    """Start, stop and drive the runs of a migration."""

    _inherit = "crm.migration.job"

    def _get_cron(self):
        return self.env.ref("crm_migration.ir_cron_advance").sudo()

    def _start_run(self, kind, parameters=None):
        """Begin a pass and wake the scheduler.

        :raises UserError: another pass of this migration is still going on
        """
        self.ensure_one()
        sudo = self._as_manager()
        if not sudo._try_lock():
            raise UserError(self.env._("This migration is busy. Try again shortly."))
        if sudo.run_id.state in ALIVE:
            raise UserError(
                self.env._(
                    "This migration is still at work. Cancel or resume it first."
                )
            )
        self._check_startable(kind)
        run = sudo.run_ids.create(
            {
                "job_id": self.id,
                "kind": kind,
                "user_id": self.env.uid,
                "parameters": parameters or False,
            }
        )
        sudo.write({"run_id": run.id, "phase": PHASE_DURING.get(kind, sudo.phase)})
        sudo._get_cron()._trigger()
        return run

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
        begun = False
        cron = self.env["ir.cron"]
        ends = self.env.context.get("cron_end_time")
        with taking(begin_turn(ends and ends - MIN_TIME_PER_JOB)) as turn:
            while runs := self._get_due_runs():
                worked = 0
                for run in runs:
                    if turn.is_over:
                        if not begun:
                            self._get_cron()._trigger()
                        cron._commit_progress(remaining=len(runs))
                        return
                    done = self._advance_in_turn(run, turn)
                    cron._commit_progress(done, remaining=len(runs))
                    worked += done
                    begun = True
                if not worked:
                    break  # others are at work on them
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
        if not self._note_try(run):
            return False
        turn.shrink = 2 ** max(run.tries - 1, 0)
        try:
            if self._advance_one(run):
                run.tries = 0
                self.env.flush_all()
        except psycopg2.Error as error:
            if is_lost(self.env.cr, error):
                raise
            run._take_back()
            if not is_conflict(error):
                self._rest_in_trouble(run, error)
            self._forget_try(run)
        except MemoryError:
            # Noted as tried: what no process has the memory for ends as a question.
            run._take_back()
            turn.end()
        return True

    def _note_try(self, run):
        """Write down that a batch begins: whoever ends the process leaves this behind.

        :return: whether the run is free
        """
        try:
            if not run.job_id._try_lock():
                return False
            run.invalidate_recordset()
            if run.state not in ("running", "waiting"):
                return False
            if run.tries >= MOST_TRIES:
                run.tries = 0
                words = get_words(self.env, "ended_by_server", {"count": MOST_TRIES})
                run._block(" ".join(words))
            else:
                run.tries += 1
            self.env.flush_all()
        except psycopg2.Error as error:
            if not is_conflict(error):
                raise
            run._take_back()
            return False
        self.env["ir.cron"]._commit_progress()
        return run.state != "blocked"

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
        words = get_words(self.env, "database_in_trouble", {"kind": kind})
        run._rest(TROUBLE_SECONDS, " ".join(words))

    def _due_run_domain(self):
        return self.env["crm.migration.run"]._due_domain()

    def _advance_one(self, run):
        """Do one batch of a run if it is free and due; tell whether there is more."""
        # Commits release the lock, hence it is taken anew for every batch.
        if not run.job_id._try_lock():
            return False
        run.invalidate_recordset()
        if run.state == "waiting" and run.wait_until <= fields.Datetime.now():
            run.write({"state": "running", "blocked_reason": False})
        if run.state != "running":
            return False
        run._advance_safely()
        return True

    def action_pause(self):
        for job in self._as_manager().filtered(
            lambda j: j.state in ("running", "waiting")
        ):
            job.run_id.state = "paused"

    def action_resume(self):
        for job in self._as_manager().filtered(
            lambda j: j.state in ("paused", "blocked", "waiting")
        ):
            job.run_id.write({"state": "running", "blocked_reason": False, "tries": 0})
            job._get_cron()._trigger()

    def action_cancel(self):
        """End the pass at work. What it has done stays; a rollback takes it back."""
        for job in self._as_manager().filtered(lambda j: j.run_id.state in ALIVE):
            job.run_id.write({"state": "cancelled", "ended_at": fields.Datetime.now()})
            if job.run_id.kind == "extract" and job.reading > 1:
                job.phase = "review"  # all of it was read before
