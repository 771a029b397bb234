"""Read a list that keeps no order of its rows: as it comes, and check that it is all.

``/custom-fields`` looks at no parameter but the page and answers newest first (1.5.1 and
1.6.0, ``CustomFieldController``: ``latest()->paginate()``): rows of one second may stand
on two pages, or on none.
"""

from .sentences import SENTENCES
from .streams import MAX_ROWS

MAX_AT_ONCE = 1000


def unordered(stream):
    """Return the ``Finding`` that a list is read as it comes."""
    return SENTENCES.finding("warning", "order_not_kept", stream=stream)


def read_whole(reader, size=MAX_ROWS):
    """Return ``(rows by id, errors, findings)`` of a short list.

    One answer that holds everything cannot shift; where the server gives pages, they
    are read once more if rows are missing.

    :param reader: a ``ListReader``
    """
    rows, errors, total = {}, {}, 0
    first, position = reader.listing({"page": 1, "size": size})
    if first.last_page > 1 and (first.total or 0) <= MAX_AT_ONCE:
        first, position = reader.listing({"page": 1, "size": first.total or size})
    for _turn in range(2):
        listing = first
        total = 0
        while True:
            rows |= {int(row["id"]): row for row in listing.rows}
            errors |= {error.source_id: error for error in listing.errors}
            total = max(total, listing.total or 0)
            if not (listing.rows or listing.errors):
                break
            if position["page"] >= listing.last_page:
                break
            listing, position = reader.listing({**position, "page": position["page"] + 1})  # fmt: skip
        if len(rows) + len(errors) >= total:
            break
        first, position = reader.listing({**position, "page": 1})
    missing = len(rows) + len(errors) < total
    data = {"stream": reader.stream, "found": len(rows), "total": total}
    return (
        [rows[key] for key in sorted(rows)],
        list(errors.values()),
        [SENTENCES.finding("warning", "list_incomplete", **data)] if missing else [],
    )


def pages_as_they_come(reader, position):
    """Yield ``(listing, position, following)`` of a long list without an order.

    It is read a second time where its total changed on the way: staging keeps one of
    what comes twice.
    """
    while position:
        listing, position = reader.listing(position)
        position = {**position, "total": position.get("total") or listing.total}
        following = None
        if listing.rows and position["page"] < listing.last_page:
            following = {**position, "page": position["page"] + 1}
        elif listing.total != position["total"] and position["as_given"] == 1:
            following = {"page": 1, "size": position["size"], "as_given": 2}
        yield listing, position, following
        position = following
