"""Days that are written with the name of their month, in the languages of CLDR (by Babel).

Excel shows ``3-Mar-25``, Zoho exports ``Mar 3, 2025``, people write ``6. März 2025``.
"""

import re
import unicodedata
from functools import cache

from babel import Locale

_LANGUAGES = """
    en de fr es pt it nl pl sv da nb nn fi cs sk hu ro tr ru uk bg hr sl et lv lt el ca gl
    eu id vi
""".split()
_NAME = r"(?P<name>[^\W\d_]+)\.?"
_TIME = r"(?:,?\s+(?:at|um|à|às|kl\.?|om|alle|o)?\s*(?P<time>\d{1,2}[:.]\d\d.*))?"
_PATTERNS = tuple(
    re.compile(rf"(?:[^\W\d_]+\.?,?\s+)?{pattern}\.?{_TIME}", re.IGNORECASE)
    for pattern in (
        r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?[\s\-/.]*(?:de\s+|of\s+|d['’])?"
        + _NAME
        + r",?[\s\-/.]*(?:de\s+|del\s+)?(?P<year>\d{4}|\d{2})(?!\d)",
        _NAME
        + r"\s*[\s\-/]\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?,?[\s\-/]+(?P<year>\d{4})",
        r"(?P<year>\d{4})[\s\-/.]+" + _NAME + r"[\s\-/]*(?P<day>\d{1,2})(?!\d)",
    )
)
_LONGEST = 60


@cache
def _months():
    """Return folded name → number; a name of two months in two languages is left out."""
    found = {}
    for language in _LANGUAGES:
        locale = Locale.parse(language)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    found.setdefault(_fold(name), set()).add(number)
    found.update({"sept": {9}, "mrz": {3}, "maerz": {3}})
    return {
        name: numbers.pop()
        for name, numbers in found.items()
        if len(numbers) == 1 and name.isalpha()
    }


def _fold(text):
    plain = unicodedata.normalize("NFKD", text.casefold().strip(". "))
    return "".join(char for char in plain if not unicodedata.combining(char))


def find_month_name(text):
    """Return (year, month, day, time or empty) of a day written so, None for other texts.

    >>> find_month_name("3-Mar-2025"), find_month_name("March 4, 2025 2:30 PM")
    (('2025', 3, '3', ''), ('2025', 3, '4', '2:30 PM'))
    >>> find_month_name("6. März 2025"), find_month_name("5 de marzo de 2025")
    (('2025', 3, '6', ''), ('2025', 3, '5', ''))
    >>> find_month_name("Mai Example 12"), find_month_name("12 Main Street")
    (None, None)
    """
    if len(text) > _LONGEST:
        return None
    for pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        month = found and _months().get(_fold(found["name"]))
        if month:
            return found["year"], month, found["day"], found["time"] or ""
    return None
