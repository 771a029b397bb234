"""The members of a plan: what each may be, and how a mistake in one is said."""

from datetime import timezone

from dateutil import parser

from odoo import fields
from odoo.tools.translate import LazyTranslate

from .crm_migration_options_review import MOST_WORKERS

_lt = LazyTranslate(__name__)

VERSION = 1


MEMBERS = {
    "plan": int,
    "name": str,
    "source": str,
    "continues": str,
    "settings": dict,
    "options": dict,
    "streams": dict,
    "filters": dict,
    "mapping": list,
    "values": list,
    "owners": list,
    "objects": list,
    "lists": list,
    "sign_offs": list,
    "accept_above": (int, float),
    "create_fields": bool,
}
"""What a plan holds. Members that begin with an underscore are remarks."""


NAMED = {
    "company_id": "name",
    "team_id": "name",
    "country_id": "code",
    "currency_id": "name",
}
"""Options that name a record of Odoo, and the field they name it by."""


ROWS = {
    "mapping": {
        "stream": str,
        "part": str,
        "model": str,
        "key": str,
        "source": (str, list),
        "target": str,
        "steps": list,
        "state": ("open", "accepted", "ignored"),
        "ignore_reason": str,
        "field": dict,
        "object_label": str,
        "label": str,
    },
    "values": {
        "list": str,
        "key": str,
        "within": str,
        "decision": str,
        "choice": str,
        "name": str,
        "model": str,
        "order": range(1, 1_000_001),
        "won": bool,
    },
    "owners": {
        "key": str,
        "decision": str,
        "login": str,
    },
    "objects": {
        "stream": str,
        "part": str,
        "model": str,
        "key": str,
        "selected": bool,
    },
    "lists": {
        "name": str,
        "label": str,
        "model": str,
        "choices": list,
        "proposals": dict,
        "otherwise": str,
        "create": bool,
        "words": str,
        "made": bool,
    },
    "sign_offs": {
        "number": int,
        "action": ("sign", "withdraw"),
        "kind": ("mapping", "values", "owners", "dry_run", "phase"),
        "object": str,
        "by": str,
        "at": str,
        "automatic": bool,
        "comment": str,
        "digest": str,
        "previous": str,
        "seal": str,
        "state": str,
    },
}


MOST = {
    "attachment_limit": 2**31 - 1,
    "workers": MOST_WORKERS,
    "duplicate_merge_from": 100,
    "duplicate_ask_from": 100,
}
"""Options that are whole numbers, from 1 to this."""


FIELD = {"kind": str, "label": str, "options": list, "relation": str}
"""Of a line of the mapping: the field that it has made, and for a link to which object."""


NEEDED = {
    "mapping": ("stream", "source", "state"),
    "values": ("list", "key"),
    "owners": ("key",),
    "objects": ("stream", "model", "selected"),
    "lists": ("name", "label"),
    "sign_offs": ("action", "kind", "by", "at", "digest"),
}


OF_TEMPLATE = (
    "plan",
    "name",
    "source",
    "streams",
    "objects",
    "lists",
    "mapping",
    "values",
)
"""What of a plan another migration can take over: the decisions, no connection."""


DECIDED = {"values": "crm.migration.value.map", "owners": "crm.migration.owner"}


MAX_SHOWN = 20


SECRETS = {
    "named": _lt("it is named like one"),
    "login": _lt("user name and password in an address"),
    "parameter": _lt("a parameter of an address"),
    "header": _lt("the content of a header"),
    "key": _lt("a key or token"),
}
"""Kinds of what ``find_secrets`` finds, in words."""


def as_named(name, value):
    """Return what an option names a record by, as Odoo writes it.

    >>> as_named("country_id", " pt "), as_named("team_id", " Sales ")
    ('PT', 'Sales')
    """
    plain = value.strip()
    return plain.upper() if name in ("country_id", "currency_id") else plain


def is_later_part(item):
    """Tell whether a line of a plan is a further part of a field that is split.

    >>> is_later_part({"steps": [["part", ",", 2, 2]]}), is_later_part({"steps": [["strip"]]})
    (True, False)
    """
    first = next(iter(item.get("steps") or []), None)
    return isinstance(first, list) and first[:1] == ["part"] and first[2:3] > [1]


def get_wanted(env, field):
    """Return what an option may be: one of some words, or true and false."""
    if field.type == "boolean":
        return bool
    return tuple(key for key, _label in field._description_selection(env))


def is_a(value, wanted):
    """Tell whether a JSON value is of a type, or one of some words.

    >>> is_a(True, int), is_a(3, (int, float)), is_a("map", ("map", "empty"))
    (False, True, True)
    >>> is_a(0, range(1, 9)), is_a(3, range(1, 9))
    (False, True)
    """
    if isinstance(wanted, range):
        return is_a(value, int) and value in wanted
    if isinstance(wanted, tuple) and wanted and isinstance(wanted[0], str):
        return isinstance(value, str) and value in wanted
    if isinstance(value, bool):
        return wanted is bool
    return isinstance(value, wanted)


def say_wanted(wanted):
    """Return what is expected, in words."""
    if isinstance(wanted, tuple) and isinstance(wanted[0], str):
        return "one of " + ", ".join(wanted)
    if isinstance(wanted, range):
        return f"a whole number from {wanted[0]} to {wanted[-1]}"
    words = {
        int: "a whole number",
        float: "a number",
        str: "a text",
        bool: "true or false",
        dict: "an object",
        list: "a list",
    }
    kinds = wanted if isinstance(wanted, tuple) else (wanted,)
    return " or ".join(dict.fromkeys(words[kind] for kind in kinds))


def say(value):
    """Return what was found, in words; texts as they are, shortened.

    >>> say(None), say([1]), say("x" * 50)
    ('nothing', 'a list', '“xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”')
    """
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    text = str(value)
    return f"“{text[:40]}{'…' if len(text) > 40 else ''}”"


def parse_moment(value):
    """Return a point in time as Odoo keeps it, None for what is none.

    >>> str(parse_moment("2024-12-31T18:00:00+02:00")), parse_moment("soon")
    ('2024-12-31 16:00:00', None)
    """
    if not isinstance(value, str) or not value[:4].isdecimal():
        return None
    try:
        moment = parser.isoparse(value.strip())
    except ValueError:
        return None
    if moment.tzinfo:
        moment = moment.astimezone(timezone.utc).replace(tzinfo=None)
    return fields.Datetime.to_datetime(moment.replace(microsecond=0))
