"""Lists that a program wrote into a cell, as the notation that it knows shows them."""

import ast
import csv
import json
import re

from .values import as_text, is_blank

_READERS = (json.loads, ast.literal_eval)
_ARRAY = re.compile(r"\{[^{}:\r\n]*\}")
_NAMES = ("name", "title", "label", "text", "value")


def read_list(text, member_of=None, order=None):
    """Return the texts of a list, None for any other text.

    As JSON has it, as Python, whose pandas writes a list into a cell as it shows it, or as
    an array of PostgreSQL. Of objects that is what they are called.

    :param member_of: what to take of an object, in the place of its name
    :param order: key by which its items are sorted; as they stand otherwise

    >>> read_list('["a", 1]'), read_list("['a', None]"), read_list("[draft]")
    (['a', '1'], ['a'], None)
    >>> read_list('[{"id": 7, "name": "VIP"}]'), read_list('{"id7": "VIP", "id9": "Fair"}')
    (['VIP'], ['VIP', 'Fair'])
    >>> read_list('{VIP,"Fair, 2026"}'), read_list("{}"), read_list("{salutation: x}")
    (['VIP', 'Fair, 2026'], [], None)
    """
    if text[:1] + text[-1:] not in ("[]", "{}") or len(text) < 2:
        return None
    for read in _READERS:
        try:
            found = read(text)
        except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
            continue  # a text in brackets
        if isinstance(found, dict):
            found = _of_dict(found, member_of)
        if isinstance(found, list):
            found = sorted(found, key=order) if order else found
            return _texts_of(found, member_of or _name_of)
    if _ARRAY.fullmatch(text):
        parts = cells_of_line(text[1:-1], escapechar="\\")
        return [part for part in parts if not is_blank(part) and part != "NULL"]
    return None


def cells_of_line(text, **dialect):
    """
    >>> cells_of_line('"Beta, Inc", Alpha')
    ['Beta, Inc', 'Alpha']
    """
    try:
        return next(csv.reader([text], skipinitialspace=True, **dialect), [])
    except csv.Error:  # longer than a cell of a file may be
        return [text]


def _of_dict(found, member_of):
    """Return the object as a list of one, or the values of ids with names."""
    if (member_of or _name_of)(found) is not None:
        return [found]
    plain = all(isinstance(value, str) for value in found.values())
    return list(found.values()) if plain else None


def _texts_of(items, member_of):
    """Return the texts of plain values and objects, None where others are among them."""
    items = [member_of(item) if isinstance(item, dict) else item for item in items]
    if any(isinstance(item, dict | list) for item in items):
        return None
    return [as_text(item) for item in items if not is_blank(item)]


def _name_of(item):
    return next((item[name] for name in _NAMES if item.get(name)), None)
