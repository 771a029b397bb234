"""The currency of an installation: it has one, which its records never name."""

from dataclasses import replace

from ..core.errors import FatalError
from ..mapping.vocabulary import constant, field

_FORMS = (("deals", "amount"), ("products", "unit_price"))
"""Where it can be seen: the form of a record, and the field of it that is money."""
PRICED = frozenset({"crm.lead", "sale.order", "product.template"})
"""What has amounts that Odoo adds up: prices of products are in that currency as well."""


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
    """Return the profile with the currency of every deal, quotation and product."""
    if not code:
        return mappings
    money = field("@currency", None, constant(code))
    return tuple(
        replace(item, fields=(*item.fields, money)) if item.model in PRICED else item
        for item in mappings
    )


def tell_currency(stream, row, ask):
    """Return a row with the currency of the amounts that go to a note of it.

    :param ask: callable, the code; only what has such amounts asks
    """
    billable = row.get("billable")
    lines = billable.get("products") if isinstance(billable, dict) else None
    if stream == "deals" and lines:
        member = "_lines_currency"
    elif stream == "documents" and (lines or row.get("amount")):
        member = "_currency"
    else:
        return row
    code = ask()
    return {**row, member: code} if code else row
