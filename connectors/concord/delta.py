"""What has changed since: as Concord writes instants, and as its filter takes them."""

import datetime as dt
from zoneinfo import ZoneInfo

from ..core.moments import parse_iso


def as_utc_text(since):
    """Return an instant as Concord writes its own, to be compared as text.

    >>> as_utc_text(dt.datetime(2025, 2, 28, 22, tzinfo=dt.timezone.utc))
    '2025-02-28T22:00:00'
    """
    return since and since.isoformat(timespec="seconds").removesuffix("+00:00")


def date_filter(since, me):
    """Return the parameters for what has changed since.

    The server takes the value in the zone of its user. Two hours more cover the hour
    that a clock change repeats; what is older is left out on arrival.

    >>> date_filter("2025-07-01T00:00:00", {"timezone": "Europe/Lisbon"})[-1][1]
    '2025-06-30 23:00:00'
    """
    moment = parse_iso(f"{since}+00:00")
    margin = dt.timedelta(hours=2)
    try:
        zone = ZoneInfo(me.get("timezone") or "UTC")
    except (ValueError, OSError, KeyError):
        # A zone that is not known here: no place is further from UTC than a day.
        zone, margin = dt.timezone.utc, dt.timedelta(days=1)
    local = (moment - margin).astimezone(zone)
    rule = "filters[0][children][0]"
    return (
        ("filters[0][condition]", "and"),
        (f"{rule}[type]", "rule"),
        (f"{rule}[query][type]", "date"),
        (f"{rule}[query][rule]", "updated_at"),
        (f"{rule}[query][operator]", "greater_or_equal"),
        (f"{rule}[query][value]", local.strftime("%Y-%m-%d %H:%M:%S")),
    )
