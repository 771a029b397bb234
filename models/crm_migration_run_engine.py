"""Work on a run: one short batch after another, each committed with its checkpoint."""

import logging
import time
import traceback

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..connectors.core.errors import ConnectorError, RetryableError
from .crm_migration_job_phases import PHASE_DURING
from .crm_migration_run import ALIVE, PHASES_OF_KIND
from .loaders.quiet import Silence
from .phases.phase import BATCH_SECONDS
from .wording import get_words

_logger = logging.getLogger(__name__)

MOST_SECONDS = 60
"""What a batch may take where the source is slow; a scheduled job has 120 at least."""


class CrmMigrationRun(models.Model):
    """The driver. A kill at any point costs one batch and no record."""

    _inherit = "crm.migration.run"

    def _advance_safely(self):
        """Do one batch, and turn whatever stops it into the state of the run.

        :raises psycopg2.OperationalError: a conflict or a lost connection; whoever
            drives the run rolls back and comes again
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
        except psycopg2.OperationalError:
            raise
        except Exception as error:  # the boundary: a run never just stands still
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
        return min(BATCH_SECONDS * 2**self.stalls, MOST_SECONDS)

    def _stall(self):
        """Give the next batch more time; stop and ask when it had all there is."""
        if self._get_seconds() < MOST_SECONDS:
            self.stalls += 1
            return
        self.stalls = 0
        words = get_words(self.env, "too_slow", {"seconds": MOST_SECONDS})
        self._block(" ".join(words))

    def _wait(self, error):
        """Come back when the source said."""
        moment = fields.Datetime.add(fields.Datetime.now(), seconds=error.delay)
        self.write(
            {
                "state": "waiting",
                "wait_until": moment,
                "blocked_reason": self.job_id._word_error(error)[1],
            }
        )
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
        """
        while self.state in ("running", "waiting"):
            if self.state == "waiting":
                left = self.wait_until - fields.Datetime.now()
                time.sleep(max(left.total_seconds(), 0) + 1)
            try:
                if not self.job_id._advance_one(self):
                    time.sleep(1)  # the scheduler is at work on it, too
            except psycopg2.errors.SerializationFailure:
                # Somebody wrote the same rows meanwhile: the batch is done again.
                self.env.cr.rollback()
                continue
            # Outside a scheduled job this just commits.
            self.env["ir.cron"]._commit_progress(1)
            if report:
                report()


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
        """Work on the due runs, one batch at a time, while there is time left."""
        cron = self.env["ir.cron"]
        runs = self.env["crm.migration.run"].search(self._due_run_domain(), order="id")
        for left, run in zip(range(len(runs), 0, -1), runs, strict=True):
            while self._advance_one(run):
                if not cron._commit_progress(1, remaining=left):
                    return
        cron._commit_progress(remaining=0)

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
            job.run_id.write({"state": "running", "blocked_reason": False})
            job._get_cron()._trigger()

    def action_cancel(self):
        """End the pass at work. What it has done stays; a rollback takes it back."""
        for job in self._as_manager().filtered(lambda j: j.run_id.state in ALIVE):
            job.run_id.write({"state": "cancelled", "ended_at": fields.Datetime.now()})
            if job.run_id.kind == "extract" and job.reading > 1:
                job.phase = "review"  # all of it was read before
