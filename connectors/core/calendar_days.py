"""When the entries of a calendar are: how long, until when, and on which days besides."""

import datetime as dt
import re
from dataclasses import replace

_PARTS = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_UNTIL = re.compile(r"(?<=UNTIL=)\d{8}T\d{6}Z", re.IGNORECASE)
_DAY = re.compile(r"\d{8}")


def make_span(start, end, duration):
    """Return the columns of when it is; the end of whole days is the day behind them."""
    if not start:
        return {}
    whole = len(start) == 10
    first = dt.datetime.fromisoformat(start.rstrip("Z"))
    if not end and duration:
        end = _move(start, **_length(duration))
    if not whole:
        return {"Date Start": start, "Date End": end}
    last = dt.date.fromisoformat(end[:10]) if end else first.date()
    if end and len(end) == 10:
        last -= dt.timedelta(days=1)
    last = max(last, first.date())
    return {"Date Start Date": start, "Date End Date": last.isoformat()}


def end_alike(start, first, end):
    """Return when a day besides ends: as long after its start as the first one's end is."""
    if not (start and first and end):
        return None
    begun, ended = (
        dt.datetime.fromisoformat(each.rstrip("Z")) for each in (first, end)
    )
    return _move(start, seconds=(ended - begun).total_seconds())


def _move(start, **length):
    """Return a moment so much later, written as the ``start`` is, None beyond all days."""
    try:
        moment = dt.datetime.fromisoformat(start.rstrip("Z")) + dt.timedelta(**length)
    except OverflowError:
        return None
    return (moment.isoformat() + start[19:])[: len(start)]


def _length(text):
    """Return the parts of a duration, zero where it is none."""
    parts = _PARTS.fullmatch(text.strip("+-"))
    numbers = [int(part or 0) for part in (parts.groups() if parts else (0,) * 5)]
    names = ("weeks", "days", "hours", "minutes", "seconds")
    return dict(zip(names, numbers, strict=True))


def end_by_the_clock(rule, zone):
    """Return a rule whose end, an instant, is what the clock of its zone shows then.

    A rule is counted by that clock: in UTC an evening in New York is the day behind it,
    and a morning in Tokyo the day before (``findings/``).

    >>> from zoneinfo import ZoneInfo
    >>> end_by_the_clock("FREQ=DAILY;UNTIL=20250311T000000Z", ZoneInfo("America/New_York"))
    'FREQ=DAILY;UNTIL=20250310T200000'
    """

    def tell(found):
        try:
            moment = dt.datetime.strptime(found[0].upper(), "%Y%m%dT%H%M%SZ")
            moment = moment.replace(tzinfo=dt.timezone.utc).astimezone(zone)
        except (ValueError, OverflowError):
            return found[0]
        return moment.strftime("%Y%m%dT%H%M%S")

    return _UNTIL.sub(tell, rule) if rule and zone else rule


def at_its_hour(line, first):
    """Return the line of a day alone at the hour and in the zone of the first meeting.

    :param first: the ``Line`` of when that begins, None where it is not known
    """
    day = line.value.strip()
    hour = first.value.strip()[8:] if first else ""
    return replace(first, value=day + hour) if hour and _DAY.fullmatch(day) else line
