"""The way from a migration to its spot checks."""

from odoo import fields, models
from odoo.exceptions import UserError


class CrmMigrationJobSpotCheck(models.AbstractModel):
    _name = "crm.migration.job.spot.check"
    _description = "Migration: Job Spot Check"

    spot_check_ids = fields.One2many(
        "crm.migration.spot.check", "job_id", readonly=True
    )

    def action_open_spot_checks(self):
        """Show the draws; ask for the first where there is none."""
        self.ensure_one()
        self.check_access("read")
        if not self.spot_check_ids:
            return self.action_draw_spot_check()
        return self._open("crm_migration_spot_check_action")

    def action_draw_spot_check(self):
        """Ask how many records somebody wants to look at.

        :raises UserError: nothing is loaded, or something is at work
        """
        self.ensure_one()
        job = self._as_reviewer()
        if job.state != "idle":
            raise UserError(self.env._("This migration is still at work."))
        if not job.active:
            raise UserError(
                self.env._(
                    "This migration is closed: what stood in the source is wiped."
                )
            )
        return self._open_dialog(
            self.env._("Spot Check"),
            "crm.migration.spot.check.start",
            default_job_id=self.id,
        )
