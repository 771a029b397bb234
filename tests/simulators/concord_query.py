"""Concord's list parameters: order, search, relations, paging."""

import hashlib
import re
from urllib.parse import urlencode

from .concord_schema import is_column
from .concord_wire import DEFAULT, MODELS, OPTIONAL


class ServerFault(Exception):
    """The 500 that an unknown column or relation is answered with."""


class Refused(Exception):
    """An answer other than 200; ``body`` says why."""

    def __init__(self, status, body):
        super().__init__(status)
        self.status = status
        self.body = body


ORDERED_BY = {
    "contacts": "first_name",
    "companies": "name",
    "deals": "name",
    "products": "name",
    "activities": "title",
    "documents": "title",
    "notes": "created_at",
    "calls": "created_at",
    "emails": "date",
}
NEWEST_FIRST = {"custom-fields"}
"""Lists with a controller of their own, which looks at no parameter but the page."""
SEARCHED = {
    "contacts": ("first_name", "last_name", "email", "phones.number"),
    "companies": ("name", "domain", "email", "phones.number"),
    "deals": ("name",),
    "products": ("name", "sku"),
    "activities": ("title",),
    "documents": ("title",),
    "users": ("name", "email"),
    "emails": ("subject", "message_id"),
}


def parse_nested(args):
    """Return PHP's idea of ``a[0][b]=c``: nested dicts, keys as text."""
    tree = {}
    for name, value in args.items(multi=True):
        head, _bracket, _rest = name.partition("[")
        *path, last = [head, *re.findall(r"\[([^\]]*)\]", name)]
        branch = tree
        for key in path:
            branch = branch.setdefault(key or str(len(branch)), {})
            if not isinstance(branch, dict):
                raise ServerFault(name)
        branch[last or str(len(branch))] = value
    return tree


def extra_relations(resource, text):
    """Return the relations that ``with`` adds; an unknown one is a 500."""
    names = [name for name in (text or "").split(";") if name]
    loaded = DEFAULT.get(resource, ())
    for name in names:
        known = name in OPTIONAL.get(resource, ()) or name in loaded
        if not known or name == "counts":
            raise ServerFault(name)
    return tuple(name for name in names if name not in loaded)


def ordered(company, resource, rows, tree, page):
    """Return ``rows`` in the order asked for, else by name.

    Rows that compare equal come in another order on each page, as a database is free to
    do: who pages without a unique order skips and repeats rows here, too.
    """
    if resource in NEWEST_FIRST:
        return _newest_first(rows, page)
    plan = _order_plan(resource, tree.get("order"))
    known = company.columns(resource)
    if tree.get("order") and any(name not in known for name, _down in plan):
        raise ServerFault(plan)
    rows = list(rows)
    if not any(name == "id" for name, _down in plan):
        rows.sort(key=lambda row: hashlib.md5(b"%d/%d" % (page, row["id"])).digest())
    for name, down in reversed(plan):
        rows.sort(key=lambda row: _sort_key(row.get(name)), reverse=down)
    return rows


def _newest_first(rows, page):
    """As ``latest()`` does: rows made in the same second in another order on each page."""
    rows = sorted(rows, key=lambda row: hashlib.md5(b"%d/%d" % (page, row["id"])).digest())  # fmt: skip
    return sorted(rows, key=lambda row: row["created_at"], reverse=True)


def _order_plan(resource, order):
    if isinstance(order, dict):
        return [
            (entry.get("field", ""), entry.get("direction", "asc").lower() == "desc")
            for _place, entry in sorted(order.items(), key=lambda item: int(item[0]))
        ]
    if order:
        name, _bar, direction = order.partition("|")
        return [(name, direction.lower() == "desc")]
    if resource in ORDERED_BY:
        return [(ORDERED_BY[resource], False)]
    return [("name", False)]


def _sort_key(value):
    """Nulls first, text without case, as MySQL compares."""
    if value is None:
        return (0, 0)
    return (1, value.casefold() if isinstance(value, str) else value)


def searched(resource, rows, args):
    """Apply ``q``, ``search_fields`` and ``search_match``."""
    text = args.get("q", "")
    accepted = SEARCHED.get(resource, ("name",))
    conditions = dict.fromkeys(accepted, "like")
    if args.get("search_fields"):
        wished = (part.partition(":") for part in args["search_fields"].split(";"))
        conditions = {
            name: condition or "like"
            for name, _colon, condition in wished
            if name in accepted
        }
        if not conditions:
            message = f"Accepted search fields: {', '.join(accepted)}."
            raise Refused(403, {"message": message})
    if not text:
        return rows
    wanted = dict.fromkeys(conditions, text)
    pairs = [part.partition(":") for part in text.split(";")]
    if all(colon and name in accepted for name, colon, _value in pairs):
        wanted = {name: value for name, _colon, value in pairs}
    matches = all if args.get("search_match") == "and" else any
    return [
        row
        for row in rows
        if matches(
            _holds(row, name, conditions.get(name, "like"), value)
            for name, value in wanted.items()
        )
    ]


def _holds(row, name, condition, wanted):
    if name == "phones.number":
        found = [phone["number"] for phone in row["phones"]]
    else:
        found = [row.get(name) or ""]
    wanted = wanted.casefold()
    for value in (text.casefold() for text in found):
        if condition == "like" and wanted in value:
            return True
        if condition == "=" and wanted == value:
            return True
        if condition == "in" and value in wanted.split(","):
            return True
    return False


def selected(body, row, select):
    """Keep the named columns; without ``user_id`` the permission check empties all."""
    names = {name for name in (select or "").split(";") if name}
    if not names:
        return body
    if "user_id" in row and "user_id" not in names:
        return {"id": body["id"]}
    return {
        name: value
        for name, value in body.items()
        if name in names or name == "id" or name not in row or not is_column(name)
    }


def page_numbers(args, obeys_per_page=True):
    """Return page and rows per page; nonsense counts as not given."""
    page = _positive(args.get("page"), 1)
    return page, _positive(args.get("per_page"), 15) if obeys_per_page else 15


def _positive(text, default):
    return int(text) if text and text.isdecimal() and int(text) else default


def envelope(data, total, page, per_page, path):
    """Return one page as Laravel does; its links keep ``page`` and lose all else."""
    last = max(1, -(-total // per_page))
    first_row = (page - 1) * per_page + 1

    def link(number):
        return f"{path}?{urlencode({'page': number})}" if 1 <= number <= last else None

    return {
        "data": data,
        "links": {
            "first": link(1),
            "last": link(last),
            "prev": link(page - 1),
            "next": link(page + 1),
        },
        "meta": {
            "current_page": page,
            "from": first_row if data else None,
            "last_page": last,
            "links": [
                {"url": link(page - 1), "label": "&laquo; Previous", "active": False},
                *(
                    {
                        "url": link(number),
                        "label": str(number),
                        "active": number == page,
                    }
                    for number in range(max(1, page - 3), min(last, page + 3) + 1)
                ),
                {"url": link(page + 1), "label": "Next &raquo;", "active": False},
            ],
            "path": path,
            "per_page": per_page,
            "to": first_row + len(data) - 1 if data else None,
            "total": total,
        },
    }


def not_found(resource=None, row_id=None):
    """Return the 404 of a missing row, or of an address that does not exist."""
    if resource in MODELS:
        message = f"No query results for model [{MODELS[resource]}] {row_id}"
    elif row_id is not None:
        message = f"No query results for model {row_id}"
    else:
        message = ""
    return Refused(404, {"message": message})
