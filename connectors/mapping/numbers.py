"""Conversions of numbers and of yes and no, as systems and people write them."""

import math
import re
import unicodedata
from decimal import Decimal

from .currency_signs import THREE_DECIMALS, find_currency, fold_unit, is_currency
from .values import BadValue, as_list, as_objects, as_text, is_blank, transform

MAX_INTEGER = 2**31 - 1
"""The largest whole number that a field of Odoo keeps."""
_EXACT = 2**53
_SAFE = 10**13
"""Below it a float keeps every cent, whatever is written."""
_LONGEST = 100


@transform
def decimal(value):
    """Return a float from a number or an unambiguous text; a dot is the decimal mark.

    Beside a currency three digits behind the only mark are thousands: no money but
    seven dinars and the like has that many decimals.

    >>> decimal("1,234.50"), decimal("1.234,50"), decimal("EUR 12"), decimal("(3)")
    (1234.5, 1234.5, 12.0, -3.0)
    >>> decimal("500.000 ₫"), decimal("12,500 kr"), decimal("12.500"), decimal("12.500,- €")
    (500000.0, 12500.0, 12.5, 12500.0)
    >>> decimal("1.000,-"), decimal("1,000.-"), decimal("– 5,50"), decimal("5,–")
    (1000.0, 1000.0, -5.5, 5.0)
    """
    return _as_float(value if _is_number(value) else _written(value, None))


@transform
def decimal_as(value, mark):
    """Return a float from a number as people write it, ``mark`` being the decimal mark.

    >>> decimal_as("1.234,50 €", ","), decimal_as("1,234", "."), decimal_as("(12)", ".")
    (1234.5, 1234.0, -12.0)
    """
    return _as_float(value if _is_number(value) else _written(value, mark))


@transform
def sum_of_lines(value, member, quantity, price="", mark=""):
    """Return an amount: its own, else that of its lines together.

    An export that repeats the whole amount in every line has it once: the same amount in
    each of them, and not what price and quantity make.

    :param value: the amount, and a list of lines
    :param member: the member of a line with its amount
    :param quantity, price: those with its parts; empty: not there
    :param mark: the decimal mark of all of them, empty where each shows its own

    >>> sum_of_lines(["7", None], "Income", "No."), sum_of_lines([None, [{"Income": "2"}]], "Income", "No.")
    ('7', 2.0)
    >>> sum_of_lines([None, [{"Income": "100.50"}, {"Income": "50"}]], "Income", "No.")
    150.5
    >>> whole = {"Income": "90", "No.": "1", "Price": "45"}
    >>> sum_of_lines([None, [whole, whole]], "Income", "No.", "Price")
    90.0
    >>> part = {"Income": "90", "No.": "2", "Price": "45"}
    >>> sum_of_lines([None, [part, part]], "Income", "No.", "Price")
    180.0
    """
    own, lines = [*as_list(value), None, None][:2]
    if not is_blank(own):
        return own
    lines = [line for line in as_objects(lines) if not is_blank(line.get(member))]
    found = [_number_of(line, member, mark) for line in lines]
    if (
        len(set(found)) == 1
        and price
        and not all(
            _is_product(line, amount, (quantity, price), mark)
            for line, amount in zip(lines, found, strict=True)
        )
    ):
        return found[0]
    return sum(found) if found else None


def _is_product(line, amount, names, mark):
    try:
        one, other = (_number_of(line, name, mark) for name in names)
    except BadValue:
        return True
    return abs(one * other - amount) < 0.01


def _number_of(line, name, mark):
    if is_blank(line.get(name)):
        raise BadValue("not_a_number")
    return decimal_as(line[name], mark) if mark else decimal(line[name])


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


def _as_float(number):
    try:
        converted = float(number)
    except OverflowError:
        raise BadValue("too_big") from None
    if isinstance(number, float):
        if not math.isfinite(number):
            raise BadValue("not_a_number")
    elif math.isinf(converted) or not _keeps_cents(number, converted):
        # Digits would be lost without a word.
        raise BadValue("too_big")
    elif number and not converted:
        raise BadValue("not_a_number")
    return converted + 0.0  # no negative zero


def _keeps_cents(number, converted):
    """Tell whether a float says what was written, to the cent.

    >>> _keeps_cents(Decimal("99999999999999.99"), 99999999999999.99)
    False
    >>> _keeps_cents(Decimal("12345678901234.56"), 12345678901234.56)
    True
    """
    if abs(number) > _EXACT:
        return Decimal(converted) == Decimal(number)
    if abs(number) < _SAFE:
        return True
    return round(Decimal(repr(converted)), 2) == round(Decimal(number), 2)


def _written(value, mark):
    if isinstance(value, bool) or not isinstance(value, str) or len(value) > _LONGEST:
        raise BadValue("not_a_number")
    if mark != "," and re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", value):
        return Decimal(value)
    text = _plain(value, mark).strip()
    enclosed = len(text) > 1 and text[0] == "(" and text[-1] == ")"
    if enclosed:
        text = text[1:-1]
    found = re.fullmatch(
        r"([^0-9]*)([0-9](?:[0-9.,' ]*[0-9])?)([eE][+-]?[0-9]{1,3})?([^0-9]*)", text
    )
    if not found:
        raise BadValue("not_a_number")
    before, digits, exponent, after = found.groups("")
    # ".5" begins with its decimal mark, "Rs.500" does not; "12.-" is a price.
    if before.endswith((mark or ",", ".")) and not _is_unit(before):
        before, digits = before[:-1], before[-1] + digits
    if mark is None and (cents := re.match(r"([.,])\s*[-–—]", after)):
        # A dash for no cents stands behind the decimal mark: 1.000,- is a thousand.
        mark = cents[1]
    after = re.sub(r"^[.,](\s*[-–—]{1,2})?(?=\s|$)", "", after)
    signs = re.sub(r"[^+-]", "", before + after)
    if len(signs) + enclosed > 1 or not (_is_unit(before) and _is_unit(after)):
        raise BadValue("not_a_number")
    if mark is None and _groups_thousands(value, digits):
        mark = "," if "." in digits else "."
    number = Decimal(_pointed(digits, mark) + exponent)
    return -number if enclosed or signs == "-" else number


def _plain(text, mark):
    """Return a number in ASCII, whatever digits, blanks and signs it is written in."""
    marks = {"−": "-", "–": "-", "\uff0d": "-", "٫": mark or ".", "٬": "'", "٪": "%"}
    plain = []
    for char in text:
        if char.isascii():
            plain.append(" " if char.isspace() else char)
        elif (digit := unicodedata.decimal(char, None)) is not None:
            plain.append(str(digit))
        elif char in "’ʼ\uff07":
            plain.append("'")
        elif unicodedata.category(char) == "Zs":
            plain.append(" ")
        elif unicodedata.category(char) != "Cf":
            plain.append(marks.get(char, char))
    return "".join(plain)


def _is_unit(text):
    """Tell whether what stands beside a number leaves it as it is: a currency, a %."""
    unit = fold_unit(text)
    return unit in ("", "%") or is_currency(unit)


def _groups_thousands(text, digits):
    """Tell whether three digits behind the only mark of an amount of money are a group."""
    currency = find_currency(text)
    return (
        currency is not None
        and currency not in THREE_DECIMALS
        and re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", digits) is not None
    )


def _pointed(digits, mark):
    """Return digits with a point at most, their groups taken out if they are groups."""
    if mark is None:
        mark = _mark_of(digits)
    whole, _mark, fraction = digits.rpartition(mark) if mark else ("", "", "")
    if not _mark:
        whole, fraction = digits, ""
    groups = re.split(r"[^0-9]", whole)
    separators = set(re.sub(r"[0-9]", "", whole))
    # Lakhs and crores: 12,34,567.
    middle = (2, 3) if separators == {","} else (3,)
    grouped = (
        len(separators) == 1
        and mark not in separators
        and 1 <= len(groups[0]) <= 3
        and all(len(group) in middle for group in groups[1:-1])
        and len(groups[-1]) == 3
    )
    if (separators and not grouped) or not re.fullmatch(r"[0-9]*", fraction):
        raise BadValue("not_a_number")
    return f"{''.join(groups) or '0'}.{fraction or '0'}"


def _mark_of(digits):
    """Return the decimal mark that the number itself shows, empty if it has none."""
    if "," in digits and "." in digits:
        return max(",.", key=digits.rfind)
    if digits.count(",") == 1:
        if re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", digits):
            raise BadValue("ambiguous_number")
        return ","
    return "." if digits.count(".") == 1 else ""


@transform
def currency_of(value):
    """Return the currency that stands beside an amount: its code, or a sign of several.

    >>> currency_of("500.000 ₫"), currency_of("12 kr"), currency_of("12"), currency_of(5)
    ('VND', 'kr', None, None)
    """
    return find_currency(value)


@transform
def percent(value, scale=1):
    """Return hundredths, whichever way a share is written.

    >>> percent("25 %"), percent("0.25", 100), percent("25 %", 100), percent("0,8", 100)
    (25.0, 25.0, 25.0, 80.0)
    """
    if isinstance(value, str) and re.search("[%٪]", value):
        return decimal(value)
    number = decimal(value)
    if scale != 1 and abs(number) > 1:
        # The column has parts of one, and this is none.
        raise BadValue("not_a_share")
    return round(number * scale, 6)


@transform
def integer(value):
    """
    >>> integer("7"), integer(7.0)
    (7, 7)
    """
    number = decimal(value)
    if not number.is_integer():
        raise BadValue("not_an_integer")
    if abs(number) > MAX_INTEGER:
        raise BadValue("too_big")
    return int(number)


TRUE = frozenset(
    """
    true 1 1.0 -1 yes y t on x ✓ ✔ ☑ v checked enabled allow ja j ein an aktiviert zutreffend richtig oui vrai wahr sí si s sim verdadero verdadeiro
    vero tak ano da да igaz tosi sann sand prawda pravda adevărat adevarat doğru dogru да так igen evet kyllä áno истина ναι نعم כן はい 是 예
    """.split()
)
FALSE = frozenset(
    """
    false 0 0.0 no n f off ✗ ✘ ☐ unchecked disabled nein aus deaktiviert unwahr non faux falsch não nao falso nee nej nei nie ne нет
    не ні hamis epätosi falskt falsk fałsz falsz nepravda yanlış yanlis не nem hayır hayir ei ложь όχι لا לא いいえ 否 아니요
    """.split()
)


@transform
def boolean(value):
    """
    >>> boolean("Yes"), boolean(0), boolean("Não")
    (True, False, False)
    """
    text = unicodedata.normalize("NFC", as_text(value).casefold())
    if text not in TRUE | FALSE:
        raise BadValue("not_a_boolean")
    return text in TRUE


@transform
def invert(value):
    return not boolean(value)
