"""Conversions of days, instants and the time a meeting takes."""

import re

from .moments import find_zone, read_iso, read_written
from .values import BadValue, as_text, is_blank, transform


@transform
def date(value):
    """Return ``YYYY-MM-DD``; of an instant the day as written, never shifted by a zone.

    >>> date("2025-06-30T00:00:00.000000Z")
    '2025-06-30'
    """
    return read_iso(value).day.isoformat()


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
def date_as(value, order):
    """Return ``YYYY-MM-DD`` of a day written in ``order``; ISO dates pass in any case.

    >>> date_as("31/12/2024", "dmy"), date_as("12/31/24 9:00 PM", "mdy")
    ('2024-12-31', '2024-12-31')
    >>> date_as("31 Dec 2024", "%d %b %Y")
    '2024-12-31'
    """
    return read_written(value, order).day.isoformat()


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
