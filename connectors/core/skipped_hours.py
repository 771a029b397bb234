"""Meetings that begin in the hour that a clock skips: they take as long as is written."""

import datetime as dt

_AROUND = dt.timedelta(hours=3)


def keep_length(start, stop, zone, read_walls):
    """Return the end of what begins in a skipped hour, as long after it as is written.

    Counted on from before, the beginning is an hour later than the clock shows; an end
    behind the gap is not.

    :param start, stop: in UTC, without a zone
    :param zone: the ``tzinfo`` in which they were written
    :param read_walls: function: the same two as they were written, None where not known

    >>> from zoneinfo import ZoneInfo
    >>> at, lisbon = dt.datetime.fromisoformat, ZoneInfo("Europe/Lisbon")
    >>> walls = at("2024-03-31 01:15"), at("2024-03-31 02:00")
    >>> str(keep_length(walls[0], at("2024-03-31 01:00"), lisbon, lambda: walls))
    '2024-03-31 02:00:00'
    >>> str(keep_length(at("2024-06-01 09:00"), at("2024-06-01 10:00"), lisbon, None))
    '2024-06-01 10:00:00'
    """
    local = start.replace(tzinfo=dt.timezone.utc).astimezone(zone)
    before = (local.astimezone(dt.timezone.utc) - _AROUND).astimezone(zone)
    if local.utcoffset() <= before.utcoffset():
        return stop  # no clock was put forward around it
    walls = read_walls()
    if not walls or walls[0] == local.replace(tzinfo=None) or walls[1] < walls[0]:
        return stop
    return start + (walls[1] - walls[0])
