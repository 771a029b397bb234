"""Who refers to a record: what people have made of it since it was loaded."""

from odoo import SUPERUSER_ID, models
from odoo.tools import ormcache

MARGIN = "1 second"
"""How much later than we left it a record must have changed to be a person's work."""


def is_worked_on(record):
    """Return the condition that a row was written after the load had left it.

    Some were changed in days to come, as far as the source tells: a clock of another zone,
    a year mistyped. Whoever works on such a one dates it back.

    :param record: alias of its table, whose link is ``map``
    """
    return (
        f"({record}.write_date > map.watermark + INTERVAL '{MARGIN}'"
        f" OR {record}.write_date < map.watermark - INTERVAL '{MARGIN}')"
    )


PARTS = {
    # rows that belong to any record itself and go with it
    "calendar.attendee",
    "mail.alias",
    "mail.followers",
    "mail.notification",
    "mail.tracking.value",
}


def as_array(ids):
    """Return ids as the text of an array, for ``%s::int[]``.

    PostgreSQL reads it at once; a list arrives as an expression of thousands of numbers,
    which takes longer than all that a query does with them.
    """
    return "{" + ",".join(map(str, ids)) + "}"


def split_by(maps, name):
    """Return value → links, as ``grouped`` does: links are many, and mostly all alike."""
    values = maps.mapped(name)
    if len(set(values)) == 1:
        return {values[0]: maps}
    found = {}
    for map_id, value in zip(maps.ids, values, strict=True):
        found.setdefault(value, []).append(map_id)
    return {value: maps.browse(ids) for value, ids in found.items()}


ASIDE = {
    "account.analytic.account",
    "crm.migration.owner",
    "project.task.stage.personal",
}
"""Rows that Odoo makes for a record, and that stand beside it: no part of its data."""


OF_USERS = {
    "res.users",
    "res.users.settings",
    "res.users.log",
    "res.groups",
    "res.company",
}
"""What every user has of their own, without anybody's work."""


class CrmMigrationLoadingUsage(models.AbstractModel):
    _name = "crm.migration.loading.usage"
    _description = "Migration: Loading Usage"

    def _used_by_others(self, run, model, ids, kept):
        """Return id → model of records that refer to it and do not go with it.

        What this rollback takes back goes; what it leaves alone stays as it is, and
        so must what that refers to.

        :param kept: ids of links that this rollback has decided to keep
        """
        used, going, wanted = {}, self._get_going(run, kept), as_array(ids)
        for name, table, target, source in self._list_referring(model, wanted):
            own = self.env[name]
            self.env.cr.execute(
                f"""
                SELECT DISTINCT {target} FROM {table} AS other
                 WHERE {target} = ANY(%(ids)s::int[])
                   AND NOT (%(same)s AND {source} = {target})
                   AND NOT EXISTS (
                        SELECT FROM crm_migration_id_map AS map {self._join(run, own)}
                         WHERE {going} AND map.res_model = %(name)s
                           AND map.res_id = {source})
                   AND NOT EXISTS ({self._as_extra(going, source)})
                """,
                {
                    "ids": wanted,
                    "same": name == model._name,
                    "name": name,
                },
            )
            for (res_id,) in self.env.cr.fetchall():
                used.setdefault(res_id, name)
        used.update(self._talked_about(model, ids, going))
        used |= self._worked_on_rows(run, model, wanted, going, kept)
        return self._waited_for(model._name, ids) | used

    def _worked_on_rows(self, run, model, wanted, going, kept):
        """Return id → model of rows within it that would go with it, and are people's work.

        Whoever gives a product its price on an imported list leaves no trace on the list.

        :param wanted: ids as an array
        """
        found = {}
        if (run.parameters or {}).get("changed"):
            return found
        for name, field in self._list_row_references(model._name):
            own = self.env[name]
            self.env.cr.execute(
                f"""
                SELECT DISTINCT other."{field.name}" FROM "{own._table}" AS other
                  JOIN crm_migration_id_map AS bearer
                    ON bearer.job_id = %(job)s AND bearer.res_model = %(model)s
                   AND bearer.res_id = other."{field.name}"
                 WHERE other."{field.name}" = ANY(%(ids)s::int[])
                   AND (%(loader)s <> ANY(ARRAY[other.create_uid, other.write_uid])
                        AND other.write_date > bearer.loaded_at + INTERVAL '{MARGIN}'
                        OR EXISTS (
                            SELECT FROM crm_migration_id_map AS map
                             WHERE map.id = ANY(%(kept)s::int[])
                               AND map.res_model = %(name)s AND map.res_id = other.id))
                   AND NOT EXISTS (
                        SELECT FROM crm_migration_id_map AS map {self._join(run, own)}
                         WHERE {going} AND map.res_model = %(name)s
                           AND map.res_id = other.id)
                """,
                {
                    "job": run.job_id.id,
                    "model": model._name,
                    "ids": wanted,
                    "loader": SUPERUSER_ID,
                    "name": name,
                    "kept": as_array(sorted(kept)),
                },
            )
            for (res_id,) in self.env.cr.fetchall():
                found.setdefault(res_id, name)
        return found

    def _list_row_references(self, model_name):
        """Yield (model, field) of rows that are a part of a record, and nobody's own."""
        for name in self._own_rows:
            if name not in self.env or name in PARTS | OF_USERS | ASIDE:
                continue
            for field in self.env[name]._fields.values():
                is_link = field.type == "many2one" and field.column_type
                if is_link and field.store and field.comodel_name == model_name:
                    if not (field.compute and field.readonly):
                        yield name, field

    def _list_referring(self, model, wanted):
        """Return what of ``_list_columns_to`` names any of the records.

        Hardly any does. All are asked at once, and for nothing else: to plan a look at
        the links as well takes longer than all these looks. Counted, not ``EXISTS``: for
        the first row alone PostgreSQL would rather read a table than its index.

        :param wanted: ids as an array
        """
        columns = self._list_columns_to(model._name)
        if not columns:
            return []
        looks = (
            f"SELECT {number} FROM {table} AS other"
            f" WHERE {target} = ANY(%(ids)s::int[]) HAVING count(*) > 0"
            for number, (_name, table, target, _source) in enumerate(columns)
        )
        self.env.cr.execute(" UNION ALL ".join(looks), {"ids": wanted})
        # In their order: the first model that names a record is the one to tell.
        return [
            columns[number] for number in sorted(n for (n,) in self.env.cr.fetchall())
        ]

    @ormcache("model_name")
    def _list_columns_to(self, model_name):
        """Return (model, table, column, who names) of every stored reference to a model.

        :rtype: list of a name and three pieces of SQL, the table to be called ``other``
        """
        found = []
        for name, field in self._references_to(model_name):
            if field.type == "many2many":
                column, source = field.column2, field.column1
                table = f'"{field.relation}"'
            else:
                column, source, table = field.name, "id", f'"{self.env[name]._table}"'
            if field.company_dependent:
                # A jsonb column without a foreign key: company → id (19.0).
                table = (
                    f'(SELECT each.id, value::int AS "{column}" FROM {table} AS each,'
                    f" jsonb_each_text(each.\"{column}\") WHERE value ~ '^[0-9]+$')"
                )
            found.append((name, table, f'other."{column}"', f'other."{source}"'))
        for name, pairs in self._list_pairs(model_name):
            found.append((name, f"({pairs})", "other.target", "other.id"))
        return found

    def _get_going(self, run, kept):
        """Return the condition for links whose records this rollback takes back."""
        wanted = run.parameters or {}
        conditions, values = ["map.job_id = %s"], [run.job_id.id]
        for name, column in (("run_id", "run_id"), ("stream", "stream")):
            if wanted.get(name):
                conditions.append(f"map.{column} = %s")
                values.append(wanted[name])
        if wanted.get("ids"):
            conditions.append("map.id = ANY(%s::int[])")
            values.append(as_array(wanted["ids"]))
        if kept:
            conditions.append("map.id <> ALL(%s::int[])")
            values.append(as_array(sorted(kept)))
        text = self.env.cr.mogrify(" AND ".join(conditions), values).decode()
        return text.replace("%", "%%")

    def _as_extra(self, going, column):
        """Return the query for links that have a row as one of their extras.

        Asked apart from their own records: with *or* between the two neither index
        serves, and all links are read for each row.

        :param column: SQL that is the id of the row, whose model is ``%(name)s``
        """
        return f"""
            SELECT FROM crm_migration_id_map AS map
             WHERE {going} AND map.extras IS NOT NULL AND map.extras
                @> jsonb_build_object(%(name)s::text, jsonb_build_array({column}))
        """

    def _join(self, run, model):
        """Leave out what somebody has worked on: it will be kept, soon or already."""
        if not model._log_access or (run.parameters or {}).get("changed"):
            return ""
        return (
            f'JOIN "{model._table}" AS untouched ON untouched.id = map.res_id AND NOT'
            f" (map.rollback_action = 'delete' AND {is_worked_on('untouched')})"
        )

    def _references_to(self, model_name):
        """Yield (model, field) of every stored reference to a model."""
        parts = PARTS | set(self._own_rows)
        for name, model in self.env.registry.items():
            if model._abstract or model._transient or not model._auto or name in parts:
                continue
            if name.startswith("crm.migration."):
                continue
            for field in model._fields.values():
                if not field.store or field.comodel_name != model_name:
                    continue
                if (name, field.name) in self._own_relations:
                    continue
                if field.compute and field.readonly:
                    continue  # it follows from others, which count themselves
                if field.name in ("create_uid", "write_uid"):
                    continue
                if field.type == "many2one" and field.column_type:
                    yield name, field
                elif field.type == "many2many" and field.relation:
                    yield name, field

    def _made_alongside(self, model, ids):
        """Return id → model → ids of what Odoo itself made for new records just now.

        A user gets stages and a first task where Project is installed, a project gets an
        alias: they belong to the record, and a rollback takes them along. Only what this
        transaction has created counts, so ask right after the creation.
        """
        self.env.flush_all()
        found = {}
        for name, field in self._references_to(model._name):
            other = self.env[name]
            if not other._log_access or field.company_dependent or name == model._name:
                continue
            if field.type == "many2many":
                via, column = (
                    f'JOIN "{field.relation}" AS ref',
                    f'ref."{field.column2}"',
                )
                via += f' ON ref."{field.column1}" = other.id'
            else:
                via, column = "", f'other."{field.name}"'
            self.env.cr.execute(
                f"""
                SELECT {column}, array_agg(DISTINCT other.id)
                  FROM "{other._table}" AS other {via}
                 WHERE {column} = ANY(%s)
                   AND other.create_date >= (now() AT TIME ZONE 'UTC')
                 GROUP BY 1
                """,
                [ids],
            )
            for res_id, others in self.env.cr.fetchall():
                known = found.setdefault(res_id, {}).setdefault(name, [])
                known += [each for each in others if each not in known]
        return found

    def _talked_about(self, model, ids, going):
        """Return id → model of messages, activities and files that people left there."""
        found = {}
        for name, column in (
            ("mail.message", "model"),
            ("mail.activity", "res_model"),
            ("ir.attachment", "res_model"),
        ):
            own = "AND other.res_field IS NULL" if name == "ir.attachment" else ""
            self.env.cr.execute(
                f"""
                SELECT DISTINCT other.res_id FROM "{self.env[name]._table}" AS other
                 WHERE other."{column}" = %(model)s
                   AND other.res_id = ANY(%(ids)s::int[]) {own}
                   AND NOT EXISTS (
                        SELECT FROM crm_migration_id_map AS map
                         WHERE {going} AND map.res_model = %(name)s
                           AND map.res_id = other.id)
                   AND NOT EXISTS ({self._as_extra(going, "other.id")})
                """,
                {"model": model._name, "ids": as_array(ids), "name": name},
            )
            for (res_id,) in self.env.cr.fetchall():
                found.setdefault(res_id, name)
        return found

    def _is_used(self, record, own_rows):
        """Tell whether any many2one or many2many of the database points to the record.

        For what was made before the load, and stands in no link: users for owners,
        entries for values. What every user has of their own does not count.

        :param own_rows: model → ids of what Odoo made for the record by itself
        """
        for field in self.env["ir.model.fields"].search(
            [
                ("relation", "=", record._name),
                ("store", "=", True),
                ("ttype", "in", ("many2one", "many2many")),
            ]
        ):
            model = self.env.get(field.model)
            if model is None or model._abstract or model._transient or not model._auto:
                continue
            if model._name.startswith("crm.migration.") or model._name in OF_USERS:
                continue
            if (model._name, field.name) in self._own_relations:
                continue
            known = model._fields.get(field.name)
            if known is None or not known.store:
                continue
            domain = [(field.name, "in", record.ids)]
            if model._name == record._name:
                domain.append(("id", "not in", record.ids))
            if model._name in own_rows:
                domain.append(("id", "not in", own_rows[model._name]))
            model = model.sudo().with_context(active_test=False)
            if model.search_count(domain, limit=1):
                return True
        return self._is_named_loosely(record, own_rows)
