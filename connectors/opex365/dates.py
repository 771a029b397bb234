"""Days that the Web API writes as instants: midnights of a zone that it does not name."""

import datetime as dt

from ..core.moments import parse_iso

_WEST, _NEXT = dt.timedelta(hours=10), dt.timedelta(days=1)
"""Midnight is 14:00 of the day before in Kiribati and 10:00 of the same day in Hawaii:
what is later than that belongs to the next day."""


def day_of_midnight(text):
    """Return the day that begins at an instant, whichever zone it was meant in.

    >>> day_of_midnight("2025-03-06T23:00:00Z"), day_of_midnight("2025-03-07T05:00:00Z")
    (datetime.date(2025, 3, 7), datetime.date(2025, 3, 7))
    """
    moment = parse_iso(text)
    since = dt.timedelta(hours=moment.hour, minutes=moment.minute)
    return moment.date() + (_NEXT if since > _WEST else dt.timedelta())


def begin_and_end(data):
    """Return when an appointment takes place: two instants, or first and last day.

    >>> begin_and_end({"isalldayevent": True, "scheduledstart": "2025-03-06T23:00:00Z",
    ...                "scheduledend": "2025-03-08T23:00:00Z"})
    ('2025-03-07', '2025-03-08')
    """
    begin, end = data.get("scheduledstart"), data.get("scheduledend")
    if not data.get("isalldayevent") or not begin:
        return begin, end
    try:
        first = day_of_midnight(begin)
        # The end is the midnight after the last day.
        last = day_of_midnight(end) - _NEXT if end else first
    except (ValueError, OverflowError, AttributeError):
        return begin, end
    return first.isoformat(), max(first, last).isoformat()
