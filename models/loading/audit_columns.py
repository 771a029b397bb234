"""What is written down about a batch, each in one statement: origin, links, journal."""

import json

from odoo import fields, models

from ..evidence.crm_migration_id_map_same_name import NAMING
from ..odoo.lane_memo import is_one
from ..staging.part_values import part_values
from .batch import hash_row
from .usage import as_array

ORIGIN = frozenset({"@created_at", "@updated_at", "@created_by", "@updated_by"})
"""Targets that say when and by whom a record was made and changed."""

LINK = {
    "id": "int",
    "res_id": "int",
    "values_hash": "text",
    "outcome": "text",
    "rollback_action": "text",
    "deferred": "jsonb",
    "extras": "jsonb",
    "withheld": "jsonb",
    "watermark": "timestamp",
    "is_changed": "boolean",
}
"""What is written of each link → its type; ``id`` is that of the staging record."""


class CrmMigrationLoadingAuditColumns(models.AbstractModel):
    _name = "crm.migration.loading.audit.columns"
    _description = "Migration: Loading Audit Columns"

    _began_before = ()
    """Targets with a moment that cannot have been before the record was there."""

    # -- dates and authors of origin -------------------------------------------

    def _origin(self, batch, item):
        """Return (created at, changed at, created by, changed by), None if unknown.

        What was never said to have changed was last changed when it was made.
        """
        if item.origin:
            return item.origin
        if not self._began_before and ORIGIN.isdisjoint(item.targets):
            item.origin = None, None, None, None
            return item.origin
        created = self._instant(item.targets.get("@created_at"))
        changed = self._instant(item.targets.get("@updated_at"))
        created = created or self._first_moment(item, changed)
        author = self._look_up_user(batch, item, "@created_by")
        editor = self._look_up_user(batch, item, "@updated_by")
        item.origin = created, changed or created, author, editor or author
        return item.origin

    def _first_moment(self, item, changed):
        """Return when something was there already, of what has no date of its own.

        What was done, closed or changed was made before that, and not today: Odoo counts
        the days in between, whichever way they run (crm, 19.0).
        """
        if not self._began_before:
            return None
        steps = item.targets.get("@stage_history")
        moments = [
            changed,
            *(self._instant(item.targets.get(each)) for each in self._began_before),
            *(
                self._instant(step.get("at"))
                for step in (steps if isinstance(steps, list) else ())
                if isinstance(step, dict)
            ),
        ]
        return min(filter(None, moments), default=None)

    def _look_up_user(self, batch, item, target):
        if not item.targets.get(target):
            return None
        return self._look_up_id(batch, item, target, "res.users") or None

    def _origin_columns(self, batch, item):
        """Return the dates and authors of a new record, as far as they are known."""
        origin = self._origin(batch, item)
        if not any(origin):
            return {}
        names = ("create_date", "write_date", "create_uid", "write_uid")
        pairs = zip(names, origin, strict=True)
        return {name: value for name, value in pairs if value}

    def _preset_create_date(self, batch, items):
        """Let what is computed from the date of creation see the true one at once.

        Unless it was created with that one.
        """
        field = batch.model._fields["create_date"]
        if not self._depends_on_creation(batch.model):
            return
        cache, late = field._get_cache(batch.model.env), []
        for item in items:
            made = self._corrected_origin(batch, item)[0]
            if made and cache.get(item.res_id) != made:
                field._update_cache(batch.model.browse(item.res_id), made)
                late.append(item.res_id)
        batch.model.browse(late).modified(["create_date"])

    def _keep_audit_columns(self, batch, items, created=True):
        """Give the records their own dates and authors; ``create`` drops them.

        :param created: else these records were there before
        """
        rows = []
        for item in items:
            made, changed, author, editor = self._origin(batch, item)
            if not created:
                made, author = self._corrected_origin(batch, item)
            if made or changed or author or editor:
                rows.append((item.res_id, made, changed, author, editor))
        self._write_audit_columns(batch.model, rows)

    def _corrected_origin(self, batch, item):
        """Return (created at, created by) of a record that was there, None where they stay.

        The source may tell them only now, or another way; what it told before and does not
        any more stands.
        """
        made, _changed, author, _editor = self._origin(batch, item)
        told = item.loaded.targets if item.loaded else {}
        if not item.targets.get("@created_at") and told.get("@created_at"):
            made = None
        return made, author

    def _write_audit_columns(self, model, rows):
        if not rows or not model._log_access:
            return
        self.env.cr.execute_values(
            f"""
                UPDATE "{model._table}" AS record
                   SET create_date = COALESCE(new.made::timestamp, record.create_date),
                       write_date = COALESCE(new.changed::timestamp, record.write_date),
                       create_uid = COALESCE(new.author::int, record.create_uid),
                       write_uid = COALESCE(new.editor::int, record.write_uid)
                  FROM (VALUES %s) AS new (id, made, changed, author, editor)
                 WHERE record.id = new.id
                   AND (record.create_date, record.write_date,
                        record.create_uid, record.write_uid) IS DISTINCT FROM (
                        COALESCE(new.made::timestamp, record.create_date),
                        COALESCE(new.changed::timestamp, record.write_date),
                        COALESCE(new.author::int, record.create_uid),
                        COALESCE(new.editor::int, record.write_uid))
            """,
            rows,
            page_size=1000,
        )
        model.browse([row[0] for row in rows]).invalidate_recordset(
            ["create_date", "write_date", "create_uid", "write_uid"]
        )

    def _depends_on_creation(self, model):
        """Tell whether a stored field is computed from the date of creation."""
        field = model._fields["create_date"]
        return any(
            each.store and each.model_name == model._name
            for each in self.env.registry.get_dependent_fields(field)
        )

    # -- id map ----------------------------------------------------------------

    def _write_links(self, batch, items):
        """Write down which record stands for which row, and how we left it.

        The run stays the one that first loaded the row: taking back a later one must
        not delete what was there before it.
        """
        if not items:
            return
        left = "record.write_date" if batch.model._log_access else "NULL::timestamp"
        links, values = self._list_links(items)
        self.env.cr.execute(
            f"""
            INSERT INTO crm_migration_id_map (
                job_id, run_id, part, res_model, loaded_at, stream, source_id, loaded,
                res_id, outcome, rollback_action, values_hash, deferred, extras, withheld,
                watermark, changed_run_id)
            SELECT %(job)s, %(run)s, %(part)s, %(model)s, %(now)s,
                   staged.stream, staged.source_id,
                   {part_values("staged")},
                   new.res_id, new.outcome, new.rollback_action, new.values_hash,
                   new.deferred, new.extras, new.withheld,
                   COALESCE(new.watermark, {left}),
                   CASE WHEN new.is_changed THEN %(run)s END
              FROM {links} AS new
              -- They stand side by side: else a large table is read for every batch.
              JOIN crm_migration_record AS staged
                ON staged.id = new.id AND staged.id >= %(first)s AND staged.id <= %(last)s
              LEFT JOIN "{batch.model._table}" AS record ON record.id = new.res_id
             ORDER BY staged.id
            ON CONFLICT (job_id, stream, source_id, part) DO UPDATE
               SET values_hash = EXCLUDED.values_hash,
                   rollback_action = EXCLUDED.rollback_action,
                   loaded_at = EXCLUDED.loaded_at, loaded = EXCLUDED.loaded,
                   former_names = (
                       SELECT jsonb_agg(DISTINCT former.name) FROM (
                           SELECT jsonb_array_elements_text(
                                      crm_migration_id_map.former_names)
                            UNION
                           SELECT lower(trim(crm_migration_id_map.loaded ->> target))
                             FROM unnest(%(naming)s) AS target
                            WHERE crm_migration_id_map.loaded ->> target
                                  IS DISTINCT FROM EXCLUDED.loaded ->> target
                       ) AS former (name) WHERE former.name <> ''),
                   deferred = EXCLUDED.deferred, watermark = EXCLUDED.watermark,
                   extras = EXCLUDED.extras, withheld = EXCLUDED.withheld,
                   settled_at = CASE WHEN EXCLUDED.changed_run_id IS NULL
                                     THEN crm_migration_id_map.settled_at END,
                   changed_run_id = COALESCE(
                       EXCLUDED.changed_run_id, crm_migration_id_map.changed_run_id)
            """,
            {
                "job": batch.job.id,
                "run": batch.run.id or None,
                "part": batch.mapping.part or "",
                "model": batch.model_name,
                "now": self.env.cr.now(),
                "naming": NAMING,
                "first": min(item.row["id"] for item in items),
                "last": max(item.row["id"] for item in items),
                **values,
            },
        )
        self.env["crm.migration.id.map"].invalidate_model()

    def _list_links(self, items):
        """Return what is written of each item as a table in SQL, and its parameters.

        What is the same for all of them is sent once: most loads create all that they
        write, and leave nothing for later.
        """
        columns = {
            "outcome": [item.outcome_to_keep() for item in items],
            "rollback_action": [item.rollback_action for item in items],
            "deferred": [self._as_json(item.deferred) for item in items],
            "extras": [self._as_json(item.all_extras()) for item in items],
            "withheld": [self._as_json(item.withheld) for item in items],
            # What a person worked on stays marked as such by the old one, that of an
            # earlier migration where this one has nothing to write.
            "watermark": [
                item.watermark
                if item.is_touched or item.outcome == "unchanged"
                else None
                for item in items
            ],
            "is_changed": [item.outcome != "unchanged" for item in items],
        }
        same = [n for n, column in columns.items() if is_one(column)]
        own = [n for n in columns if n not in same]
        names = ("id", "res_id", "values_hash", *own)
        arrays = ", ".join(f"%({name})s::{LINK[name]}[]" for name in names)
        values = {
            n: column[0] if n in same else column for n, column in columns.items()
        }
        values["id"] = as_array(item.row["id"] for item in items)
        values["res_id"] = as_array(item.res_id for item in items)
        values["values_hash"] = as_array(hash_row(item.row) for item in items)
        once = "".join(f", %({name})s::{LINK[name]} AS {name}" for name in same)
        given = f"unnest({arrays}) AS given ({', '.join(names)})"
        return f"(SELECT given.*{once} FROM {given})", values

    def _as_json(self, value):
        return json.dumps(value, ensure_ascii=False, default=str) if value else None

    # -- journal ---------------------------------------------------------------

    def _write_journal(self, batch, changes, rows=None):
        """Keep the before-image of each change.

        :param changes: (id, {field: before}, {field: after}), JSON values
        :param rows: id → column → value before, of ``_take_rows``
        """
        now = fields.Datetime.now()
        rows = {res_id: rows[res_id] for res_id, *_more in changes} if rows else {}
        columns = self._compare_rows(batch.model, rows)
        rows = [
            (
                batch.job.id,
                batch.run.id or None,
                batch.model_name,
                res_id,
                json.dumps(before, default=str),
                json.dumps(after, default=str),
                *map(self._as_json, columns.get(res_id, (None, None))),
                now,
            )
            for res_id, before, after in changes
        ]
        if rows:
            self.env.cr.execute_values(
                "INSERT INTO crm_migration_journal (job_id, run_id, res_model, res_id,"
                " before, after, columns_before, columns_after, written_at) VALUES %s",
                rows,
                page_size=1000,
            )
            self.env["crm.migration.journal"].invalidate_model()
