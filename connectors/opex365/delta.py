"""What has changed since: the filter for it, and the instants it is made of."""

import datetime as dt

from ..core.errors import ConfigurationError
from ..core.moments import parse_iso
from ..core.sentences import _lt

OVERLAP = dt.timedelta(minutes=5)
"""Clocks differ, and what is being saved shows up a little later."""


def utc_text(since):
    """Return an ISO 8601 instant as Dataverse writes its own, None for nothing.

    >>> utc_text("2025-03-01T00:00:00+02:00"), utc_text(None)
    ('2025-02-28T22:00:00Z', None)

    :raises ConfigurationError: it is none
    """
    if not since:
        return None
    try:
        moment = parse_iso(str(since))
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=dt.timezone.utc)
        moment = moment.astimezone(dt.timezone.utc)
    except (ValueError, OverflowError):
        reason = _lt("a date and time is needed")
        raise ConfigurationError(
            "bad_setting", setting="since", reason=reason
        ) from None
    return _text(moment)


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
