"""What a cell of a workbook shows: number formats (ECMA-376 part 1, 18.8.31).

A workbook stores 1069 and shows 01069, stores 0.25 and shows 25 %: what the sheet shows
is what the CRM held. A number stays as it is stored where showing it loses something
(1234.5678 shown as 1234.57), and where the format only dresses it (``#,##0.00``).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from openpyxl.styles.numbers import is_date_format, is_timedelta_format

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<width>.)|\*(?P<fill>.)'
    r"|\[(?P<bracket>[^\]]*)\]|(?P<general>General)|(?P<digit>[0#?])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)$")
_COMPARE = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}
# Languages (LCID, hexadecimal) whose country tells which of several currencies a sign is.
_OF_LOCALE = {
    "$": {
        "409": "USD",
        "1009": "CAD",
        "C0C": "CAD",
        "C09": "AUD",
        "1409": "NZD",
        "80A": "MXN",
        "1004": "SGD",
        "4809": "SGD",
        "C04": "HKD",
        "404": "TWD",
        "2C0A": "ARS",
        "340A": "CLP",
        "240A": "COP",
        "540A": "USD",
        "300A": "USD",
    },
    "¥": {"411": "JPY", "804": "CNY"},
    "￥": {"411": "JPY", "804": "CNY"},
    "£": {"809": "GBP", "C01": "EGP"},
    "kr": {"41D": "SEK", "414": "NOK", "814": "NOK", "406": "DKK", "40F": "ISK"},
    "kr.": {"406": "DKK", "40F": "ISK"},
    "Fr.": {"807": "CHF", "100C": "CHF", "810": "CHF"},
    "R": {"1C09": "ZAR", "436": "ZAR"},
    "Rs": {"4009": "INR", "439": "INR", "420": "PKR"},
    "lei": {"418": "RON"},
    "S/": {"280A": "PEN"},
}
_SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₽": "RUB",
    "₺": "TRY",
    "₫": "VND",
    "₪": "ILS",
    "₩": "KRW",
    "₴": "UAH",
    "₦": "NGN",
    "₱": "PHP",
    "฿": "THB",
    "zł": "PLN",
    "Kč": "CZK",
    "R$": "BRL",
    "Ft": "HUF",
    "US$": "USD",
    "лв.": "BGN",
    "C$": "CAD",
    "A$": "AUD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
    "NT$": "TWD",
}
_AMBIGUOUS_SIGNS = {"$", "¥", "￥", "kr", "kr.", "Fr.", "Rs", "Rs."}
_GROUPING = set("  \u202f'’.")


@dataclass(frozen=True)
class Section:
    """One of the up to four parts of a format: what it is good for, and its pieces.

    :param kind: ``number``, ``percent``, ``mask`` or ``text``
    :param pieces: pairs (is a digit, character or literal text) of a mask
    :param currency: ISO code or sign that the format puts beside the number
    :param unit: words that the format puts behind the number
    """

    kind: str = "number"
    pieces: tuple = ()
    currency: str = ""
    unit: str = ""
    condition: tuple = ()


@dataclass(frozen=True)
class Format:
    """How the numbers of a cell are shown.

    :param kind: ``date``, ``duration`` or ``number``
    :param has_time: of a date: the time of day is shown
    """

    kind: str = "number"
    has_time: bool = True
    sections: tuple[Section, ...] = (Section(),)

    def section_for(self, number):
        """Return the ``Section`` by which a number is shown."""
        sections = self.sections
        if any(section.condition for section in sections):
            for section in sections:
                if not section.condition or _COMPARE[section.condition[0]](
                    number, section.condition[1]
                ):
                    return section
            return sections[-1]
        if number < 0 and len(sections) > 1:
            return sections[1]
        if number == 0 and len(sections) > 2:
            return sections[2]
        return sections[0]


GENERAL = Format()


@lru_cache(maxsize=4096)
def parse_format(code):
    """Return the ``Format`` that a format code means.

    >>> parse_format("00000").sections[0].kind, parse_format("0.00%").sections[0].kind
    ('mask', 'percent')
    >>> parse_format("#,##0.00\\\\ [$€-407]").sections[0].currency
    'EUR'
    >>> parse_format("[h]:mm").kind, parse_format("d.m.yy").has_time
    ('duration', False)
    """
    if is_timedelta_format(code):
        return Format("duration")
    if is_date_format(code):
        plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code)
        return Format("date", has_time=re.search("[hs]", plain, re.I) is not None)
    sections = tuple(map(_section, _split(code)[:3]))
    return Format(sections=sections or (Section(),))


def _split(code):
    parts, start, quoted, at = [], 0, False, 0
    while at < len(code):
        char = code[at]
        if char == "\\":
            at += 1
        elif char == '"':
            quoted = not quoted
        elif char == ";" and not quoted:
            parts.append(code[start:at])
            start = at + 1
        at += 1
    return [*parts, code[start:]]


def _section(code):
    pieces, condition, currency, percent, other = [], (), "", False, ""
    for token in _TOKEN.finditer(code):
        kind, text = token.lastgroup, token[token.lastgroup]
        if kind in ("quoted", "escaped"):
            pieces.append((False, text))
        elif kind == "width":
            pieces.append((False, " "))
        elif kind == "bracket":
            if found := _CONDITION.match(text.strip()):
                condition = (found[1], float(found[2]))
            elif text.startswith("$"):
                sign, _dash, locale = text[1:].partition("-")
                if sign.strip():
                    currency = currency or _currency_of(sign.strip(), locale)
        elif kind == "digit":
            pieces.append((True, text))
        elif kind in ("general",):
            other += "G"
            pieces.append((True, "G"))
        elif text == "%":
            percent = True
        elif kind != "fill":
            if text in "-+()$€£¥:/ ":
                pieces.append((False, text))
            if text not in "-+() ":
                other += text
    return _judge(tuple(pieces), other, percent, currency, condition)


def _judge(pieces, other, percent, currency, condition):
    places = [place for place, (digit, _text) in enumerate(pieces) if digit]
    if not places:
        # "Yes";"Yes";"No" shows words for numbers; a dash for 0 says no more than 0.
        text = "".join(text for _digit, text in pieces).strip()
        sign = currency or next(filter(None, map(_sign_in, text.split())), "")
        kind = "number" if sign or not text else "text"
        return Section(kind, pieces, currency=sign, condition=condition)
    first, last = places[0], places[-1]
    before = "".join(text for _digit, text in pieces[:first])
    after = "".join(text for digit, text in pieces[last + 1 :] if not digit)
    digits = "".join(text for digit, text in pieces if digit)
    inside = {text for digit, text in pieces[first:last] if not digit and text}
    currency = currency or _sign_in(before) or _sign_in(after)
    if percent:
        return Section("percent", condition=condition)
    dressed = set(other) & set(".,EG/") or "/" in inside
    # 1 234 567 and 1'234'567: groups of three, not a mask; 01 23 45 67 89 is one.
    grouped = (
        inside
        and all(set(text) <= _GROUPING for text in inside)
        and digits.count("0") < 2
        and re.fullmatch("d+(?:,d{2,3})*,d{3}", _groups_of(pieces[first : last + 1]))
    )
    masked = digits.count("0") > 1 or (inside and not grouped)
    named = before.strip(" ()-") and not currency
    if not dressed and not currency and (masked or named):
        return Section("mask", pieces, condition=condition)
    unit = "" if currency else after.strip(" ()-")
    return Section("number", currency=currency, unit=unit, condition=condition)


def _groups_of(pieces):
    return re.sub(",+", ",", "".join("d" if digit else "," for digit, _t in pieces))


def _currency_of(sign, locale):
    locale = locale.upper().lstrip("0")
    if found := _OF_LOCALE.get(sign, {}).get(locale[-4:]):
        return found
    if re.fullmatch("[A-Za-z]{3}", sign):
        return sign.upper()
    return _SIGNS.get(sign, sign)


def _sign_in(text):
    text = text.strip(" ()-*")
    if text in _SIGNS or text in _AMBIGUOUS_SIGNS:
        return _SIGNS.get(text, text)
    # A code of three letters is told from a unit by what money bears in formats.
    return text if re.fullmatch("EUR|USD|GBP|CHF|[A-Z]{2}[DFKNPRSTY]", text) else ""


def show(number, form):
    """Return (what the sheet shows of a number, its currency), as ``Section`` says.

    >>> show(1069, parse_format("00000")), show(0.25, parse_format("0%"))
    (('01069', ''), (25, ''))
    >>> show(2025550123, parse_format("[<=9999999]###-####;(###) ###-####"))
    ('(202) 555-0123', '')
    >>> show(123456789, parse_format('0#" "##" "##" "##" "##'))
    ('01 23 45 67 89', '')
    >>> show(1234567, parse_format('# ##0')), show(1234567, parse_format("#'##0"))
    ((1234567, ''), (1234567, ''))
    >>> show(1234.5678, parse_format("#,##0.00 [$€-407]"))
    (1234.5678, 'EUR')
    """
    section = form.section_for(number)
    if section.kind == "text":
        text = "".join(text for _digit, text in section.pieces).strip()
        return (text if any(map(str.isalpha, text)) else number), ""
    if section.kind == "percent":
        return _plain(Decimal(repr(number)) * 100), ""
    if section.kind == "mask" and float(number).is_integer():
        negative = number < 0 and (len(form.sections) < 2 or section.condition)
        return ("-" if negative else "") + _masked(section.pieces, abs(int(number))), ""
    return number, section.currency


def _plain(number):
    # What a sheet holds has fifteen digits; behind them is what binary fractions leave.
    number = float(f"{number:.15g}")
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _masked(pieces, number):
    """Put the digits of a number into a mask, from its end; what is too long goes first."""
    left = str(number) if number else ""
    shown = []
    first = next(place for place, (digit, _text) in enumerate(pieces) if digit)
    zero = next((p for p, (d, text) in enumerate(pieces) if d and text == "0"), None)
    for place in range(len(pieces) - 1, -1, -1):
        digit, text = pieces[place]
        if digit and zero is not None and place > zero:
            text = "0"  # a zero shows all the digits behind it
        if not digit:
            shown.append(text)
        elif place == first:
            filler = {"0": "0", "?": " "}.get(text, "")
            shown.append(left or filler)
            left = ""
        elif left:
            shown.append(left[-1])
            left = left[:-1]
        else:
            shown.append({"0": "0", "?": " "}.get(text, ""))
    return "".join(reversed(shown)).strip()
