"""The same moment on the clocks of other places."""

from datetime import datetime, timedelta, timezone

from .alike import read_moments


def is_same_elsewhere(instant, written):
    """Tell whether a time without an offset is the instant, on some clock of the world.

    >>> is_same_elsewhere("2021-01-04T13:00:00Z", "2021-01-04T08:00:00")
    True
    >>> is_same_elsewhere("2021-01-04T13:00:00Z", "2021-01-04T08:07:00")
    False
    """
    clocks = [
        moment
        for moment in read_moments(written)
        if isinstance(moment, datetime) and not moment.tzinfo
    ]
    for moment in read_moments(instant):
        if not (isinstance(moment, datetime) and moment.tzinfo):
            continue
        there = moment.astimezone(timezone.utc).replace(tzinfo=None)
        # Zones differ by quarters of an hour, from 12 hours behind to 14 ahead.
        for apart in (clock - there for clock in clocks):
            if timedelta(hours=-12) <= apart <= timedelta(hours=14):
                if not apart % timedelta(minutes=15):
                    return True
    return False
