"""Columns that the source does not fill: Odoo's default, its computing, or our choice.

Whatever stands there was put there by the load, so that verification compares it as
well: a salesperson where the source has none, another company, a date of today.
"""

from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.tools import SQL, sql

from .batch import UNUSABLE
from .plain_columns import OWN_LIFE, OWN_LISTS, PLAIN

AUDIT = frozenset(models.MAGIC_COLUMNS)
DAY, MOMENT = timedelta(days=1), timedelta(minutes=1)
NUMBERS = ("integer", "float", "monetary", "many2one_reference")
TEXTS = ("char", "text", "html", "selection", "reference")


class CrmMigrationLoader(models.AbstractModel):
    _inherit = "crm.migration.loader"

    def _compare_columns(self, batch, wanted):
        """Yield (item, name, expected, found) of what the source does not say.

        Of records that this migration created, and nobody has worked on since. One
        statement tells for the whole batch which columns are not what they usually
        are; only these are looked at one by one.

        :param wanted: item → {field: value}, what has been compared already
        """
        expected = self._expect_by_load(batch, wanted)
        if not expected:
            return
        defaults = batch.once("column defaults", lambda: self._defaults(batch))
        usual = self._usual_values(defaults, expected, wanted)
        chosen = {n for n in usual if n not in defaults or usual[n] != defaults[n]}
        odd = self._find_odd(batch, expected, wanted, usual)
        for item, values in expected.items():
            names = odd[item]
            names |= chosen - values.keys()
            names |= {n for n in chosen & values.keys() if usual[n] != values[n]}
            names.difference_update(
                wanted[item], item.deferred, item.row.get("deferred") or ()
            )
            if item.row.get("archived_at"):
                names.discard(batch.model._active_name)
        model = batch.model.with_context(active_test=False)
        names = set().union(*odd.values())
        if names:
            model.browse([item.res_id for item, n in odd.items() if n]).fetch(names)
        yield from self._compare_odd(batch, model, expected, odd)

    def _compare_odd(self, batch, model, expected, odd):
        computed = self._compute_again(batch, expected, odd)
        defaults, suspects = batch.cache["column defaults"], []
        for item, names in odd.items():
            record = model.browse(item.res_id)
            for name in names:
                found = self._plain(record, name)
                if name in expected[item]:
                    wanted = self._plain(record, name, expected[item][name])
                elif (item, name) in computed:
                    wanted = computed[item, name]
                else:
                    wanted = self._plain(record, name, defaults.get(name, False))
                field = model._fields[name]
                if self._is_same(field, wanted, found):
                    continue
                if not self._is_of_load(batch, item, field, wanted, found):
                    suspects.append((item, name, wanted, found))
        written = self._find_written(batch, suspects)
        for item, name, wanted, found in suspects:
            known = written.get((item.res_id, name), [])
            if found not in known and not self._has_new_basis(batch, item, name):
                yield item, name, wanted, found

    # -- what is expected --------------------------------------------------------

    def _expect_by_load(self, batch, wanted):
        """Return item → values as the load gave them, of the records still untouched."""
        items = [item for item in wanted if self._is_untouched(batch, item)]
        self._fetch_to_complete(batch, items)
        expected = {}
        for item in items:
            try:
                values = self._values_by_load(batch, item)
            except UNUSABLE:
                continue  # it would not be loaded any more, and its message says why
            own_life = OWN_LIFE["*"] | OWN_LIFE.get(batch.model_name, frozenset())
            expected[item] = {
                name: value
                for name, value in values.items()
                if (field := batch.model._fields.get(name))
                and field.store
                and field.type != "one2many"
                and name not in AUDIT
                and name not in own_life
            }
        return expected

    def _fetch_to_complete(self, batch, items):
        """Read at once what the values of the load are taken from."""

    def _values_by_load(self, batch, item):
        """Return all values that the load gave; the staged ones are prepared already."""
        values = item.vals
        item.vals = dict(values)
        self._complete(batch, item)
        item.vals, values = values, item.vals
        return values

    def _is_untouched(self, batch, item):
        """Tell whether a record was created here, and nobody can have worked on it since.

        Not before there was the migration, and not in days to come: such a date is wrong.
        """
        watermark = item.row.get("watermark")
        if item.mapped["outcome"] != "created" or not watermark:
            return False
        changed = batch.model._log_access and batch.model.browse(item.res_id).write_date
        earliest = max(watermark, batch.job.create_date - DAY)
        return not (changed and earliest < changed < self.env.cr.now() + DAY)

    def _usual_values(self, defaults, expected, wanted):
        """Return field → what it holds in most records: Odoo's default, or our choice."""
        usual, seen = dict(defaults), set()
        for item, values in expected.items():
            for name in values.keys() - wanted[item].keys() - seen:
                usual[name] = values[name]
            seen |= values.keys()
        return usual

    def _columns(self, batch):
        """Return name → field of the columns that are compared."""
        return batch.once("columns", lambda: self._list_columns(batch))

    def _list_columns(self, batch):
        skipped = AUDIT | OWN_LIFE["*"] | OWN_LIFE.get(batch.model_name, frozenset())
        there = sql.table_columns(self.env.cr, batch.model._table)
        return {
            name: field
            for name, field in batch.model._fields.items()
            if field.store
            and name in there
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

    # -- one statement for all columns -------------------------------------------

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
            known = PLAIN.get(batch.model_name, {}).get(field.name)
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
        skipped = OWN_LIFE.get(batch.model_name, frozenset())
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
        return (field.model_name, field.name) not in OWN_LISTS and any(
            each.type == "many2many" for each in self.env.registry.field_inverses[field]
        )

    # -- what Odoo computes -------------------------------------------------------

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
        return written

    def _has_new_basis(self, batch, item, name):
        """Tell whether what the value was taken from has changed since the load."""
        return False

    # -- who made it, and when -----------------------------------------------------

    def _compare_audit(self, batch, item, record, given):
        """Yield (name, expected, found) of dates and authors that no source gives.

        :param given: names of the fields that have been compared already
        """
        if item.part or not batch.model._log_access:
            return
        if not self._is_untouched(batch, item):
            return
        made, changed, author, editor = self._origin(batch, item)
        if not author and "create_uid" not in given:
            yield "create_uid", self.env.uid, record.create_uid.id
        if not editor and "write_uid" not in given:
            yield "write_uid", self.env.uid, record.write_uid.id
        if not made and "create_date" not in given | item.guessed:
            loaded, there = item.row["loaded_at"], record.create_date
            is_ours = there and batch.job.create_date - DAY <= there <= loaded
            yield "create_date", loaded, loaded if is_ours else there
        if not changed and "write_date" not in given:
            yield "write_date", item.row["watermark"], record.write_date


def _as_moment(field, text):
    if field.type == "datetime":
        return fields.Datetime.to_datetime(text)
    return datetime.combine(fields.Date.to_date(text), time())
