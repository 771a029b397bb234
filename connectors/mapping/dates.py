"""Conversions of days, instants and the time a meeting takes."""

import datetime as dt
import re
from dataclasses import replace

from .moments import find_zone, read_iso, read_written
from .numbers import boolean
from .values import BadValue, as_list, as_text, is_blank, transform

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
    """
    if not isinstance(value, dict):
        return as_text(value)
    day, time = value.get("date"), value.get("time")
    if is_blank(day):
        if is_blank(time) and {"date", "time"} & set(value):
            return None
        raise BadValue("bad_date")
    return as_text(day) if is_blank(time) else f"{as_text(day)}T{as_text(time)}Z"


@transform
def period(value, part):
    """
    >>> period(["2025-03-06T10:00:00Z", "2025-03-06T11:30:00Z"], "stop")
    '2025-03-06T11:30:00Z'
    >>> period(["2025-03-06T10:00:00Z", "2025-03-06"], "stop")
    >>> [period(["2025-03-10", None], part) for part in ("allday", "stop_date", "start")]
    [True, '2025-03-10', None]
    """
    begin, end = (
        None if is_blank(side) else date_and_time(side)
        for side in (
            value if isinstance(value, list) and len(value) == 2 else [value, None]
        )
    )
    if is_blank(begin):
        return None
    if _has_time(begin):
        if part == "stop":
            return None if is_blank(end) else _usable_end(begin, end)
        return {"allday": False, "start": begin}.get(part)
    first = date(begin)
    if part == "stop_date":
        return _not_before(first, first if is_blank(end) else date(end))
    return {"allday": True, "start_date": first}.get(part)


def _usable_end(begin, end):
    """Return the end as it is written; None if it is the day of the beginning alone."""
    if _has_time(end):
        _not_before(datetime_(begin), datetime_(end))
        return end
    if date(end) != date(begin):
        raise BadValue("bad_date")
    return None


def _not_before(first, last):
    if last < first:
        raise BadValue("bad_date")
    return last


def _has_time(text):
    return re.search(r"[T ]\d{1,2}:", text) is not None
