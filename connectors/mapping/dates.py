"""Conversions of days, instants and the time a meeting takes."""

import datetime as dt
import re
from dataclasses import replace

from ..core.skipped_hours import keep_length
from .moments import find_zone, read_iso, read_written
from .numbers import boolean
from .values import (
    BadValue,
    as_list,
    as_text,
    is_blank,
    stands_for_nothing,
    transform,
)

_WESTERNMOST = "Etc/GMT+12"
"""Where it is yesterday for longest."""
_SPREAD = dt.timedelta(hours=2)
"""How far from the source's zone another office's may lie, whose midnights we know."""


@transform
def date(value, zone=None):
    """Return ``YYYY-MM-DD``; of an instant the day as written, never shifted by a zone.

    But an instant that is a midnight somewhere near ``zone`` was a day there: what knows
    no days stores them so.

    :param zone: IANA name; empty: the source knows days, none of its own is shifted

    >>> date("2025-06-30T23:00:00Z", ""), date("2025-06-30T00:00:00Z", "Asia/Tokyo")
    ('2025-06-30', '2025-06-30')
    >>> date("2025-06-30T00:00:00.000000Z"), date("2025-06-30T10:00:00Z", "Europe/Lisbon")
    ('2025-06-30', '2025-06-30')
    >>> date("2024-03-31T22:00:00Z", "Europe/Lisbon"), date("2024-03-31T22:00:00Z")
    ('2024-04-01', '2024-04-01')
    >>> date("2024-03-31T05:00:00Z", "America/New_York"), date("2024-03-31T22:00:00Z", "America/New_York")
    ('2024-03-31', '2024-03-31')
    """
    return _day_meant(read_iso(value), zone)


def _day_meant(moment, zone):
    if not moment.time or not moment.zone or zone == "":
        return moment.day.isoformat()
    if moment.time.time() == dt.time():
        return moment.day.isoformat()
    try:
        local = moment.in_utc(None).astimezone(find_zone(zone or "Europe/Paris"))
        # The midnight of the zone, or one of up to two hours around it.
        later = local + _SPREAD
    except OverflowError:
        raise BadValue("bad_date") from None
    into = dt.timedelta(hours=later.hour, minutes=later.minute, seconds=later.second)
    whole = not later.minute and not later.second and not later.microsecond
    if whole and into <= 2 * _SPREAD:
        return later.date().isoformat()
    return moment.day.isoformat()


@transform
def datetime_(value, zone=None):
    """Return ``YYYY-MM-DD HH:MM:SS`` in UTC. Without an offset the text is in ``zone``.

    >>> datetime_("2025-03-04T13:05:11.000000Z")
    '2025-03-04 13:05:11'
    >>> datetime_("2025-07-01 10:00", "Europe/Lisbon")
    '2025-07-01 09:00:00'
    """
    return _in_utc(read_iso(value), zone)


def _in_utc(moment, zone):
    return moment.in_utc(zone).replace(tzinfo=None).isoformat(" ", "seconds")


@transform
def local_date(value, zone=None):
    """Return the day on which an instant falls in ``zone``; a plain day stays itself.

    >>> local_date("2025-06-30T23:30:00Z", "Europe/Lisbon"), local_date("2025-06-30")
    ('2025-07-01', '2025-06-30')
    """
    moment = read_iso(value)
    if not moment.time:
        return moment.day.isoformat()
    try:
        return moment.in_utc(zone).astimezone(find_zone(zone)).date().isoformat()
    except OverflowError:
        raise BadValue("bad_date") from None


_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII
)


def instant_in_words(text, zone=None):
    """Return an instant as people write it in ``zone``; any other text is returned.

    >>> instant_in_words("2025-03-10T11:00:00.000000Z", "Europe/Berlin")
    '2025-03-10 12:00'
    >>> instant_in_words("2025-06-30T00:00:00.000000Z", "Europe/Berlin")
    '2025-06-30'
    >>> instant_in_words("at 2025-06-30T00:00:00Z"), instant_in_words("2025-06-30")
    ('at 2025-06-30T00:00:00Z', '2025-06-30')
    """
    if not _INSTANT.fullmatch(text):
        return text
    try:
        moment = read_iso(text)
        if moment.time.time() == dt.time():
            return moment.day.isoformat()
        if moment.zone:
            local = moment.in_utc(None).astimezone(find_zone(zone))
        else:
            local = moment.time
    except (BadValue, OverflowError):
        return text
    whole = local.time() == dt.time()
    return f"{local:%Y-%m-%d}" if whole else f"{local:%Y-%m-%d %H:%M}"


def keep_written_length(start, stop, zone, read_walls):
    """Return the end of a meeting, where the clock skips an hour as long as is written.

    :param start, stop: as ``datetime_`` returns them; anything else passes
    :param zone: IANA name of the zone in which they were written
    :param read_walls: function: the same two as if they were written in UTC
    """

    def walls():
        return [*map(dt.datetime.fromisoformat, read_walls())]

    try:
        begin, end = map(dt.datetime.fromisoformat, (start, stop))
        return keep_length(begin, end, find_zone(zone), walls).isoformat(" ", "seconds")
    except (BadValue, ValueError, TypeError, OverflowError):
        return stop


@transform
def date_as(value, order, zone=None):
    """Return ``YYYY-MM-DD`` of a day written in ``order``; ISO dates pass in any case.

    >>> date_as("31/12/2024", "dmy"), date_as("12/31/24 9:00 PM", "mdy")
    ('2024-12-31', '2024-12-31')
    >>> date_as("31 Dec 2024", "%d %b %Y")
    '2024-12-31'
    """
    return _day_meant(read_written(value, order), zone)


@transform
def datetime_as(value, order, zone=None):
    """Return ``YYYY-MM-DD HH:MM:SS`` in UTC of an instant written in ``order``.

    >>> datetime_as("01.07.2025 10:00", "dmy", "Europe/Lisbon")
    '2025-07-01 09:00:00'
    >>> datetime_as("7/1/2025 12:05 AM", "mdy"), datetime_as("/Date(1614679860000)/", "mdy")
    ('2025-07-01 00:05:00', '2021-03-02 10:11:00')
    >>> datetime_as("31.01.2027 14:30 Uhr", "dmy"), datetime_as("31/01/2027 14h30", "dmy")
    ('2027-01-31 14:30:00', '2027-01-31 14:30:00')
    """
    return _in_utc(read_written(value, order), zone)


@transform
def moment(value, order="ymd", zone=None):
    """Return the instant of a day and a time of day that stand apart, in UTC.

    A time that the day has itself counts where no other is given.

    >>> moment(["21/04/2025", "14:30:00"], "dmy", "Europe/Lisbon")
    '2025-04-21 13:30:00'
    >>> moment(["2025-04-21", None]), moment(["2025-04-21 10:00", ""]), moment([None, "9:00"])
    ('2025-04-21 00:00:00', '2025-04-21 10:00:00', None)
    >>> moment(["4/21/2025", "2:30 PM"], "mdy"), moment(["2025-04-21 00:00:00", "1899-12-30 14:30:00"])
    ('2025-04-21 14:30:00', '2025-04-21 14:30:00')
    >>> moment(["2025-04-21", "14h30"]), moment(["2025-04-21", "9.15 Uhr"])
    ('2025-04-21 14:30:00', '2025-04-21 09:15:00')
    """
    day, time = _sides(value, 2)
    if is_blank(day):
        return None
    return _in_utc(_joined(day, time, order), zone)


@transform
def moment_of_end(value, order="ymd", zone=None):
    """Return the instant at which something ends; of a whole day its last second.

    The end that a program gives as a midnight is exclusive where the flag says that it
    goes on all day (Outlook's calendar files): a fair until the 24th, 0:00, ends on the
    23rd. A day alone is the last one.

    :param value: day, time of day, the flag, and day and time of the beginning; without
        a day of its own it ends on the day on which it begins, or in the night after it

    >>> moment_of_end(["24/04/2025", "00:00:00", "True", "22/04/2025"], "dmy")
    '2025-04-23 23:59:59'
    >>> moment_of_end(["24/04/2025", None, "True", "22/04/2025"], "dmy")
    '2025-04-24 00:00:00'
    >>> moment_of_end(["22/04/2025", "15:30", "False", "22/04/2025"], "dmy")
    '2025-04-22 15:30:00'
    >>> moment_of_end([None, "01:30", None, "2025-04-22", "23:00"])
    '2025-04-23 01:30:00'
    """
    day, time, flag, begin, begin_time = _sides(value, 5)
    alone = is_blank(day)
    begin = day if is_blank(begin) else begin
    day = begin if is_blank(day) else day
    if is_blank(day):
        return None
    if alone and is_blank(time):
        return None
    end = _joined(day, time, order)
    if alone and end.time and not is_blank(begin_time):
        start = _joined(begin, begin_time, order)
        if start.time and end.time < start.time:
            later = end.time + dt.timedelta(days=1)
            end = replace(end, day=later.date(), time=later)
    midnight = end.time is not None and end.time.time() == dt.time()
    if midnight and not is_blank(flag) and boolean(flag) and not is_blank(begin):
        if end.day > read_written(begin, order).day:
            last = end.time - dt.timedelta(seconds=1)
            end = replace(end, day=last.date(), time=last)
    return _in_utc(end, zone)


def _sides(value, count):
    sides = list(as_list(value))[:count]
    return sides + [None] * (count - len(sides))


def _joined(day, time, order):
    found = read_written(day, order)
    if is_blank(time):
        return found
    text = as_text(time)
    # A sheet keeps a time as the one of a day before all others.
    if re.match(r"\d{4}-\d\d-\d\d[T ]", text):
        text = text[11:]
    # "14h30", "14:30 Uhr", "14.30 hrs"
    text = re.sub(r"(?<=\d)\s*h\s*(?=\d)", ":", text, flags=re.IGNORECASE)
    text = re.sub(r"\s*(?:uhr|hrs?|h|o'clock)\.?$", "", text, flags=re.IGNORECASE)
    return read_written(f"{found.day.isoformat()} {text}", order)


@transform
def date_and_time(value):
    """Return one text of ``{"date", "time"}`` in UTC; what is text already stays.

    >>> date_and_time({"date": "2025-03-06", "time": "10:00"})
    '2025-03-06T10:00Z'
    >>> date_and_time({"date": "2025-03-06", "time": None}), date_and_time("2025-03-06")
    ('2025-03-06', '2025-03-06')
    >>> date_and_time({"date": "NULL", "time": None})
    """
    if not isinstance(value, dict):
        return as_text(value)
    # A word for nothing is none as a part either, as it is none as a value.
    day, time = (
        None if stands_for_nothing(value.get(part)) else value.get(part)
        for part in ("date", "time")
    )
    if is_blank(day):
        if is_blank(time) and {"date", "time"} & set(value):
            return None
        raise BadValue("bad_date")
    return as_text(day) if is_blank(time) else f"{as_text(day)}T{as_text(time)}Z"


@transform
def period(value, part, zone=None):
    """Return one part of the time that something takes.

    Without any time of day it goes on for whole days. A day beside a time of day means:
    as a beginning its midnight, as an end its last second, and as the end on the day of
    the beginning that nobody said when it ends.

    :param value: beginning and end, and the zone (IANA name) of whoever wrote them
    :param part: ``start``, ``stop`` (instants), ``start_date``, ``stop_date``, ``allday``
    :param zone: where days begin if the value names no zone
    :raises BadValue: ``end_before_begin``

    >>> period(["2025-03-06T10:00:00Z", "2025-03-06T11:30:00Z"], "stop")
    '2025-03-06T11:30:00Z'
    >>> period(["2025-03-06T10:00:00Z", "2025-03-06"], "stop")
    >>> period(["2025-03-06T10:00:00Z", "2025-03-08", "Europe/Berlin"], "stop")
    '2025-03-08T22:59:59Z'
    >>> [period(["2025-03-10", None], part) for part in ("allday", "stop_date", "start")]
    [True, '2025-03-10', None]
    >>> period(["2025-03-10", "2025-03-10T11:30:00Z"], "start", "Europe/Berlin")
    '2025-03-09T23:00:00Z'
    """
    begin, end, own = _sides(value, 3)
    begin, end = (
        None if is_blank(side) else date_and_time(side) for side in (begin, end)
    )
    if not is_blank(own):
        zone = _known_zone(own, zone)
    if not begin and not end:
        return None
    if _has_time(begin) or _has_time(end):
        return _timed(begin, end, part, zone)
    first = date(begin or end)
    if part == "stop_date":
        return _not_before(first, date(end) if end else first)
    return {"allday": True, "start_date": first}.get(part)


@transform
def span(value, part, zone=None):
    """Return the same part of a time that is given in days or as instants, by columns.

    :param value: first day, beginning, last day, end; a day goes before an instant,
        which is but the midnight of it then (EspoCRM: ``dateStartDate``, ``dateStart``)

    >>> span([None, "2025-03-06T10:00:00Z", None, "2025-03-06T11:00:00Z"], "stop")
    '2025-03-06T11:00:00Z'
    >>> days = ["2025-03-06", "2025-03-05T22:00:00Z", "2025-03-07", "2025-03-07T22:00:00Z"]
    >>> [span(days, part) for part in ("allday", "start_date", "stop_date", "start")]
    [True, '2025-03-06', '2025-03-07', None]
    """
    first, begin, last, end = _sides(value, 4)
    if is_blank(first):
        return period([begin, last if is_blank(end) else end], part, zone)
    return period([first, None if is_blank(last) else last], part, zone)


def _timed(begin, end, part, zone):
    if part == "allday":
        return False
    if part == "start" and begin:
        return begin if _has_time(begin) else _in_z(begin, "00:00:00", zone)
    if part == "stop" and end:
        return _usable_end(begin, end, zone)
    return None


def _usable_end(begin, end, zone):
    """Return the end as an instant; None where only the day of the beginning is named."""
    if not begin:
        return end if _has_time(end) else None
    if _has_time(end):
        first = begin if _has_time(begin) else _in_z(begin, "00:00:00", zone)
        _not_before(datetime_(first), datetime_(end))
        return end
    last = date(end)
    if last > local_date(begin, zone):
        return _in_z(end, "23:59:59", zone)
    # Whoever wrote the day may be in another zone: it is the same one somewhere.
    _not_before(local_date(begin, _WESTERNMOST), last)
    return None


def _in_z(day, time, zone):
    """Return a time of a day in a zone as an instant in UTC."""
    return datetime_(f"{date(day)} {time}", zone).replace(" ", "T") + "Z"


def _known_zone(name, otherwise):
    try:
        find_zone(name)
    except BadValue:
        return otherwise
    return name


def _not_before(first, last):
    if last < first:
        raise BadValue("end_before_begin")
    return last


def _has_time(text):
    return bool(text) and re.search(r"[T ]\d{1,2}:", text) is not None
