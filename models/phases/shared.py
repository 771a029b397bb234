"""A phase that several processes do: cut it into slices, wait for them, go on."""

from odoo import models

from ..safety.context import DRY_RUN
from .slices import ROUNDS, cut, get_size

WORKERS = "crm_migration_workers"
"""How many processes the command line has, whatever the migration says."""

LEVEL = 50_000
"""Records that are given out at a time: what is known of them is in memory."""


class CrmMigrationPhaseShared(models.AbstractModel):
    """Where one process works, everything is done as it comes, batch by batch.

    A rehearsal always is. What is given out counts as passed by: once it is done, the run
    goes on behind it. Only who leads writes what the run shows; the others leave their
    counts in their slices.
    """

    _name = "crm.migration.phase.shared"
    _description = "Migration Phase: Work for Several"
    _inherit = ["crm.migration.phase"]

    _is_shared = True
    _share_size = 1000
    """Records that one process does at once; a slice has some of these."""
    _slice_most = None
    """Records that a slice has at most, where that is not the same."""
    _slice_rounds = ROUNDS

    def _work_or_share(self, run, plan):
        is_shared = not self.env.context.get(DRY_RUN) and self._share(run, plan)
        return False if is_shared else super()._work_or_share(run, plan)

    def _share(self, run, plan):
        """Lead the others; tell whether the rest of this is theirs."""
        slices = self.env["crm.migration.slice"]
        if more := slices._collect(run):
            self._take_in(run, more)
        to_do, alone = slices._count_open(run)
        if to_do:
            return True
        if alone:
            slices._work_alone(run)
            return True
        workers = self._get_workers(run)
        return workers > 1 and self._give_out(run, plan, workers)

    def _get_workers(self, run):
        return self.env.context.get(WORKERS) or run.job_id.workers

    def _give_out(self, run, plan, workers):
        """Cut the next records into slices; return whether it is worth it.

        Here: of a way whose places are objects, or belong to one; see ``_get_object``.
        """
        position, after = run.checkpoint or (0, 0)
        if position >= len(plan):
            return False
        stream = self._get_object(plan[position])
        rows = self._fetch(
            "SELECT id FROM crm_migration_record WHERE stream_id = %s AND id > %s"
            " ORDER BY id LIMIT %s",
            [stream.id, after, LEVEL],
        )
        ids = [row["id"] for row in rows]
        if not self._cut(run, ids, workers, place=position):
            return False
        run.checkpoint = [position, ids[-1]]
        return True

    def _get_object(self, place):
        """Return the object whose records a place of the way does, in their order."""
        raise NotImplementedError

    def _cut(self, run, ids, workers, **values):
        """Give out records in their order; return whether that is worth it."""
        if len(ids) <= self._share_size:
            return False
        most = self._slice_most or self._share_size
        size = get_size(len(ids), workers, most, self._slice_rounds)
        self.env["crm.migration.slice"]._cut(run, cut(ids, size), **values)
        return True

    def _work_slice(self, run, piece):
        """Do the records of a slice, and none of what only the leader may.

        :param piece: ``mapping_id``, ``place`` and ``record_ids`` of the slice
        :return: Counter of ``done`` and others of ``COUNTERS``, and whatever else is to
            be handed to ``_take_in``, as JSON
        """
        raise NotImplementedError

    def _take_in(self, run, found):
        """Add to the run what slices have handed over."""
