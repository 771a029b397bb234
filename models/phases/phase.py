"""The contract of a phase: a stretch of a run that is done in short batches."""

from odoo import models

BATCH_SECONDS = 8
"""How long a batch may take. Odoo's default limits leave a scheduled job 120 seconds
and may call it ten times within them."""


class CrmMigrationPhase(models.AbstractModel):
    """Subclass as ``crm.migration.phase.<name>`` and list it in ``PHASES_OF_KIND``.

    Running a phase again is the normal case: each batch looks for what is still to do.
    """

    _name = "crm.migration.phase"
    _description = "Migration Phase"

    def _start(self, run):
        """Prepare, and say in ``run.total`` how much there is to do."""

    def _run_batch(self, run):
        """Do at most ``BATCH_SECONDS`` of work; return whether nothing is left.

        What it wrote is committed together with ``run.checkpoint``.
        """
        raise NotImplementedError

    def _finish(self, run):
        """Draw the line below the phase."""

    def _fetch(self, query, parameters):
        """Return the rows of a query as dicts."""
        self.env.flush_all()
        self.env.cr.execute(query, parameters)
        return self.env.cr.dictfetchall()
