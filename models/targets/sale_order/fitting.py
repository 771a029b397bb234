"""The numbers of a line such that Odoo comes to the same amount; pure, in decimals."""

from decimal import Decimal
from typing import NamedTuple

from ...loading.decimals import as_decimal, round_to

HUNDRED = Decimal(100)


class Line(NamedTuple):
    """``is_exact`` tells whether quantity, price and discount are those of the source."""

    quantity: float
    price: float
    discount: float
    is_exact: bool


def _given(value, otherwise):
    number = as_decimal(value)
    return otherwise if number is None else number


def fit(
    quantity,
    price,
    percent=None,
    off=None,
    amount=None,
    places=2,
    digits=(2, 2),
    may_discount=True,
):
    """Return the ``Line`` whose amount in Odoo is the source's, to the cent.

    Odoo keeps quantities and discounts with ``digits`` decimal places, prices with any
    number (19.0). Where the source's own numbers do not fit, or come to something else
    (a discount in money, a sum rounded by hand), the price gives way, and where the
    quantity does not fit, one piece costs it all.

    :param percent: discount in hundredths
    :param off: discount in money, where there is no percentage
    :param amount: what the line comes to, if the source says it
    :param places: decimal places of the currency
    :param may_discount: else a discount is taken off the price

    >>> fit(2, 38.843, percent=10)
    Line(quantity=2.0, price=38.843, discount=10.0, is_exact=True)
    >>> fit(3, 100, off=100, amount=200)
    Line(quantity=3.0, price=66.66666666666667, discount=0.0, is_exact=False)
    >>> fit(4, 100, off=100, amount=300)
    Line(quantity=4.0, price=100.0, discount=25.0, is_exact=True)
    >>> fit(1.3333, 90)
    Line(quantity=1.0, price=120.0, discount=0.0, is_exact=False)
    >>> fit(0, 90, amount=0), fit(0, 90, amount=5).price
    (Line(quantity=0.0, price=90.0, discount=0.0, is_exact=True), 5.0)
    """
    quantity, price = _given(quantity, Decimal(1)), _given(price, Decimal(0))
    percent, off = as_decimal(percent), as_decimal(off)
    whole = quantity * price
    if percent is None and off and whole:
        percent = round_to(off / whole * HUNDRED, digits[1])
    wanted = as_decimal(amount)
    if wanted is None:
        cut = off if off is not None else whole * (percent or 0) / HUNDRED
        wanted = round_to(whole - cut, places)
    fits = round_to(quantity, digits[0]) == quantity
    discount = round_to(percent or Decimal(0), digits[1])
    comes_to = round_to(whole * (HUNDRED - discount) / HUNDRED, places)
    said = percent is None or discount == percent
    said = said and (may_discount or not discount)
    if fits and said and comes_to == round_to(wanted, places):
        return Line(float(quantity), float(price), float(discount), True)
    if fits and quantity:
        return Line(float(quantity), float(wanted / quantity), 0.0, False)
    return Line(1.0, float(wanted), 0.0, False)
