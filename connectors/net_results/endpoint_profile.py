"""Read the endpoint profile that an administrator edited, and refuse what cannot work."""

import json
import re
from zoneinfo import ZoneInfo

from ..core.errors import ConfigurationError
from ..core.redact import HIDDEN, redact_url
from .endpoints import DEFAULT, OBJECTS

SETTING = "Endpoint profile"
_NAMES = "a list of names"
_OBJECT_KEYS = {
    **dict.fromkeys(
        ("controller", "list", "one", "one_param", "order_by", "fallback", "per"), str
    ),
    **dict.fromkeys(("method", "param", "each", "each_param", "item", "source"), str),
    **dict.fromkeys(("one_optional", "optional", "enabled", "paged"), bool),
    **dict.fromkeys(("delta", "fields", "placeholders", "extra"), dict),
    **dict.fromkeys(("id", "modified"), list),
}
_CALLED = ("list", "one", "method")
"""Keys of an object that name a method."""
_CHOICES = {
    "profile": ("net_results/1",),
    "transport.style": ("jsonrpc",),
    "transport.params": ("named", "positional"),
    "paging.style": ("record_offset",),
    "throttle.parallel": (1,),
    "auth.oauth2.token_in": ("header", "query"),
}
_FREE = ("transport.extra_params", "objects")
"""Parts whose keys are the administrator's, or checked elsewhere."""
_DELTA = {"mode", "filters_template"}
_READ = re.compile(r"get[A-Z]\w*")
_HARMFUL = "getResultsPerPage"
"""It sounds like reading, yet it stores a page size for the user."""


def is_read_method(name):
    """Tell whether a method only reads: nothing else is ever called.

    >>> [is_read_method(name) for name in ("getMultiple", "setOne", "getaway", "get")]
    [True, False, False, False]
    """
    return bool(_READ.fullmatch(str(name))) and name != _HARMFUL


def load_endpoints(text):
    """Return the profile: what is delivered, with what ``text`` (JSON) changes in it.

    :raises ConfigurationError: ``bad_setting``, with the place in the document
    """
    given = text or {}
    if isinstance(text, str):
        try:
            given = json.loads(text) if text.strip() else {}
        except ValueError as error:
            place = f"line {getattr(error, 'lineno', 1)}"
            raise _bad(place, "this is not JSON") from None
    if not isinstance(given, dict):
        raise _bad("the document", "an object with members is needed")
    # Told apart from the switch of the wizard, which decides.
    given = {**given, "auth": _without_type(given.get("auth", {}))}
    profile = _merged(DEFAULT, given, "")
    _check_numbers(profile)
    for name, endpoint in profile["objects"].items():
        _check_object(f"objects.{name}", endpoint)
    session = profile["auth"]["session"]["method"]
    _check_method("auth.session.method", session)
    # The session's id stands in addresses, and addresses stand in the log.
    parameter = profile["auth"]["session"]["query_param"]
    if HIDDEN not in redact_url(f"https://crm.example.com/?{parameter}=1"):
        reason = "its name must tell that it is secret (session, token, key)"
        raise _bad("auth.session.query_param", reason)
    try:
        ZoneInfo(profile["dates"]["default_tz"])
    except (ValueError, OSError, KeyError):
        raise _bad("dates.default_tz", "no such time zone") from None
    return profile


def _without_type(auth):
    if not isinstance(auth, dict):
        raise _bad("auth", "an object with members is needed")
    return {key: value for key, value in auth.items() if key != "type"}


def _bad(place, reason):
    return ConfigurationError(
        "bad_setting", setting=SETTING, reason=f"{place}: {reason}"
    )


def _merged(default, given, place):
    result = dict(default)
    for key, value in given.items():
        path = f"{place}.{key}" if place else key
        if key not in default:
            raise _bad(path, "this key is not known")
        known = default[key]
        if path in _CHOICES and value not in _CHOICES[path]:
            choices = ", ".join(map(str, _CHOICES[path]))
            raise _bad(path, f"only {choices} will do")
        if not _is_like(value, known):
            raise _bad(path, f"{_kind(known)} is needed")
        if path == "objects":
            result[key] = _merged_objects(value)
        elif isinstance(known, dict) and path not in _FREE:
            result[key] = _merged(known, value, path)
        else:
            result[key] = value
    return result


def _merged_objects(given):
    result = dict(OBJECTS)
    for name, value in given.items():
        path = f"objects.{name}"
        if name not in OBJECTS:
            raise _bad(path, "there is no such object")
        if not isinstance(value, dict):
            raise _bad(path, "an object with members is needed")
        base = {} if "source" in OBJECTS[name] else OBJECTS[name]
        result[name] = value if "source" in value else {**base, **value}
        if "fields" in value and isinstance(value["fields"], dict):
            fields = {**base.get("fields", {}), **value["fields"]}
            result[name] = {**result[name], "fields": fields}
    return result


def _is_like(value, known):
    if isinstance(known, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(known, bool)
    if isinstance(known, int | float):
        return isinstance(value, int | float)
    if isinstance(known, list):
        kinds = (int, float) if known and not isinstance(known[0], str) else str
        return isinstance(value, list) and all(isinstance(i, kinds) for i in value)
    return isinstance(value, type(known))


def _kind(known):
    words = {bool: "true or false", str: "a text", list: "a list", dict: "an object"}
    return words.get(type(known), "a number")


def _check_numbers(profile):
    paging, throttle = profile["paging"], profile["throttle"]
    for key in ("page_size", "min_page_size"):
        if not isinstance(paging[key], int) or not 1 <= paging[key] <= 10_000:
            raise _bad(f"paging.{key}", "a number from 1 to 10000 is needed")
    if paging["start"] not in (0, 1):
        raise _bad("paging.start", "only 0, 1 will do")
    if not 0 < throttle["max_per_second"] <= 1000:
        raise _bad("throttle.max_per_second", "a number from 0 to 1000 is needed")
    if not isinstance(throttle["retries"], int) or not 0 <= throttle["retries"] <= 20:
        raise _bad("throttle.retries", "a number from 0 to 20 is needed")
    first, *rest = throttle["backoff_s"] or [0]
    if len(rest) != 1 or not 0 < first <= rest[0] <= 3600:
        raise _bad(
            "throttle.backoff_s", "the shortest and the longest pause in seconds"
        )
    if not 1 <= profile["transport"]["timeout_s"] <= 600:
        raise _bad("transport.timeout_s", "a number from 1 to 600 is needed")


def _check_object(place, endpoint):
    for key, value in endpoint.items():
        kind = _OBJECT_KEYS.get(key)
        if kind is None:
            raise _bad(f"{place}.{key}", "this key is not known")
        if not isinstance(value, kind) or not _fits(key, value):
            needed = _NAMES if kind is list else _kind(kind())
            raise _bad(f"{place}.{key}", f"{needed} is needed")
        if key in _CALLED:
            _check_method(f"{place}.{key}", value)
    if endpoint.get("source") not in (None, "file"):
        raise _bad(f"{place}.source", "only file will do")
    if endpoint.get("per") and endpoint["per"] not in OBJECTS:
        raise _bad(f"{place}.per", "there is no such object")
    if endpoint.get("each") and endpoint["each"] not in OBJECTS:
        raise _bad(f"{place}.each", "there is no such object")
    if not endpoint.get("source") and not (
        endpoint.get("controller") and (endpoint.get("list") or endpoint.get("method"))
    ):
        raise _bad(place, "a controller and a method are needed")
    delta = endpoint.get("delta", {})
    if set(delta) - _DELTA or delta.get("mode", "compare") not in (
        "compare",
        "order",
        "filters",
    ):
        raise _bad(f"{place}.delta", "mode must be compare, order or filters")
    if delta.get("mode") == "filters" and "{since}" not in json.dumps(
        delta.get("filters_template")
    ):
        raise _bad(f"{place}.delta.filters_template", "it must hold {since}")


def _fits(key, value):
    if isinstance(value, list):
        return bool(value) and all(isinstance(name, str) for name in value)
    if key in ("fields", "placeholders"):
        return all(
            isinstance(names, list) and all(isinstance(name, str) for name in names)
            for names in value.values()
        )
    return True


def _check_method(place, name):
    if not is_read_method(name):
        raise _bad(place, "only methods that read, named get…, are ever called")
