"""Amounts and percentages as people write them: exact, in decimals."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation


def as_decimal(value):
    """Return a number as it is written, None for none.

    >>> as_decimal(0.1), as_decimal("1e3"), as_decimal(""), as_decimal(True)
    (Decimal('0.1'), Decimal('1E+3'), None, None)
    """
    if value is None or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def round_to(number, places=2):
    """Round half away from zero, as invoices do.

    >>> round_to(Decimal("4.995"), 2), round_to(Decimal("-4.995"), 2)
    (Decimal('5.00'), Decimal('-5.00'))
    """
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def find_rate(net, tax, places, known=()):
    """Return the percentage by which an amount was taxed, None where none explains it.

    :param known: percentages that Odoo has; they are tried before any other

    >>> find_rate(Decimal("375.00"), Decimal("71.25"), 2)
    Decimal('19')
    >>> find_rate(Decimal("10.00"), Decimal("0.70"), 2, (Decimal("7"),))
    Decimal('7')
    >>> find_rate(Decimal("0"), Decimal("1"), 2) is None
    True
    """
    if not tax:
        return Decimal(0)
    if not net:
        return None
    exact = tax * 100 / net
    tried = [*known, *(round_to(exact, digits) for digits in (0, 1, 2))]
    for rate in tried:
        if 0 < rate <= 100 and round_to(net * rate / 100, places) == tax:
            return rate
    return None
