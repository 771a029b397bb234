"""Take a reassignment back: what somebody has changed since is theirs."""

from odoo import models
from odoo.tools import SQL

from ..odoo.silence import Silence


class CrmMigrationLoadingReassignUndo(models.AbstractModel):
    _name = "crm.migration.loading.reassign.undo"
    _description = "Migration: Loading Reassign Undo"

    def _undo_references(self, job, reassignment):
        """Give references back; return how many came back and how many were left."""
        self.env.flush_all()
        back = left = 0
        with Silence(self.env):
            for model, name, kind in self._list_fields(reassignment):
                target, records = self._for(model), self.env[model]
                if kind != "column":
                    counts = target._undo_members(records, name, kind, reassignment)
                else:
                    field = records._fields[name]
                    counts = target._undo_users(job, records, field, reassignment)
                if kind != "along":
                    back, left = back + counts[0], left + counts[1]
        self.env.cr.execute(
            "DELETE FROM crm_migration_journal WHERE reassignment_id = %s",
            [reassignment.id],
        )
        self.env.invalidate_all()
        return back, left

    def _undo_users(self, job, model, field, reassignment):
        changes = self._get_changes(reassignment, model, field.name, "column")
        names = {
            "table": SQL.identifier(model._table),
            "name": SQL.identifier(field.name),
            "now": self._get_column(field),
            "value": self._set_column(field, SQL("change.old")),
            "changes": changes,
        }
        self.env.cr.execute(
            SQL(
                "SELECT count(*) FROM (%(changes)s) AS change JOIN %(table)s AS record"
                " ON record.id = change.res_id WHERE %(now)s IS DISTINCT FROM change.new",
                **names,
            )
        )
        left = self.env.cr.fetchone()[0]
        self.env.cr.execute(
            SQL(
                "UPDATE %(table)s AS record SET %(name)s = %(value)s"
                "  FROM (%(changes)s) AS change WHERE record.id = change.res_id"
                "   AND %(now)s IS NOT DISTINCT FROM change.new RETURNING record.id",
                **names,
            )
        )
        ids = [res_id for (res_id,) in self.env.cr.fetchall()]
        dependents = self._list_dependents(model, field)
        own = {each: ids for each in dependents if self._is_chosen(model, each)}
        self._follow_users(model, field, ids, own)
        for each in own:
            self._undo_computed(model, each.name, ids, reassignment)
        return len(ids), left

    def _undo_computed(self, model, name, ids, reassignment):
        """Give a computed column what it was, unless somebody has set it since."""
        self.env.cr.execute(
            SQL(
                "UPDATE %(table)s AS record SET %(name)s = old.%(name)s"
                "  FROM (%(changes)s) AS change, LATERAL jsonb_populate_record("
                "       NULL::%(table)s, jsonb_build_object(%(text)s, change.before)) AS old"
                " WHERE record.id = change.res_id AND record.id = ANY(%(ids)s)"
                "   AND to_jsonb(record.%(name)s) IS NOT DISTINCT FROM change.after",
                table=SQL.identifier(model._table),
                name=SQL.identifier(name),
                text=name,
                ids=ids,
                changes=self._get_changes(reassignment, model, name, "computed"),
            )
        )

    def _undo_members(self, model, name, kind, reassignment):
        users = self._get_user_lists(model)[name]
        changes = self._get_changes(reassignment, model, name, kind)
        seen = SQL(
            """
            SELECT change.id, change.res_id, change.new AS old, change.old AS new,
                   CASE WHEN change.verdict = 'drop' AND NOT has_old THEN 'add'
                        WHEN change.verdict = 'drop' THEN 'left'
                        WHEN NOT has_new THEN 'left'
                        WHEN change.verdict = 'add' OR has_old THEN 'drop'
                        ELSE 'move' END AS verdict
              FROM (%(changes)s) AS change
              JOIN %(model_table)s AS record ON record.id = change.res_id
             CROSS JOIN LATERAL (
                   SELECT EXISTS (SELECT FROM %(table)s AS rel
                                   WHERE rel.%(record)s = change.res_id
                                     AND rel.%(member)s = change.old
                                     AND %(condition)s) AS has_old,
                          EXISTS (SELECT FROM %(table)s AS rel
                                   WHERE rel.%(record)s = change.res_id
                                     AND rel.%(member)s = change.new
                                     AND %(condition)s) AS has_new) AS now
            """,
            changes=changes,
            model_table=SQL.identifier(model._table),
            table=SQL.identifier(users.table),
            record=SQL.identifier(users.record),
            member=SQL.identifier(users.member),
            condition=users.condition,
        )
        self.env.cr.execute("DROP TABLE IF EXISTS reassign_back")
        self.env.cr.execute(
            SQL("CREATE TEMP TABLE reassign_back ON COMMIT DROP AS %s", seen)
        )
        moves = SQL("SELECT * FROM reassign_back")
        self._write_list(model, users, moves)
        self.env.cr.execute(
            "SELECT count(*) FILTER (WHERE verdict <> 'left'),"
            " count(*) FILTER (WHERE verdict = 'left') FROM reassign_back"
        )
        return self.env.cr.fetchone()
