"""Columns that the source does not fill: Odoo's default, its computing, or our choice.

Whatever stands there was put there by the load, so that verification compares it as
well: a salesperson where the source has none, another company, a date of today.
"""

from datetime import timedelta

from odoo import models

from .batch import UNUSABLE

AUDIT = frozenset(models.MAGIC_COLUMNS)


DRAWN = frozenset({"access_token"})
"""Drawn by lot, when a record is shared."""


DAY = timedelta(days=1)


class CrmMigrationLoadingVerifyColumns(models.AbstractModel):
    _name = "crm.migration.loading.verify.columns"
    _description = "Migration: Loading Verify Columns"

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
                found = self._without_put(batch, item, record, name, wanted, found)
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
            own_life = DRAWN | self._own_life
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
        if not changed or changed == watermark:
            return True
        return not batch.job.create_date - DAY < changed < self.env.cr.now() + DAY

    def _usual_values(self, defaults, expected, wanted):
        """Return field → what it holds in most records: Odoo's default, or our choice."""
        usual, seen = dict(defaults), set()
        for item, values in expected.items():
            for name in values.keys() - wanted[item].keys() - seen:
                usual[name] = values[name]
            seen |= values.keys()
        return usual
