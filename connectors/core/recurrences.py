"""Rules of repeated meetings as text of iCalendar (RFC 5545), made of what a source has."""

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
