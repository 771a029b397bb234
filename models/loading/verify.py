"""Read back what was loaded and compare it with what it should be."""

import math
import re

from odoo import models
from odoo.tools import float_compare

from .batch import UNUSABLE

HALF_A_CENT = 0.005 + 1e-9
"""Amounts are rounded to what their currency has."""


IMAGE = "/web/image/"


LINK = re.compile(r'(<a\b[^>]* data-oe-id="\d+"[^>]*>)[^<]*(?=</a>)')
"""A link to a record, without what it is called."""


SRC = re.compile(r' (?:src|alt)="[^"]*"')


class CrmMigrationLoadingVerify(models.AbstractModel):
    _name = "crm.migration.loading.verify"
    _description = "Migration: Loading Verify"

    def _verify(self, run, mapping, rows):
        """Return the differences between what is and what should be.

        :return: how many values were compared, and dicts with ``record_id``,
            ``stream``, ``source_id``, ``res_model``, ``res_id``, ``field``,
            ``expected`` and ``found``; one read for all rows
        """
        loader, batch = self._begin(run, mapping, rows)
        items = loader._items_to_check(batch)
        wanted = {item: loader._values_to_check(batch, item) for item in items}
        loader._read_at_once(batch, wanted)
        compared, differences = sum(map(len, wanted.values())), []
        # Links to what is archived (placeholders, above all) are links as well.
        model = batch.model.with_context(active_test=False)
        records = model.browse([item.res_id for item in wanted])
        for item, record in zip(wanted, records, strict=True):
            values = wanted[item]
            more = [
                *loader._compare_more(batch, item, record),
                *loader._compare_rows_within(batch, item, record),
                *loader._compare_notes(batch, item),
                *loader._compare_onto(batch, item, record),
                *loader._compare_audit(batch, item, record, values.keys()),
            ]
            compared += len(more)
            differences += [
                loader._difference(batch, item, name, expected, found)
                for name, expected, found in [
                    *loader._compare(batch, item, record, values),
                    *(each for each in more if each[1] != each[2]),
                ]
            ]
        differences += [
            loader._difference(batch, *each)
            for each in loader._compare_columns(batch, wanted)
        ]
        gone = set(batch.items) - set(items)
        differences += [
            loader._difference(batch, item, "id", item.res_id, False)
            for item in gone
            if item.mapped
        ]
        return compared, differences

    def _items_to_check(self, batch):
        there = self._existing(batch.model, [i.res_id for i in batch.items if i.mapped])
        items = [item for item in batch.items if item.mapped and item.res_id in there]
        everything, batch.items = batch.items, items
        self._collect(batch)
        batch.items = everything
        return items

    def _values_to_check(self, batch, item):
        """Return field → value of what a target stands for; defaults are not checked."""
        if item.mapped["outcome"] in ("merged", "matched"):
            # What was there before counts, and is nobody's mistake.
            return {}
        if item.row.get("is_given_up"):
            return {}  # what stands there is what it said before
        try:
            self._prepare(batch, item)
        except UNUSABLE:
            return {}
        values = {
            name: value
            for name, value in item.vals.items()
            if self._is_kept(batch.model._fields[name])
            and batch.model._fields[name].type != "one2many"
            and name not in item.deferred
            # Nothing was decided about the value; its message says so.
            and (value is not False or batch.model._fields[name].type == "boolean")
            # Odoo refused this link; its message says why.
            and name not in (item.row.get("deferred") or {})
            and name not in item.defaulted_fields
            # It has vanished from the source and was archived here.
            and not (name == "active" and item.row.get("archived_at"))
        }
        if item.named in values and self._has_new_basis(batch, item, item.named):
            # The customer after whom it was called has another name by now.
            del values[item.named]
        made, _changed, author, _editor = self._origin(batch, item)
        if item.mapped["outcome"] == "created" and batch.model._log_access:
            is_told = bool(item.targets.get("@created_at"))
            values |= {"create_date": made} if made and is_told else {}
            values |= {"create_uid": author} if author else {}
        return self._activity_to_check(batch, item) | values

    def _is_kept(self, field):
        """Tell whether a field keeps what is written, itself or through its inverse.

        A cost price, the text of a page: what stands elsewhere is compared as well.
        """
        return field.store or bool(field.inverse)

    def _activity_to_check(self, batch, item):
        """Return whether a created record is active where the source does not say it."""
        name = batch.model._active_name
        if not name or item.mapped["outcome"] != "created":
            return {}
        if name in item.vals or item.row.get("archived_at"):
            return {}
        defaults = batch.once("active", lambda: batch.model.default_get([name]))
        return {name: defaults.get(name, True)}

    def _read_at_once(self, batch, wanted):
        names = {name for values in wanted.values() for name in values}
        names = {name for name in names if batch.model._fields[name].store}
        model = batch.model.with_context(active_test=False)
        records = model.browse([item.res_id for item in wanted])
        if batch.model._log_access:
            names |= {"create_date", "create_uid", "write_date", "write_uid"}
        if names and records:
            records.fetch(sorted(names))

    def _compare(self, batch, item, record, values):
        """Yield (field, expected, found) where the two are not the same."""
        for name, value in values.items():
            expected = self._plain(record, name, value)
            found = self._plain(record, name)
            found = self._without_put(batch, item, record, name, expected, found)
            if not self._is_same(record._fields[name], expected, found):
                yield name, expected, found

    def _compare_more(self, batch, item, record):
        """Yield (name, expected, found) of what is no field of the staged values.

        Who changed a record last, and when, counts until somebody works on it.
        """
        if item.part or not batch.model._log_access:
            return
        if not self._is_untouched(batch, item):
            return
        _made, changed, _author, editor = self._origin(batch, item)
        if changed:
            yield "write_date", changed, record.write_date
        if editor:
            yield "write_uid", editor, record.write_uid.id

    def _is_same(self, field, expected, found):
        if field.type in ("float", "monetary"):
            return self._is_same_number(field, expected or 0, found or 0)
        if field.type == "html" and expected and found and LINK.search(found):
            # Who is meant may be called otherwise since: the link leads there all the same.
            expected, found = (LINK.sub(r"\1", text) for text in (expected, found))
        if field.type == "html" and IMAGE in (found or ""):
            # Pictures are attachments by now; the words must be the same.
            expected, found = (SRC.sub("", text or "") for text in (expected, found))
        return expected == found

    def _is_same_number(self, field, expected, found):
        """Compare as finely as the field keeps numbers; a source may know more digits."""
        if field.type == "monetary":
            return abs(expected - found) <= HALF_A_CENT
        digits = field.get_digits(self.env)
        if digits:
            return not float_compare(expected, found, precision_digits=digits[1])
        return math.isclose(expected, found, rel_tol=1e-9, abs_tol=1e-9)

    def _difference(self, batch, item, name, expected, found):
        return {
            "record_id": item.row["id"],
            "stream": item.key[0],
            "source_id": item.key[1],
            "res_model": batch.model_name,
            "res_id": item.res_id,
            "field": name,
            "expected": self._as_text(expected),
            "found": self._as_text(found),
        }
