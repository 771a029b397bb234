"""Products, prices, and the lines of opportunities, quotes and orders."""

from decimal import Decimal

AMOUNT, OF_LIST = 1, 2
_MARKUP = {3: "currentcost", 5: "standardcost"}
_MARGIN = {4: "currentcost", 6: "standardcost"}
"""``pricingmethodcode``: an amount, percents of the list price, markup on and margin over
one of two costs."""
_CENT = Decimal("0.01")


def complete_lines(data):
    """Put the rows of lines that came along into ``_lines``, in their order.

    What the head says besides (discount, freight) is a line of its own, ``_untaxed`` what
    all come to without taxes.
    """
    lines = []
    for navigation, rows in list(data.items()):
        if navigation.startswith("_") or not isinstance(rows, list):
            continue
        found = [row for row in rows if _key_of(row)]
        if found:
            data[navigation] = [row for row in rows if row not in found]
            lines += found
            if not data[navigation]:
                del data[navigation]
    if not lines:
        return
    lines.sort(key=lambda row: (row.get("lineitemnumber") or 0, row[_key_of(row)]))
    data["_lines"] = [line_of(row) for row in lines]
    data["_lines"] += list(_of_head(data, data["_lines"]))


def _key_of(row):
    """Return the key of a row that is a line, None for any other."""
    tables = ("opportunityproduct", "quotedetail", "salesorderdetail", "invoicedetail")
    return next((f"{name}id" for name in tables if f"{name}id" in row), None)


def line_of(row):
    """Return a product line as a table shows it and as a quotation has it.

    ``extendedamount`` is price times quantity, less discounts, with the tax; the discount
    of a volume is one of each piece, that of a hand one of the whole line.

    >>> row = {"quotedetailid": "g", "productdescription": "Oil", "quantity": 2,
    ...        "priceperunit": 10, "manualdiscountamount": 1, "tax": 3.8,
    ...        "extendedamount": 22.8}
    >>> line = line_of(row)
    >>> line["name"], line["net"], line["off"]
    ('Oil', '19.0', '1.0')
    """
    labels, key = row.get("_labels", {}), _key_of(row)
    names = (
        labels.get("_productid_value"),
        row.get("productdescription"),
        row.get(f"{key[:-2]}name"),
    )
    net = _less(row.get("extendedamount"), row.get("tax"))
    return {
        "name": next(filter(None, names), ""),
        "product": row.get("_productid_value"),
        "quantity": row.get("quantity"),
        "unit": labels.get("_uomid_value"),
        "price": row.get("priceperunit"),
        "discount": row.get("manualdiscountamount"),
        "tax": row.get("tax"),
        "amount": row.get("extendedamount"),
        "note": row.get("description"),
        "net": net,
        "off": _taken_off(row, net),
    }


def _taken_off(row, net):
    quantity, price = row.get("quantity"), row.get("priceperunit")
    if net is None or quantity is None or price is None:
        return row.get("manualdiscountamount")
    off = _as_decimal(quantity) * _as_decimal(price) - Decimal(net)
    return str(off) if off else None


def _of_head(data, lines):
    """Yield lines for what only the head of a quotation says."""
    freight = _as_decimal(data.get("freightamount"))
    if freight:
        yield _plain_line("Freight", freight)
    if not (data.get("discountamount") or data.get("discountpercentage")):
        return
    untaxed = _less(data.get("totalamount"), data.get("totaltax"))
    nets = [line["net"] for line in lines]
    if untaxed is not None and None not in nets:
        off = Decimal(untaxed) - freight - sum(map(Decimal, nets))
        if off:
            yield _plain_line("Discount", off)


def _plain_line(name, amount):
    return {"name": name, "quantity": 1, "price": str(amount), "net": str(amount)}


def complete_price(data):
    """Add ``_pricing``, the rule of a price, and ``_of_other_unit`` where it is one.

    A margin is one of the price, a markup one of the cost: 20 % margin are 25 % markup.
    """
    product = data.pop("productid", None) or {}
    unit, own = data.get("_uomid_value"), product.get("_defaultuomid_value")
    if unit and own and str(unit).lower() != str(own).lower():
        data["_of_other_unit"] = True
    method, percent = data.get("pricingmethodcode"), _as_decimal(data.get("percentage"))
    if method in (AMOUNT, None):
        data["_pricing"] = {"kind": "fixed", "price": data.get("amount")}
    elif method == OF_LIST:
        data["_pricing"] = {"kind": "percentage", "off": str(100 - percent)}
    elif method in _MARKUP or method in _MARGIN:
        markup = percent
        if method in _MARGIN:
            markup = percent / (100 - percent) * 100 if percent < 100 else None
        if markup is not None and markup == markup.quantize(_CENT):
            data["_pricing"] = {
                "kind": "formula", "base": "standard_price", "off": str(-markup),
            }  # fmt: skip


def complete_product(data):
    """Put the parts of a bundle, which came along as rows, into ``_parts``."""
    for navigation, rows in list(data.items()):
        if navigation.startswith("_") or not isinstance(rows, list):
            continue
        if all("productassociationid" in row for row in rows):
            del data[navigation]
            if rows:
                data["_parts"] = [_part_of(row) for row in rows]


def _part_of(row):
    labels = row.get("_labels", {})
    return {
        "name": labels.get("_associatedproduct_value"),
        "quantity": row.get("quantity"),
        "unit": labels.get("_uomid_value"),
        "required": labels.get("productisrequired"),
    }


def _as_decimal(value):
    return Decimal(str(value or 0))


def _less(amount, tax):
    """
    >>> _less(22.8, 3.8), _less(None, 1)
    ('19.0', None)
    """
    return None if amount is None else str(_as_decimal(amount) - _as_decimal(tax))
