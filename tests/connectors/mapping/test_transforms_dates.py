"""Days and instants, as systems and people write them."""

import pytest

from connectors.mapping.transforms import TRANSFORMS, BadValue
from connectors.mapping.values import is_written_null

date, instant = TRANSFORMS["date"], TRANSFORMS["datetime"]
local_date, period = TRANSFORMS["local_date"], TRANSFORMS["period"]
date_as, instant_as = TRANSFORMS["date_as"], TRANSFORMS["datetime_as"]


def refusal(convert, *arguments):
    with pytest.raises(BadValue) as caught:
        convert(*arguments)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2025-06-30T10:00:00Z", "2025-06-30 10:00:00"),
        ("2025-06-30t10:00:00z", "2025-06-30 10:00:00"),
        ("2025-06-30T10:00:00.1234567Z", "2025-06-30 10:00:00"),
        ("2025-06-30T10:00:00,5Z", "2025-06-30 10:00:00"),
        ("2025-06-30T10:00:00.000+0000", "2025-06-30 10:00:00"),
        ("2025-06-30 10:00:00+00", "2025-06-30 10:00:00"),
        ("2025-06-30 10:00:00.5+05:30", "2025-06-30 04:30:00"),
        ("2025-06-30 10:00:00 -0330", "2025-06-30 13:30:00"),
        ("2025-06-30 10:00:00 UTC", "2025-06-30 10:00:00"),
        ("2025-06-30 10:00 PM", "2025-06-30 21:00:00"),
        ("2025-06-30 10:00 PM EST", "2025-07-01 03:00:00"),
        ("June 30, 2025 10:00 a.m. (PDT)", "2025-06-30 17:00:00"),
        ("Mon, 30 Jun 2025 10:00:00 -0400 (EDT)", "2025-06-30 14:00:00"),
        ("2025-06-30T10:00:00+02:00[Europe/Berlin]", "2025-06-30 08:00:00"),
        ("2025-06-30 10:00 GMT+2", "2025-06-30 08:00:00"),
        ("2025-06-30 10:00:00 UTC-03:30", "2025-06-30 13:30:00"),
        ("2025-06-30T10:00", "2025-06-30 09:00:00"),
        ("2025/06/30 10:00", "2025-06-30 09:00:00"),
        ("2025-6-3 9:05", "2025-06-03 08:05:00"),
        ("20250630T101112Z", "2025-06-30 10:11:12"),
        ("2025-06-30", "2025-06-29 23:00:00"),
        ("2025-06-30T24:00:00Z", "2025-07-01 00:00:00"),
        (1751278200, "2025-06-30 10:10:00"),
        ("1751278200", "2025-06-30 10:10:00"),
        (1751278200123, "2025-06-30 10:10:00"),
        (1751278200.9, "2025-06-30 10:10:00"),
        ("/Date(1614679860000+0200)/", "2021-03-02 10:11:00"),
    ],
)
def test_an_instant_is_read_however_it_is_written(text, utc):
    assert instant(text, "Europe/Lisbon") == utc


@pytest.mark.parametrize(
    "text",
    [
        "0001-05-01",  # csvkit, of "May"
        "0001-01-01T00:00:00Z", "0024-03-04", "0202-03-04", "3024-03-04", "2201-01-01",
        "1604-03-04",  # an address book of Apple, of a birthday without a year
        "2567-03-04", "1403-01-15",  # Buddhist, Persian
        "4 March 1024", "/Date(-62135596800000)/", "/Date(32535216000000)/",
    ],
)  # fmt: skip
def test_a_year_that_nobody_means_is_no_date(text):
    for convert in (date, local_date, instant):
        assert refusal(convert, text) == "bad_date"
    for order in ("ymd", "dmy"):
        assert refusal(date_as, text, order) == "bad_date"
    assert refusal(instant_as, text, "ymd") == "bad_date"


def test_a_day_of_another_order_has_a_year_that_somebody_means():
    for text in ("04.03.0024", "04.03.3024", "04.03.1604"):
        assert refusal(date_as, text, "dmy") == "bad_date"
        assert refusal(date_as, text, "%d.%m.%Y") == "bad_date"
    assert date_as("04.03.1901", "dmy") == date_as("04.03.1901", "%d.%m.%Y")


@pytest.mark.parametrize("order", ["ymd", "dmy", "mdy"])
@pytest.mark.parametrize("text", ["01/01/0001", "02/03/0004"])
def test_a_year_behind_is_no_day_in_front(text, order):
    """2001-01-01 came of the first day of .NET where years were expected in front."""
    assert refusal(date_as, text, order) == "bad_date"


@pytest.mark.parametrize(
    "text",
    [
        "01/01/0001 00:00:00", "1/1/0001 12:00:00 AM", "01.01.0001", "1/0/1900",
        "00.01.1900 00:00", "31.12.9999", "12/31/9999 11:59:59 PM",
    ],
)  # fmt: skip
def test_the_first_and_the_last_day_of_a_program_are_none(text):
    assert is_written_null(text)


@pytest.mark.parametrize("text", ["01/01/2001", "1.0.1", "31.12.1999", "01/1900"])
def test_days_and_versions_are_not_taken_for_none(text):
    assert not is_written_null(text)


@pytest.mark.parametrize(
    "text", ["1901-12-31", "1847-10-01", "1753-01-02", "2200-12-31"]
)
def test_birthdays_and_days_of_foundation_are_dates(text):
    assert date(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "20260-01-01", "20260", "0000-00-00", "0000-00-00 00:00:00", "2025-02-30",
        "2025-13-01", "2025-06-30garbage", "2025-06-30 bis 2025-07-04", "2025-06-30 25:00",
        "2025-06-30T10:00:00+99:00", "2025-06-30 13:00 PM", "2025-06-30T24:30",
        "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "45658", "30.06.2025",
        "2025-W27-1", "१२३४-०१-०१", "now", "12", 7, True, 12345678901,
        "2025-06-30 1:00" + " " * 100_000 + "x", "1" + " " * 100_000 + "x",
    ],
)  # fmt: skip
def test_what_is_no_instant_is_not_cut_down_to_one(text):
    assert refusal(instant, text, "UTC") == "bad_date"
    assert refusal(instant_as, text, "ymd", "UTC") == "bad_date" or "." in text


@pytest.mark.parametrize(
    "text",
    [
        "2025-06-30garbage",
        "2025-06-30 bis 2025-07-04",
        "2025-02-30",
        "2025-06-30T99:00",
    ],
)
def test_nothing_behind_a_day_is_left_out_quietly(text):
    for convert in (date, local_date):
        assert refusal(convert, text) == "bad_date"
    assert refusal(date_as, text, "dmy") == "bad_date"


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("03/04/2025", "dmy", "2025-04-03"),
        ("03/04/2025", "mdy", "2025-03-04"),
        ("25/3/4", "ymd", "2025-03-04"),
        ("2025-03-04", "dmy", "2025-03-04"),
        ("2025/03/04", "mdy", "2025-03-04"),
        ("3.4.25", "dmy", "2025-04-03"),
        ("03.04.68", "dmy", "2068-04-03"),
        ("03.04.69", "dmy", "1969-04-03"),
        ("3.4.2025, 10:00 Uhr"[:15], "dmy", "2025-04-03"),
        ("20250304", "dmy", "2025-03-04"),
    ],
)
def test_the_order_decides_between_day_and_month(text, order, day):
    assert date_as(text, order) == day


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("12/31/2024", "dmy"),
        ("31/12/2024", "mdy"),
        ("31.12.024", "dmy"),
        ("31 Dez Cember 2024", "dmy"),
        ("1.2.2024 extra", "dmy"),
        ("2024", "%d %d"),
        ("2024", "%"),
        ("1.2.3.4", "dmy"),
    ],
)
def test_a_day_that_does_not_fit_its_order_is_a_problem(text, order):
    assert refusal(date_as, text, order) == "bad_date"


def test_an_hour_that_the_clock_skips_is_counted_on_from_before():
    assert instant("2025-03-30 01:30", "Europe/Lisbon") == "2025-03-30 01:30:00"


def test_of_an_hour_that_the_clock_shows_twice_the_first_is_taken():
    assert instant("2025-10-26 01:30", "Europe/Lisbon") == "2025-10-26 00:30:00"


@pytest.mark.parametrize("zone", ["Mars/Base", "../etc", "Europe", "\x00", 5, ["UTC"]])
def test_a_zone_that_nobody_knows_is_a_problem(zone):
    assert refusal(instant, "2025-06-30 10:00", zone) == "bad_zone"
    assert instant("2025-06-30 10:00Z", zone) == "2025-06-30 10:00:00"


def test_a_day_is_the_one_on_the_calendar_of_the_source():
    assert local_date("2025-06-30T23:30:00Z", "Asia/Tokyo") == "2025-07-01"
    assert local_date("2025-06-30T23:30", "Asia/Tokyo") == "2025-06-30"
    assert local_date(1751326200, "Asia/Tokyo") == "2025-07-01"
    assert date("2025-06-30T23:30:00-11:00") == "2025-06-30"


@pytest.mark.parametrize(
    ("begin", "end", "part"),
    [
        ("2025-03-06T10:00Z", "soon", "stop"),
        ("2025-03-06", "soon", "stop_date"),
        ({"date": None, "time": "10:00"}, None, "start"),
        ({"day": "2025-03-06"}, None, "start"),
    ],
)
def test_an_end_that_is_no_date_is_a_problem_of_the_end(begin, end, part):
    assert refusal(period, [begin, end], part) == "bad_date"
    if end:
        start = period([begin, end], "start_date" if part == "stop_date" else "start")
        assert start == begin


@pytest.mark.parametrize(
    ("begin", "end", "part"),
    [
        ("2025-03-06T10:00Z", "2025-03-06T09:00Z", "stop"),
        ("2025-03-06T10:00Z", "2025-03-04", "stop"),
        ("2025-03-06", "2025-03-05T09:00Z", "stop"),
        ("2025-03-06", "2025-03-05", "stop_date"),
    ],
)
def test_an_end_before_the_beginning_is_said_to_be_one(begin, end, part):
    assert refusal(period, [begin, end], part) == "end_before_begin"


@pytest.mark.parametrize(
    ("begin", "end", "zone", "start", "stop"),
    [
        # The end is a day alone: that of the beginning says nothing, …
        ("2025-03-06T10:00Z", "2025-03-06", None, "2025-03-06T10:00Z", None),
        # … also where the beginning in UTC is on the day before, or behind: the first
        # at half past eight in Tokyo, the second at eight in the evening in New York.
        ("2025-03-05T23:30Z", "2025-03-06", "Asia/Tokyo", "2025-03-05T23:30Z", None),
        ("2025-03-07T01:00Z", "2025-03-06", "America/New_York", "2025-03-07T01:00Z", None),
        ("2025-03-07T01:00Z", "2025-03-06", "Europe/Dublin", "2025-03-07T01:00Z", None),
        # A later one is over when that day is.
        ("2025-03-06T10:00Z", "2025-03-08", "Europe/Berlin", "2025-03-06T10:00Z", "2025-03-08T22:59:59Z"),
        ("2025-03-06T10:00Z", "2025-03-08", "Mars/Base", "2025-03-06T10:00Z", "2025-03-08T23:59:59Z"),
        # The beginning is a day alone: it is open from its first hour.
        ("2025-03-06", "2025-03-06T11:30Z", "Europe/Berlin", "2025-03-05T23:00:00Z", "2025-03-06T11:30Z"),
        # There is no beginning: who loads it counts back from the end.
        (None, "2025-03-06T11:30Z", None, None, "2025-03-06T11:30Z"),
        ("", {"date": "2025-03-06", "time": "11:30"}, None, None, "2025-03-06T11:30Z"),
    ],
)  # fmt: skip
def test_of_a_time_of_which_a_part_is_missing_the_rest_counts(
    begin, end, zone, start, stop
):
    sides = [begin, end, zone]
    found = [period(sides, part, "UTC") for part in ("allday", "start", "stop")]
    assert found == [False, start, stop]
    assert period(sides, "start_date") is None
    assert period(sides, "stop_date") is None


@pytest.mark.parametrize(
    ("begin", "end", "first", "last"),
    [
        ("2025-03-10", "2025-03-12", "2025-03-10", "2025-03-12"),
        ("2025-03-10", None, "2025-03-10", "2025-03-10"),
        (None, "2025-03-12", "2025-03-12", "2025-03-12"),
        ({"date": "2025-03-10", "time": None}, {"date": None, "time": None}, "2025-03-10", "2025-03-10"),
    ],
)  # fmt: skip
def test_what_has_no_time_of_day_takes_whole_days(begin, end, first, last):
    parts = ("allday", "start_date", "stop_date", "start", "stop")
    found = [period([begin, end, "Asia/Tokyo"], part) for part in parts]
    assert found == [True, first, last, None, None]
