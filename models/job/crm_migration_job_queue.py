"""Jobs of OCA's queue_job as workers of a load, where it is installed and at work.

Nothing is asked of it but to call us: which slice is done, whether it was, and what comes
next is known by the slices alone. So a job that is lost or comes twice does no harm.
"""

from odoo import models

RUNNER = 2293787760715711918
"""The advisory lock of its one runner (19.0 ``queue_job.jobrunner.runner``)."""

CHANNEL = "root.crm_migration"

PRIORITY = 20
"""Behind the jobs of the company, which have 10 by themselves."""


class CrmMigrationJobQueue(models.AbstractModel):
    """A job bears the id of a run, and does whichever slice of it is open."""

    _name = "crm.migration.job.queue"
    _description = "Migration: Job Queue"

    def _has_queue(self):
        # A package on disk is not an addon that is installed.
        return "queue.job" in self.env

    def _has_runner(self):
        """Tell whether somebody hands jobs out: by its lock, for nothing else says so."""
        if not self._has_queue():
            return False
        self.env.cr.execute(
            "SELECT EXISTS (SELECT FROM pg_locks AS lock"
            " JOIN pg_database AS base ON base.oid = lock.database"
            " WHERE base.datname = current_database() AND lock.granted"
            " AND lock.locktype = 'advisory'"
            " AND (lock.classid::bigint << 32) | lock.objid::bigint = %s)",
            [RUNNER],
        )
        return self.env.cr.fetchone()[0]

    def _enqueue(self, run, count):
        """Ask for so many jobs, a slice each; and let the runner look at once."""
        slices = self.env["crm.migration.slice"]
        for _number in range(count):
            slices.with_delay(
                channel=CHANNEL,
                priority=PRIORITY,
                # It never fails; one whose process is killed comes as often as it takes.
                max_retries=0,
                description=self.env._("CRM Migration: a slice of a load"),
            )._work_as_job(run.id)
        # Else it finds out only after a minute that a process was killed.
        self.env.cr.execute("SELECT pg_notify('queue_job', 'crm_migration')")
