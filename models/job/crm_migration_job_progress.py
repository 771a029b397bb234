"""What the form says in words of the run at work: how far it is, how long it takes."""

import math

from odoo import api, fields, models
from odoo.tools import formatLang
from odoo.tools.translate import LazyTranslate

from ..words.messages import agreed

_lt = LazyTranslate(__name__)

PHASE_WORDS = {
    "discover": _lt("Looking at the source"),
    "extract": _lt("Reading records"),
    "profile": _lt("Measuring the fields"),
    "transform": _lt("Applying the mapping"),
    "match": _lt("Looking for duplicates"),
    "dry_run": _lt("Rehearsing the load"),
    "prepare": _lt("Preparing Odoo"),
    "load": _lt("Loading"),
    "link": _lt("Linking records"),
    "settle": _lt("Settling records"),
    "archive": _lt("Archiving what has vanished"),
    "verify": _lt("Comparing every value"),
    "reread": _lt("Looking at the files a second time"),
    "cover": _lt("Accounting for every value of the source"),
    "rollback": _lt("Rolling back"),
}


class CrmMigrationJobProgress(models.AbstractModel):
    _name = "crm.migration.job.progress"
    _description = "Migration: Job Progress"

    activity_text = fields.Char(
        compute="_compute_activity_text", string="What It Is Doing"
    )

    amount_text = fields.Char(compute="_compute_activity_text", string="How Far It Is")

    @api.depends("run_id.phase", "run_id.done", "run_id.total", "run_id.state")
    def _compute_activity_text(self):
        for job in self:
            words = PHASE_WORDS.get(job.run_id.phase or "")
            job.activity_text = job.env._(words) if words else job.env._("Starting")
            job.amount_text = job._format_progress(job.run_id)

    def _format_progress(self, run):
        """Return "1,200 of 5,000 · 130 per second · about 2 minutes left"."""

        def number(value):
            return formatLang(self.env, value, digits=0)

        slices = self.env["crm.migration.slice"]
        counted = run.done + slices._get_done(run).get(run.id, 0)
        parts = []
        if run.total:
            done, total = number(counted), number(run.total)
            parts.append(self.env._("%(done)s of %(total)s", done=done, total=total))
        elif run.done:
            parts.append(self.env._("%(done)s so far", done=number(run.done)))
        # For a handful of objects a rate says nothing.
        if run.rate >= 1 and run.state == "running":
            rate = number(run.rate)
            parts.append(self.env._("%(rate)s per second", rate=rate))
        if run.time_left and run.state == "running":
            parts.append(self._format_time_left(run.time_left * 60))
        if run.state == "running" and (workers := slices._count_workers(run)):
            words = self.env._("%(count)s [[count|worker|workers]]", count=workers)
            parts.append(agreed(self.env, words, {"count": workers}))
        return " · ".join(parts)

    def _format_time_left(self, minutes):
        if minutes < 1:
            return self.env._("less than a minute left")
        if minutes < 90:
            return agreed(
                self.env,
                self.env._(
                    "about %(count)s [[count|minute|minutes]] left",
                    count=math.ceil(minutes),
                ),
                {"count": math.ceil(minutes)},
            )
        return agreed(
            self.env,
            self.env._(
                "about %(count)s [[count|hour|hours]] left", count=round(minutes / 60)
            ),
            {"count": round(minutes / 60)},
        )
