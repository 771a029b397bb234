"""Extend a mapping by the fields that a customer made: keys of their own, each once."""

import re
from dataclasses import replace

from .vocabulary import mapping

LONGEST_KEY = 50
"""Characters of a key; PostgreSQL cuts a column's name after 63."""
_SUFFIX = 10
"""Characters that are kept free for what tells two keys of the same name apart."""


class Keys:
    """Hands out the keys of the custom fields of one mapping.

    One name may be one thing on contacts and another on companies, and both become
    fields of a partner: hence the prefix. Two keys that Odoo's field name would not tell
    apart are the same.

    >>> keys = Keys("lead")
    >>> [keys.take(name) for name in ("level", "level!", "level?", "x" * 60)][:3]
    ['lead_level', 'lead_level!_2', 'lead_level?_3']

    :param prefix: empty where all keys are of one table
    :param taken: keys that are in use on the mapping
    """

    def __init__(self, prefix, taken=()):
        self._prefix = prefix
        self._taken = set(map(_bare, taken))

    def take(self, name, tail=None):
        """Return the key for a name.

        :param tail: what tells it apart from others of its name; a number if None
        """
        words = filter(None, (self._prefix, name))
        key = base = "_".join(words)[:LONGEST_KEY]
        number = 1
        while _bare(key) in self._taken:
            number += 1
            end = number if tail is None else tail
            key, tail = f"{base[: LONGEST_KEY - _SUFFIX]}_{end}", None
        self._taken.add(_bare(key))
        return key


def _bare(key):
    """Return what is left of a key in the name of Odoo's field."""
    return re.sub(r"[^a-z0-9]+", "_", key.lower()).strip("_")


def keys_of(item, prefix):
    """Return the ``Keys`` of a mapping, those that its profile uses taken."""
    return Keys(prefix, (each.key for each in item.custom_fields))


def extend(item, targets, *, ignored=None):
    """Return a mapping with custom fields added.

    :param targets: what ``custom_field`` gives
    :param ignored: members that are left out besides: name → why
    """
    added = mapping(item.stream, item.model, *targets)
    return replace(
        item,
        fields=item.fields + added.fields,
        custom_fields=item.custom_fields + added.custom_fields,
        ignored={**item.ignored, **(ignored or {})},
    )
