"""Set the references whose records came after the record itself."""

from odoo import models
from odoo.fields import Command

from .batch import REF, as_reference


class CrmMigrationLoadingLink(models.AbstractModel):
    """A link leaves no trace on the record: it is not work that somebody did."""

    _name = "crm.migration.loading.link"
    _description = "Migration: Loading Link"

    def _link(self, run, maps):
        """Set what was deferred.

        :param maps: rows of the id map with something deferred

        What is still not there is reported; the record stays as it is.
        """
        self.env.flush_all()
        made_by = self._get_mappings_of(run, maps)
        for mapping, group in maps.grouped(lambda m: made_by[m.id]).items():
            if mapping:
                self._link_mapping(run, mapping, group)

    def _get_mappings_of(self, run, maps):
        """Return id of the id map → the mapping that made the record, as far as known.

        A later transform may have given the staging record to another mapping: then any
        of the same part and model stands for it.
        """
        self.env.cr.execute(
            """
            SELECT map.id, (record.values -> map.part ->> '@mapping')::int
              FROM crm_migration_id_map AS map
              JOIN crm_migration_record AS record
                ON record.job_id = map.job_id AND record.stream = map.stream
               AND record.source_id = map.source_id
             WHERE map.id = ANY(%s)
            """,
            [maps.ids],
        )
        named = dict(self.env.cr.fetchall())
        by_id, alike = {}, {}
        for mapping in run.job_id.mapping_ids:
            by_id[mapping.id] = mapping
            alike.setdefault(mapping._identify()[:3], mapping)
        made_by = {}
        for row in maps:
            mapping = by_id.get(named.get(row.id))
            if not mapping or mapping.model_name != row.res_model:
                mapping = alike.get((row.stream, row.part or "", row.res_model))
            made_by[row.id] = mapping
        return made_by

    def _link_mapping(self, run, mapping, maps):
        loader, batch = self._begin(run, mapping, self._rows_to_link(maps))
        there = loader._existing(batch.model, maps.mapped("res_id"))
        batch.items = [item for item in batch.items if item.res_id in there]
        for item in batch.items:
            item.known_extras = item.row.get("extras") or {}
            item.watermark = item.row.get("watermark")
            item.rollback_action = item.row["rollback_action"]
        loader._collect(batch)
        # There is no later any more.
        batch.later = set()
        # What a filter leaves out was told when it was loaded.
        batch.tells_left_out = False
        loader._attempt(batch, batch.items, loader._link_together)
        for item in batch.items:
            loader._name_refused_link(item)
        loader._say_what_is_kept(batch)
        problems = [problem for item in batch.items for problem in item.problems]
        loader._name_concerned(batch, problems)
        loader.env["crm.migration.message"]._report(batch.run, problems)
        loader._record_disputes(batch)

    def _name_refused_link(self, item):
        """Say which link Odoo does not take, where only one was to be set."""
        references = [
            (target, key)
            for target, value in item.targets.items()
            for kind, key in [as_reference(value) or (None, None)]
            if kind == REF
        ]
        if len(references) != 1:
            return
        [(target, key)] = references
        for problem in item.problems:
            if problem["code"] == "refused" and not problem["field"]:
                problem |= {"code": "link_refused", "field": target, "value": key[1]}
                problem["data"] |= {"stream": key[0]}

    def _rows_to_link(self, maps):
        self.env.cr.execute(
            """
            SELECT record.id, map.stream, map.source_id, map.part, map.res_id,
                   map.outcome, map.extras, map.watermark, map.rollback_action,
                   map.deferred AS values, map.loaded AS said
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
        changes, left = [], self._left_by(batch.model, items)
        shared = self._created_here(batch, [item.res_id for item in items])
        ours = {item.res_id for item in items if item.rollback_action == "delete"}
        rows = self._take_rows(batch.model, set(left) - ours - shared)
        for item in items:
            item.vals, item.unmapped_values, item.notes, item.further = {}, [], [], []
            item.deferred = {}
            record = batch.model.browse(item.res_id)
            item.is_touched = self._is_touched(item, left)
            for target in item.targets:
                self._link_one(batch, item, record, target)
            self._keep_other_names(batch, item)
            self._add_further(batch, item, record)
            if item.rollback_action == "delete":
                self._link_record(batch, item, record, item.vals)
                self._own_the_rows(batch, [item], item.vals)
                continue
            change = self._fill(batch, item, record)
            if change and item.res_id not in shared:
                changes.append(change)
                item.rollback_action = "restore"
        self.env.flush_all()
        self._write_audit_columns(
            batch.model,
            [
                (res_id, None, date, None, uid)
                for res_id, (date, uid) in left.items()
                if res_id in shared
            ],
        )
        self._write_journal(batch, changes, rows)
        self._close_links(batch, items)

    def _link_one(self, batch, item, record, target):
        """Put the value of a late reference into ``item.vals``, or in its place."""
        name = self._field_name(batch, target)
        if name is None:
            self._link_target(batch, item, target)
            return
        field = batch.model._fields[name]
        value = self._convert(batch, item, target, field)
        if not value:
            return
        if field.type == "one2many":
            value = self._replace_rows(record, name, value)
        elif field.type == "many2many":
            # What somebody has added meanwhile stays.
            ids = self._plain(record, name, value)
            value = [Command.link(res_id) for res_id in ids]
        elif item.is_touched and record[name]:
            new = self._plain(record, name, value)
            if self._plain(record, name) != new:
                self._report_both(item, record, name, new, [False])
            return
        item.vals[name] = value

    def _link_target(self, batch, item, target):
        """Place a late reference that is no field; a subclass knows what it means."""
        if target == "@thread" and not item.is_touched:
            item.vals.update(self._thread_values(batch, item))
            self._tell_others(batch, [item] if item.home else [])
        else:
            self._look_up_all(batch, item, target)

    def _link_record(self, batch, item, record, vals):
        if vals:
            self._write_record(batch, record, vals)

    def _close_links(self, batch, items):
        """Write down what else was created, and that nothing is deferred.

        But for links to what a filter leaves out: it may be lifted.
        """
        rows = [
            (
                *item.key,
                item.rollback_action,
                self._as_json(item.all_extras()),
                self._as_json(item.deferred) if item.deferred else None,
            )
            for item in items
        ]
        self.env.cr.execute_values(
            self.env.cr.mogrify(
                "UPDATE crm_migration_id_map AS map SET deferred = new.deferred::jsonb,"
                " rollback_action = new.action, extras = new.extras::jsonb"
                " FROM (VALUES %%s) AS new (stream, source_id, action, extras, deferred)"
                " WHERE map.job_id = %s AND map.part = %s"
                " AND map.stream = new.stream AND map.source_id = new.source_id",
                [batch.job.id, batch.mapping.part or ""],
            ).decode(),
            rows,
            page_size=1000,
        )
