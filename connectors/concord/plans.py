"""What a planned activity is: an hour in the calendar or something to be done.

Every activity of Concord has a due date, which may have a time; the end mostly is a day
alone (1.6.0, ``Activity``: ``end_time`` is optional). A call or a deadline at ten o'clock
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
    type that a customer made, ``_time`` the time of day, which a to-do has no field for.
    """
    kind = row.get("type") if isinstance(row.get("type"), dict) else {}
    name = str(kind.get("name") or "").strip()
    flag = flag_of(kind)
    begin, end = (_moment(row.get(key)) for key in ("due_date", "end_date"))
    timed = bool(begin and end and begin.time and end.time and end.time > begin.time)
    more = {"_kind": (flag or name) + (TIMED if timed and (flag or name) else "")}
    if not flag:
        more["_type"] = name
    if begin and begin.time:
        more["_time"] = _told(begin, end if timed else None, row)
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
    """Return the time of day as the owner of the activity has seen it."""
    user = row.get("user") if isinstance(row.get("user"), dict) else {}
    name = str(user.get("timezone") or "UTC")
    try:
        zone = ZoneInfo(name)
        first = begin.in_utc("UTC").astimezone(zone)
        last = end.in_utc("UTC").astimezone(zone) if end else None
    except (ValueError, OSError, KeyError, OverflowError, BadValue):
        return ""
    text = f"{first:%Y-%m-%d %H:%M}"
    if last:
        same = last.date() == first.date()
        text += f" – {last:%H:%M}" if same else f" – {last:%Y-%m-%d %H:%M}"
    return f"{text} ({name})"
