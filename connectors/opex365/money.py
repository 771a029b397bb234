"""In which currency the amounts are that have no field of their own in Odoo."""

from .labels import lower_id
from .platform import is_platform

_BASE = "_base"
_CONVERTED = frozenset({"estimatedvalue", "estimatedamount", "price", "standardcost"})
"""Amounts that become one of Odoo's, whose currency is told there; a qualified lead
becomes a note with all of its own."""
_CURRENCY = "_transactioncurrencyid_value"
STREAMS = frozenset(
    {"companies", "contacts", "leads", "deals", "deal_closes", "products"}
)


def complete_amounts(data, currencies):
    """Add ``_amounts_in``, the code of the currency, where an amount goes to the notes.

    Each amount has a twin in the currency of the organization, which tells it from other
    numbers: also from those that a customer added.

    :param currencies: callable, ``Currencies``; only what has amounts asks for it
    """
    key = lower_id(data.get(_CURRENCY))
    converted = frozenset() if data.get("_became") else _CONVERTED
    if key and any(_is_amount(name, data, converted) for name in data):
        words = data.get("_labels", {}).get(_CURRENCY)
        if found := currencies().code_of(key) or words:
            data["_amounts_in"] = found


def _is_amount(twin, data, converted):
    name = twin.removesuffix(_BASE)
    if name == twin or name in converted or is_platform(name):
        return False
    return bool(data.get(name))
