"""Look at this database before a migration touches it."""

import shutil

from odoo import models
from odoo.tools import config

from ..odoo.series import get_parameter
from ..words.messages import agreed

SPARE_BYTES = 2 * 1024**3


class CrmMigrationJobPreflight(models.AbstractModel):
    """Named checks, each passed, a warning or blocking; a warning can be accepted."""

    _name = "crm.migration.job.preflight"
    _description = "Migration: Job Preflight"

    def _run_preflight(self):
        """Renew the checks of the database; reasons that people gave stay."""
        reasons = {check.code: check.accepted_reason for check in self.check_ids}
        self.check_ids.filtered(lambda c: c.code.startswith("odoo.")).unlink()
        self.check_ids.create(
            [
                {
                    "job_id": self.id,
                    "code": f"odoo.{code}",
                    "level": level,
                    "text": text,
                    "accepted_reason": reasons.get(f"odoo.{code}"),
                }
                for code, level, text in self._get_checks()
            ]
        )

    def _get_checks(self):
        """Return (code, level, sentence) of each check."""
        return [
            self._check_scheduler(),
            self._check_automation(),
            self._check_streams(),
            self._check_disk(),
        ]

    def _check_scheduler(self):
        neutralized = get_parameter(self.env, "database.is_neutralized")
        if neutralized or not self._get_cron().active:
            return (
                "scheduler",
                "warning",
                self.env._(
                    "The scheduler is off in this database (a neutralized copy?). The "
                    "migration goes on by the command line only, or once its "
                    "scheduled action is switched on."
                ),
            )
        return "scheduler", "passed", self.env._("The scheduler is on.")

    def _check_automation(self):
        if "base.automation" not in self.env:
            return "automation", "passed", self.env._("No automation rules here.")
        rules = (
            self.env["base.automation"]
            .sudo()
            .search(
                [("model_name", "in", list(set(self.mapping_ids.mapped("model_name"))))]
            )
        )
        if rules:
            text = agreed(
                self.env,
                self.env._(
                    "%(count)s automation [[count|rule watches|rules watch]] what will be loaded. [[count|It is|They are]] not "
                    "run for it: %(names)s",
                    count=len(rules),
                    names=", ".join(rules.mapped("name")[:10]),
                ),
                {"count": len(rules)},
            )
            if new := rules.filtered(lambda rule: _is_new_and_timed(rule)):
                text += "\n" + self.env._(
                    "By the clock, and never run so far: %(names)s. The first run of such "
                    "a rule takes all records that there are, however old. Let the "
                    "scheduled action of automation rules run once before you load.",
                    names=", ".join(new.mapped("name")[:10]),
                )
            return "automation", "warning", text
        text = self.env._("No automation rule watches what will be loaded.")
        return "automation", "passed", text

    def _check_streams(self):
        failed = self.stream_ids.filtered(lambda s: s.selected and s.error)
        if failed:
            text = "\n".join(f"{stream.label}: {stream.error}" for stream in failed)
            return "streams", "warning", text
        return "streams", "passed", self.env._("Every chosen object can be read.")

    def _check_disk(self):
        free = shutil.disk_usage(config["data_dir"]).free
        if free < SPARE_BYTES:
            text = self.env._(
                "Only %(megabytes)s MB are free for files.", megabytes=free // 1024**2
            )
            return "disk", "warning", text
        text = self.env._(
            "%(gigabytes)s GB are free for files.", gigabytes=free // 1024**3
        )
        return "disk", "passed", text


def _is_new_and_timed(rule):
    """Tell whether a rule will look at all dates since 1970 (19.0 ``base_automation``)."""
    return rule.trigger.startswith("on_time") and not rule.last_run
