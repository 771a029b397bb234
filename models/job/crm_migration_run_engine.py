"""Work on a run: one short batch after another, each committed with its checkpoint."""

import logging
import time
import traceback

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...connectors.core.errors import ConnectorError, RetryableError
from ..odoo.meanwhile import TakenMeanwhile, is_taken_meanwhile
from ..odoo.registry import at_present, is_registry_outdated, restore_registry
from ..odoo.silence import Silence
from ..phases.phase import BATCH_SECONDS
from ..phases.turn_limits import get_turn
from ..safety.sql_log import hushed_statements
from ..words.messages import format_message
from .conflicts import GONE, Outdated, is_conflict, is_lost
from .kinds import PHASES_OF_KIND, SIGNED
from .rests import Rests

_logger = logging.getLogger(__name__)


MAX_SECONDS = 60
"""What a batch may take where the source is slow, and where the server lets it."""


MAX_TRIES = 8
"""How often the server may end the process in the middle of one batch, each half as
long as the one before, until a person is asked."""


TROUBLE_SECONDS = 60
"""When a database in trouble (a full disk, too many connections) is asked again."""


MAX_REST = 5
"""Seconds that the command line rests at most behind a conflict."""


JUDGED = ("prepare", "load")
"""Phases before which it is looked whether what was signed is still the same: somebody
may have changed it after the load was started, or while nobody was at work on it."""


class CrmMigrationRunEngine(models.AbstractModel):
    """The driver. A kill at any point costs one batch and no record."""

    _name = "crm.migration.run.engine"
    _description = "Migration: Run Engine"

    def _advance_safely(self):
        """Do one batch, and turn whatever stops it into the state of the run.

        :raises psycopg2.Error: a conflict, a lost connection or a database in trouble;
            whoever drives the run rolls back and comes again
        :raises MemoryError: the process has no more of it; another one goes on
        """
        self.ensure_one()
        before = self.state
        if error := self._try_safely(self._advance):
            self._answer(error)
        if self.state != before and self.state in ("done", "blocked"):
            self.job_id._tell_waiting(self)

    def _try_safely(self, work):
        """Call ``work``; return what stops it and comes again, None if nothing does.

        :raises psycopg2.Error: a conflict, a lost connection or a database in trouble
        :raises MemoryError: the process has no more of it
        """
        try:
            with hushed_statements(), self.env.cr.savepoint():
                work()
        except (psycopg2.OperationalError, MemoryError):
            raise
        except Exception as error:  # the boundary: a run never just stands still
            if is_conflict(error) or is_lost(self.env.cr, error):
                raise
            if isinstance(error, GONE) and is_registry_outdated(self.env):
                raise Outdated from error
            if is_taken_meanwhile(self.env, error):
                raise TakenMeanwhile from error
            restore_registry(self.env)
            return error
        return None

    def _answer(self, error):
        """Wait, or stop and ask, as an error wants it."""
        if isinstance(error, RetryableError):
            self._wait(error) if error.delay else self._stall()
        elif isinstance(error, ConnectorError):
            self._block(self.job_id._format_error(error)[1])
        elif isinstance(error, UserError):
            self._block(str(error))
        else:
            # Without the message: it may repeat a customer's value.
            stack = "".join(traceback.format_tb(error.__traceback__))
            kind = type(error).__name__
            _logger.error(
                "Migration run %s, phase %s: %s\n%s", self.id, self.phase, kind, stack
            )
            self._block(
                " ".join(format_message(self.env, "unexpected", {"kind": kind}))
            )

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
        """Return the phase at work, in the language of whoever began it.

        The scheduler has none, and would keep reasons and labels in English. What is
        loaded is in the language of the company, see ``_without_side_effects``.
        """
        return self._in_language(self.env[f"crm.migration.phase.{self.phase}"])

    def _get_phase_before(self):
        """Return the phase before the one at work; None of the first, or of one by itself."""
        phases = PHASES_OF_KIND[self.kind]
        if self.phase not in phases[1:]:
            return None
        name = phases[phases.index(self.phase) - 1]
        return self.env[f"crm.migration.phase.{name}"]

    def _may_be_shared(self):
        """Tell whether the phase at work, or one behind it, is one that several do."""
        phases = PHASES_OF_KIND[self.kind]
        left = phases[phases.index(self.phase) :] if self.phase else phases
        return any(self.env[f"crm.migration.phase.{name}"]._is_shared for name in left)

    def _in_language(self, records):
        """Return records in the language of whoever began the run, unless there is one."""
        if self.env.lang:
            return records
        return records.with_context(lang=self.create_uid.lang or "en_US")

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
        if self.kind in SIGNED and phase in JUDGED:
            self._in_language(self.job_id)._check_signed()
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
                self._in_language(self.job_id)._after_run(self)

    def _get_seconds(self):
        """Return how long the next batch may talk to the source.

        One that takes longer for a single page than a batch lasts would never get
        further: each batch that brought nothing doubles the time of the next.
        """
        wanted = min(BATCH_SECONDS * 2**self.stalls, MAX_SECONDS)
        # Waiting costs no processor time.
        return max(min(wanted, get_turn().left_real), 1)

    def _stall(self):
        """Give the next batch more time; stop and ask when it had all there is."""
        if BATCH_SECONDS * 2**self.stalls < MAX_SECONDS:
            self.stalls += 1
            get_turn().end()  # the next one has all the time that the server gives
            return
        seconds = round(self._get_seconds())
        self.stalls = 0
        words = format_message(self.env, "too_slow", {"seconds": seconds})
        self._block(" ".join(words))

    def _wait(self, error):
        """Come back when the source said."""
        self._rest(error.delay, self.job_id._format_error(error)[1])

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

        :param report: called with the run after every batch
        :raises psycopg2.Error: the connection to the database is lost
        """
        run, conflicts, rests = self, 0, Rests(self.env.cr)
        while run.state in ("running", "waiting"):
            if run.state == "waiting":
                left = run.wait_until - fields.Datetime.now()
                time.sleep(max(left.total_seconds(), 0) + 1)
            try:
                is_done = run.job_id._advance_shared(run)
                run._commit_batch(1)
            except psycopg2.Error as error:
                if not is_conflict(error):
                    raise
                # Somebody wrote the same rows meanwhile: the batch is done again.
                run = run._take_back()
                conflicts += 1
                time.sleep(min(0.1 * 2 ** min(conflicts, 9), MAX_REST))
                continue
            # Else the scheduler, or others, are at work on it, too.
            rests.end() if is_done else rests.take()
            run, conflicts = at_present(run), 0
            if report:
                report(run)

    @api.model
    def _commit_batch(self, done=0, remaining=None):
        """Keep a batch, and let the other processes know what it changed of fields.

        Odoo tells them when an action or a command comes to its end, which may be hours
        from now.
        """
        # Outside a scheduled job this just commits.
        self.env["ir.cron"]._commit_progress(done, remaining=remaining)
        self.env.registry.signal_changes()

    def _take_back(self):
        """Forget a batch that is done again, whatever of it is in memory; return the run."""
        self.env.cr.rollback()
        self.env.registry.reset_changes()
        return at_present(self)
