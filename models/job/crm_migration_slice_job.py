"""What a job of OCA's queue_job does: one open slice, and it never fails."""

import logging

from odoo import api, models

from ..phases.turn_limits import Turn, taking

_logger = logging.getLogger(__name__)


class CrmMigrationSliceJob(models.AbstractModel):
    _name = "crm.migration.slice.job"
    _description = "Migration: Slice as a Job"

    @api.model
    def _work_as_job(self, run_id):
        """Do one open slice of a run, if there is one; end well whatever happens.

        A job that fails writes mail, and keeps what was in the error. By a cursor of our
        own: a job may not commit, and its transaction is older than what others did.
        """
        try:
            with taking(Turn()), self.env.registry.cursor() as cursor:
                env = self.env(cr=cursor)
                if run := env["crm.migration.run"].browse(run_id).exists():
                    env["crm.migration.slice"]._work_next(run)
        except Exception as error:  # the boundary, see above
            _logger.warning("Migration run %s, a job: %s", run_id, type(error).__name__)
