"""Look at this database before a migration touches it."""

import shutil

from odoo import models
from odoo.tools import config, human_size

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
                self._as_check(check, reasons.get(f"odoo.{check[0]}"))
                for check in self._get_checks()
            ]
        )

    def _as_check(self, check, reason):
        """Return the values of a line.

        :param check: (code, level, what was found), and what to do where that does not
            say it
        """
        code, level, text, *cure = check
        return {
            "job_id": self.id,
            "code": f"odoo.{code}",
            "level": level,
            "text": text,
            "cure": cure[0] if cure else False,
            "accepted_reason": reason if level == "warning" else False,
        }

    def action_check_again(self):
        """Renew the checks of this database: what was mended passes by now."""
        for job in self._as_reviewer():
            job._run_preflight()
        return True

    def _get_checks(self):
        """Return (code, level, what was found[, what to do]) of each check."""
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
        count, size = self._measure_files()
        text = self.env._("%(free)s are free for files.", free=human_size(free))
        if count:
            staged = self.env._(
                "%(count)s [[count|file was|files were]] read about, %(size)s in all.",
                count=count,
                size=human_size(size),
            )
            text = f"{text} {agreed(self.env, staged, {'count': count})}"
        if free < size + SPARE_BYTES:
            cure = self.env._(
                "Give the server more space for Odoo's data, or leave large files out in "
                "the options."
            )
            return "disk", "warning", text, cure
        return "disk", "passed", text

    def _measure_files(self):
        """Return how many files are staged, and the bytes that the source tells of them."""
        mappings = self.mapping_ids.filtered(
            lambda m: m.selected and m.model_name == "ir.attachment"
        )
        if not mappings:
            return 0, 0
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT count(*), COALESCE(sum(CASE WHEN size ~ '^[0-9]{1,15}$'
                                               THEN size::numeric END), 0)
              FROM crm_migration_record AS record
              CROSS JOIN LATERAL jsonb_each(record.values) AS part (name, value)
              CROSS JOIN LATERAL (SELECT value #>> '{@file,size}' AS size) AS file
             WHERE record.stream_id = ANY(%s) AND record.state <> 'skipped'
               AND jsonb_typeof(record.values) = 'object'
               AND value ->> '@mapping' = ANY(%s)
            """,
            [mappings.stream_id.ids, [str(id_) for id_ in mappings.ids]],
        )
        count, size = self.env.cr.fetchone()
        return count, int(size)


def _is_new_and_timed(rule):
    """Tell whether a rule will look at all dates since 1970 (19.0 ``base_automation``)."""
    return rule.trigger.startswith("on_time") and not rule.last_run
