"""Days that are written with the name of their month, in the languages of CLDR (by Babel).

Excel shows ``3-Mar-25``, Zoho exports ``Mar 3, 2025``, people write ``6. März 2025``.
"""

import re
import unicodedata
from functools import cache

from babel import Locale

LANGUAGES = """
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
    """Return folded name → {number: the languages in which it means that month}."""
    found = {}
    for language in LANGUAGES:
        locale = Locale.parse(language)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    numbers = found.setdefault(fold(name), {})
                    numbers.setdefault(number, set()).add(language)
    found.update({"sept": {9: {"en"}}, "mrz": {3: {"de"}}, "maerz": {3: {"de"}}})
    return {name: numbers for name, numbers in found.items() if name.isalpha()}


def _month(name, language):
    """Return the number of a month, None for no month and for two without a language."""
    numbers = _months().get(fold(name)) or {}
    meant = [n for n, languages in numbers.items() if language in languages]
    meant = meant or list(numbers)
    return meant[0] if len(meant) == 1 else None


def fold(text):
    plain = unicodedata.normalize("NFKD", text.casefold().strip(". "))
    return "".join(char for char in plain if not unicodedata.combining(char))


def find_month_name(text, language=""):
    """Return (year, month, day, time or empty) of a day written so, None for other texts.

    :param language: of CLDR; says which month is meant where two languages have the
        name: *listopad* is November in Polish and October in Croatian

    >>> find_month_name("3-Mar-2025"), find_month_name("March 4, 2025 2:30 PM")
    (('2025', 3, '3', ''), ('2025', 3, '4', '2:30 PM'))
    >>> find_month_name("6. März 2025"), find_month_name("5 de marzo de 2025")
    (('2025', 3, '6', ''), ('2025', 3, '5', ''))
    >>> find_month_name("Mai Example 12"), find_month_name("12 Main Street")
    (None, None)
    >>> find_month_name("5 listopada 2024"), find_month_name("5 listopada 2024", "pl")
    (None, ('2024', 11, '5', ''))
    """
    if len(text) > _LONGEST:
        return None
    for pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        month = found and _month(found["name"], language)
        if month:
            return found["year"], month, found["day"], found["time"] or ""
    return None


def languages_of(text):
    """Return in which languages the month of a day may be, of those that disagree.

    Names of months that mean the same wherever they are known say nothing.

    :return: (codes with blanks between, whether the month hangs on the language)

    >>> languages_of("5 listopada 2024"), languages_of("3 marca 2024")
    (('hr pl', True), ('pl', False))
    >>> languages_of("3 March 2024"), languages_of("Main Street 2024")
    (('', False), ('', False))
    """
    if len(text) > _LONGEST:
        return "", False
    for pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        if numbers := found and _months().get(fold(found["name"])):
            languages = set().union(*numbers.values()) & _disputed()
            return " ".join(sorted(languages)), len(numbers) > 1
    return "", False


@cache
def _disputed():
    """Return the languages that have a name which is another month in one of them."""
    return {
        language
        for numbers in _months().values()
        if len(numbers) > 1
        for languages in numbers.values()
        for language in languages
    }
