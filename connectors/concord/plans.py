"""What a planned activity is: an hour in the calendar or something to be done.

Every activity of Concord has a due date, which may have a time; the end mostly is a day
alone (a public derivative, ``Activity``: ``end_time`` is optional; ``isAllDay``: whole days have
neither ``due_time`` nor ``end_time``). A call or a deadline at ten o'clock
is no appointment; what has a beginning and an end is one, whatever its type is called.
"""

from zoneinfo import ZoneInfo

from ..mapping.moments import read_iso
from ..mapping.transforms import TRANSFORMS, BadValue

TIMED = " (with an end)"
"""Behind the name of a kind: activities of it that have a beginning and an end."""
APPOINTMENTS = frozenset({"call", "meeting"})
"""Kinds of which one with an end is proposed as a meeting; a task remains to be done."""
_BY_ICON = {
    "Phone": "call",
    "Users": "meeting",
    "CheckCircle": "task",
    "Mail": "email",
    "Clock": "deadline",
}
"""Icons of the stock types: releases before 1.3 give no flag."""


def describe_plan(row):
    """Return an activity with what is worked out of its type and its times.

    ``_kind`` is the key of the value list *Kinds of activities*, ``_type`` the name of a
    type that a customer made, ``_time`` the time of day and the last of several days,
    which a to-do has no field for.
    """
    kind = row.get("type") if isinstance(row.get("type"), dict) else {}
    name = str(kind.get("name") or "").strip()
    flag = flag_of(kind)
    begin, end = (_moment(row.get(key)) for key in ("due_date", "end_date"))
    timed = bool(begin and end and begin.time and end.time and end.time > begin.time)
    more = {"_kind": (flag or name) + (TIMED if timed and (flag or name) else "")}
    if not flag:
        more["_type"] = name
    more["_time"] = _told(begin, end, row)
    return {**row, **{key: value for key, value in more.items() if value}}


def flag_of(kind):
    """Return what a stock type is, empty for one that a customer made."""
    if kind.get("flag"):
        return str(kind["flag"])
    return _BY_ICON.get(kind.get("icon"), "") if kind.get("is_primary") else ""


def proposals(kinds):
    """Return key → what is proposed, for the types of an installation."""
    found = {"meeting": "meeting"}
    for kind in kinds:
        key = flag_of(kind) or str(kind.get("name") or "").strip()
        if key in APPOINTMENTS or not flag_of(kind):
            found[key + TIMED] = "meeting"
    return found


def _moment(value):
    try:
        text = TRANSFORMS["date_and_time"](value)
        return read_iso(text) if text else None
    except BadValue:
        return None


def _told(begin, end, row):
    """Return when it takes place as its owner has seen it; empty for a day alone."""
    user = row.get("user") if isinstance(row.get("user"), dict) else {}
    name = str(user.get("timezone") or "UTC")
    try:
        zone = ZoneInfo(name)
        first, last = (_local(moment, zone) for moment in (begin, end))
    except (ValueError, OSError, KeyError, OverflowError, BadValue):
        return ""
    times = [moment for moment in (begin, end) if moment and moment.time]
    if not times and (not first or not last or last <= first):
        return ""
    text = " – ".join(filter(None, (first, _after(first, last))))
    return f"{text} ({name})" if times else text


def _local(moment, zone):
    """Return a moment as the clock there shows it, a day as it is."""
    if not moment:
        return ""
    if not moment.time:
        return moment.day.isoformat()
    return f"{moment.in_utc('UTC').astimezone(zone):%Y-%m-%d %H:%M}"


def _after(first, last):
    """Return of an end what the beginning has not told."""
    if last == first or last == first[:10]:
        return ""
    return last[11:] if last[:10] == first[:10] and len(first) > 10 else last
