"""Finished rows of the fast lane, from the cache into the table."""

import json
from functools import partial

from psycopg2.extras import Json

from odoo.tools import float_repr

from ..staging.copy import copy_lines, escape
from .lane_memo import ABSENT, Memo, is_one
from .lane_plan import COPIED

NULL = "\\N"


def write_rows(creation):
    """Write the rows of a creation by one COPY, and mark them as written.

    :raises psycopg2.Error: what the table does not take, as an INSERT would
    """
    columns = {}
    for name, field in creation.plan.columns.items():
        texts = _get_texts(creation, name, field)
        if texts is not None:
            columns[f'"{name}"'] = texts
    ids = map(str, creation.records._ids)
    lines = (
        ("\t".join(row) + "\n").encode()
        for row in zip(ids, *columns.values(), strict=True)
    )
    copy_lines(creation.env.cr, creation.model._table, ['"id"', *columns], lines)
    for field in creation.plan.columns.values():
        if field.type == "html":
            field._invalidate_cache(creation.env, creation.records._ids)


def _get_texts(creation, name, field):
    """Return the texts of a column, None where nobody says anything of it."""
    env, ids = creation.env, creation.records._ids
    dirty = env.transaction.field_dirty.get(field) or ()
    computed = set(creation.computed.get(name, ()))
    if dirty:
        computed.update(set(ids).intersection(dirty))
    if not computed and name not in creation.given_names:
        return None
    if dirty and computed.issuperset(dirty):
        del env.transaction.field_dirty[field]
    elif dirty:
        dirty.difference_update(computed)
    if field.type in COPIED and not field.translate and not field.company_dependent:
        values = _from_cache(creation, field)
        if is_one(values):
            return [_as_text(values[0])] * len(values)
        if field.type in ("char", "text"):
            return [NULL if value is None else escape(value) for value in values]
    else:
        insert = _make_insert(creation, field)
        update = _make_update(creation, field)
        values = [
            update(res_id) if res_id in computed else insert(res_id, vals)
            for res_id, vals in zip(ids, creation.given, strict=True)
        ]
    texts = Memo(_as_text)
    return [texts[value] for value in values]


def _from_cache(creation, field):
    cache = field._get_cache(creation.env)
    return [cache[res_id] for res_id in creation.records._ids]


def _make_update(creation, field):
    """Return what gives the column of a computed value, as the cache has it.

    What a method was asked for and said nothing of is empty, not zero.
    """
    model, cache = creation.model, field._get_cache(creation.env)
    if field.company_dependent:
        return lambda res_id: field.get_column_update(model.browse(res_id))
    if field.type == "monetary":
        currencies = creation.get_currencies(field)
        written = {
            each._ids: Memo(partial(_write_amount, currency=each))
            for each in set(currencies.values())
        }

        def write(res_id):
            return written[currencies[res_id]._ids][cache[res_id]]

    else:

        def write(res_id):
            return field.get_column_update(model.browse(res_id))

    return lambda res_id: None if cache.get(res_id) is None else write(res_id)


def _write_amount(value, currency):
    value = float(value or 0.0)
    if currency:
        return float_repr(currency.round(value), currency.decimal_places)
    return value


def _make_insert(creation, field):
    """Return what gives the column of a given value, as ``create`` writes it.

    Of no record: an amount is rounded by what is given, not by a currency that would
    have to be looked up.
    """
    name, model, cache = field.name, creation.model, field._get_cache(creation.env)
    if field.type == "html" and not field.translate:
        return lambda res_id, vals: cache[res_id] if name in vals else None
    names = _names_beside(model, field)

    def insert(_res_id, vals):
        if name not in vals:
            return None
        return written[vals[name], tuple(vals.get(each, ABSENT) for each in names)]

    def write(key):
        value, beside = key
        vals = {
            name: other
            for name, other in zip(names, beside, strict=True)
            if other is not ABSENT
        }
        return field.convert_to_column_insert(value, model, {**vals, name: value})

    written = Memo(write)
    return insert


def _names_beside(model, field):
    """Return the fields whose given values say how one is written: the currency's."""
    if field.type != "monetary":
        return ()
    name = field.get_currency_field(model)
    related = model._fields[name].related
    return (name, related.split(".")[0]) if related else (name,)


def _as_text(value):
    if value is None:
        return NULL
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, Json):
        return escape(json.dumps(value.adapted, ensure_ascii=False))
    if isinstance(value, bytes):
        return escape("\\x" + value.hex())
    return str(value)
