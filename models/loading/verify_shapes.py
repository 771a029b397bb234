"""What is expected in the columns of rows of one shape, as two of them tell in Python."""

from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from .batch import Batch
from .verify_columns import DAY
from .verify_kinds import EMPTY, MISSING, MOMENT, NULL, OTHER
from .verify_sql import AUTHORS, ORIGIN, Shape

COLUMNS = ("create_date", "write_date", "create_uid", "write_uid")

AUDIT = frozenset(COLUMNS)

HOUR = timedelta(hours=1)

NUMBERS = ("integer", "float", "monetary", "many2one_reference")

TEXTS = ("char", "text", "html", "selection", "reference")

DATES = ("date", "datetime")

BY_VALUE = ("boolean", "many2one", *NUMBERS, *TEXTS)


class CrmMigrationLoadingVerifyShapes(models.AbstractModel):
    _name = "crm.migration.loading.verify.shapes"
    _description = "Migration: Loading Verify Shapes"

    def _learn(self, batch, shapes, new):
        """Note of each new shape what is expected; None where SQL cannot tell.

        Each row is looked at as it is, and without the values that change nothing but
        their own column: nothing else may be expected for them.

        :param batch: of the rows that stand for the shapes
        :param new: digest → staging ids of its rows in the batch
        """
        own = {kind.target for kind in shapes.kinds if kind.is_own}
        given = self._expect_all(batch, shapes)
        bare_rows = [
            {**row, "values": {n: v for n, v in row["values"].items() if n not in own}}
            for row in (item.row for item in batch.items)
        ]
        bare = self._expect_all(Batch(batch.run, batch.mapping, bare_rows), shapes)
        for key, ids in new.items():
            told = [each.get(staged_id) for each in (bare, given) for staged_id in ids]
            number = len(shapes.known) + 1
            shapes.known[key] = self._as_shape(number, shapes, told)

    def _as_shape(self, number, shapes, told):
        """Return what rows of one shape have in common, None where they do not agree."""
        if None in told or not told:
            return None
        compared, conditions, missing = told[0]
        for other_compared, other_conditions, other_missing in told:
            is_same = other_compared == compared and other_conditions == conditions
            if not is_same or any(missing[n] != c for n, c in other_missing.items()):
                return None
        conditions = dict(conditions)
        for position, kind in enumerate(shapes.kinds):
            if kind.is_own:
                name = kind.field.name
                conditions[name] = kind.get_own_condition(
                    position,
                    SQL("owners.ids"),
                    SQL.identifier("record", name),
                    self.env,
                    missing[name],
                    self._is_empty_column(kind.field),
                )
        return Shape(number, compared, conditions)

    def _expect_all(self, batch, shapes):
        """Return staging id → what is expected of each row, see ``_expect``."""
        items = self._items_to_check(batch)
        wanted = {item: self._values_to_check(batch, item) for item in items}
        self._read_at_once(batch, wanted)
        expected = self._expect_by_load(batch, wanted) if wanted else {}
        batch.once("column defaults", lambda: self._defaults(batch))
        return {
            item.row["id"]: self._expect(batch, shapes, item, wanted[item], values)
            for item, values in expected.items()
            if not self._is_special(item, wanted[item])
        }

    def _is_special(self, item, values):
        """Tell whether there is more to a row than the values of its columns."""
        return not values or bool(
            item.problems
            or item.notes
            or item.further
            or item.unmapped_values
            or item.unplaced
            or item.deferred
            or item.defaulted_fields
            or item.named
            or item.tags
        )

    def _expect(self, batch, shapes, item, values, expected):
        """Return (values compared, column → condition, the same of own ones without value).

        None where SQL cannot tell. The values of own columns are not counted, nor is
        there a condition for those that the row has.
        """
        record = batch.model.browse(item.res_id)
        told = {}
        for number, kind in enumerate(shapes.kinds):
            flag = kind.read_flag(batch, item.targets)
            if kind.field is None or kind.is_own or flag in (MISSING, OTHER):
                continue
            if kind.field.name in values:
                told[kind.field.name] = (number, kind, flag)
        own = {kind.field.name: kind for kind in shapes.kinds if kind.is_own}
        moments = self._expect_moments(batch, shapes, item, values)
        audit = self._expect_audit(batch, shapes, item, values)
        more = self._list_more(batch, item, record, values)
        beside = self._expect_beside(batch, shapes, item, more)
        if None in (audit, moments, beside):
            return None
        beside, more = beside
        if not set(more) <= audit.keys() | moments.keys():
            return None
        compared = len([name for name in values if name not in own]) + len(more)
        conditions = {}
        for name, value in values.items():
            if name in AUDIT or name in moments or name in beside:
                continue
            field = batch.model._fields[name]
            value = self._plain(record, name, value)
            if name in own:
                kind = own[name]
                flag = kind.read_flag(batch, item.targets)
                condition = SQL("TRUE")
                if flag == EMPTY and not value:
                    continue
            elif name in told:
                number, kind, flag = told[name]
                condition = kind.get_condition(
                    flag,
                    number,
                    SQL("owners.ids"),
                    SQL.identifier("record", name),
                    self.env,
                )
            else:
                conditions[name] = self._is_just(batch, field, value)
                continue
            if flag in (MISSING, NULL, EMPTY, OTHER):
                return None
            staged = kind.expect(flag, batch, item.targets[kind.target])
            if not self._is_same(field, value, staged):
                return None
            conditions[name] = condition
        others = self._expect_columns(batch, item, values, expected)
        missing = {name: others.pop(name) for name in own if name in others}
        conditions = {n: c for n, c in conditions.items() if n not in own}
        conditions = {**others, **conditions, **audit, **moments, **beside}
        never = SQL("FALSE")  # Odoo's computing, which SQL does not know
        if any(
            c is None or c == never for c in (*conditions.values(), *missing.values())
        ):
            return None
        return compared, conditions, missing

    def _expect_beside(self, batch, shapes, item, more):
        """Return (name → condition of what stands in other tables, what is left of more).

        None where SQL cannot tell. What is so compared ``_count_beside`` counts.

        :param more: names of what is compared besides the values of columns
        """
        return {}, more

    def _expect_moments(self, batch, shapes, item, values):
        """Return column → condition of those that take the moment of another target."""
        known = self._know_moments(item, values)
        kinds = dict(zip((k.target for k in shapes.kinds), shapes.kinds, strict=True))
        conditions = {}
        for name, target in (known or {}).items():
            if name not in values:
                continue
            if (
                target not in kinds
                or kinds[target].read_flag(batch, item.targets) != MOMENT
            ):
                return None
            staged = kinds[target].expect(MOMENT, batch, item.targets[target])
            if (
                self._plain(batch.model.browse(item.res_id), name, values[name])
                != staged
            ):
                return None
            column = SQL.identifier("record", name)
            conditions[name] = _is_at(column, kinds[target].get_moment())
        return None if known is None else conditions

    def _know_moments(self, item, values):
        """Return column → target whose moment it takes, None where that is not sure."""
        return {}

    def _list_more(self, batch, item, record, values):
        """Return the names of what is compared besides the values of columns."""
        more = [
            *self._compare_more(batch, item, record),
            *self._compare_rows_within(batch, item, record),
            *self._compare_notes(batch, item),
            *self._compare_onto(batch, item, record),
            *self._compare_audit(batch, item, record, values.keys()),
        ]
        return [name for name, *_values in more]

    # -- columns -----------------------------------------------------------------

    def _expect_columns(self, batch, item, wanted, expected):
        """Return column → condition of what the source does not say, None if not by SQL."""
        conditions, defaults = {}, batch.cache["column defaults"]
        record = batch.model.browse(item.res_id)
        known = self._know_columns(batch, item)
        for name, field in self._columns(batch).items():
            if name in wanted:
                continue
            if name in known:
                conditions[name] = known[name]
            elif name in expected:
                value = self._plain(record, name, expected[name])
                conditions[name] = self._is_just(batch, field, value, True)
            elif name in batch.cache["drawn"]:
                continue
            elif defaults.get(name) and not field.compute and field.type in DATES:
                value = self._plain(record, name, defaults[name])
                conditions[name] = self._is_just(batch, field, value, True)
            else:
                conditions[name] = self._is_usual(batch, field, defaults)
        for name, field in self._lists(batch).items():
            if name in wanted:
                continue
            value = expected.get(name, defaults.get(name, False))
            value = self._plain(record, name, value)
            conditions[name] = self._is_just(batch, field, value)
        return conditions

    def _know_columns(self, batch, item):
        """Return column → condition of what is taken from elsewhere, row by row."""
        return {}

    def _lists(self, batch):
        """Return name → field of the lists that are compared; see ``_fetch_lists``."""
        return {
            name: field
            for name, field in batch.model._fields.items()
            if field.type == "many2many"
            and field.store
            and not field.compute
            and name not in self._own_life
            and not self._is_other_side(field)
        }

    def _is_just(self, batch, field, value, by_load=False):
        """Return the condition on which a column holds a value, None if SQL cannot tell.

        :param value: as ``_plain`` has it
        :param by_load: it may be of the day of the load
        """
        if not field.store or not (field.column_type or field.type == "many2many"):
            return None
        column = SQL.identifier("record", field.name)
        if field.type == "many2many" and not value:
            return SQL(
                "NOT EXISTS (SELECT FROM %s WHERE %s = record.id)",
                SQL.identifier(field.relation),
                SQL.identifier(field.column1),
            )
        if field.type == "many2many":
            return SQL(
                "ARRAY(SELECT %s FROM %s WHERE %s = record.id ORDER BY 1) = %s::int[]",
                SQL.identifier(field.column2),
                SQL.identifier(field.relation),
                SQL.identifier(field.column1),
                list(value),
            )
        if field.type in DATES and value:
            if by_load and self._is_now(field, value):
                return SQL(
                    "(%s IS NULL OR %s BETWEEN %s AND given.loaded_at + interval '1 day')",
                    *(column, column, batch.job.create_date - DAY),
                )
            pattern = (
                "YYYY-MM-DD HH24:MI:SS" if field.type == "datetime" else "YYYY-MM-DD"
            )
            return SQL("to_char(%s, %s) = %s", column, pattern, value)
        if (
            field.type in ("float", "monetary")
            and value
            and not field.company_dependent
        ):
            return SQL("%s = %s::numeric", column, repr(value))
        if field.company_dependent or field.translate:
            return None if value else SQL("%s IS NULL", column)
        if field.type not in BY_VALUE:
            return None if value else SQL("%s IS NULL", column)
        return self._is_usual_value(field, column, value)

    def _is_empty_column(self, field):
        """Return the condition on which a column holds nothing."""
        column = SQL.identifier("record", field.name)
        if field.company_dependent or field.translate:
            return SQL("%s IS NULL", column)
        return self._is_usual_value(field, column, False)

    def _is_usual_value(self, field, column, value):
        if field.type == "boolean":
            return SQL("COALESCE(%s, FALSE) = %s", column, bool(value))
        if field.type in NUMBERS:
            return SQL("COALESCE(%s, 0) = %s", column, value or 0)
        if field.type in TEXTS:
            return SQL("COALESCE(%s, '') = %s", column, str(value or ""))
        if value:
            return SQL("%s = %s", column, value)
        return SQL("%s IS NULL", column)

    def _is_now(self, field, value):
        """Tell whether the value is of just now: then the day of the load was meant."""
        if field.type == "date":
            return value == str(self.env.cr.now().date())
        now = self.env.cr.now()
        return str(now - HOUR) <= value <= str(now + HOUR)

    # -- dates and authors of origin -----------------------------------------------

    def _expect_audit(self, batch, shapes, item, wanted):
        """Return column → condition of dates and authors; None if SQL cannot tell.

        As ``_values_to_check``, ``_compare_more`` and ``_compare_audit`` have it.
        """
        if not batch.model._log_access:
            return None
        told = {
            kind.target: (number, kind, kind.read_flag(batch, item.targets))
            for number, kind in enumerate(shapes.kinds)
        }
        moments = []
        for target in ORIGIN:
            _number, kind, flag = told[target]
            if flag == OTHER and item.targets.get(target):
                return None
            moments.append(kind.get_moment() if flag == MOMENT else None)
        made, changed, author, editor = self._origin(batch, item)
        if bool(made) != bool(moments[0]):
            return None  # the moment of something else
        uid = self.env.uid
        origin = (made, changed, author or uid, editor or uid)
        for name, value in zip(COLUMNS, origin, strict=True):
            if name in wanted and wanted[name] != value:
                return None
        authors = []
        for target in AUTHORS:
            number, kind, flag = told[target]
            if flag in (MISSING, OTHER):
                authors.append(self._look_up_user(batch, item, target))
            else:
                authors.append(kind.get_id(flag, number, SQL("owners.ids")))
        created, updated = moments[0], moments[1] or moments[0]
        author, editor = authors[0] or uid, authors[1] or authors[0] or uid
        return {
            "create_uid": SQL("record.create_uid = %s", author),
            "write_uid": SQL("record.write_uid = %s", editor),
            "create_date": self._is_made_at(batch, created),
            "write_date": self._is_changed_at(updated),
        }

    def _is_made_at(self, batch, moment):
        if moment is not None:
            return _is_at(SQL("record.create_date"), moment)
        if self._began_before:
            return SQL("record.create_date <= given.loaded_at")
        return SQL(
            "record.create_date BETWEEN %s AND given.loaded_at",
            batch.job.create_date - DAY,
        )

    def _is_changed_at(self, moment):
        column = SQL("record.write_date")
        if moment is None:
            return SQL("%s = given.watermark", column)
        same = _is_at(column, moment)
        return SQL("date_trunc('second', %s) = %s AND %s", column, column, same)


def _is_at(column, moment):
    return SQL("to_char(%s, 'YYYY-MM-DD HH24:MI:SS') = %s", column, moment)
