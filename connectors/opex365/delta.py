"""What has changed since: the filter for it, and the instants it is made of."""

import datetime as dt

from ..core.moments import parse_iso

OVERLAP = dt.timedelta(minutes=5)
"""Clocks differ, and what is being saved shows up a little later."""


def utc_text(since):
    """Return an instant as Dataverse writes its own, None for nothing.

    >>> utc_text(dt.datetime(2025, 2, 28, 22, tzinfo=dt.timezone.utc)), utc_text(None)
    ('2025-02-28T22:00:00Z', None)
    """
    return since and _text(since)


def changed_since(path, since, within=()):
    """Return the filter for what has changed since, with the overlap.

    >>> changed_since("modifiedon", "2025-02-28T22:00:00Z")
    'modifiedon ge 2025-02-28T21:55:00Z'
    >>> changed_since("modifiedon", "2025-02-28T22:00:00Z", ["steps"])
    '(modifiedon ge 2025-02-28T21:55:00Z or steps/any(o:o/modifiedon ge 2025-02-28T21:55:00Z))'

    :param within: collections of rows, the change of one of which counts as well
    """
    moment = parse_iso(since)
    changed = f"{path} ge {_text(moment - OVERLAP)}"
    ways = [changed, *(f"{name}/any(o:o/{changed})" for name in within)]
    return f"({' or '.join(ways)})" if within else changed


def _text(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
