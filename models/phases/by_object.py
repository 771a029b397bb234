"""What the phases share that take one object of the source in each batch."""

from odoo import models


class CrmMigrationPhaseByObject(models.AbstractModel):
    """The checkpoint is how many objects are done."""

    _name = "crm.migration.phase.by.object"
    _description = "Migration Phase: Object by Object"
    _inherit = ["crm.migration.phase"]

    def _run_batch(self, run):
        position = run.checkpoint or 0
        streams = run.job_id.stream_ids.sorted(lambda s: (s.sequence, s.id))
        if position >= len(streams):
            return True
        self._work_object(run, streams[position])
        run.write({"checkpoint": position + 1, "done": position + 1})
        return False

    def _work_object(self, run, stream):
        """Do all that there is to do about one object."""
        raise NotImplementedError
