"""Moments that a program wrote some seconds wrong."""

import datetime as dt


def shifted(text, seconds):
    """Return an ISO moment so many seconds later, the day alone where it is midnight.

    >>> shifted("2024-02-29 23:59:16", 44), shifted("2024-03-01", 44)
    ('2024-03-01', '2024-03-01')
    """
    if len(text) != 19:
        return text
    try:
        moment = dt.datetime.fromisoformat(text) + dt.timedelta(seconds=seconds)
    except (ValueError, OverflowError):
        return text
    return moment.isoformat(text[10]).removesuffix(f"{text[10]}00:00:00")
