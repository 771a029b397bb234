"""Who works on the open slices of a load beside the process that leads it."""

import time

from odoo import api, fields, models

from odoo.addons.base.models.ir_cron import MIN_TIME_PER_JOB

from ..phases.turn_limits import begin_turn, taking
from .crm_migration_options_review import MOST_WORKERS
from .rests import Rests

PATIENCE = 90
"""Seconds without a finished slice behind which everybody is called again."""

LINGER = 5
"""Seconds that a worker waits for the next slices before it leaves: it is called again."""


class CrmMigrationJobArms(models.AbstractModel):
    """Scheduled actions of their own, of which each server may take one.

    Nothing depends on them: whoever leads does the slices that nobody takes.
    """

    _name = "crm.migration.job.arms"
    _description = "Migration: Job Workers"
    _inherit = ["crm.migration.job.queue"]

    def _begin_turn(self):
        ends = self.env.context.get("cron_end_time")
        return begin_turn(ends and ends - MIN_TIME_PER_JOB)

    def _get_arms(self):
        names = [
            f"crm_migration.ir_cron_worker_{n}" for n in range(2, MOST_WORKERS + 1)
        ]
        refs = [self.env.ref(name, raise_if_not_found=False) for name in names]
        return self.env["ir.cron"].sudo().union(*filter(None, refs))

    # -- lead ----------------------------------------------------------------------

    def _advance_shared(self, run, turn=None):
        """Do a slice where some are open, else one batch; tell whether anything was done."""
        slices = self.env["crm.migration.slice"]
        if slices._count_open(run)[0] and not self._is_call_due(run):
            return slices._work_next(run, is_leader=True)
        if turn:
            return self._advance_in_turn(run, turn)
        return bool(self._advance_one(run))

    def _await_others(self, runs, turn, rests):
        """Rest while others do the last slices; tell whether that is what it waits for."""
        slices = self.env["crm.migration.slice"]
        if turn.is_over or not any(slices._count_open(run)[0] for run in runs):
            return False
        rests.take()
        runs._commit_batch()
        return True

    def _is_call_due(self, run):
        """Tell whether the others do not know of the open slices, or seem to be gone."""
        called, now = run.arms_called_at, fields.Datetime.now()
        if not called:
            return True
        if (now - called).total_seconds() <= PATIENCE:
            return False
        last = self.env["crm.migration.slice"]._get_last_end(run)
        return (now - max(last or called, called)).total_seconds() > PATIENCE

    def _call_arms(self, run):
        """Wake the others where slices are new, or where nothing was done for long."""
        count = self.env["crm.migration.slice"]._count_open(run)[0]
        if not count or not self._is_call_due(run):
            return
        is_late = bool(run.arms_called_at)
        run.arms_called_at = fields.Datetime.now()
        others = run.job_id.workers - 1
        has_runner = others > 0 and self._has_runner()
        if has_runner:
            self._enqueue(run, count)
        # The scheduler goes on where a queue does not.
        if others > 0 and (is_late or not has_runner):
            self._wake_arms(self._get_arms()[: min(others, count)])

    def _wake_arms(self, crons):
        """Switch them on and wake them, but for those that are at work just now.

        Odoo holds the row of an action while it is at work: writing there would wait for it.
        """
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_cron SET active = true WHERE id IN (SELECT id FROM ir_cron"
            " WHERE id = ANY(%s) AND NOT active FOR NO KEY UPDATE SKIP LOCKED)",
            [crons.ids],
        )
        crons.invalidate_recordset(["active"])
        for cron in crons:
            cron._trigger()

    # -- help ----------------------------------------------------------------------

    @api.model
    def _cron_work(self):
        """Work on open slices of any migration while this turn has time left.

        Where none is open and the one who leads does not go on, that one is woken.
        """
        cron = self.env["ir.cron"]
        begun, idle, rests = False, time.monotonic(), Rests()
        with taking(self._begin_turn()) as turn:
            while not turn.is_over and time.monotonic() - idle < LINGER:
                if self._work_for_others():
                    begun, idle = True, time.monotonic()
                    rests.end()
                    cron._commit_progress(1, remaining=1)
                elif not self._find_shared_runs():
                    break
                else:
                    rests.take()
                    cron._commit_progress()
            if turn.is_over and self._find_shared_runs():
                if not begun:
                    cron.browse(self.env.context.get("cron_id")).sudo()._trigger()
                cron._commit_progress(remaining=1)
                return
        is_over = not self._find_shared_runs()
        if not is_over:
            self._get_cron()._trigger()
        cron._commit_progress(remaining=0, deactivate=is_over)

    @api.model
    def _work_for_others(self, job_id=None):
        """Do one open slice of any migration; tell whether there was one to try."""
        slices = self.env["crm.migration.slice"]
        return any(slices._work_next(run) for run in slices._find_runs(job_id))

    def _find_shared_runs(self):
        """Return the runs at work that several do, and that may still have slices."""
        runs = self.env["crm.migration.run"].search(
            [
                ("state", "in", ("running", "waiting")),
                ("job_id.workers", ">", 1),
            ]
        )
        return runs.filtered(lambda run: run._may_be_shared())
