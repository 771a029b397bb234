"""What single vendors' exports are known by and what they mean: a file for each vendor.

Data only, found by listing this package: a module has ``DIALECTS``, each a ``Dialect``.
A dialect counts for the tables that it recognizes, and for no other.
"""

import importlib
import pkgutil
from functools import cache

from .dialect import Dialect, Habit, Sign


@cache
def all_dialects():
    """Return the dialects of all vendors, those of the first file first."""
    return tuple(
        dialect
        for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name)
        if module.name != "dialect"
        for dialect in importlib.import_module(f"{__name__}.{module.name}").DIALECTS
    )


def vendor_words():
    """Return how files call the vendors they come from: ``hubspot``, ``zoho``."""
    return {word.lower() for each in all_dialects() for word in each.vendor.split()[:1]}


def find_dialects(tables):
    """Return the ``Dialect`` that each table is written in, None where none is known.

    In an archive whose other tables are all written in one dialect, a table that this
    dialect knows by its name is written in it as well.
    """
    found = [_find_dialect(table) for table in tables]
    sets = {}
    for table, dialect in zip(tables, found, strict=True):
        if table.item.archive and dialect:
            sets.setdefault(table.item.archive, set()).add(dialect)
    return [
        dialect or _of_set(table, sets.get(table.item.archive, ()))
        for table, dialect in zip(tables, found, strict=True)
    ]


def _find_dialect(table):
    if not table.layout.columns:
        return None
    return next((each for each in all_dialects() if each.recognizes(table)), None)


def _of_set(table, dialects):
    if len(dialects) != 1:
        return None
    [dialect] = dialects
    return dialect if dialect.object_of_name(table) else None


__all__ = [
    "Dialect",
    "Habit",
    "Sign",
    "all_dialects",
    "find_dialects",
    "vendor_words",
]
