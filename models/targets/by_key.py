"""Records that exist once for a key (an address): found by it, else created."""

from odoo import models

from ..loading.batch import Refused


class CrmMigrationTargetByKey(models.AbstractModel):
    """Like ``lookup_list``, for models of many rows: only the keys of a batch are sought.

    What was there before belongs to the company: a rollback neither takes it away nor
    counts it as created. A subclass says what the key is, and what becomes of a row whose
    record is there already.
    """

    _name = "crm.migration.target.by.key"
    _description = "Migration Target: Found by a Key"
    _inherit = ["crm.migration.target"]
    _archivable = False

    def _key_of(self, vals):
        """Return by what a record with these values is known; hashable."""
        raise NotImplementedError

    def _find_known(self, batch, keys):
        """Return key → id of what Odoo has, archived or not; one query for all keys."""
        raise NotImplementedError

    def _take_known(self, batch, items):
        """Use the records that are there: ``item.res_id`` is one of them."""
        raise NotImplementedError

    def _create_wave(self, batch, items):
        ready = self._prepare_each(batch, items)
        keys = {item: self._key_of(item.vals) for item in ready}
        known, first = self._find_known(batch, set(keys.values())), {}
        for item, key in keys.items():
            if key not in known:
                first.setdefault(key, item)
        self._attempt(batch, list(first.values()), self._create_together)
        known |= {key: item.res_id for key, item in first.items() if item.res_id}
        there = []
        for item, key in keys.items():
            if item is first.get(key):
                continue
            if key in known:
                item.res_id = known[key]
                there.append(item)
            else:
                item.refuse(Refused("refused", reason=self._why(first[key])))
        self._attempt(batch, there, self._take_known)
