"""Give records that Odoo had before their old values back."""

from odoo import models
from odoo.fields import Command

from .bisect import REFUSALS


class CrmMigrationLoadingRestore(models.AbstractModel):
    _name = "crm.migration.loading.restore"
    _description = "Migration: Loading Restore"

    def _restore(self, run, model, map_):
        """Write the before-images back, newest first; what was changed since stays.

        :return: set of the names of fields that have their old values again
        """
        entries = self.env["crm.migration.journal"].search(
            [
                ("job_id", "=", run.job_id.id),
                ("res_model", "=", model._name),
                ("res_id", "=", map_.res_id),
                ("is_undone", "=", False),
            ],
            order="id desc",
        )
        record = model.browse(map_.res_id)
        left, refused, names = self._take_rows(model, record.ids), False, set()
        for entry in entries:
            vals = {}
            for name, before in (entry.before or {}).items():
                if name not in record._fields:
                    continue
                now, after = self._plain(record, name), (entry.after or {}).get(name)
                if record._fields[name].type in ("many2many", "one2many"):
                    vals[name] = self._take_out(now, before, after or [])
                elif now == after:
                    vals[name] = before
                else:
                    self._report_one(run, map_, "kept_value", "warning", name)
            if self._write_back(run, map_, record, vals):
                names |= set(vals)
            else:
                refused = True
        if entries and not refused:
            self._put_columns_back(model, record.id, left[record.id], entries)
        entries.write({"is_undone": True})
        return names

    def _restore_decided(self, run, model, maps, there):
        """Give records that stay what a person had entered before a decision."""
        alive = maps.filtered(lambda map_: map_.res_id in there)
        if not alive:
            return
        entries = self.env["crm.migration.journal"]._read_group(
            [
                ("job_id", "=", run.job_id.id),
                ("res_model", "=", model._name),
                ("res_id", "in", alive.mapped("res_id")),
                ("is_undone", "=", False),
            ],
            ["res_id"],
        )
        ids = {res_id for (res_id,) in entries}
        undone = [
            (map_.res_id, name)
            for map_ in alive.filtered(lambda map_: map_.res_id in ids)
            for name in self._restore(run, model, map_)
        ]
        conflicts = self.env["crm.migration.conflict"]
        conflicts._reopen_undone(run.job_id, model._name, undone)

    def _take_out(self, now, before, after):
        """Return the commands that undo a change of a list, and nobody else's."""
        added, removed = set(after) - set(before), set(before) - set(after)
        return [
            *(Command.unlink(res_id) for res_id in sorted(added & set(now))),
            *(Command.link(res_id) for res_id in sorted(removed - set(now))),
        ]

    def _write_back(self, run, map_, record, vals):
        """Write old values; what Odoo does not take any more costs that record only.

        :return: whether Odoo took them
        """
        if not vals:
            return True
        try:
            with self.env.cr.savepoint():
                self._write_in_languages(record, vals)
                self.env.flush_all()
        except REFUSALS as error:
            reason = str(error).split("\n")[0]
            self._report_one(run, map_, "kept_refused", "warning", reason=reason)
            return False
        return True
