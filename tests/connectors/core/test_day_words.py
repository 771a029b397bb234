"""The words around days that are known are those that CLDR has."""

import datetime as dt
import re

import pytest
from babel import Locale
from babel.dates import format_time

from connectors.core.day_words import WEEKDAYS, plain_day
from connectors.core.month_names import LANGUAGES, fold
from connectors.mapping.moments import read_iso
from connectors.mapping.values import BadValue

LOCALES = (
    "en_US en_AU en_CA es_MX es_CO es_US es_PE el_GR sq_AL tr_CY ms_MY ko_KR zh_TW zh_Hant_HK"
    " ar_EG ar_SA"
).split()
"""Those that write a time with the half of its day, in words of their own or in a blank."""


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


@pytest.mark.parametrize("hours", [(0, 15), (9, 5), (12, 15), (15, 30), (23, 45)])
def test_the_half_of_a_day_is_read_in_the_words_of_its_language(hours):
    """findings/babel_reads_its_afternoon_as_morning.sh"""
    time = dt.time(*hours)
    for locale in LOCALES:
        for day in ("2024-03-01", "2024. 3. 1."):
            text = f"{day} {format_time(time, 'short', locale=locale)}"
            found = read_iso(text)
            assert found.time == dt.datetime.combine(dt.date(2024, 3, 1), time), text


@pytest.mark.parametrize(
    "text", ["2024-03-01 中午11:30", "2024-03-01 晚上12:15", "2024-03-01 下午15:30"]
)
def test_a_time_whose_half_of_the_day_is_in_doubt_is_none(text):
    with pytest.raises(BadValue):
        read_iso(text)
