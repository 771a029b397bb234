"""Find rows, totals and members in answers whose exact form nobody has published."""

import datetime as dt
from zoneinfo import ZoneInfo

from ..core.moments import parse_iso
from ..mapping.transforms import is_blank


def rows_in(answer, paths):
    """Return the rows of a page, None where there is no list to be found.

    >>> rows_in({"result": {"results": [1]}}, ["result.results", "result"])
    [1]
    >>> rows_in({"result": {"rows": [2], "total": 1}}, ["result.results", "result"])
    [2]
    >>> rows_in({"result": None}, ["result.results", "result"])
    []
    """
    for path in paths:
        found = at(answer, path)
        if isinstance(found, list):
            return found
    result = answer.get("result")
    if result is None:
        return []
    lists = [v for v in result.values() if isinstance(v, list)] if is_object(result) else []  # fmt: skip
    if len(lists) == 1:
        return lists[0]
    named = at(answer, paths[0]) if paths else None
    return [] if named is None and is_object(result) and _names(result, paths) else None


def _names(result, paths):
    """Tell whether the list is there by name but null: an empty page."""
    return any(path.rpartition(".")[2] in result for path in paths)


def total_in(answer, paths):
    """Return how many rows there are in all, None where that is not told as a number.

    >>> total_in({"result": {"total": "1204"}}, ["result.totalRecords", "result.total"])
    1204
    """
    for path in paths:
        found = at(answer, path)
        if isinstance(found, str) and found.strip().isdecimal():
            found = int(found)
        if isinstance(found, int) and not isinstance(found, bool) and found >= 0:
            return found
    return None


def at(data, path):
    """Return what stands at a dotted path of objects, else None."""
    for name in path.split("."):
        data = data.get(name) if isinstance(data, dict) else None
    return data


def is_object(value):
    return isinstance(value, dict)


def member(row, names):
    """Return the value under the first of ``names`` that has one.

    >>> member({"email": "a@b.c", "email_address": ""}, ["email_address", "email"])
    'a@b.c'
    """
    return next((row[n] for n in names if not is_blank(row.get(n))), None)


def name_in(row, names):
    """Return the first of ``names`` that the row has at all, else None."""
    return next((name for name in names if name in row), None)


def is_true(value):
    """Tell whether a flag is set, in whichever spelling.

    >>> is_true(True), is_true("1"), is_true("Y"), is_true("false"), is_true(None)
    (True, True, True, False, False)
    """
    return str(value).strip().lower() in ("true", "1", "yes", "y", "t")


def instant_of(value, dates):
    """Return an instant in UTC as ISO 8601; what is none that we know stays what it is.

    >>> dates = {"formats": ["%d.%m.%Y %H:%M"], "default_tz": "Europe/Lisbon"}
    >>> instant_of("01.07.2025 10:00", dates), instant_of("soon", dates)
    ('2025-07-01T09:00:00+00:00', 'soon')
    """
    moment = moment_of(value, dates)
    try:
        return moment.astimezone(dt.timezone.utc).isoformat() if moment else value
    except OverflowError:
        return value


def moment_of(value, dates):
    """Return an instant as an aware ``datetime``, None where it is none that we know.

    :param dates: ``dates`` of the endpoint profile
    """
    text = str(value or "").strip()
    for form in dates["formats"] if text else ():
        try:
            if form == "iso8601":
                moment = parse_iso(text)
            else:
                moment = dt.datetime.strptime(text, form)
        except ValueError:
            continue
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(dates["default_tz"]))
        return moment
    return None
