"""The words of choices that somebody made: what a form fills in by itself says nothing.

An organization may give the option of a form's default a meaning of its own, by another
label; the value stays the same (vendor: option values are fixed, labels are edited).
"""

from collections import Counter

DEFAULTS = {
    **dict.fromkeys(
        (
            *("customertypecode", "territorycode", "customersizecode"),
            *("shippingmethodcode", "educationcode", "haschildrencode"),
            *("businesstypecode", "accountclassificationcode", "accountratingcode"),
            *("address2_addresstypecode", "address2_shippingmethodcode"),
            *("address2_freighttermscode", "preferredcontactmethodcode"),
            *("salesstagecode", "prioritycode"),
        ),
        1,
    ),
    "leadqualitycode": 2,
    "opportunityratingcode": 2,
    "pricingerrorcode": 0,
    "skippricecalculation": 0,
}
"""Column → what it holds on every row that nobody touched, as recorded rows show it. On
accounts ``customertypecode`` has no such value, on contacts ``leadsourcecode`` has."""
_OF_TABLE = {
    ("account", "customertypecode"): None,
    ("contact", "leadsourcecode"): 1,
    ("incident", "prioritycode"): 2,
}
_ORDINARY = {"statuscode": 1}
"""Of what is active the first reason of its status says no more than that."""
_STOCK = frozenset(
    {
        *("Default Value", "Any", "Normal", "Warm", "None", "DoPriceCalcAlways"),
        *("Active", "New", "In Progress", "Open", "Free", "Draft"),
    }
)
"""What the product calls these options in English."""
_OTHER_WORDS = frozenset({"preferredcontactmethodcode", "prioritycode"})
"""Columns of ``DEFAULTS`` whose default is no "Default Value" everywhere."""
_BOTH_WAYS = frozenset({"directioncode"})
"""Flags of which either value says something."""


def complete_words(data, table):
    """Add ``_says``: the labels of choices and flags that are not what a form fills in.

    >>> data = {"territorycode": 1, "donotemail": True, "donotfax": False,
    ...         "_labels": {"territorycode": "Default Value", "donotemail": "Do Not Allow",
    ...                     "donotfax": "Allow"}}
    >>> complete_words(data, "contact")
    >>> data["_says"]
    {'donotemail': 'Do Not Allow'}
    """
    labels = data.get("_labels", {})
    usual = _usual_word(data, labels)
    says = {
        name: label
        for name, label in labels.items()
        if not _says_nothing(table, name, data.get(name))
        or _is_renamed(name, data, labels, usual)
    }
    if says:
        data["_says"] = says


def _says_nothing(table, name, value):
    if isinstance(value, bool):
        return not value and name not in _BOTH_WAYS
    default = _OF_TABLE.get((table, name), DEFAULTS.get(name, _ORDINARY.get(name)))
    return default is not None and value == default


def _usual_word(data, labels):
    """Return what "Default Value" is called here, None where no two columns agree."""
    words = Counter(
        labels[name]
        for name, default in DEFAULTS.items()
        if default == 1 and name in labels and data.get(name) == default
    ).most_common(1)
    return words[0][0] if words and words[0][1] > 1 else None


def _is_renamed(name, data, labels, usual):
    """Tell whether a default bears a label that the product does not give it.

    In other languages than English two things tell: the other columns that hold their
    default bear one word, and an account that is active is so for a reason of that name.

    >>> labels = {"territorycode": "Standardwert", "customersizecode": "Klein",
    ...           "haschildrencode": "Standardwert"}
    >>> _is_renamed("customersizecode", dict.fromkeys(labels, 1), labels, "Standardwert")
    True
    >>> _is_renamed("territorycode", dict.fromkeys(labels, 1), labels, "Standardwert")
    False
    """
    value, label = data.get(name), labels[name]
    if isinstance(value, bool) or label in _STOCK or label == usual:
        return False
    if name in _ORDINARY:
        return label != labels.get("statecode")
    if any(word in _STOCK for word in labels.values()):
        return True
    return bool(usual) and _is_alike(name, value)


def _is_alike(name, value):
    """Tell whether a column's default is called as those of others are."""
    return value == 1 and name not in _OTHER_WORDS
