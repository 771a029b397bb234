"""Write who takes over, and take it back: what was there is kept for each reference."""

import json

from odoo import models
from odoo.tools import SQL, split_every

from ..odoo.silence import Silence

CHUNK = 5000
"""Records of which Odoo works out at once what follows from their users."""
DONE = ("move", "add", "drop")
"""What becomes of references that change."""


class CrmMigrationLoadingReassignWrite(models.AbstractModel):
    _name = "crm.migration.loading.reassign.write"
    _description = "Migration: Loading Reassign Write"

    def _write_references(self, job, reassignment):
        """Write all that was found; who changed a record last, and when, stays."""
        self.env.cr.execute(
            """
            INSERT INTO crm_migration_reassignment_change (
                reassignment_id, line_id, res_model, field, kind, res_id, verdict,
                before, after)
            SELECT line.reassignment_id, line.id, move.res_model, move.field, move.kind,
                   move.res_id, move.verdict, to_jsonb(move.old), to_jsonb(move.new)
              FROM reassign_move AS move
              JOIN reassign_pair AS pair ON pair.key = move.key
              JOIN crm_migration_reassignment_line AS line
                ON line.reassignment_id = %s AND line.owner_id = pair.owner_id
             WHERE move.verdict IN %s
            """,
            [reassignment.id, DONE],
        )
        self.env.cr.execute("ANALYZE crm_migration_reassignment_change")
        with Silence(self.env):
            for model, name, kind in self._list_fields(reassignment):
                target = self._for(model)
                if kind != "column":
                    target._write_members(self.env[model], name, kind, reassignment)
                else:
                    field = self.env[model]._fields[name]
                    target._write_users(job, self.env[model], field, reassignment)
            self._journal_references(job, reassignment)
        self.env.invalidate_all()

    def _journal_references(self, job, reassignment):
        """Keep before-images of records that Odoo had before: a rollback goes by them."""
        self.env.cr.execute(
            """
            INSERT INTO crm_migration_journal (
                job_id, reassignment_id, res_model, res_id, written_at, is_undone,
                before, after, columns_before, columns_after)
            SELECT %(job)s, %(reassignment)s, change.res_model, change.res_id,
                   now() AT TIME ZONE 'UTC', FALSE,
                   jsonb_object_agg(field, COALESCE(before, 'false'))
                       FILTER (WHERE kind = 'column'),
                   jsonb_object_agg(field, COALESCE(after, 'false'))
                       FILTER (WHERE kind = 'column'),
                   jsonb_object_agg(field, before), jsonb_object_agg(field, after)
              FROM crm_migration_reassignment_change AS change
             WHERE reassignment_id = %(reassignment)s AND kind IN ('column', 'computed')
               AND NOT EXISTS (
                   SELECT FROM crm_migration_id_map AS own
                    WHERE own.job_id = %(job)s AND own.res_model = change.res_model
                      AND own.res_id = change.res_id AND own.rollback_action = 'delete')
               AND EXISTS (
                   SELECT FROM crm_migration_id_map AS own
                    WHERE own.job_id = %(job)s AND own.res_model = change.res_model
                      AND own.res_id = change.res_id)
             GROUP BY change.res_model, change.res_id
            """,
            {"job": job.id, "reassignment": reassignment.id},
        )

    def _list_fields(self, reassignment):
        self.env.cr.execute(
            "SELECT DISTINCT res_model, field, kind"
            "  FROM crm_migration_reassignment_change"
            " WHERE reassignment_id = %s AND kind <> 'computed' ORDER BY 1, 3, 2",
            [reassignment.id],
        )
        return [row for row in self.env.cr.fetchall() if row[0] in self.env]

    def _get_changes(self, reassignment, model, name, kind):
        """Return SQL of the query for the changes of a field.

        Of what Odoo computes ``old`` and ``new`` are no users.
        """
        users = SQL(
            "(before #>> '{}')::int AS old, (after #>> '{}')::int AS new"
            if kind != "computed"
            else "NULL AS old, NULL AS new"
        )
        return SQL(
            "SELECT id, res_id, verdict, before, after, %s"
            "  FROM crm_migration_reassignment_change"
            " WHERE reassignment_id = %s AND res_model = %s AND field = %s AND kind = %s",
            *(users, reassignment.id, model._name, name, kind),
        )

    def _set_column(self, field, value):
        """Return SQL that puts the id of a user into a column."""
        if field.company_dependent:
            return SQL(
                "COALESCE(record.%s, '{}') || jsonb_build_object(%s, %s)",
                *(SQL.identifier(field.name), str(self.env.company.id), value),
            )
        return SQL("%s", value)

    def _write_users(self, job, model, field, reassignment):
        changes = self._get_changes(reassignment, model, field.name, "column")
        self.env.cr.execute(
            SQL(
                "UPDATE %(table)s AS record SET %(name)s = %(value)s"
                "  FROM (%(changes)s) AS change WHERE record.id = change.res_id"
                " RETURNING record.id",
                table=SQL.identifier(model._table),
                name=SQL.identifier(field.name),
                value=self._set_column(field, SQL("change.new")),
                changes=changes,
            )
        )
        ids = [res_id for (res_id,) in self.env.cr.fetchall()]
        stays = self._list_given(job, model, field, ids)
        self._follow_users(model, field, ids, stays, reassignment)

    def _write_members(self, model, name, kind, reassignment):
        changes = self._get_changes(reassignment, model, name, kind)
        self._write_list(model, self._get_user_lists(model)[name], changes)

    # -- what follows from a user ----------------------------------------------

    def _list_dependents(self, model, field):
        """Return the stored columns that Odoo computes from a field, of any model.

        Not what depends on it by way of a column that stays: that stays with it.
        """
        triggers, found, left = self.env.registry._field_triggers, {}, [field]
        while left:
            for fields in triggers.get(left.pop(), {}).values():
                for each in fields:
                    own = each.model_name == model._name
                    if each in found or own and each.name in self._stays_with_users:
                        continue
                    found[each] = None
                    left.append(each)
        return [
            each
            for each in found
            if each.store
            and each.column_type
            and not self.env[each.model_name]._transient
            and not each.model_name.startswith("crm.migration.")
        ]

    def _list_given(self, job, model, field, ids):
        """Return dependent field → ids of the records to which the load gave a value."""
        given = {}
        for each in self._list_dependents(model, field):
            if each.model_name != model._name or each.readonly:
                continue
            self.env.cr.execute(
                "SELECT res_id FROM crm_migration_id_map WHERE job_id = %s"
                " AND res_model = %s AND jsonb_exists(loaded, %s)",
                [job.id, model._name, each.name],
            )
            given[each] = [res_id for (res_id,) in self.env.cr.fetchall()]
        return given

    def _follow_users(self, model, field, ids, stays, reassignment=None):
        """Let Odoo work out what depends on a user, and put dates and authors back.

        :param stays: dependent field → ids of records that keep theirs
        :param reassignment: that keeps what was there, of columns that people change
        """
        dependents = self._list_dependents(model, field)
        everything = {*self.env.registry.get_dependent_fields(field)}
        staying = [each for each in everything - {*dependents} if each.store]
        if not dependents:
            return
        self.env.invalidate_all()
        kept = {each: set(stays.get(each, ())) for each in dependents}
        for chunk in split_every(CHUNK, ids, list):
            model.browse(chunk).modified([field.name])
            for each in staying:
                self.env.remove_to_compute(each, self.env.records_to_compute(each))
            touched = {}
            for each in dependents:
                pending = self.env.records_to_compute(each)
                given = pending.browse(kept[each].intersection(pending.ids))
                if given:
                    self.env.remove_to_compute(each, given)
                if going := pending - given:
                    names, found = touched.setdefault(each.model_name, (set(), set()))
                    names.add(each.name)
                    found.update(going.ids)
            before = {
                name: self._take_columns(self.env[name], columns, found)
                for name, (columns, found) in touched.items()
            }
            self.env.flush_all()
            for name, rows in before.items():
                self._put_dates_back(self.env[name], rows)
            if reassignment and model._name in before:
                columns = [f.name for f in dependents if self._is_chosen(model, f)]
                self._keep_computed(model, columns, before[model._name], reassignment)
            self.env.invalidate_all()

    def _is_chosen(self, model, field):
        """Tell whether a computed column is one that a person may have set."""
        return field.model_name == model._name and not field.readonly

    def _take_columns(self, model, names, ids):
        """Return rows of an id, dates and authors, and the columns as JSON."""
        dates = ("write_date", "write_uid") if model._log_access else ()
        return self.env.execute_query(
            SQL(
                "SELECT id, %s, jsonb_build_object(%s) FROM %s WHERE id = ANY(%s)",
                SQL(", ").join(map(SQL.identifier, dates))
                if dates
                else SQL("NULL, NULL"),
                SQL(", ").join(
                    SQL("%s, %s", name, SQL.identifier(name)) for name in sorted(names)
                ),
                SQL.identifier(model._table),
                list(ids),
            )
        )

    def _put_dates_back(self, model, rows):
        if not model._log_access or not rows:
            return
        self.env.cr.execute(
            SQL(
                "UPDATE %s AS record SET write_date = old.date, write_uid = old.uid"
                "  FROM unnest(%s, %s::timestamp[], %s::int[]) AS old (id, date, uid)"
                " WHERE record.id = old.id AND (record.write_date, record.write_uid)"
                " IS DISTINCT FROM (old.date, old.uid)",
                SQL.identifier(model._table),
                *map(list, list(zip(*rows, strict=True))[:3]),
            )
        )

    def _keep_computed(self, model, names, rows, reassignment):
        """Write down what a computed column was, where Odoo has changed it."""
        for name in names:
            column = SQL.identifier("record", name)
            before = [(row[0], row[3][name]) for row in rows if name in row[3]]
            if not before:
                continue
            ids, values = map(list, zip(*before, strict=True))
            texts = [None if value is None else json.dumps(value) for value in values]
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO crm_migration_reassignment_change (
                        reassignment_id, res_model, field, kind, res_id, verdict,
                        before, after)
                    SELECT %(id)s, %(model)s, %(name)s, 'computed', record.id, 'move',
                           old.value::jsonb, to_jsonb(%(column)s)
                      FROM unnest(%(ids)s, %(texts)s::text[]) AS old (id, value)
                      JOIN %(table)s AS record ON record.id = old.id
                     WHERE to_jsonb(%(column)s) IS DISTINCT FROM old.value::jsonb
                    """,
                    id=reassignment.id,
                    model=model._name,
                    name=name,
                    column=column,
                    ids=ids,
                    texts=texts,
                    table=SQL.identifier(model._table),
                )
            )
