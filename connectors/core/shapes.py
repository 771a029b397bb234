"""What a cell looks like, value by value: what columns are judged by, over the whole file."""

import re
from dataclasses import astuple, dataclass
from functools import cache, lru_cache

from .day_words import plain_day
from .identifiers import are_record_ids
from .month_names import find_month_name, languages_of

_ISO = re.compile(r"\d{4}-\d\d?-\d\d?(?P<time>[T ]\d\d?:\d\d.*)?$")
_DAY = re.compile(
    r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?P<time>,?[T ]+\d{1,2} ?[:.h] ?\d\d.*)?$"
)
_NUMBER = re.compile(
    r"\(?[-+]?(?:[A-Z]{3}|[€$£¥])?[ \u00a0]?[-+]?\d[\d.,'\u00a0\u202f ]*"
    r"(?:[ \u00a0]?(?:[A-Z]{3}|[€$£¥%]))?-?\)?$"
)
_MONEY = re.compile("[A-Z]{3}|[€$£¥]")
_CODED = re.compile(r"[+]|0\d|\d{2,4} \d{2} ")
_BOOLEANS = frozenset(
    """
    true false yes no y n t f ja nein oui non si sí no sim não nao vrai faux wahr falsch
    vero falso verdadero verdadeiro tak nie ano ne da nej nei
    """.split()
)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+$")
_HTML = re.compile(r"</?(p|div|br|span|table)\b")
SEPARATORS = (" ::: ", "|##|", ";", "|", "\n", ",", ";#")
"""What stands between several values of one cell."""
_PLAIN_EMAIL = re.compile(r"[a-z0-9]+(?:[._+-][a-z0-9]+)*@[a-z0-9-]+\.[a-z0-9.-]*[a-z]")
_PLAIN_PHONE = re.compile(r"\+\d+( \d+)*")
_LONG = 2000
"""A text beyond is no number, no day, no key: its first part is looked at."""


@dataclass(frozen=True, eq=False)
class Shape:
    """One kind of value; equal ones are one object, made by ``make_shape``.

    :param kind: ``uuid`` (of whatever form an id is known by), ``email``, ``iso``, ``day``, ``boolean`` or empty
    :param number: it reads as a number; ``native`` numbers were no text
    :param order: of a day what proves its order: ``dmy``, ``mdy``, ``ymd`` or empty
    :param mark: the decimal mark that a number proves, ``.?`` and ``,?`` where the sign
        could as well group thousands, empty without one
    :param separators: numbers in ``SEPARATORS``, as text
    :param months: languages in which the name of a month may be, of those that disagree
        about one; ``vague``: they disagree about this one
    """

    kind: str = ""
    time: bool = False
    order: str = ""
    dotted: bool = False
    number: bool = False
    native: bool = False
    whole: bool = False
    mark: str = ""
    money: bool = False
    coded: bool = False
    html: bool = False
    long: bool = False
    separators: str = ""
    months: str = ""
    vague: bool = False

    def as_list(self):
        return list(astuple(self))


@cache
def make_shape(*values, **named):
    """Return the one ``Shape`` with these values."""
    shape = Shape(*values, **named)
    return _KNOWN.setdefault(astuple(shape), shape)


_KNOWN = {}
NATIVE = {
    whole: make_shape(number=True, native=True, whole=whole) for whole in (True, False)
}
_PLAIN = make_shape()
_WHOLE = make_shape(number=True, whole=True)
_CODE = make_shape(number=True, whole=True, coded=True)
_MOMENT = make_shape("iso", time=True, order="ymd")
_DATE = make_shape("iso", order="ymd")
_ADDRESS = make_shape("email")
_PHONE, _SPACED_PHONE = (
    make_shape(number=True, coded=True, whole=whole) for whole in (True, False)
)
_CENTURIES = ("19", "20")
"""What may end in them may be a day: March 4 2025."""


def shape_of(text):
    """Return the ``Shape`` of a stripped text that is not empty.

    >>> shape_of("31/12/2024").order, shape_of("1.250").mark, shape_of("12.500,00").mark
    ('dmy', '.?', ',')
    >>> shape_of("VIP;Partner").separators
    '2'
    """
    # What most cells are is told without a pattern: there are millions of them.
    first, size = text[0], len(text)
    if first.isalpha():
        if size <= 250 and "@" not in text and "<" not in text and not _may_be_id(text):
            named = size > 3 and text[:3].isupper() and not text[3].isalpha()
            if not named and (size > 10 or text.lower() not in _BOOLEANS):
                if not _may_be_several(text) and text[-4:-2] not in _CENTURIES:
                    # "So. 31.01.2027 14:30"
                    if text[-3:-2] != ":":
                        return _PLAIN
    elif text.isdecimal() and text.isascii():
        return _CODE if first == "0" and size > 1 else _WHOLE
    elif size == 10 and text[4] == text[7] == "-":
        if _ISO.match(text):
            return _DATE
    elif size == 19 and text[4] == text[7] == "-" and text[13] == ":":
        if _ISO.match(text):
            return _MOMENT
    elif first == "+" and size <= 40 and (found := _PLAIN_PHONE.fullmatch(text)):
        return _SPACED_PHONE if found[1] else _PHONE
    if "@" in text and size <= 250 and _PLAIN_EMAIL.fullmatch(text):
        return _ADDRESS
    return _look_closely(text)


def _may_be_id(text):
    size = len(text)
    return size >= 17 and (size in (24, 36) or text[:3] == "rec")


def _may_be_several(text):
    return (
        "," in text
        or ";" in text
        or "\n" in text
        or "|" in text
        or (":" in text and " ::: " in text)
    )


@lru_cache(maxsize=4096)
def _look_closely(text):
    long = len(text) > 250 or "\n" in text
    if long:
        return make_shape(
            long=True,
            html=_HTML.search(text, 0, _LONG) is not None,
            separators=_separators_of(text[:_LONG]),
        )
    if are_record_ids(text):
        return make_shape("uuid", separators=_separators_of(text))
    if _EMAIL.match(text):
        return make_shape("email", separators=_separators_of(text))
    text = plain_day(text)
    if found := _ISO.match(text):
        return make_shape("iso", time=bool(found["time"]), order="ymd")
    months, vague = languages_of(text)
    if (named := find_month_name(text)) or vague:
        # However it is written, no order of day and month is in doubt.
        time = bool(named and named[3])
        return make_shape("day", time=time, order="ymd", months=months, vague=vague)
    number = _NUMBER.match(text) is not None
    coded = _CODED.match(text) is not None
    if (found := _DAY.match(text)) and _may_be_day(*found.groups()[:3]):
        return make_shape(
            "day",
            time=bool(found["time"]),
            order=_order_of(found),
            dotted="." in text[:3],
            number=number,
            coded=coded,
        )
    if number:
        plain = re.sub(r"[^\d.,]", "", text).rstrip(".,")
        return make_shape(
            number=True,
            whole=text.lstrip("+-").isdigit(),
            mark=_mark_of(plain),
            money=_MONEY.search(text) is not None,
            coded=coded,
        )
    return make_shape(
        "boolean" if text.lower() in _BOOLEANS else "",
        coded=coded,
        html=_HTML.search(text) is not None,
        separators=_separators_of(text),
    )


def _separators_of(text):
    return "".join(
        str(place)
        for place, separator in enumerate(SEPARATORS)
        if separator in text.strip(separator)
    )


def _may_be_day(one, two, three):
    """Tell whether three numbers may be a day in any order: a tax number is none.

    >>> _may_be_day("31", "02", "2025"), _may_be_day("2025", "1", "31")
    (True, True)
    >>> _may_be_day("012", "34", "5678"), _may_be_day("45", "67", "89")
    (False, False)
    """
    if len(one) == 4:
        return int(two) <= 12 and int(three) <= 31
    first, second = int(one), int(two)
    in_order = (first <= 31 and second <= 12) or (first <= 12 and second <= 31)
    return in_order and len(one) != 3 and len(three) != 3


def _order_of(found):
    if len(found[1]) == 4:
        return "ymd"
    one, two = int(found[1]), int(found[2])
    if 12 < one <= 31 and two <= 12:
        return "dmy"
    if 12 < two <= 31 and one <= 12:
        return "mdy"
    return ""


def _mark_of(digits):
    """Return the decimal mark that a number proves, with ``?`` where it could group.

    >>> _mark_of("1.234,5"), _mark_of("1,234,567"), _mark_of("12.5"), _mark_of("1,234")
    (',', '.', '.', ',?')
    """
    signs = re.findall(r"[.,]", digits)
    if len(set(signs)) == 2:
        return signs[-1]
    if len(signs) > 1:
        return "," if signs[0] == "." else "."
    if not signs:
        return ""
    grouped = re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits)
    return f"{signs[0]}?" if grouped else signs[0]
