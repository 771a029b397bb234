"""The words of choices that somebody made: what a form fills in by itself says nothing."""

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
    says = {
        name: label
        for name, label in data.get("_labels", {}).items()
        if not _says_nothing(table, name, data.get(name))
    }
    if says:
        data["_says"] = says


def _says_nothing(table, name, value):
    if isinstance(value, bool):
        return not value and name not in _BOTH_WAYS
    default = _OF_TABLE.get((table, name), DEFAULTS.get(name, _ORDINARY.get(name)))
    return default is not None and value == default
