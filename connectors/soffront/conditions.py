"""Conditions in the service's SQL, of templates, whole numbers and dates, and their escapes."""

import datetime as dt
import re
import string
from urllib.parse import quote
from zoneinfo import ZoneInfo

from ..core.errors import ConfigurationError
from ..core.sentences import _lt

_PLAIN = frozenset(string.ascii_letters + string.digits + "@*_+-./")


def js_escape(text):
    """Return what the old JavaScript function ``escape`` makes of a text.

    >>> js_escape("FormID > 0"), js_escape("é漢")
    ('FormID%20%3E%200', '%E9%u6F22')
    """
    units = text.encode("utf-16-be", "surrogatepass")
    codes = (units[n] << 8 | units[n + 1] for n in range(0, len(units), 2))
    return "".join(
        chr(code)
        if chr(code) in _PLAIN
        else f"%{code:02X}"
        if code < 256
        else f"%u{code:04X}"
        for code in codes
    )


def uri_escape(text):
    """
    >>> uri_escape("FormID > 0 and Status = 'é'")
    "FormID%20%3E%200%20and%20Status%20%3D%20'%C3%A9'"
    """
    return quote(text, safe="-_.!~*'()")


ESCAPES = {"js_escape": js_escape, "uri": uri_escape, "none": str}


def all_of(*conditions):
    """
    >>> all_of("IsDeleted = 0", None, "FormID > 7")
    'IsDeleted = 0 and FormID > 7'
    """
    return " and ".join(filter(None, conditions))


def qualified(condition, name, columns):
    """Put the name of an object before columns that a link table has as well.

    >>> qualified("IsDeleted = 0 and FormID > 7 and Record = 1", "Note", ["isdeleted", "FormID"])
    'Note.IsDeleted = 0 and Note.FormID > 7 and Record = 1'
    """
    if not condition or not columns:
        return condition
    either = "|".join(re.escape(column) for column in columns)
    return re.sub(rf"(?<![\w.'])({either})\b", rf"{name}.\1", condition, flags=re.IGNORECASE)  # fmt: skip


def above(key, number):
    return f"{key} > {int(number)}"


def exactly(key, number):
    return f"{key} = {int(number)}"


def among(key, numbers):
    """
    >>> among("Record", [7, 9])
    'Record in (7,9)'
    """
    return f"{key} in ({','.join(str(int(number)) for number in numbers)})"


def between(key, first, last):
    return f"{key} >= {int(first)} and {key} <= {int(last)}"


def changed_since(template, column, since, zone):
    """Return the condition for what has changed, in the server's own local time.

    Two hours more cover the hour that a change of the clock repeats.

    >>> template = "{modified} >= '{since:%Y-%m-%d %H:%M:%S}'"
    >>> noon = dt.datetime(2021, 7, 1, 12, tzinfo=dt.timezone.utc)
    >>> changed_since(template, "LastMod", noon, "America/New_York")
    "LastMod >= '2021-07-01 06:00:00'"
    """
    local = (since - dt.timedelta(hours=2)).astimezone(ZoneInfo(zone))
    return template.format(modified=column, since=local)


def ensure_zone(name):
    """:raises ConfigurationError: there is no such time zone"""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        reason = _lt("it is no time zone")
        raise ConfigurationError(
            "bad_setting", setting=_lt("Time zone of the server"), reason=reason
        ) from None
