"""Load an object by several processes: cut it into slices, wait for them, go on."""

import json
from collections import Counter

from odoo import models

from ..odoo.silence import DRY_RUN
from .slices import divide, get_size

WORKERS = "crm_migration_workers"
"""How many processes the command line has, whatever the migration says."""

LEVEL = 50_000
"""Records that are given out at a time: what is known of them is in memory."""


class CrmMigrationPhaseShared(models.AbstractModel):
    """A mapping is behind another where it refers to it, hence done as a whole before.

    Where one process works, or nothing tells that several may (``_kept_together`` of the
    target), everything is loaded as it comes, batch by batch. A rehearsal always is.
    """

    _name = "crm.migration.phase.shared"
    _description = "Migration Phase: Work for Several"
    _inherit = ["crm.migration.phase.mapped"]

    def _work_stretch(self, run, plan):
        is_shared = not self.env.context.get(DRY_RUN) and self._share(run, plan)
        return False if is_shared else super()._work_stretch(run, plan)

    def _share(self, run, plan):
        """Lead the others; tell whether the rest of this is theirs."""
        slices = self.env["crm.migration.slice"]
        slices._collect(run)
        to_do, alone = slices._count_open(run)
        if to_do:
            return True
        if alone:
            slices._work_alone(run)
            return True
        position, after = run.checkpoint or (0, 0)
        workers = self._get_workers(run)
        if workers < 2 or position >= len(plan):
            return False
        return self._give_out(run, plan[position], position, after, workers)

    def _get_workers(self, run):
        return self.env.context.get(WORKERS) or run.job_id.workers

    def _give_out(self, run, mapping, position, after, workers):
        """Cut the next records of a mapping into slices; return whether it is worth it.

        What is given out counts as passed by: once it is done, the run goes on behind it.
        """
        target = self.env["crm.migration.target"]._for(mapping.model_name)
        if target._kept_together is None:
            return False
        rows = self._find_keys(run, mapping, after, target)
        if len(rows) <= target._chunk // 4:
            return False
        # Who gives them out while others do waits for them.
        target._reserve_ids(run, mapping)
        size = get_size(len(rows), workers, target._chunk)
        self.env["crm.migration.slice"]._cut(run, mapping, divide(rows, size))
        run.checkpoint = [position, rows[-1][0]]
        return True

    def _find_keys(self, run, mapping, after, target):
        """Return (id, keys) of the next records: those with a key in common stay together.

        A key is a record that is theirs, that they belong to, or that they go into.
        """
        found = self._fetch(*self._select_keys(run, mapping, after, target, LEVEL))
        decisions = self._get_decisions([row["id"] for row in found])
        return [(row["id"], _get_keys(row, decisions.get(row["id"]))) for row in found]

    def _load_records(self, run, mapping, ids):
        """Load staging records of a mapping, batch by batch; return what was counted."""
        target = self.env["crm.migration.target"]._for(mapping.model_name)
        counter = Counter()
        for start in range(0, len(ids), target._chunk):
            chunk = ids[start : start + target._chunk]
            rows = self._get_rows_of(run, mapping, target, chunk)
            if rows:
                counter.update(target._load(run, mapping, rows))
            counter["done"] += len(rows)
            # Memory stays flat, and what SQL wrote is seen.
            self.env.flush_all()
            self.env.invalidate_all()
        return counter


def _get_keys(row, decision):
    own = json.dumps({"$ref": [row["stream"], row["source_id"]]}, ensure_ascii=False)
    keys = [own, *filter(None, row["keys"])]
    if row["mapped_id"]:
        keys.append(row["mapped_id"])
    if decision and decision["decision"] == "merge":
        other = {"$ref": [decision["stream"], decision["source_id"]]}
        is_staged = decision["source_id"] is not None
        keys.append(
            json.dumps(other, ensure_ascii=False) if is_staged else decision["res_id"]
        )
    return keys
