"""What else explains a value that is not expected: Odoo's computing, the day, another row."""

from datetime import datetime, time, timedelta

from odoo import api, fields, models

from ..staging.part_values import part_values
from .batch import UNUSABLE, Batch
from .verify_columns import DAY

MOMENT = timedelta(minutes=1)


class CrmMigrationLoadingVerifyExplanations(models.AbstractModel):
    _name = "crm.migration.loading.verify.explanations"
    _description = "Migration: Loading Verify Explanations"

    def _compute_again(self, batch, expected, odd):
        """Return (item, field) → what Odoo makes of the values that are there.

        Odoo's own method on copies that are never written: nothing changes.
        """
        waiting = {}
        for item, names in odd.items():
            for name in names - expected[item].keys():
                if batch.model._fields[name].compute:
                    waiting.setdefault(name, []).append(item)
        computed = {}
        if batch.model._parent_store:
            for item in (i for i, names in odd.items() if "parent_path" in names):
                record = batch.model.browse(item.res_id)
                above = record[batch.model._parent_name].parent_path or ""
                computed[item, "parent_path"] = f"{above}{record.id}/"
        for name, items in waiting.items():
            field = batch.model._fields[name]
            copies = batch.model.browse(
                [api.NewId(origin=item.res_id) for item in items]
            )
            # An own value that was put in must not speak for itself.
            field._update_cache(copies, field.convert_to_cache(False, copies))
            field.compute_value(copies)
            for item, copy in zip(items, copies, strict=True):
                value = copy[name]
                if field.type == "many2one":
                    computed[item, name] = value._origin.id
                else:
                    computed[item, name] = self._plain(copy, name)
            # What was worked out of one column is no value that is there for the next.
            copies.invalidate_recordset(flush=False)
        return computed

    # -- what explains a value ----------------------------------------------------

    def _is_of_load(self, batch, item, field, wanted, found):
        """Tell whether today was meant, and the day of the load is there."""
        if field.type not in ("date", "datetime") or not wanted:
            return False
        if found and (field.default or field.compute) and field.type == "datetime":
            # So long from now it was then: a default of next week, for instance.
            ahead = _as_moment(field, wanted) - self.env.cr.now()
            then = item.row["loaded_at"] + ahead
            if abs(_as_moment(field, found) - then) < MOMENT:
                return True
        if abs(_as_moment(field, wanted) - self.env.cr.now()) > DAY:
            return False
        if not found:
            return True  # a later reading has taken back what was assumed
        found = _as_moment(field, found)
        if item.row.get("is_changed_since") and found <= item.row["loaded_at"]:
            return True  # an earlier reading told it, and nothing is told since
        return batch.job.create_date - DAY <= found <= item.row["loaded_at"] + DAY

    def _find_written(self, batch, suspects):
        """Return (id, field) → values that another row of the migration brought there."""
        ids = {item.res_id for item, *_rest in suspects}
        if not ids:
            return {}
        rows = self.env["crm.migration.journal"].search_fetch(
            [
                ("job_id", "=", batch.job.id),
                ("res_model", "=", batch.model_name),
                ("res_id", "in", list(ids)),
            ],
            ["res_id", "after"],
        )
        written = {}
        for row in rows:
            for name, value in (row.after or {}).items():
                written.setdefault((row.res_id, name), []).append(value)
        for res_id, name, value in self._find_merged(batch, ids):
            written.setdefault((res_id, name), []).append(value)
        return written

    def _find_merged(self, batch, ids):
        """Yield (id, field, value) of the rows merged into what this migration created.

        No before-image is kept of that: with its creation all of it is taken back.
        """
        self.env.cr.execute(
            f"""
            SELECT record.id, record.stream, record.source_id, record.name, map.part,
                   map.res_id, map.outcome,
                   {part_values(part="map.part")} AS values,
                   (record.values -> map.part ->> '@mapping')::integer AS mapping
              FROM crm_migration_id_map AS map
              JOIN crm_migration_record AS record
                ON record.job_id = map.job_id AND record.stream = map.stream
               AND record.source_id = map.source_id
             WHERE map.job_id = %s AND map.res_model = %s AND map.res_id = ANY(%s)
               AND map.outcome = 'merged'
            """,
            [batch.job.id, batch.model_name, list(ids)],
        )
        rows = {}
        for row in self.env.cr.dictfetchall():
            rows.setdefault(row.pop("mapping"), []).append(row)
        mappings = self.env["crm.migration.mapping"].browse(filter(None, rows))
        for mapping in mappings.exists():
            merged = Batch(batch.run, mapping, rows[mapping.id])
            self._collect(merged)
            for item in merged.items:
                try:
                    self._prepare(merged, item)
                except UNUSABLE:
                    continue
                record = batch.model.browse(item.res_id)
                for name, value in item.vals.items():
                    yield item.res_id, name, self._plain(record, name, value)

    def _has_new_basis(self, batch, item, name):
        """Tell whether what the value was taken from has changed since the load."""
        return False


def _as_moment(field, text):
    if field.type == "datetime":
        return fields.Datetime.to_datetime(text)
    return datetime.combine(fields.Date.to_date(text), time())
