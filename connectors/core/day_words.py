"""Words around a day that say nothing more of it: weekdays, “at”, the Russian “г.”."""

import re
from functools import cache

from babel import Locale

from .month_names import LANGUAGES, fold

_LONGEST = 60
_IN_FRONT = re.compile(r"([^\W\d_]{2,12})\.?,?\s+(?=\d+(?:\D{1,4}\w|\d{5}))")
"""A day has more parts than one: nobody looks up the words of “Street 12”."""
_BEHIND = re.compile(r"\s+\(([^\W\d_]{2,12})\.?\)$")
_AT = re.compile(
    r"(?<=\d\d),?\s+(?:a\s+las?|às|as|à|um|at|alle|kl\.?|om|o|в|у)\s+(?=\d{1,2}\s?[:.h]\s?\d\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<=\d{4})\s*[гр]\.?(?=[\s,]|$)")


@cache
def _weekdays():
    names = set()
    for language in LANGUAGES:
        days = Locale.parse(language).days["format"]
        for width in ("wide", "abbreviated", "short"):
            names.update(fold(name) for name in days.get(width, {}).values())
    return names


def plain_day(text):
    """Return a day without its weekday and the words around; other texts as they are.

    >>> plain_day("So. 31.01.2027"), plain_day("31/01/2027 a las 14:30")
    ('31.01.2027', '31/01/2027 14:30')
    >>> plain_day("31 янв. 2027 г., 14:30"), plain_day("2027-01-31 (Sun)")
    ('31 янв. 2027, 14:30', '2027-01-31')
    >>> plain_day("Sun Street 12"), plain_day("Route 31.01.2027"), plain_day("Room 12 at 14:30")
    ('Sun Street 12', 'Route 31.01.2027', 'Room 12 14:30')
    """
    # Millions of moments have no words at all.
    if len(text) > _LONGEST or " " not in text or text.lower() == text.upper():
        return text
    if (found := _IN_FRONT.match(text)) and fold(found[1]) in _weekdays():
        text = text[found.end() :]
    if (found := _BEHIND.search(text)) and fold(found[1]) in _weekdays():
        text = text[: found.start()]
    return _AT.sub(" ", _YEAR.sub("", text))
