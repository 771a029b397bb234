"""Which columns are not what they usually are: one statement tells for a whole batch."""

from odoo import models
from odoo.tools import SQL

from .verify_columns import AUDIT, DRAWN

NUMBERS = ("integer", "float", "monetary", "many2one_reference")


TEXTS = ("char", "text", "html", "selection", "reference")


class CrmMigrationLoadingVerifyOddColumns(models.AbstractModel):
    _name = "crm.migration.loading.verify.odd.columns"
    _description = "Migration: Loading Verify Odd Columns"

    def _columns(self, batch):
        """Return name → field of the columns that are compared."""
        return batch.once("columns", lambda: self._list_columns(batch))

    def _list_columns(self, batch):
        skipped = AUDIT | DRAWN | self._own_life
        return {
            name: field
            for name, field in batch.model._fields.items()
            if field.store
            and field.column_type
            and name not in skipped
            # The record behind it is Odoo's own making, and bears another id each time.
            and not getattr(field, "delegate", False)
        }

    def _defaults(self, batch):
        """Return field → default; of those that are drawn by lot, nothing is expected."""
        names = [name for name, field in self._columns(batch).items() if field.default]
        names += [
            name
            for name, field in batch.model._fields.items()
            if field.type == "many2many" and field.store and field.default
        ]
        defaults = batch.model.default_get(names)
        drawn = [
            name
            for name in names
            if batch.model._fields[name].type in ("integer", "char")
            and not batch.model._fields[name].default.__module__.startswith("odoo.orm")
        ]
        again = [batch.model.default_get(drawn) for _each in range(8)] if drawn else []
        batch.cache["drawn"] = {
            name
            for name in drawn
            if any(other.get(name) != defaults.get(name) for other in again)
        }
        return {n: v for n, v in defaults.items() if n not in batch.cache["drawn"]}

    def _find_odd(self, batch, expected, wanted, usual):
        """Return item → names of columns that are not what they usually are."""
        everywhere = set.intersection(*(set(wanted[item]) for item in expected))
        columns = {
            name: field
            for name, field in self._columns(batch).items()
            if name not in everywhere and name not in batch.cache["drawn"]
        }
        odd = {item: self._odd_lists(batch, item) for item in expected}
        if not columns:
            return odd
        cases = [
            SQL(
                "CASE WHEN (%s) IS NOT TRUE THEN %s END",
                self._is_usual(batch, field, usual),
                name,
            )
            for name, field in columns.items()
        ]
        rows = self.env.execute_query(
            SQL(
                "SELECT record.id, array_remove(ARRAY[%s]::text[], NULL) FROM %s AS record"
                " WHERE record.id = ANY(%s)",
                SQL(", ").join(cases),
                SQL.identifier(batch.model._table),
                [item.res_id for item in expected],
            )
        )
        names = dict(rows)
        for item in expected:
            odd[item].update(names.get(item.res_id) or ())
        return odd

    def _is_usual(self, batch, field, usual):
        """Return the condition on which a column needs no second look."""
        column = SQL.identifier("record", field.name)
        value = usual.get(field.name) or False
        if field.compute and field.name not in usual:
            known = self._known_columns.get(field.name)
            # Whatever Odoo computes has to be computed again.
            return SQL(known.replace("%", "%%")) if known else SQL("FALSE")
        if field.name == "parent_path" and batch.model._parent_store:
            return self._is_own_path(batch.model)
        if (
            field.translate
            or field.company_dependent
            or field.type in ("date", "datetime")
        ):
            # A company-dependent column is jsonb, whatever the type of the field.
            return SQL("FALSE") if value else SQL("%s IS NULL", column)
        if field.type == "boolean":
            return SQL("COALESCE(%s, FALSE) = %s", column, bool(value))
        if field.type in NUMBERS:
            return SQL("COALESCE(%s, 0) = %s", column, value or 0)
        if field.type in TEXTS:
            return SQL("COALESCE(%s, '') = %s", column, str(value or ""))
        if field.type == "many2one" and value:
            return SQL("%s = %s", column, value)
        return SQL("FALSE") if value else SQL("%s IS NULL", column)

    def _is_own_path(self, model):
        parent = SQL.identifier("record", model._parent_name)
        return SQL(
            "record.parent_path = COALESCE((SELECT above.parent_path FROM %s AS above"
            " WHERE above.id = %s), '') || record.id || '/'",
            SQL.identifier(model._table),
            parent,
        )

    def _odd_lists(self, batch, item):
        """Return the lists that hold something where nothing was put in."""
        lists = batch.once("lists", lambda: self._fetch_lists(batch))
        return set(lists.get(item.res_id, ()))

    def _fetch_lists(self, batch):
        """Return id → names of the lists that are not empty, in one query."""
        skipped = self._own_life
        ids = [item.res_id for item in batch.items if item.res_id]
        queries = [
            SQL(
                "SELECT DISTINCT %s, %s FROM %s WHERE %s = ANY(%s)",
                SQL.identifier(field.column1),
                name,
                SQL.identifier(field.relation),
                SQL.identifier(field.column1),
                ids,
            )
            for name, field in batch.model._fields.items()
            if field.type == "many2many"
            and field.store
            and not field.compute
            and name not in skipped
            and not self._is_other_side(field)
        ]
        found = {}
        for res_id, name in queries and self.env.execute_query(
            SQL(" UNION ALL ").join(queries)
        ):
            found.setdefault(res_id, []).append(name)
        return found

    def _is_other_side(self, field):
        """Tell whether a list is filled from the records in it: meetings of a contact."""
        return field.name not in self._own_lists and any(
            each.type == "many2many" for each in self.env.registry.field_inverses[field]
        )
