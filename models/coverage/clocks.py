"""The same moment on the clocks of other places."""

from datetime import datetime, time, timedelta, timezone

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


def is_midnight_near(instant, day, zone):
    """Tell whether an instant is the midnight of a day in a zone, or in one near it.

    What knows no days stores them so; whoever reads may be two hours from where it is.

    >>> from datetime import date
    >>> from zoneinfo import ZoneInfo
    >>> lisbon = ZoneInfo("Europe/Lisbon")
    >>> is_midnight_near("2024-03-31T22:00:00Z", date(2024, 4, 1), lisbon)
    True
    >>> is_midnight_near("2024-03-31T20:00:00Z", date(2024, 4, 1), lisbon)
    False
    """
    for moment in read_moments(instant):
        if not (isinstance(moment, datetime) and moment.tzinfo):
            continue
        local = moment.astimezone(zone).replace(tzinfo=None)
        apart = local - datetime.combine(day, time())
        if abs(apart) <= timedelta(hours=2) and not apart % timedelta(hours=1):
            return True
    return False


def is_day_of(value, found, zone, there):
    """Tell whether an instant is on a day, where the migration stands.

    :param zone: of an instant without an offset
    :param there: zone of the migration

    >>> from datetime import date
    >>> from zoneinfo import ZoneInfo
    >>> utc, berlin = ZoneInfo("UTC"), ZoneInfo("Europe/Berlin")
    >>> is_day_of("2024-06-01T23:56:39.299", date(2024, 6, 2), utc, berlin)
    True
    >>> is_day_of("2024-06-01T00:00:00", date(2024, 5, 31), berlin, utc)
    False
    """
    moments = [m for m in read_moments(value) if isinstance(m, datetime)]
    # Midnight is how systems write a day without a time: it moves to no other day.
    moments = [m for m in moments if m.time() != time()]
    aware = [m if m.tzinfo else m.replace(tzinfo=zone) for m in moments]
    return any(moment.astimezone(there).date() == found for moment in aware)
