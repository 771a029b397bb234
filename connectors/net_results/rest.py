"""Members that no reference names: each account may have some, and none is dropped."""

import re
from dataclasses import replace

from ..core.sentences import _lt
from ..core.source import SourceField
from ..mapping.custom import extend, keys_of
from ..mapping.moments import read_iso
from ..mapping.transforms import BadValue
from ..mapping.vocabulary import (
    boolean,
    custom_field,
    datetime,
    decimal,
    json_text,
    strip,
)

_IN_FIELDS = "res.partner"
"""The model on which a field of its own may be made for each; the others have names only."""
_NO_FIELD = _lt(
    "Odoo keeps the name alone; campaigns are described in the rebuild guide"
)


def with_rest(mappings, samples, ignored):
    """Return the profile with a field, or a reason, for what its records have besides.

    :param samples: stream → one row with all members that were seen
    :param ignored: patterns of members that are left out everywhere
    """
    return tuple(
        _extended(item, samples.get(item.stream), ignored) for item in mappings
    )


def _extended(item, row, ignored):
    taken = {*item.ignored, *ignored}
    for entry in (*item.fields, *item.when):
        source = entry.source
        taken |= set(source if isinstance(source, tuple) else [source])
    names = [
        name
        for name in row or ()
        if name not in taken and not name.startswith("_") and not name.endswith("_id")
    ]
    if item.model != _IN_FIELDS:
        reasons = dict.fromkeys(names, _NO_FIELD)
        return replace(item, ignored={**reasons, **item.ignored})
    keys = keys_of(item, "netresults")
    return extend(item, [_own_field(keys, name, row[name]) for name in names])


def _own_field(keys, name, value):
    kind, step = _kind(value)
    key = keys.take(re.sub(r"\W", "_", name.lower()))
    return custom_field(key, name, step, label=_label(name), kind=kind)


def _kind(value):
    if isinstance(value, bool):
        return "boolean", boolean
    if isinstance(value, int | float):
        return "float", decimal
    if isinstance(value, dict | list):
        return "text", json_text
    try:
        timed = bool(value) and read_iso(value).time is not None
    except BadValue:
        timed = False
    return ("datetime", datetime) if timed else ("char", strip)


def describe_rest(row, known):
    """Return the ``SourceField``s of members that are documented nowhere.

    :param row: with all members that were seen, or None
    """
    return tuple(
        SourceField(name, _label(name), _kind(value)[0], custom=True)
        for name, value in (row or {}).items()
        if name not in known
    )


def _label(name):
    return name.replace("_", " ").strip().capitalize()
