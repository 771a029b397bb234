"""A plan as a file: what a button hands over and the command line prints."""

import json

from odoo import models

from .crm_migration_job_sign_off import CANONICAL


class CrmMigrationJobPlanFile(models.AbstractModel):
    _name = "crm.migration.job.plan.file"
    _description = "Migration: Job Plan File"

    def _get_plan_file(self):
        """Return the plan as text that people can read and compare: JSON."""
        # Names below all translations: whoever replays it may speak another language.
        job = self.with_context(lang=CANONICAL)
        return json.dumps(job._export_plan(), ensure_ascii=False, indent=1)

    def action_export_plan(self):
        """Hand over everything that was decided, to be replayed on another database."""
        self.ensure_one()
        job = self._as_manager()
        return self.env["crm.migration.plan.import"]._offer(job)
