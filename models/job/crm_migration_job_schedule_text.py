"""When a migration that is running has its next turn, where it rests for a while."""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import format_datetime

OLD_INTERVAL, INTERVAL = (1, "hours"), (5, "minutes")
"""Of the scheduled action, until 2026-11 and since (``data/ir_cron_data.xml``)."""


RESTING = 90
"""Seconds without a finished batch behind which people are told why."""


class CrmMigrationJobScheduleText(models.AbstractModel):
    """What people see of the scheduler."""

    _name = "crm.migration.job.schedule.text"
    _description = "Migration: Job Schedule"

    schedule_text = fields.Char(
        compute="_compute_schedule_text",
        help="Why nothing happens just now, and when it goes on.",
    )

    @api.model
    def _renew_cron_interval(self):
        """Give the scheduled action of an older version the interval of this one.

        What a person has set stays: whoever writes a scheduled action is its last editor,
        and what the scheduler itself notes there leaves none.
        """
        cron = self.env.ref("crm_migration.ir_cron_advance", raise_if_not_found=False)
        cron = cron and cron.sudo()
        if (
            cron
            and cron.write_uid.id == SUPERUSER_ID
            and (cron.interval_number, cron.interval_type) == OLD_INTERVAL
        ):
            number, kind = INTERVAL
            cron.write({"interval_number": number, "interval_type": kind})

    @api.depends("state")
    def _compute_schedule_text(self):
        cron = self._get_cron()
        for job in self:
            running = job.sudo().run_id if job.state == "running" else None
            job.schedule_text = running and self._get_schedule_text(running, cron)

    def _is_queue_gone(self, run):
        """Tell whether a load is shared that a queue of jobs could help with, but does not."""
        job = run.job_id
        if job.workers < 2 or not job._has_queue() or job._has_runner():
            return False
        return bool(self.env["crm.migration.slice"]._count_open(run)[0])

    def _get_last_step(self, run):
        """Return when the last batch ended, or the last slice of another process."""
        ended = self.env["crm.migration.slice"]._get_last_end(run)
        steps = filter(None, (run.write_date or run.started_at, ended))
        return max(steps, default=None)

    def _get_schedule_text(self, run, cron):
        """Return a sentence, or False while batches come to their end."""
        if not cron.active:
            return self.env._(
                "The scheduled action “%(name)s” is switched off. Activate it, or go on "
                "by the command line: odoo-bin crm_migration resume --job %(job)s.",
                name=cron.name,
                job=run.job_id.id,
            )
        if self._is_queue_gone(run):
            return self.env._(
                "The job queue is installed, but nobody hands its jobs out. The scheduler "
                "goes on without it."
            )
        now, last = fields.Datetime.now(), self._get_last_step(run)
        if not last or (now - last).total_seconds() < RESTING:
            return False
        triggers = self.env["ir.cron.trigger"].sudo()
        trigger = triggers.search([("cron_id", "=", cron.id)], order="call_at", limit=1)
        following = min(filter(None, (trigger.call_at, cron.nextcall)))
        since = format_datetime(self.env, last)
        if following > now:
            return self.env._(
                "The last step ended at %(since)s; the next turn begins at %(next)s.",
                since=since,
                next=format_datetime(self.env, following),
            )
        return self.env._(
            "The last step ended at %(since)s, and the turn that was due at %(next)s has "
            "brought nothing yet. If this lasts, the server has no scheduler at work "
            "(max_cron_threads).",
            since=since,
            next=format_datetime(self.env, following),
        )
