"""What records are recognized by is worked out by several processes."""

from odoo import models

from .shared import LEVEL
from .slices import cut

AT_ONCE = 5000
"""Records that one statement looks at."""


class CrmMigrationPhaseMatchShared(models.AbstractModel):
    """The records of the source are given out; the rest is little, and one does it.

    The tables are there before anybody else begins: what leads has committed them
    together with the slices.
    """

    _name = "crm.migration.phase.match.shared"
    _description = "Migration Phase: Match by Several"
    _inherit = ["crm.migration.phase.match.marks", "crm.migration.phase.shared"]

    def _give_out(self, run, plan, workers):
        position, after = run.checkpoint or (0, 0)
        if position >= len(plan) or plan[position] != self._collect_source:
            return False
        rows = self._fetch(
            "SELECT id FROM crm_migration_record WHERE job_id = %s AND id > %s"
            " ORDER BY id LIMIT %s",
            [run.job_id.id, after, LEVEL],
        )
        ids = [row["id"] for row in rows]
        if not self._cut(run, ids, workers, place=position):
            return False
        run.checkpoint = [position, ids[-1]]
        return True

    def _work_slice(self, run, piece):
        """Write down the marks of some records that follow each other."""
        for ids in cut(piece["record_ids"], AT_ONCE):
            bounds = {"after": ids[0] - 1, "last": ids[-1]}
            self._add_source(run.job_id, bounds)
        return {"done": len(piece["record_ids"])}, None
