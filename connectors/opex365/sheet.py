"""All that a record holds, as lines of text: for what goes on as another record."""

import re

from .labels import lower_id
from .platform import is_platform

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LOOKUP = re.compile(r"_(\w+)_value")


def sheet_of(data, labels):
    """Return a line "label: value" for each column that somebody filled.

    >>> sheet_of({"subject": "Fair", "needcode": 1, "donotfax": False, "versionnumber": 7,
    ...           "_says": {"needcode": "Must have"}}, {"subject": "Topic"})
    'Topic: Fair\\nneedcode: Must have'

    :param labels: property → what it is called on screen
    """
    lines = []
    for name, value in data.items():
        if value in (None, "", False) or isinstance(value, dict | list):
            continue
        lookup = _LOOKUP.fullmatch(name)
        if (is_platform(name) and name != "_ownerid_value") or (
            name.startswith("_") and not lookup
        ):
            continue
        words = data.get("_says", {}).get(name)
        if words is None and name in data.get("_labels", {}):
            continue
        shown = words or value
        if words is None and (lookup or _ID.fullmatch(lower_id(value))):
            continue
        lines.append(f"{labels.get(name) or name}: {shown}")
    if currency := data.get("_amounts_in"):
        label = labels.get("_transactioncurrencyid_value") or "Currency"
        lines.append(f"{label}: {currency}")
    return "\n".join(lines)
