"""The time zone that the name of a column says its instants are in."""

import re
from zoneinfo import ZoneInfo

from babel.core import get_global

_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,40})[)\]]\s*$")
_OFFSET = re.compile(
    r"(?<![^\W_])(?:UTC|GMT)\s?([+-])\s?(\d\d?)(?::?(\d\d))?(?=\W*$)", re.IGNORECASE
)
_UNIVERSAL = ("utc", "gmt")
_SHORT = {
    **dict.fromkeys(("CET", "CEST", "MEZ", "MESZ"), "Europe/Berlin"),
    **dict.fromkeys(("WET", "WEST"), "Europe/Lisbon"),
    **dict.fromkeys(("EET", "EEST"), "Europe/Helsinki"),
    **dict.fromkeys(("EST", "EDT"), "America/New_York"),
    **dict.fromkeys(("CST", "CDT"), "America/Chicago"),
    **dict.fromkeys(("MST", "MDT"), "America/Denver"),
    **dict.fromkeys(("PST", "PDT"), "America/Los_Angeles"),
    **dict.fromkeys(("AEST", "AEDT"), "Australia/Sydney"),
    "BST": "Europe/London",
    "MSK": "Europe/Moscow",
    "JST": "Asia/Tokyo",
}
"""Whose clock people mean by these in a name, summer and winter."""
_ODD = {
    "+0330": "Asia/Tehran",
    "+0430": "Asia/Kabul",
    "+0530": "Asia/Kolkata",
    "+0545": "Asia/Kathmandu",
    "+0630": "Asia/Yangon",
    "+0930": "Australia/Darwin",
}
"""Offsets of half an hour → a zone that has them all the year."""


def zone_of(name):
    """Return the zone that a column names, None without one.

    >>> zone_of("Created At (UTC)"), zone_of("Due (Europe/Lisbon)"), zone_of("A (2)")
    ('UTC', 'Europe/Lisbon', None)
    >>> zone_of("created_at_utc"), zone_of("createdAtUtc"), zone_of("Created [GMT+2]")
    ('UTC', 'UTC', 'Etc/GMT-2')
    >>> zone_of("Created (CET)"), zone_of("Created (America/New York)"), zone_of("Due (Est.)")
    ('Europe/Berlin', 'America/New_York', None)
    >>> zone_of("Closed (Pacific Time)"), zone_of("Created UTC+05:30"), zone_of("Date (Sales/Ops)")
    ('America/Los_Angeles', 'Asia/Kolkata', None)
    """
    if offset := _OFFSET.search(name):
        return _fixed(*offset.groups())
    if found := _IN_BRACKETS.search(name):
        return _named(found[1].strip())
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    words = re.findall(r"[^\W_]+", apart.casefold())
    return "UTC" if len(words) > 1 and words[-1] in _UNIVERSAL else None


def _named(text):
    if text.casefold() in _UNIVERSAL:
        return "UTC"
    windows = re.sub(r" Time$", " Standard Time", text)
    known = _SHORT.get(text) or get_global("windows_zone_mapping").get(windows)
    if known or "/" not in text:
        return known
    try:
        return ZoneInfo(text.replace(" ", "_")).key
    except (KeyError, OSError, ValueError):
        return None


def _fixed(sign, hours, minutes):
    hours, minutes = int(hours), minutes or "00"
    if minutes != "00":
        return _ODD.get(f"{sign}{hours:02}{minutes}")
    if hours > 14 or (sign == "-" and hours > 12):
        return None
    # The names of these zones count the other way round.
    return f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours else "UTC"
