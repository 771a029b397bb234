"""Values that come again and again in a column are converted once."""

from itertools import repeat
from operator import is_

from odoo.fields import Boolean, Char, Many2one, Text

ABSENT = object()
"""What a record has where it is given nothing."""


_KEPT_AS_IT_IS = {Boolean: bool, Char: str, Many2one: int, Text: str}
"""Odoo's own kinds of fields → the values that the cache has just so (19.0)."""


class Memo(dict):
    """Remember what was made of a value: most columns have few."""

    def __init__(self, make):
        super().__init__()
        self._make = make

    def __getitem__(self, value):
        try:
            # 0 and False are one key, and not the same to a text.
            return super().__getitem__((value.__class__, value))
        except TypeError:
            return self._make(value)

    def __missing__(self, key):
        made = self[key] = self._make(key[1])
        return made


def get_usual(field):
    """Return the class of the values that need no conversion, None where all do."""
    if field.type == "char" and field.size:
        return None
    return _KEPT_AS_IT_IS.get(type(field))


def is_one(values):
    """Tell whether a list holds one object over and over: a default, nothing at all."""
    return all(map(is_, values, repeat(values[0])))
