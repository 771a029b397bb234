"""What an invoice of Dataverse comes to: its lines without tax, freight and discount.

``extendedamount`` of a line is what is due for it with tax; ``totalamount`` of the invoice
is the sum of lines, less the discounts of the whole, with freight and ``totaltax``
(Microsoft's reference of ``invoice`` and ``invoicedetail``).
"""

from decimal import Decimal, InvalidOperation

from .deals import complete_lead

DETAIL = "invoicedetail"
COLUMNS = (
    "invoicedetailid,_productid_value,productdescription,invoicedetailname,quantity,"
    "_uomid_value,priceperunit,manualdiscountamount,volumediscountamount,tax,"
    "extendedamount,lineitemnumber,description"
)
PAID = 2
"""``statecode`` of an invoice that was paid."""
PARTIAL = 100002
"""``statuscode`` of one that was paid in part: Dataverse knows neither how much nor when.

It keeps no payments and no day of them (Microsoft's reference of ``invoice``): what was
paid in full is registered on the due date, what was paid in part is open.
"""
_NAMES = ("productdescription", "invoicedetailname")
_FREIGHT, _DISCOUNT = "Freight", "Discount"


def complete_invoice(data, currencies):
    """Add ``_lines``, ``_untaxed``, ``_currency``, ``_rate`` and ``_rate_currency``.

    :param currencies: callable, ``Currencies``
    """
    complete_lead(data, currencies)
    rows = []
    for navigation, found in list(data.items()):
        if navigation.startswith("_") or not isinstance(found, list):
            continue
        if any("invoicedetailid" in row for row in found if isinstance(row, dict)):
            rows += data.pop(navigation)
        elif not found:
            del data[navigation]
    rows.sort(key=lambda row: (row.get("lineitemnumber") or 0, row["invoicedetailid"]))
    lines = [_line_of(row) for row in rows]
    if freight := _number(data.get("freightamount")):
        lines.append(_extra(_FREIGHT, freight))
    if discount := _discount_of(data, lines):
        lines.append(_extra(_DISCOUNT, -discount))
    if lines:
        data["_lines"] = lines
    total, tax = _number(data.get("totalamount")), _number(data.get("totaltax"))
    is_paid = data.get("statecode") == PAID and data.get("statuscode") != PARTIAL
    if total is not None and is_paid:
        data["_paid"] = float(total)
    if total is not None:
        data["_untaxed"] = float(total - (tax or 0))


def _line_of(row):
    """Return a line; a discount is an amount in Dataverse, so it is part of the net."""
    labels = row.get("_labels", {})
    names = (labels.get("_productid_value"), *(row.get(name) for name in _NAMES))
    due, tax = _number(row.get("extendedamount")), _number(row.get("tax"))
    line = {
        "name": next(filter(None, names), ""),
        "quantity": row.get("quantity"),
        "unit": labels.get("_uomid_value"),
        "price": row.get("priceperunit"),
        "tax": row.get("tax"),
        "note": row.get("description"),
    }
    discount = (_number(row.get("manualdiscountamount")) or 0) + (
        _number(row.get("volumediscountamount")) or 0
    ) * (_number(row.get("quantity")) or 1)
    if discount:
        line |= _as_percentage(row, discount)
    if due is not None:
        line["net"] = float(due - (tax or 0))
    return {name: value for name, value in line.items() if value not in (None, "")}


def _as_percentage(row, discount):
    """Return a discount as Odoo has it where it is a percentage; else in words.

    >>> _as_percentage({"quantity": 2, "priceperunit": 50}, Decimal(5))
    {'percent': 5.0}
    >>> _as_percentage({"quantity": 1, "priceperunit": 3}, Decimal("0.5"))
    {'discount': 'Discount: 0.5'}
    """
    base = (_number(row.get("quantity")) or 1) * (_number(row.get("priceperunit")) or 0)
    exact = discount * 100 / base if base else Decimal(0)
    percent = round(exact, 2)
    if percent and percent == exact:
        return {"percent": float(percent)}
    return {"discount": f"{_DISCOUNT}: {discount.normalize():f}"}


def _discount_of(data, lines):
    """Return what is taken off the whole: an amount, a percentage, or both."""
    amount = _number(data.get("discountamount")) or Decimal(0)
    if percentage := _number(data.get("discountpercentage")):
        base = sum((_number(line.get("net")) or 0 for line in lines), Decimal(0))
        freight = _number(data.get("freightamount")) or 0
        amount += round((base - freight) * percentage / 100, 2)
    return amount


def _extra(name, amount):
    return {"name": name, "quantity": 1, "price": float(amount), "net": float(amount)}


def _number(value):
    if value is None or isinstance(value, bool):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None
