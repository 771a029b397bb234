"""What a text is by its looks, whatever member it stands in."""

import re
import sys
import unicodedata

from ..mapping.values import is_not_given, is_written_null, stands_for_nothing
from .addresses import is_ip

LONGEST_NAME = 80
"""Characters; what is longer is a text."""
MOST_WORDS = 8
BLOB = 200
"""Characters from which letters and digits without a blank are a file as text."""


def _find_marks():
    """Return the combining signs as ranges of a set in a regular expression."""
    found, ranges = [], []
    for code in range(0x300, 0xFFFF):
        if unicodedata.category(chr(code)).startswith("M"):
            found.append(code)
    for code in [*found, sys.maxunicode]:
        if not ranges or code != ranges[-1][1] + 1:
            ranges.append([code, code])
        ranges[-1][1] = code
    return "".join(f"{chr(low)}-{chr(high)}" for low, high in ranges[:-1])


WORD = rf"[^\W\d_](?:[^\W\d_]|[{_find_marks()}])*"
EMAIL = r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)*"
URL = (
    r"(?:[a-z][a-z+.-]{1,12}://|www\.)[^\s<>\"'()\[\]]+|(?:mailto|tel|cid):[^\s<>\"']+"
)
WHEN = (
    r"(?<![\d./+-])(?:\d{4}-\d\d?-\d\d?(?:[T ]\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?"
    r"\s?(?:Z|[+-]\d\d:?\d\d)?)?"
    r"|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)(?:,?\s\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?)?"
    r"|\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?:\s?[AaPp]\.?[Mm]\.?)?)(?![\d./-]*\d)"
)
PHONE = r"(?<![\w.,])(?:\+|00)?\(?\d(?:[ \u00a0()/.\u2013-]{0,3}\d){6,}"
TOKEN = re.compile(
    rf"(?P<url>{URL})|(?P<email>{EMAIL})|(?P<when>{WHEN})|(?P<phone>{PHONE})"
    rf"|(?P<word>{WORD})|(?P<digits>\d+)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\d{1,3}(?:[.,'’\u00a0\u202f]\d{3})+(?:[.,]\d{1,3})?|\d+[.,]\d{1,3}"
)
_NUMBER = re.compile(
    r"(?:[A-Z]{3}|[€$£¥₹%])?\s?[+-]?[\d.,'’ \u00a0\u202f]+\s?(?:[A-Z]{3}|[€$£¥₹%]|kg|km|st)?"
)
_PLAIN = re.compile(r"[+-]?\d{1,6}|[+-]?\d+[.,]\d+(?:[eE][+-]?\d+)?|1\d{9}|1\d{12}")
_TIME = re.compile(
    r"(?:\d+(?:[.,]\d+)?\s*(?:hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s|days?|d|weeks?"
    r"|months?|years?|std|stunden?|minuten|tage?n?|wochen?|monate?|jahre?|heures?|jours?)"
    r"\.?[\s,]*)+",
    re.IGNORECASE,
)
_ISO_PERIOD = re.compile(r"P(?=.)(?:\d+[YMWD])*(?:T(?:\d+(?:\.\d+)?[HMS])+)?")
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,18}(?:/\S*)?\.?")
_OPAQUE = re.compile(
    r"\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?|(?=.*\d)[0-9a-f]{16,}", re.I
)
_BASE64 = re.compile(r"[A-Za-z0-9+/_=\s-]+")
_HTML = re.compile(
    r"<(?:/?[a-z][a-z0-9:]*(?:\s[^<>]*)?/?|!--|!doctype[^<>]*|\?xml[^<>]*)>", re.I
)
_YES_OR_NO = frozenset(
    """
    true false yes no y n on off ja nein j oui non o sí si s não nao sim wahr falsch vrai
    faux x t f verdadero falso vero checked unchecked 是 否 да нет はい いいえ tak nie
    """.split()
)
_KEY = re.compile(
    r"[\d_.:/#|-]*(?:[A-Za-z]{1,3}[\d_.:/#|-]+)*[A-Za-z]{0,3}[\d_.:/#|-]*"
)
_LONG_NUMBER = re.compile(r"[0-9]{10,15}")
"""As long as a phone number in a CRM that knows people by theirs."""
_ID_OF_PROGRAM = re.compile(r"(?=(?:.*\d){2})[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")


def is_harmless(text):
    """Tell whether a text says nothing of anybody: nothing, a number, a day, yes or no.

    >>> [is_harmless(t) for t in ("n/a", "12.5", "2025-01-31T10:00:00Z", "ja", "1.234,50 €")]
    [True, True, True, True, True]
    >>> [is_harmless(t) for t in ("Ana", "0170123", "12345678", "2 h 30 min", "DE")]
    [False, False, False, True, True]
    """
    bare = text.strip()
    if (
        (len(bare) <= 2 and bare.isascii())
        or is_not_given(bare)
        or is_written_null(bare)
    ):
        return True
    if stands_for_nothing(bare) or bare.casefold() in _YES_OR_NO:
        return True
    return is_number(bare) or is_moment(bare) or bool(_ISO_PERIOD.fullmatch(bare))


def is_number(bare):
    """Tell whether a text is an amount, and no number that somebody has."""
    if _PLAIN.fullmatch(bare):
        return not (bare[0] == "0" and len(bare) > 5 and bare.isdecimal())
    if is_amount(bare) or _TIME.fullmatch(bare):
        return True
    if not _NUMBER.fullmatch(bare):
        return False
    digits = bare.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ€$£¥₹% +-kgmst")
    return bool(is_amount(digits) or _PLAIN.fullmatch(digits))


def is_amount(text):
    """Tell whether digits are parted as those of an amount are."""
    return bool(_AMOUNT.fullmatch(text))


def is_moment(bare):
    found = TOKEN.match(bare)
    return bool(found) and found.lastgroup == "when" and found.end() == len(bare)


def is_html(text):
    """
    >>> is_html("<p>Hi</p>"), is_html("a < b"), is_html("Ana <ana@b.example>")
    (True, False, False)
    """
    return bool(_HTML.search(text))


def is_prose(text):
    """Tell whether a text is more than a name or a label."""
    return len(text) > LONGEST_NAME or "\n" in text or text.count(" ") >= MOST_WORDS


def is_blob(text):
    """Tell whether a text is a file, written in letters."""
    if text.startswith("data:") and ";base64," in text[:200]:
        return True
    if len(text) < BLOB or not _BASE64.fullmatch(text[:2000]):
        return False
    return " " not in text.strip() and any(sign.isdigit() for sign in text[:BLOB])


def is_opaque(text):
    """Tell whether a text is the key of a program: of a kind that nobody makes up.

    >>> is_opaque("6f1ed002-ab5f-4b2a-8f0e-1a2b3c4d5e6f"), is_opaque("anna")
    (True, False)
    """
    return bool(_OPAQUE.fullmatch(text.strip()))


def is_key(text):
    """Tell whether a text that identifies a record holds no name.

    >>> [is_key(t) for t in ("C-1023", "12", "0035g00000XyZabAAD", "zyxqua7", "a@b.c")]
    [True, True, True, False, False]
    >>> [is_key(t) for t in ("+33 6 39 98 00 08", "491701234567")]
    [False, False]
    """
    bare = text.strip()
    if "@" in bare or _LONG_NUMBER.fullmatch(bare):
        return False
    if is_opaque(bare) or _ID_OF_PROGRAM.fullmatch(bare):
        return True
    return any(sign.isdigit() for sign in bare) and bool(_KEY.fullmatch(bare))


def is_web(text):
    """Tell whether a text is an address of a page or a domain."""
    bare = text.strip()
    return bool(
        re.match(r"(?:https?://|www\.)\S+$", bare, re.I) or _DOMAIN.fullmatch(bare)
    )


def is_ip_address(text):
    return (text.count(".") == 3 or text.count(":") > 1) and is_ip(text.strip())
