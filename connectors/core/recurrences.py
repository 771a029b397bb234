"""Rules of repeated meetings as text of iCalendar (RFC 5545), made of what a source has."""

import re

WEEK = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
"""Days of the week, as the bits of a mask have them (Sunday is 1)."""
WORKDAYS = ("MO", "TU", "WE", "TH", "FR")


def days_of_mask(mask):
    """Return the days of the week that a mask of bits stands for.

    >>> days_of_mask(2 + 8), days_of_mask(0), days_of_mask(None)
    (['MO', 'WE'], [], [])
    """
    return [day for bit, day in enumerate(WEEK) if (mask or 0) & 1 << bit]


def make_rule(frequency, interval=1, *, until=None, count=None, **parts):
    """Return the text of a rule; what is empty is left out of it.

    :param until: the last day, ``YYYY-MM-DD``

    >>> make_rule("weekly", 2, byday=["MO", "WE"], until="2025-06-30")
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20250630'
    >>> make_rule("monthly", byday=["2TU"], count=6)
    'FREQ=MONTHLY;BYDAY=2TU;COUNT=6'
    """
    text = [f"FREQ={frequency.upper()}"]
    if interval and int(interval) > 1:
        text.append(f"INTERVAL={int(interval)}")
    for name, value in parts.items():
        if value not in (None, "", []):
            values = value if isinstance(value, list) else [value]
            text.append(f"{name.upper()}={','.join(map(str, values))}")
    if until:
        text.append(f"UNTIL={str(until)[:10].replace('-', '')}")
    elif count:
        text.append(f"COUNT={int(count)}")
    return ";".join(text)


_RULE = re.compile(
    r"(?:^|RRULE:|\n|;|\s)((?:[A-Z-]+=[^;\s]*;?)*FREQ=[^\s]+)", re.IGNORECASE
)
_PARTS = {"DTSTART", "TZID", "EXDATE", "X-DTSTART"}
"""What programs write into a rule, and is none of its parts (RFC 5545, 3.3.10)."""


def plain_rule(text):
    """Return the rule alone of what a program has in its place, empty where there is none.

    >>> plain_rule("RRULE:FREQ=WEEKLY;BYDAY=MO;WKST=SU;INTERVAL=1;COUNT=13")
    'FREQ=WEEKLY;BYDAY=MO;WKST=SU;INTERVAL=1;COUNT=13'
    >>> plain_rule("FREQ=DAILY;INTERVAL=2;DTSTART=2017-08-29;UNTIL=2017-09-29")
    'FREQ=DAILY;INTERVAL=2;UNTIL=20170929'
    >>> plain_rule("DTSTART:20240101T090000Z\\nRRULE:FREQ=DAILY"), plain_rule("weekly")
    ('FREQ=DAILY', '')
    """
    found = _RULE.search(str(text or "").strip())
    if not found:
        return ""
    parts = [part.partition("=") for part in found[1].upper().split(";") if part]
    return ";".join(
        f"{name}={value.replace('-', '') if name == 'UNTIL' else value}"
        for name, _is, value in parts
        if name not in _PARTS
    )
