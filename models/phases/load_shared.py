"""Load an object by several processes."""

import json
from collections import Counter

from odoo import models

from .shared import LEVEL
from .slices import cut, divide, get_size


class CrmMigrationPhaseLoadShared(models.AbstractModel):
    """A mapping is behind another where it refers to it, hence done as a whole before.

    Where nothing tells that several may load it (``_kept_together`` of the target), one
    process does.
    """

    _name = "crm.migration.phase.load.shared"
    _description = "Migration Phase: Load by Several"
    _inherit = ["crm.migration.phase.shared", "crm.migration.phase.mapped"]

    def _give_out(self, run, plan, workers):
        """Cut the next records of a mapping; what belongs together stays together."""
        position, after = run.checkpoint or (0, 0)
        if position >= len(plan):
            return False
        mapping = plan[position]
        target = self.env["crm.migration.target"]._for(mapping.model_name)
        if target._kept_together is None:
            return False
        rows = self._find_keys(run, mapping, after, target)
        if len(rows) <= target._chunk // 4:
            return False
        # Who gives them out while others do waits for them.
        target._reserve_ids(run, mapping)
        pieces = divide(rows, get_size(len(rows), workers, target._chunk))
        self.env["crm.migration.slice"]._cut(run, pieces, mapping_id=mapping.id)
        run.checkpoint = [position, rows[-1][0]]
        return True

    def _find_keys(self, run, mapping, after, target):
        """Return (id, keys) of the next records: those with a key in common stay together.

        A key is a record that is theirs, that they belong to, or that they go into.
        """
        found = self._fetch(*self._select_keys(run, mapping, after, target, LEVEL))
        decisions = self._get_decisions([row["id"] for row in found])
        keys = [_get_keys(row, decisions.get(row["id"])) for row in found]
        # Who is never named needs no key of its own.
        named = json.dumps([mapping.stream_id.name], ensure_ascii=False)[:-1]
        if any(named in key for own in keys for key in own if isinstance(key, str)):
            for row, own in zip(found, keys, strict=True):
                own.append(_get_own_key(row))
        ids = [row["id"] for row in found]
        return list(zip(ids, keys, strict=True))

    def _work_slice(self, run, piece):
        """Load the records of a slice, batch by batch."""
        mapping = self.env["crm.migration.mapping"].browse(piece["mapping_id"])
        target = self.env["crm.migration.target"]._for(mapping.model_name)
        counter = Counter()
        for chunk in cut(piece["record_ids"], target._chunk):
            rows = self._get_rows_of(run, mapping, target, chunk)
            if rows:
                counter.update(target._load(run, mapping, rows))
            counter["done"] += len(rows)
            # Memory stays flat, and what SQL wrote is seen.
            self.env.flush_all()
            self.env.invalidate_all()
        return counter, None


def _get_own_key(row):
    """Return how others refer to a record, as PostgreSQL writes it."""
    return json.dumps({"$ref": [row["stream"], row["source_id"]]}, ensure_ascii=False)


def _get_keys(row, decision):
    keys = [*filter(None, row["keys"])]
    if row["mapped_id"]:
        keys.append(row["mapped_id"])
    if decision and decision["decision"] == "merge":
        other = {"$ref": [decision["stream"], decision["source_id"]]}
        is_staged = decision["source_id"] is not None
        keys.append(
            json.dumps(other, ensure_ascii=False) if is_staged else decision["res_id"]
        )
    return keys
