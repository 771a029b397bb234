"""The time that a meeting takes, of two columns that hold an instant or a day."""

import datetime as dt

from ..mapping.moments import read_written
from ..mapping.transforms import BadValue

_MIDNIGHT = dt.time()


def meeting_times(start, end, order, zone):
    """Return ``{"_start", "_end"}`` as far as they are known.

    Both are instants in UTC, or days where neither has a time of day: the server writes
    a day as its midnight, and the last one as the midnight behind it.

    >>> meeting_times("2021-03-02 10:00:00", None, "mdy", "America/New_York")
    {'_start': '2021-03-02T15:00:00Z'}
    >>> meeting_times("3/2/2021", "2021-03-04 00:00:00", "mdy", "America/New_York")
    {'_start': '2021-03-02', '_end': '2021-03-03'}
    >>> meeting_times(None, "3/2/2021 10:00 AM", "mdy", "America/New_York")
    {'_end': '2021-03-02T15:00:00Z'}
    """
    first, last = _moment(start, order), _moment(end, order)
    if first is None and last is None:
        return {}
    if first is None:
        # What is known is the end alone: of whole days it is the midnight behind them.
        day = _is_day(last)
        end = last.day - dt.timedelta(days=1) if day and last.time else last.day
        return {"_end": end.isoformat() if day else _in_utc(last, zone)}
    if _is_day(first) and (last is None or _is_day(last)):
        found = {"_start": first.day.isoformat()}
        if last and last.day > first.day:
            found["_end"] = (last.day - dt.timedelta(days=1)).isoformat()
        return found
    named = {"_start": first, "_end": last}
    return {name: _in_utc(moment, zone) for name, moment in named.items() if moment}


def _moment(value, order):
    try:
        return read_written(value, order) if str(value or "").strip() else None
    except BadValue:
        return None


def _is_day(moment):
    # What names its zone is an instant.
    return moment.time is None or (
        moment.time.time() == _MIDNIGHT and moment.zone is None
    )


def _in_utc(moment, zone):
    return f"{moment.in_utc(zone):%Y-%m-%dT%H:%M:%SZ}"
