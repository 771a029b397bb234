"""Values that need no more than a look: what a mapping brings a thousand times over."""

import math
import re
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from odoo import models

from .batch import MAP, OWNER, REF
from .field_types import INDEX_LIMIT, as_moment
from .kept_values import KEPT

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")

SLOW = object()
"""What a quick way returns for a value that it leaves to the thorough one."""

_SURELY_FITS = INDEX_LIMIT // 4
"""Characters that are never more bytes than an index takes."""


class Way(NamedTuple):
    """How the values of a target are taken; found out once for a batch."""

    name: str | None
    """The field, None for what the loader itself places."""
    field: object
    quick: object
    """``(batch, value) → value as create takes it`` or ``SLOW``; None if there is none."""
    is_kept: bool
    """It goes to the notes under the label of its source."""


class _Ways(dict):
    def __init__(self, find):
        super().__init__()
        self._find = find

    def __missing__(self, target):
        way = self[target] = self._find(target)
        return way


class CrmMigrationLoadingQuickValues(models.AbstractModel):
    """Take values as ``_take`` does, where nothing can be wrong with them.

    What is not plainly right, a text that is too long, a reference to what is not there
    yet, goes the thorough way, which says what is the matter.
    """

    _name = "crm.migration.loading.quick.values"
    _description = "Migration: Loading Quick Values"

    def _get_ways(self, batch):
        """Return target → ``Way``, found out for each as it is met."""
        return batch.once("ways", lambda: _Ways(lambda t: self._find_way(batch, t)))

    def _find_way(self, batch, target):
        name = self._field_name(batch, target)
        field = name and batch.model._fields.get(name)
        if field is not None and not (field.store or field.inverse):
            field = None
        quick = self._find_quick(field) if field else None
        return Way(name, field, quick, target.startswith(KEPT))

    def _find_quick(self, field):
        if field.required and self._fills_itself(field):
            return None
        if field.type == "many2one":
            return self._make_quick_link(field)
        if hasattr(self, f"_check_{field.type}"):
            whole = self.env.registry["crm.migration.loading.field.types"]
            name = f"_check_{field.type}"
            if getattr(type(self), name) is not getattr(whole, name):
                return None
        return _QUICK.get(field.type, lambda _field: None)(field)

    def _make_quick_link(self, field):
        whole = self.env.registry["crm.migration.loading.values"]
        for name in ("_convert_many2one", "_look_up"):
            if getattr(type(self), name) is not getattr(whole, name):
                return None
        model = field.comodel_name

        def link(batch, value):
            if value.__class__ is not dict or len(value) != 1:
                return SLOW
            [(kind, key)] = value.items()
            if kind == OWNER:
                found = batch.users.get(str(key))
                return found if found and model == "res.users" else SLOW
            if kind not in (REF, MAP) or key.__class__ is not list or len(key) != 2:
                return SLOW
            known = batch.links if kind == REF else batch.decided
            found = known.get((str(key[0]), str(key[1])))
            if found.__class__ is tuple and found[0] == model:
                return found[1]
            return SLOW

        return link


def find_plain(links, value):
    """Return what a single reference by an id leads to at once, None for anything else."""
    if value.__class__ is list and len(value) == 1:
        value = value[0]
    if value.__class__ is not dict or len(value) != 1:
        return None
    key = value.get(REF)
    if key.__class__ is not list or len(key) != 2:
        return None
    return links.get((str(key[0]), str(key[1])))


def _quick_char(field):
    most = field.size or math.inf
    if field.index in (True, "btree", "btree_not_null"):
        most = min(most, _SURELY_FITS)

    def take(_batch, value):
        if value.__class__ is str and len(value) <= most and "\x00" not in value:
            return value
        return SLOW

    return take


def _quick_text(_field):
    def take(_batch, value):
        if value.__class__ is str and "\x00" not in value:
            return value
        return SLOW

    return take


def _quick_boolean(_field):
    return lambda _batch, value: value if value.__class__ is bool else SLOW


def _quick_number(_field):
    def take(_batch, value):
        if value.__class__ in (int, float) and -1e15 < value < 1e15:
            return float(value)
        return SLOW

    return take


def _quick_day(_field):
    def take(_batch, value):
        if value.__class__ is str and _DAY.fullmatch(value):
            with suppress(ValueError):
                return date.fromisoformat(value)
        return SLOW

    return take


def _quick_moment(_field):
    def take(_batch, value):
        if value.__class__ is str and value:
            with suppress(AttributeError, OverflowError, TypeError, ValueError):
                return as_moment(value)
        return SLOW

    return take


def _quick_choice(field):
    def take(batch, value):
        # Those are found out by the thorough way.
        allowed = batch.cache.get(("selection", str(field))) or ()
        return value if value.__class__ is str and value in allowed else SLOW

    return take


_QUICK = {
    "date": _quick_day,
    "datetime": _quick_moment,
    "selection": _quick_choice,
    "char": _quick_char,
    "text": _quick_text,
    "html": _quick_text,
    "boolean": _quick_boolean,
    "float": _quick_number,
    "monetary": _quick_number,
}
