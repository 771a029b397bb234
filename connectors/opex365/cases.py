"""When a case was closed: only its resolution tells the day."""

from .processes import last_closing

OPEN = 0
"""State of a case that is neither resolved nor cancelled."""


def complete_case(data):
    """Add ``_done_at`` to a case that was resolved or cancelled (UTC text).

    A case that was opened again has several resolutions, of which the last counts; one
    that was cancelled has none. Then the day it was deactivated, else of its last change.

    >>> row = {"statecode": 1, "modifiedon": "2025-03-01T08:00:00Z",
    ...        "Incident_IncidentResolutions": [
    ...            {"activityid": "a", "actualend": "2025-02-20T14:00:00Z"}]}
    >>> complete_case(row)
    >>> row["_done_at"], "Incident_IncidentResolutions" in row
    ('2025-02-20T14:00:00Z', False)
    """
    resolutions = []
    for name, rows in list(data.items()):
        if isinstance(rows, list) and all("activityid" in row for row in rows):
            resolutions += data.pop(name)
    if data.get("statecode") in (None, OPEN):
        return
    last = last_closing(resolutions) or {}
    moments = (last.get("actualend"), data.get("deactivatedon"), data.get("modifiedon"))
    if moment := next(filter(None, moments), None):
        data["_done_at"] = moment
