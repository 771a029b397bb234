"""Records that are in Odoo already: update what changed, fill what is empty, link."""

from odoo import fields, models

from .batch import Refused

NEVER_FILLED = {"active", "company_id", "is_company", "lang", "name", "type"}
"""What a merge leaves alone even where it looks empty."""


class CrmMigrationLoader(models.AbstractModel):
    _inherit = "crm.migration.loader"

    # -- update ----------------------------------------------------------------

    def _update(self, batch, items):
        """Write what the source changed since the load, unless Odoo changed it too."""
        changes = []
        for item in items:
            record = batch.model.browse(item.res_id)
            wanted = self._changed_by_source(batch, item, record)
            before, after = {}, {}
            for name in self._free_to_write(batch, item, record, wanted):
                before[name] = self._plain(record, name)
                after[name] = wanted[name]
            if after:
                self._write_record(batch, record, after)
                shown = {name: self._plain(record, name) for name in after}
                changes.append((record.id, before, shown))
            item.outcome = "updated"
        self.env.flush_all()
        self._stamp(batch, items, created=False)
        self._write_links(batch, items)
        # What this migration created goes with a rollback: no before-image needed.
        foreign = {i.res_id for i in items if i.mapped["rollback_action"] != "delete"}
        self._write_journal(batch, [each for each in changes if each[0] in foreign])

    def _changed_by_source(self, batch, item, record):
        """Return the values that are not what they were when the row was loaded."""
        self._prepare(batch, item)
        if item.loaded is None:
            return item.vals
        then = item.loaded
        try:
            self._prepare(batch, then)
        except Refused:
            return item.vals
        gone = dict.fromkeys(set(then.vals) - set(item.vals), False)
        return {
            name: value
            for name, value in {**item.vals, **gone}.items()
            if name not in then.vals or then.vals[name] != value
        }

    def _free_to_write(self, batch, item, record, wanted):
        """Yield the fields that no person has changed since; report the others."""
        touched = item.watermark and record.write_date > item.watermark
        for name, value in wanted.items():
            now = self._plain(record, name)
            if now == self._plain(record, name, value):
                continue
            known = item.loaded is not None and name in item.loaded.vals
            then = self._plain(record, name, item.loaded.vals[name]) if known else None
            if touched and known and now != then:
                item.report("changed_by_both", field=name, value=now)
                continue
            yield name

    def _write_record(self, batch, record, vals):
        record.write(dict(vals))

    # -- merge -----------------------------------------------------------------

    def _merge(self, batch, items):
        """Fill what is empty in the record it is merged into; overwrite nothing."""
        changes, own = [], self._created_here(batch)
        for item in items:
            record = batch.model.browse(self._merge_target(batch, item))
            self._prepare(batch, item)
            item.res_id = record.id
            item.outcome = "merged"
            after = self._missing(batch, item, record)
            before = {name: self._plain(record, name) for name in after}
            if after:
                self._write_record(batch, record, after)
                shown = {name: self._plain(record, name) for name in after}
                changes.append((record.id, before, shown))
            restore = after and record.id not in own
            item.rollback_action = "restore" if restore else "keep"
        self.env.flush_all()
        self._write_links(batch, items)
        self._write_journal(batch, [each for each in changes if each[0] not in own])

    def _merge_target(self, batch, item):
        if item.row.get("merge_id"):
            return item.row["merge_id"]
        key = tuple(map(str, item.row.get("merge_source") or ()))
        model, res_id = batch.links.get(key, (None, None))
        if model != batch.model_name:
            raise Refused("merge_target_missing")
        return res_id

    def _created_here(self, batch):
        """Return the ids among the targets of merges that this migration created."""
        ids = [res_id for model, res_id in batch.links.values()]
        self.env.cr.execute(
            "SELECT res_id FROM crm_migration_id_map WHERE job_id = %s"
            " AND res_model = %s AND outcome = 'created' AND res_id = ANY(%s)",
            [batch.job.id, batch.model_name, ids],
        )
        return {res_id for (res_id,) in self.env.cr.fetchall()}

    def _missing(self, batch, item, record):
        """Return the values for fields that are empty; a group only if all of it is."""
        missing = {}
        for name, value in item.vals.items():
            group = self._filled_together(name)
            if name in NEVER_FILLED or not value:
                continue
            if batch.model._fields[name].type == "boolean":
                continue
            if not any(record[each] for each in group):
                missing[name] = value
        return missing

    def _filled_together(self, name):
        """Return the fields that only make sense together with this one."""
        return (name,)

    # -- link ------------------------------------------------------------------

    def _link(self, run, maps):
        """Set the references whose records came after the record itself.

        :param maps: rows of the id map with something deferred

        What is still not there is reported; the record stays as it is.
        """
        self.env.flush_all()
        mappings = {
            (m.stream, m.part or "", m.model_name): m for m in run.job_id.mapping_ids
        }
        groups = maps.grouped(lambda m: (m.stream, m.part or "", m.res_model))
        for key, group in groups.items():
            if mapping := mappings.get(key):
                self._link_mapping(run, mapping, group)

    def _link_mapping(self, run, mapping, maps):
        loader, batch = self._begin(run, mapping, self._rows_to_link(maps))
        there = loader._existing(batch.model, maps.mapped("res_id"))
        batch.items = [item for item in batch.items if item.res_id in there]
        for item in batch.items:
            item.known_extras = item.row.get("extras") or {}
        loader._collect(batch)
        # There is no later any more.
        batch.later = set()
        loader._attempt(batch, batch.items, loader._link_together)
        problems = [problem for item in batch.items for problem in item.problems]
        loader.env["crm.migration.message"]._report(batch.run, problems)

    def _rows_to_link(self, maps):
        self.env.cr.execute(
            """
            SELECT record.id, map.stream, map.source_id, map.part, map.res_id,
                   map.outcome, map.extras, map.deferred AS values
              FROM crm_migration_id_map AS map
              JOIN crm_migration_record AS record
                ON record.job_id = map.job_id AND record.stream = map.stream
               AND record.source_id = map.source_id
             WHERE map.id = ANY(%s) AND map.deferred IS NOT NULL
            """,
            [maps.ids],
        )
        return self.env.cr.dictfetchall()

    def _link_together(self, batch, items):
        for item in items:
            item.vals = {}
            for target in item.targets:
                name = self._field_name(batch, target)
                if name is None:
                    self._link_target(batch, item, target)
                    continue
                value = self._convert(batch, item, target, batch.model._fields[name])
                if value:
                    item.vals[name] = value
            record = batch.model.browse(item.res_id)
            self._link_record(batch, item, record, item.vals)
        self.env.flush_all()
        self._keep_dates(batch, items)
        self._keep_extras(batch, items)
        self.env.cr.execute(
            "UPDATE crm_migration_id_map SET deferred = NULL"
            " WHERE job_id = %s AND part = %s AND (stream, source_id) IN %s",
            [batch.job.id, batch.mapping.part or "", tuple(i.key for i in items)],
        )

    def _link_target(self, batch, item, target):
        """Place a late reference that is no field; a subclass knows what it means."""
        self._look_up_all(batch, item, target)

    def _keep_extras(self, batch, items):
        for item in items:
            if item.extras:
                self.env.cr.execute(
                    "UPDATE crm_migration_id_map SET extras = %s WHERE job_id = %s"
                    " AND part = %s AND stream = %s AND source_id = %s",
                    [
                        self._as_json(item.all_extras()),
                        batch.job.id,
                        batch.mapping.part or "",
                        *item.key,
                    ],
                )

    def _link_record(self, batch, item, record, vals):
        if vals:
            self._write_record(batch, record, vals)

    def _keep_dates(self, batch, items):
        """Take back the date that setting a link has left on records not touched since."""
        self.env.cr.execute(
            f"""
            UPDATE "{batch.model._table}" AS record SET write_date = map.watermark
              FROM crm_migration_id_map AS map
             WHERE map.job_id = %s AND map.part = %s AND map.res_id = record.id
               AND (map.stream, map.source_id) IN %s AND map.watermark IS NOT NULL
               AND record.write_date >= %s
            """,
            [
                batch.job.id,
                batch.mapping.part or "",
                tuple(item.key for item in items),
                self.env.cr.now(),
            ],
        )
        batch.model.browse([i.res_id for i in items]).invalidate_recordset(
            ["write_date"]
        )

    # -- comparable values -----------------------------------------------------

    def _plain(self, record, name, *value):
        """Return a value of a record, or one to be written, as JSON would hold it."""
        field = record._fields[name]
        given = value[0] if value else record[name]
        cached = field.convert_to_cache(given, record, validate=bool(value))
        if field.type == "many2one":
            return cached or False
        if field.type in ("many2many", "one2many"):
            return sorted(cached)
        if cached is None or cached == "":
            return False
        if field.type == "date":
            return fields.Date.to_string(cached)
        if field.type == "datetime":
            return fields.Datetime.to_string(cached)
        return str(cached) if field.type in ("char", "text", "html") else cached
