"""The endpoint profile in use: what comes with the connector, with what the user overrides."""

import copy
import json
import re

from ..core.errors import ConfigurationError
from ..core.sentences import _lt
from ..core.several import MOST
from .conditions import ESCAPES
from .defaults import ENDPOINTS
from .operations import OPERATIONS, refusal_of

SETTING = _lt("Endpoint profile")
MAX_ROWS = 500
DISPENSABLE = ("counts", "values", "objects", "audit")
"""Operations that an installation may do without: null in the profile."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PLAIN_FILTER = re.compile(r"[A-Za-z_][A-Za-z0-9_]* = -?\d+")
_SINCE_FILTER = re.compile(r"\{modified\} >=? '\{since:[%YmdHMSIp:/ T.\-]+\}'")


class Invalid(ValueError):
    """What is wrong with a value; the message completes "paging.key: …"."""


def _text(value):
    if not isinstance(value, str):
        raise Invalid(_lt("a text is needed"))


def _name(value):
    _text(value)
    if not _NAME.fullmatch(value):
        raise Invalid(_lt("a name of letters, digits and _ is needed"))


def _flag(value):
    if not isinstance(value, bool):
        raise Invalid(_lt("true or false is needed"))


def _matching(pattern, example):
    def check(value):
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise Invalid(_lt("it must look like %(example)s", example=example))

    return check


def _between(least, most):
    def check(value):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not least <= value <= most:
            raise Invalid(
                _lt(
                    "a number from %(least)s to %(most)s is needed",
                    least=least,
                    most=most,
                )
            )

    return check


def _whole(least, most):
    def check(value):
        _between(least, most)(value)
        if not isinstance(value, int):
            raise Invalid(_lt("a whole number is needed"))

    return check


def _one_of(*choices):
    def check(value):
        if value not in choices:
            names = ", ".join(map(str, choices))
            raise Invalid(_lt("one of %(choices)s is needed", choices=names))

    return check


def _or_null(check):
    def checked(value):
        if value is not None:
            check(value)

    return checked


def _list_of(check):
    def checked(value):
        if not isinstance(value, list):
            raise Invalid(_lt("a list is needed"))
        for item in value:
            check(item)

    return checked


def _anything_plain(value):
    if isinstance(value, dict | list):
        raise Invalid(_lt("a plain value is needed"))


class Each:
    """Members of any name, each with the same schema; ``names`` limits the names."""

    def __init__(self, schema, names=None):
        self.schema = schema
        self.names = names


_OPERATION = {
    "path": _text,
    "wrapper": _name,
    "numbers_as_text": _flag,
    "condition_escape": _one_of(*ESCAPES),
    "qualified": _list_of(_name),
    "names": Each(_name),
    "name_replacements": Each(_text),
}
_OBJECT = {
    "name": _or_null(_name),
    "try": _list_of(_name),
    "id": _list_of(_name),
    "modified": _list_of(_text),
    "parent": _list_of(_name),
    "inactive": _list_of(_text),
    "children": _list_of(_one_of("note", "attachment", "follower", "ship_item")),
    "links": {
        "account": {
            "via": _one_of("related", "column", "none"),
            "column": _or_null(_name),
        }
    },
    "fields": Each(_list_of(_text)),
    "default_columns": _flag,
}
SCHEMA = {
    "profile": _one_of("soffront/1"),
    "prefix": _text,
    "auth": {
        "developer_key": {
            "mode": _one_of("given", "asked"),
            **{name: _text for name in ("path", "server", "project", "app_type")},
        },
        "token_path": _text,
        "token_in": _list_of(_name),
        "status_field": _name,
        "status_ok": _list_of(_anything_plain),
        "credential_replacements": Each(_text),
        "lifetime_s": _between(1, 86400),
    },
    "throttle": {"max_per_second": _between(0.01, 1000), "parallel": _whole(1, MOST)},
    "read_operations": Each(_OPERATION, names=OPERATIONS),
    "result": {
        "rows": _list_of(_text),
        "total": _list_of(_text),
        "error_code": _name,
        "error_text": _list_of(_name),
    },
    "paging": {
        "style": _one_of("keyset", "page_number", "rowcount_offset"),
        "key": _name,
        "first_page": _whole(0, 1),
        "page_size": _whole(1, MAX_ROWS),
        "child_page_size": _whole(1, MAX_ROWS),
        "fields_per_call": _whole(2, 500),
        "suspect_cap": _whole(1, 100_000),
        "rowcount": {"param": _name, "offset_param": _or_null(_name)},
    },
    "filters": {
        "active": _or_null(_matching(_PLAIN_FILTER, "IsDeleted = 0")),
        "deleted": _or_null(_matching(_PLAIN_FILTER, "IsDeleted = 1")),
        "since": _matching(_SINCE_FILTER, ENDPOINTS["filters"]["since"]),
    },
    "dates": {"order": _one_of("mdy", "dmy", "ymd")},
    "deny_fields": _list_of(_text),
    "objects": Each(_OBJECT, names=ENDPOINTS["objects"]),
}


def read_endpoints(text):
    """Return the endpoint profile: the default with the members of ``text`` put over it.

    >>> read_endpoints('{"paging": {"page_size": 50}}')["paging"]["page_size"]
    50

    :param text: JSON, empty for the default
    :raises ConfigurationError: it is no JSON, or a member is unknown or not valid
    """
    try:
        own = json.loads(text) if str(text or "").strip() else {}
    except ValueError as error:
        where = getattr(error, "lineno", 1)
        raise _bad(_lt("line %(line)s is not JSON", line=where)) from None
    _check(own, SCHEMA, "")
    # The passwords stay behind, whatever else somebody wants left out.
    denied = [*ENDPOINTS["deny_fields"], *own.get("deny_fields", ())]
    endpoints = _merged(copy.deepcopy(ENDPOINTS), own)
    endpoints["deny_fields"] = denied
    operations = endpoints["read_operations"]
    endpoints["read_operations"] = {n: op for n, op in operations.items() if op}
    _check_operations(endpoints)
    paging = endpoints["paging"]
    if paging["style"] == "rowcount_offset" and not paging["rowcount"]["offset_param"]:
        raise _bad_at("paging.rowcount.offset_param", _lt("needed for this style"))
    return endpoints


def _check(value, schema, path):
    if value is None and path.removeprefix("read_operations.") in DISPENSABLE:
        return
    if callable(schema):
        try:
            schema(value)
        except Invalid as error:
            raise _bad_at(path, error.args[0]) from None
        return
    if not isinstance(value, dict):
        raise _bad_at(path or "it", _lt("an object with members is needed"))
    for name, item in value.items():
        here = f"{path}.{name}".lstrip(".")
        if isinstance(schema, Each):
            if schema.names is not None and name not in schema.names:
                raise _bad_at(here, _lt("there is no such member"))
            _check(item, schema.schema, here)
        elif name not in schema:
            raise _bad_at(here, _lt("there is no such member"))
        else:
            _check(item, schema[name], here)


def _merged(base, own):
    for name, item in own.items():
        if isinstance(item, dict) and isinstance(base.get(name), dict):
            base[name] = _merged(base[name], item)
        else:
            base[name] = item
    return base


def _check_operations(endpoints):
    auth = endpoints["auth"]
    templates = {
        "token": ("auth.token_path", auth["token_path"]),
        "developer_key": ("auth.developer_key.path", auth["developer_key"]["path"]),
    }
    for name, operation in endpoints["read_operations"].items():
        templates[name] = (f"read_operations.{name}.path", operation["path"])
    for name, (place, template) in templates.items():
        if reason := refusal_of(name, template):
            raise _bad_at(place, reason)


def _bad_at(place, reason):
    return _bad(_lt("%(place)s: %(reason)s", place=place, reason=reason))


def _bad(reason):
    return ConfigurationError("bad_setting", setting=SETTING, reason=reason)
