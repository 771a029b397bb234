"""Meetings that begin in the hour that a clock skips: they take as long as is written."""

import datetime as dt

from .moments import UTC, find_zone
from .values import BadValue

_AROUND = dt.timedelta(hours=3)


def keep_length(start, stop, zone, read_walls):
    """Return the end of what begins in a skipped hour, as long after it as is written.

    Counted on from before, the beginning is an hour later than the clock shows; an end
    behind the gap is not.

    :param start, stop: ``YYYY-MM-DD HH:MM:SS`` in UTC
    :param zone: IANA name of the zone in which they were written
    :param read_walls: function: the same two as if they were written in UTC

    >>> keep_length("2024-03-31 01:15:00", "2024-03-31 01:00:00", "Europe/Lisbon",
    ...     lambda: ("2024-03-31 01:15:00", "2024-03-31 02:00:00"))
    '2024-03-31 02:00:00'
    >>> keep_length("2024-06-01 09:00:00", "2024-06-01 10:00:00", "Europe/Lisbon", None)
    '2024-06-01 10:00:00'
    """
    try:
        begin, clock = dt.datetime.fromisoformat(start), find_zone(zone)
        local = begin.replace(tzinfo=UTC).astimezone(clock)
        before = (local - _AROUND).astimezone(UTC).astimezone(clock)
        if local.utcoffset() <= before.utcoffset():
            return stop  # no clock was put forward around it
        wall_start, wall_stop = map(dt.datetime.fromisoformat, read_walls())
    except (BadValue, ValueError, TypeError, OverflowError):
        return stop
    if wall_start == local.replace(tzinfo=None) or wall_stop < wall_start:
        return stop
    return (begin + (wall_stop - wall_start)).isoformat(" ", "seconds")
