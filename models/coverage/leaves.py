"""The filled values of a payload, one by one: what a verification must account for."""

import re

MAX_ITEMS = 50
"""Items of a list that have a path of their own; those behind share the last one's."""

_TAG = re.compile(r"<[^<>]*>|&nbsp;|&#160;|\u00a0|\u200b|\ufeff")
_SAYS_SOMETHING = re.compile(r"<\s*(?:img|video|audio|iframe|a|hr|input)\b", re.I)
# The first day that a program knows, and the last, are what it writes for none.
_NO_DAY = r"0000-00-00|0001-01-01|1601-01-01|1753-01-01|1899-12-3[01]|9999-12-31"
_NO_TIME = r"[ T](?:00:00|23:59)(?::(?:00|59))?(?:\.\d+)?Z?"
# The same as people write it, and the zero of a sheet as it is shown.
_WRITTEN = r"0?1[./-]0?1[./-]0001|(?:0?0[./-]0?1|0?1[./-]0?0)[./-]1900"
_WRITTEN += r"|(?:31[./-]12|12[./-]31)[./-]9999"
_NOTHING = re.compile(
    rf"[\s\-–—_.,;:/|]*|\[\s*\]|\{{\}}|(?:{_NO_DAY})(?:{_NO_TIME})?"
    rf"|(?:{_WRITTEN})(?: \d\d?:\d\d(?::\d\d)?(?: [AP]M)?)?"
)


def walk(payload):
    """Yield (path, value) of every filled leaf.

    Paths are as in a mapping: ``phones.0.number``. Blank texts, null, empty lists and
    empty HTML are no values; 0 and False are.

    >>> list(walk({"a": {"b": " ", "c": 0}, "d": [{"e": "x"}], "f": "<p><br></p>"}))
    [('a.c', 0), ('d.0.e', 'x')]
    """
    for key, value in payload.items():
        if value is None or value == "":
            continue
        if isinstance(value, dict | list):
            yield from _within(key, value)
        elif not isinstance(value, str) or is_filled(value):
            yield key, value


def _within(path, value):
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _within(f"{path}.{key}", item)
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _within(f"{path}.{min(position, MAX_ITEMS)}", item)
    elif value is not None and (not isinstance(value, str) or is_filled(value)):
        yield path, value


def is_filled(text):
    """Tell whether a text says anything: not blanks, dashes or empty HTML alone.

    >>> [is_filled(text) for text in ("x", " - ", "<p>&nbsp;</p>", "<img src='a'/>")]
    [True, False, False, True]
    >>> [is_filled(text) for text in ("[]", "9999-12-31T23:59:59.9999999", "[x]")]
    [False, False, True]
    >>> [is_filled(text) for text in ("1/1/0001 12:00:00 AM", "1/1/2001", "1/0/1900")]
    [False, True, False]
    """
    if text.isalnum():
        return True
    if "<" in text:
        return bool(_SAYS_SOMETHING.search(text) or _TAG.sub("", text).strip())
    return not _NOTHING.fullmatch(text)


def field_of(path):
    """Return the path without the positions in lists: what a field is called.

    >>> field_of("phones.0.number")
    'phones.number'
    """
    if "." not in path:
        return path
    return ".".join(part for part in path.split(".") if not part.isdecimal()) or path


def is_derived(path):
    """Tell whether a member was put there by the connector: it begins with ``_``.

    What such a member says stands elsewhere in the payload as the source gave it, so
    that it is no value of its own unless a mapping uses it.
    """
    return path[0] == "_" or "._" in path
