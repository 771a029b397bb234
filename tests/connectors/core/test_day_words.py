"""The weekdays that are known are those that CLDR has in the languages of the months."""

import re

from babel import Locale

from connectors.core.day_words import WEEKDAYS, plain_day
from connectors.core.month_names import LANGUAGES, fold


def test_the_weekdays_of_all_languages_are_known():
    names = set()
    for language in LANGUAGES:
        days = Locale.parse(language).days["format"]
        for width in ("wide", "abbreviated", "short"):
            names.update(fold(name) for name in days.get(width, {}).values())
    # Of one word, and of as many letters as are looked up.
    assert {name for name in names if re.fullmatch(r"[^\W\d_]{2,12}", name)} <= WEEKDAYS


def test_a_weekday_is_left_out_in_any_script():
    days = ("Δευ 31.01.2027", "вторник, 31.01.2027", "Çarşamba 31.01.2027")
    assert {plain_day(day) for day in days} == {"31.01.2027"}
