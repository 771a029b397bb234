"""The currency of an installation: it has one, which its records never name."""

from dataclasses import replace

from ..core.errors import FatalError
from ..mapping.vocabulary import constant, field

_FORMS = (("deals", "amount"), ("products", "unit_price"))
"""Where it can be seen: the form of a record, and the field of it that is money."""


def read_currency(api):
    """Return the ISO code, empty where the server does not tell.

    ``/settings`` would tell as well, but hands out every secret besides.
    """
    for resource, name in _FORMS:
        try:
            fields = api.get(f"{resource}/create-fields", stream="currency").data
        except FatalError:
            # An old release has no such form, a colleague may not be shown it.
            continue
        for item in fields if isinstance(fields, list) else ():
            found = isinstance(item, dict) and item.get("attribute") == name
            currency = item.get("currency") if found else None
            code = currency.get("iso_code") if isinstance(currency, dict) else None
            if isinstance(code, str) and len(code) == 3 and code.isalpha():
                return code.upper()
    return ""


def with_currency(mappings, code):
    """Return the profile with the currency of every deal and quotation."""
    if not code:
        return mappings
    money = field("@currency", None, constant(code))
    return tuple(
        replace(item, fields=(*item.fields, money))
        if item.model in ("crm.lead", "sale.order")
        else item
        for item in mappings
    )
