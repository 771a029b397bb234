"""Days that the database keeps as instants: midnight of the people's zone, in UTC.

NextCRM's forms send what the date picker gives, the midnight of the browser, as an
instant (``toISOString``): in Prague the 28th is ``2026-08-27T22:00:00`` in the column. Its
API and its seeds write days as they are: midnight in UTC. A mapping reads both by the zone
of the people: an instant is marked as one of UTC, a day stays a day.
"""

from ..mapping.vocabulary import coalesce, field, local_date

COLUMNS = {
    "deals": ("close_date", "delivery_deadline"),
    "todos": ("dueDateAt", "createdAt"),
    "activities": ("date", "createdAt"),
    "invoices": ("issueDate", "taxableSupplyDate", "dueDate"),
    "received_invoices": ("date_created", "date_due"),
}


def mark_days(stream, rows):
    """Add to each row ``_days``: its days as ``local_date`` reads them."""
    if columns := COLUMNS.get(stream):
        for row in rows:
            row["_days"] = {name: as_day(row.get(name)) for name in columns}


def as_day(value):
    """
    >>> as_day("2026-08-28T00:00:00"), as_day("2026-08-27T22:00:00"), as_day(None)
    ('2026-08-28', '2026-08-27T22:00:00Z', None)
    """
    if not value or not str(value)[:1].isdigit():
        return None
    day, mark, time = str(value).partition("T")
    if not mark or set(time) <= set("0:."):
        return day
    return value if time.endswith("Z") or "+" in time else f"{value}Z"


def day(target, *columns, **more):
    """A day out of columns that hold the instant at which it began for the people.

    What begins at midnight in UTC came from somewhere that knows days only.
    """
    source = tuple(f"_days.{column}" for column in columns) + columns
    return field(target, source, coalesce, local_date, **more)
