"""Read the endpoint profile that an administrator edited, and refuse what cannot work."""

import json
import re
from zoneinfo import ZoneInfo

from ..core.errors import ConfigurationError
from ..core.redact import HIDDEN, redact_url
from ..core.sentences import _lt
from ..core.several import MOST
from .endpoints import DEFAULT, OBJECTS

SETTING = _lt("Endpoint profile")
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
            place = _lt("line %(line)s", line=getattr(error, "lineno", 1))
            raise _bad(place, _lt("this is not JSON")) from None
    if not isinstance(given, dict):
        raise _bad(_lt("the document"), _lt("an object with members is needed"))
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
        reason = _lt("its name must tell that it is secret (session, token, key)")
        raise _bad("auth.session.query_param", reason)
    try:
        ZoneInfo(profile["dates"]["default_tz"])
    except (ValueError, OSError, KeyError):
        raise _bad("dates.default_tz", _lt("no such time zone")) from None
    return profile


def _without_type(auth):
    if not isinstance(auth, dict):
        raise _bad("auth", _lt("an object with members is needed"))
    return {key: value for key, value in auth.items() if key != "type"}


def _bad(place, reason):
    return ConfigurationError(
        "bad_setting",
        setting=SETTING,
        reason=_lt("%(place)s: %(reason)s", place=place, reason=reason),
    )


def _between(least, most):
    return _lt("a number from %(least)s to %(most)s is needed", least=least, most=most)


def _merged(default, given, place):
    result = dict(default)
    for key, value in given.items():
        path = f"{place}.{key}" if place else key
        if key not in default:
            raise _bad(path, _lt("this key is not known"))
        known = default[key]
        if path in _CHOICES and value not in _CHOICES[path]:
            choices = ", ".join(map(str, _CHOICES[path]))
            raise _bad(path, _lt("only %(choices)s will do", choices=choices))
        if not _is_like(value, known):
            raise _bad(path, _lt("%(kind)s is needed", kind=_kind(known)))
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
            raise _bad(path, _lt("there is no such object"))
        if not isinstance(value, dict):
            raise _bad(path, _lt("an object with members is needed"))
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
    words = {
        bool: _lt("true or false"),
        str: _lt("a text"),
        list: _lt("a list"),
        dict: _lt("an object"),
    }
    return words.get(type(known)) or _lt("a number")


def _check_numbers(profile):
    paging, throttle = profile["paging"], profile["throttle"]
    for key in ("page_size", "min_page_size"):
        if not isinstance(paging[key], int) or not 1 <= paging[key] <= 10_000:
            raise _bad(f"paging.{key}", _between(1, 10000))
    if paging["start"] not in (0, 1):
        raise _bad("paging.start", _lt("only %(choices)s will do", choices="0, 1"))
    if not 0 < throttle["max_per_second"] <= 1000:
        raise _bad("throttle.max_per_second", _between(0, 1000))
    if (
        not isinstance(throttle["parallel"], int)
        or not 1 <= throttle["parallel"] <= MOST
    ):
        raise _bad("throttle.parallel", _between(1, MOST))
    if not isinstance(throttle["retries"], int) or not 0 <= throttle["retries"] <= 20:
        raise _bad("throttle.retries", _between(0, 20))
    first, *rest = throttle["backoff_s"] or [0]
    if len(rest) != 1 or not 0 < first <= rest[0] <= 3600:
        raise _bad(
            "throttle.backoff_s", _lt("the shortest and the longest pause in seconds")
        )
    if not 1 <= profile["transport"]["timeout_s"] <= 600:
        raise _bad("transport.timeout_s", _between(1, 600))


def _check_object(place, endpoint):
    for key, value in endpoint.items():
        kind = _OBJECT_KEYS.get(key)
        if kind is None:
            raise _bad(f"{place}.{key}", _lt("this key is not known"))
        if not isinstance(value, kind) or not _fits(key, value):
            needed = _NAMES if kind is list else _kind(kind())
            raise _bad(f"{place}.{key}", _lt("%(kind)s is needed", kind=needed))
        if key in _CALLED:
            _check_method(f"{place}.{key}", value)
    if endpoint.get("source") not in (None, "file"):
        raise _bad(f"{place}.source", _lt("only %(choices)s will do", choices="file"))
    if endpoint.get("per") and endpoint["per"] not in OBJECTS:
        raise _bad(f"{place}.per", _lt("there is no such object"))
    if endpoint.get("each") and endpoint["each"] not in OBJECTS:
        raise _bad(f"{place}.each", _lt("there is no such object"))
    if not endpoint.get("source") and not (
        endpoint.get("controller") and (endpoint.get("list") or endpoint.get("method"))
    ):
        raise _bad(place, _lt("a controller and a method are needed"))
    delta = endpoint.get("delta", {})
    if set(delta) - _DELTA or delta.get("mode", "compare") not in (
        "compare",
        "order",
        "filters",
    ):
        raise _bad(f"{place}.delta", _lt("mode must be compare, order or filters"))
    if delta.get("mode") == "filters" and "{since}" not in json.dumps(
        delta.get("filters_template")
    ):
        raise _bad(f"{place}.delta.filters_template", _lt("it must hold {since}"))


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
        raise _bad(place, _lt("only methods that read, named get…, are ever called"))
