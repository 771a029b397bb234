"""Records that are merged into one that Odoo has: fill what is empty there."""

from odoo import models
from odoo.fields import Command

from .batch import Refused

NEVER_FILLED = {"active", "company_id", "is_company", "lang", "name", "type"}
"""What a merge leaves alone even where it looks empty."""


class CrmMigrationLoadingMerge(models.AbstractModel):
    _name = "crm.migration.loading.merge"
    _description = "Migration: Loading Merge"

    def _merge(self, batch, items):
        """Fill what is empty in the record it is merged into; overwrite nothing."""
        changes = []
        for item in items:
            item.res_id = self._merge_target(batch, item)
        left = self._left_by(batch.model, items)
        shared = self._created_here(batch, [item.res_id for item in items])
        theirs = {item.res_id for item in items} - shared
        rows = self._take_rows(batch.model, theirs)
        for item in items:
            record = batch.model.browse(item.res_id)
            item.is_own = False
            self._prepare(batch, item)
            item.outcome = "merged"
            change = self._fill(batch, item, record)
            self._see_notes(batch, item, record)
            restore = change and record.id not in shared
            item.rollback_action = "restore" if restore else "keep"
            changes += [change] if restore else []
        self.env.flush_all()
        self._stamp_changes(batch, items, left, shared)
        self._write_links(batch, items)
        self._write_journal(batch, changes, rows)

    def _fill(self, batch, item, record):
        """Write what the record lacks; return (id, before, after), None for nothing."""
        after = self._missing(batch, item, record)
        if not after:
            return None
        before = {name: self._plain(record, name) for name in after}
        self._write_record(batch, record, after)
        return record.id, before, {name: self._plain(record, name) for name in after}

    def _merge_target(self, batch, item):
        if item.row.get("merge_id"):
            return item.row["merge_id"]
        key = tuple(map(str, item.row.get("merge_source") or ()))
        model, res_id = batch.links.get(key, (None, None))
        if model != batch.model_name:
            raise Refused("merge_target_missing")
        return res_id

    def _created_here(self, batch, ids):
        """Return which of the records this migration created."""
        self.env.cr.execute(
            "SELECT res_id FROM crm_migration_id_map WHERE job_id = %s"
            " AND res_model = %s AND outcome = 'created' AND res_id = ANY(%s)",
            [batch.job.id, batch.model_name, ids],
        )
        return {res_id for (res_id,) in self.env.cr.fetchall()}

    def _created_before(self, batch, ids):
        """Return which of the records the migrations created that this one continues."""
        earlier = batch.once("earlier", batch.job._get_earlier_ids)
        if not earlier:
            return set()
        self.env.cr.execute(
            "SELECT res_id FROM crm_migration_id_map WHERE job_id = ANY(%s)"
            " AND res_model = %s AND outcome = 'created' AND res_id = ANY(%s)",
            [earlier, batch.model_name, ids],
        )
        return {res_id for (res_id,) in self.env.cr.fetchall()}

    def _missing(self, batch, item, record):
        """Return the values for fields that are empty; a group only if all of it is.

        Of several records (tags) those are added that are not there.
        """
        missing = {}
        for name, value in item.vals.items():
            field = batch.model._fields[name]
            if name in NEVER_FILLED or not value or field.type == "boolean":
                continue
            if field.type == "many2many":
                there = set(self._plain(record, name))
                new = [i for i in self._plain(record, name, value) if i not in there]
                if new:
                    missing[name] = [Command.link(res_id) for res_id in new]
            elif not any(record[each] for each in self._filled_together(name)):
                missing[name] = value
        return missing

    def _filled_together(self, name):
        """Return the fields that only make sense together with this one."""
        return (name,)
