"""Columns that are called like the object and hold its numbers: *Verkaufschance* VC-1001."""

import re
from dataclasses import replace

from .columns import Columns
from .evidence import has_currency, texts_of
from .mappings import TEMPLATES
from .names import fold, object_of
from .particular import called_a_name

_NUMBER = re.compile(r"[^\W\d_]{0,6}[-_/#. ]?\d[\w./-]*")
_ALSO = {"sale": "deals"}
_NUMBERED = {"deals": "deal id", "companies": "company id", "contacts": "contact id"}
"""Object → what a column with its numbers is called."""


def is_number(text):
    """
    >>> is_number("VC-1001"), is_number("10001"), is_number("2024/17"), is_number("Saddles")
    (True, True, True, False)
    """
    return bool(_NUMBER.fullmatch(text.strip()))


def are_numbers(column):
    """Tell whether a column has numbers of records; a K before each is no currency."""
    texts = texts_of(column)
    is_kind = column.kind in ("char", "integer", "monetary")
    return (
        bool(texts)
        and is_kind
        and not has_currency(column)
        and all(map(is_number, texts))
    )


def called_like_it(found):
    """Return the column that is called like the object and has names: SuperOffice's *Sale*."""
    for column in found.all.values():
        of = _ALSO.get(fold(column.name)) or object_of(column.name)
        if of == found.known and column.kind == "char" and not column.nested:
            if texts_of(column) and not found.is_used(column.name):
                return None if are_numbers(column) else column
    return None


def head_numbers(columns, known):
    """Return column → what its numbers are called, where another one has the names.

    Without another one it is the name all the same: a deal must have one.

    :param columns: ``Column``s by name
    """
    if known not in _NUMBERED:
        return {}
    for name, column in columns.items():
        if column.nested or object_of(name) != known or not are_numbers(column):
            continue
        headed = {name: _NUMBERED[known]}
        others = {
            n: replace(c, headed=headed.get(n, c.headed)) for n, c in columns.items()
        }
        if _has_names(Columns(others, known)):
            return headed
    return {}


def _has_names(found):
    """Tell whether a column is called a name and holds some, not numbers once more."""
    named = [
        column
        for item in TEMPLATES[found.known].fields
        if item.target == "name"
        for names in item.source
        for _name, column in found.named((names,) if isinstance(names, str) else names)
    ]
    named += filter(None, [called_a_name(found)])
    return any(
        texts_of(c) and c.kind in ("char", "text") and not are_numbers(c) for c in named
    )
