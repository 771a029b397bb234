"""Read days and instants as they are written; ``dates.py`` makes them Odoo's."""

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from ..core.day_words import plain_day
from ..core.month_names import find_month_name
from .values import BadValue, as_text

UTC = dt.timezone.utc
_LONGEST = 100
EARLIEST, LATEST = 1753, 2200
"""Years that are meant. SQL Server's ``datetime``, and so Dynamics, knows none before; a
program without a year writes 1, an address book of Apple 1604, a slip of the hand 0202 or
3024, and another calendar 2567 or 1403."""

_DAY = re.compile(r"(\d{4})([-/.])(\d\d?)\2(\d\d?)(?!\d)", re.ASCII)
_TIME = re.compile(
    r",?[T\s]+(\d\d?)[:.](\d\d)(?:[:.](\d\d)(?:[.,]\d+)?)?\s*(?:([ap])\.?m?\.?)?"
    r"\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d(?::?\d\d(?:\.\d+)?)?)?)?",
    re.ASCII | re.IGNORECASE,
)
# ISO 8601 without separators, as calendars write it; of a century that is meant.
_BASIC = re.compile(
    r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)
# What programs write, and nearly all texts are: nothing of it has to be understood.
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?"
_OF_PROGRAMS = re.compile(rf"\d{{4}}-\d\d-\d\d(?:T{_CLOCK}Z?| {_CLOCK})?", re.ASCII)
SERIAL = "serial"
"""The order of days that are numbers of Excel, without the format that shows them so."""
_DOTNET = re.compile(r"/Date\((-?\d{1,15})(?:[+-]\d{4})?\)/", re.ASCII)
_WRITTEN_DAY = re.compile(
    r"(\d{1,4})[./\-\s]+(\d{1,2})[./\-\s]+(\d{1,4})\.?(?!\d)", re.ASCII
)
_SECONDS, _MILLISECONDS = (10**9, 10**10), (10**12, 10**13)
"""Since 1970, both mean a time between 2001 and 2286; shorter numbers are no instant."""


# "2027年1月31日", "2027년 1월 31일", the "2027. 01. 31." of Hungary, times of day in words.
_AS_WRITTEN = (
    (re.compile(r"(\d{4})[年년]\s*(\d\d?)[月월]\s*(\d\d?)[日일]"), r"\1-\2-\3"),
    (re.compile(r"^(\d{4})\. ?(\d\d?)\. ?(\d\d?)\.(?=\s|$)"), r"\1-\2-\3"),
    (re.compile(r"(?<=[\sT])(\d\d?) ?h ?(\d\d)$", re.IGNORECASE), r"\1:\2"),
    (re.compile(r"(?<=:\d\d)\s*(?:Uhr|h|hrs?|o'clock)\.?$", re.IGNORECASE), ""),
    # JavaScript: "Wed May 01 2024 10:00:00 GMT+0200 (Central European Summer Time)".
    (
        re.compile(
            r"^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d{4}) (\d\d:\d\d:\d\d)"
            r" GMT([+-]\d{4})(?: \(.*\))?$"
        ),
        r"\2 \1 \3 \4 \5",
    ),
    # Mails: "Wed, 1 May 2024 10:00:00 -0400 (EDT)"; Java: "2024-05-01T10:00+02:00[Europe/Paris]".
    (re.compile(r"(?<=[+-]\d{4}) \([A-Z]{2,5}\)$"), ""),
    (re.compile(r"(?<=\d)(Z|[+-]\d\d:?\d\d)\[[^\[\]]*\]$"), r"\1"),
    # "1 May 2024 10:00 GMT+2"
    (re.compile(r" ?(?:GMT|UTC)([+-])(\d(?=$|:))"), r" \g<1>0\2"),
    (re.compile(r" ?(?:GMT|UTC)(?=[+-]\d\d(?::?\d\d)?$)"), " "),
    # Go: "2024-05-01 10:00:00 +0000 UTC".
    (re.compile(r"(?<=\d) ([+-]\d{4}) [A-Z]{3,4}$"), r" \1"),
)
_ABBREVIATIONS = {
    "WET": "+00",
    "WEST": "+01",
    "CET": "+01",
    "CEST": "+02",
    "EET": "+02",
    "EEST": "+03",
    "EST": "-05",
    "EDT": "-04",
    "CST": "-06",
    "CDT": "-05",
    "MST": "-07",
    "MDT": "-06",
    "PST": "-08",
    "PDT": "-07",
}
"""Zones of RFC 2822 and of Europe by their short names; of others several have one."""
_ABBREVIATED = re.compile(
    rf"(?<=:\d\d)( ?[AaPp]\.?[Mm]\.?)? ?\(?({'|'.join(_ABBREVIATIONS)})\)?$"
)


@dataclass(frozen=True)
class Moment:
    """A day, and with ``time`` an instant; ``zone`` is what the text itself says."""

    day: dt.date
    time: dt.datetime | None = None
    zone: dt.tzinfo | None = None

    def in_utc(self, zone):
        """Return the instant; a day begins at midnight in ``zone``.

        In the hour that a clock shows twice it is the first one. A time that the clock
        skips is counted on from before.
        """
        moment = self.time or dt.datetime.combine(self.day, dt.time())
        try:
            return moment.replace(tzinfo=self.zone or find_zone(zone)).astimezone(UTC)
        except OverflowError:
            raise BadValue("bad_date") from None


def find_zone(name):
    try:
        return ZoneInfo(name or "UTC")
    except (ValueError, OSError, KeyError, TypeError):
        raise BadValue("bad_zone") from None


def read_iso(value):
    """Return the moment that is written year first, or counted since 1970.

    >>> read_iso("2025-06-30T10:00:00.1234567+0200").in_utc(None).isoformat()
    '2025-06-30T08:00:00+00:00'
    >>> read_iso("2027年1月31日").day.isoformat(), read_iso("2027.01.31. 9:05").day.isoformat()
    ('2027-01-31', '2027-01-31')
    >>> read_iso("Wed May 01 2024 10:00:00 GMT+0200 (CEST)").in_utc(None).isoformat()
    '2024-05-01T08:00:00+00:00'
    >>> [read_iso(f"2024-05-01 10:00:00 {zone}").in_utc(None).hour for zone in ("CEST", "+0000 UTC")]
    [8, 10]
    >>> [read_iso(f"2024-05-01 10:00{zone}").in_utc(None).hour for zone in (" PM CEST", " GMT+2")]
    [20, 8]
    >>> [read_iso(f"2024-05-01T10:00:00{z}").in_utc(None).hour for z in ("+02:00[Europe/Paris]", " -0400 (EDT)")]
    [8, 14]
    >>> read_iso("٢٠٢٥-٠٣-٠١").day.isoformat()
    '2025-03-01'

    :raises BadValue: ``bad_date``: it is none, or of a year that nobody means
    """
    return _read(value, _from_iso)


def read_written(value, order):
    """Return the moment that is written in ``order``; what ``read_iso`` reads passes."""
    return _read(value, lambda text: _from_written(text, order))


def _read(value, reader):
    text = as_text(value)
    if len(text) > _LONGEST:
        raise BadValue("bad_date")
    try:
        if _OF_PROGRAMS.fullmatch(text):
            moment = _from_program(text)
        else:
            moment = _from_people(text, reader)
    except (ValueError, OverflowError, re.error):
        raise BadValue("bad_date") from None
    if not EARLIEST <= moment.day.year <= LATEST:
        raise BadValue("bad_date")
    return moment


def _from_program(text):
    if len(text) == len("2025-06-30"):
        return Moment(dt.date.fromisoformat(text))
    time = dt.datetime.fromisoformat(text[: len("2025-06-30T10:00:00")])
    return Moment(time.date(), time, UTC if text.endswith("Z") else None)


def _from_people(text, reader):
    text = plain_day(text)
    if not text.isascii():
        # The digits of Arabic, of Hindi, of full width.
        text = re.sub(r"\d", lambda digit: str(int(digit[0])), text)
    for pattern, plain in _AS_WRITTEN:
        text = pattern.sub(plain, text)
    text = _ABBREVIATED.sub(
        lambda found: (found[1] or "") + _ABBREVIATIONS[found[2]], text
    )
    return _from_number(text) or reader(text)


def _from_number(text):
    if found := _DOTNET.fullmatch(text):
        return _since_1970(int(found[1]))
    if found := re.fullmatch(r"([0-9]{10}|[0-9]{13})(?:\.[0-9]+)?", text):
        number = int(found[1])
        if _SECONDS[0] <= number < _SECONDS[1]:
            return _since_1970(number * 1000)
        if _MILLISECONDS[0] <= number < _MILLISECONDS[1]:
            return _since_1970(number)
    return None


def _since_1970(milliseconds):
    moment = dt.datetime(1970, 1, 1) + dt.timedelta(milliseconds=milliseconds)
    return Moment(moment.date(), moment, UTC)


def _from_iso(text, language=""):
    if found := _BASIC.fullmatch(text):
        year, month, day, hour, minute, second, offset = found.groups("")
        text = f"{year}-{month}-{day}"
        text += f"T{hour}:{minute}:{second or '00'}{offset}" if hour else ""
    found = _DAY.match(text)
    if not found:
        return _from_month_name(text, language)
    day = dt.date(int(found[1]), int(found[3]), int(found[4]))
    return _with_time(day, text, found.end())


def _from_month_name(text, language):
    found = find_month_name(text, language)
    if not found:
        raise ValueError(text)
    year, month, day, time = found
    day = _day_in_order((year, str(month), day), "ymd")
    return _with_time(day, f"{day} {time}", len(f"{day}")) if time else Moment(day)


def _from_written(text, order):
    # Whatever the order, four digits in front can only be the year.
    if _DAY.match(text):
        return _from_iso(text)
    if order == SERIAL:
        return _from_serial(float(text))
    order, _colon, language = (
        order.partition(":") if "%" not in order else (order, "", "")
    )
    if "%" in order:
        moment = dt.datetime.strptime(text, order)
        return Moment(moment.date(), moment.replace(tzinfo=None), moment.tzinfo)
    found = _WRITTEN_DAY.match(text)
    if not found:
        return _from_iso(text, language)
    return _with_time(_day_in_order(found.groups(), order), text, found.end())


def _from_serial(days):
    """Return the moment that Excel counts in days since the end of 1899."""
    if not is_serial(days):
        raise ValueError(days)
    moment = dt.datetime(1899, 12, 30) + dt.timedelta(seconds=round(days * 86400))
    return Moment(moment.date(), moment if days % 1 else None)


def is_serial(number):
    """Tell whether a number may be a day as Excel counts it: of 1954 to 2119."""
    return 20_000 <= number < 80_000


def _day_in_order(parts, order):
    if len(parts[0]) == 4:
        order = "ymd"
    year, month, day = (parts[order.index(part)] for part in "ymd")
    if len(year) not in (2, 4) or len(month) > 2 or len(day) > 2:
        raise ValueError(parts)
    # As POSIX has it: 69 to 99 are of the last century.
    century = 0 if len(year) == 4 else 2000 if int(year) < 69 else 1900
    return dt.date(century + int(year), int(month), int(day))


def _with_time(day, text, end):
    if not text[end:].strip():
        return Moment(day)
    found = _TIME.fullmatch(text, end)
    if not found:
        raise ValueError(text)
    hour, minute, second, half, offset = found.groups()
    hour, minute, second = int(hour), int(minute), int(second or 0)
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    # ISO 8601 calls midnight at the end of a day 24:00.
    later = dt.timedelta(days=(hour, minute, second) == (24, 0, 0))
    time = dt.time(0 if later else hour, minute, second)
    return Moment(day, dt.datetime.combine(day, time) + later, _offset(offset))


def _offset(text):
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    digits = re.sub(r"[^0-9.]", "", text).ljust(6, "0")
    hours, minutes, seconds = int(digits[:2]), int(digits[2:4]), float(digits[4:])
    if minutes > 59 or seconds >= 60:
        raise ValueError(text)
    size = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return dt.timezone(-size if text[0] == "-" else size)
