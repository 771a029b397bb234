"""The conversions behind the steps of a mapping: pure functions, one value in, one out.

Each takes the value, then the step's arguments. A value that cannot be converted
raises ``BadValue``; ``apply.py`` collects these as problems of the record, so that
nothing is lost silently and nothing else of the record suffers.
"""

import datetime as dt
import html as html_module
import json
import math
import re
from decimal import Decimal, InvalidOperation
from email.utils import getaddresses
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from .vocabulary import MAP, OWNER, REF

TRANSFORMS = {}
FIRST_YEAR, LAST_YEAR = 1, 9999
MAX_INTEGER = 2**31 - 1


class BadValue(ValueError):
    """A value that does not fit; ``code`` says why, for Odoo's side to word."""

    def __init__(self, code, **data):
        self.code = code
        self.data = data
        super().__init__(code)


def transform(function):
    TRANSFORMS[function.__name__.rstrip("_")] = function
    return function


def is_blank(value):
    """Tell whether there is nothing to bring over: None, empty text, list or object.

    >>> is_blank(0), is_blank(False), is_blank("  "), is_blank([])
    (False, False, True, True)
    """
    return (
        value is None
        or (isinstance(value, str) and not value.strip())
        or value in ([], {}, ())
    )


def as_key(value):
    """Return a value as the text under which lists and ids are kept.

    >>> as_key(7.0), as_key(True), as_key(" 7 ")
    ('7', 'true', '7')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _text(value):
    if isinstance(value, dict | list):
        raise BadValue("not_text")
    # NUL can be stored neither in PostgreSQL's text nor in its JSON.
    return as_key(value).replace("\x00", "")


# -- text ------------------------------------------------------------------------


@transform
def strip(value):
    """
    >>> strip("  Ana  ")
    'Ana'
    """
    return _text(value) or None


@transform
def lower(value):
    return _text(value).lower()


@transform
def join(value, separator=", "):
    """
    >>> join(["a", None, " b "])
    'a, b'
    """
    parts = value if isinstance(value, list | tuple) else [value]
    return separator.join(_text(part) for part in parts if not is_blank(part)) or None


@transform
def split(value, separator=","):
    """
    >>> split("a, b,,c")
    ['a', 'b', 'c']
    """
    if isinstance(value, list):
        return value
    return [part.strip() for part in _text(value).split(separator) if part.strip()]


@transform
def template(value, text):
    """
    >>> template(["Ana", None], "{0} {1}")
    'Ana'
    """
    parts = value if isinstance(value, list | tuple) else [value]
    if all(is_blank(part) for part in parts):
        return None
    filled = text.format(*("" if is_blank(part) else _text(part) for part in parts))
    return " ".join(filled.split(" ")).strip() or None


@transform
def html(value):
    """Return HTML; plain text is escaped and keeps its line ends.

    >>> html("a < b\\nc")
    'a &lt; b<br/>c'
    >>> html("<p>a</p>")
    '<p>a</p>'
    """
    text = _text(value)
    if re.search(r"</?[a-zA-Z][^<>]*>", text):
        return text
    return (
        html_module.escape(text, quote=False)
        .replace("\r\n", "\n")
        .replace("\n", "<br/>")
    )


@transform
def text_from_html(value):
    """
    >>> text_from_html("<p>a<br>b</p><p>c &amp; d</p>")
    'a\\nb\\nc & d'
    """
    text = re.sub(r"(?i)<br\s*/?>|</(p|div|li|tr|h\d)>", "\n", _text(value))
    text = html_module.unescape(re.sub(r"<[^<>]+>", "", text))
    return re.sub(r"\n{3,}", "\n\n", text).strip() or None


@transform
def html_table(value, columns):
    """
    >>> html_table([{"a": 1}], [["a", "A"]])
    '<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>'
    """
    _require_objects(value)

    def cell(row, member):
        content = row.get(member)
        return "" if is_blank(content) else html_module.escape(_text(content))

    head = "".join(
        f"<th>{html_module.escape(heading)}</th>" for _member, heading in columns
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td>{cell(row, member)}</td>" for member, _heading in columns)
        + "</tr>"
        for row in value
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


@transform
def labelled(value, labels):
    """
    >>> labelled([[{"n": 1}, {"n": 2}], "", "<i>b</i>"], [["Ext", "{n}", 1], ["X"], [""]])
    '<p>Ext: 2</p><i>b</i>'
    """
    paragraphs = []
    for content, (label, *pattern) in zip(_sources(value), labels, strict=True):
        if isinstance(content, list):
            content = _as_one_text(content, *pattern)
        elif not is_blank(content):
            content = html(content)
        if not is_blank(content):
            label = html_module.escape(label)
            paragraphs.append(f"<p>{label}: {content}</p>" if label else content)
    return "".join(paragraphs) or None


def _as_one_text(items, pattern="", skipped=0):
    texts = [_filled(pattern, item).strip() for item in items[skipped:]]
    return html_module.escape("; ".join(filter(None, texts)), quote=False)


def _filled(pattern, item):
    if not isinstance(item, dict):
        return "" if is_blank(item) else _text(item)

    def member(found):
        content = item.get(found[1])
        return "" if is_blank(content) else _text(content)

    # Not str.format, which would reach into Python's own attributes.
    return re.sub(r"\{(\w+)\}", member, pattern)


def _require_objects(value):
    if not isinstance(value, list) or not all(isinstance(i, dict) for i in value):
        raise BadValue("not_a_list")


def _sources(value):
    return value if isinstance(value, list | tuple) else [value]


@transform
def json_text(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


# An address that Odoo's mail layer accepts: one @, no blanks, a dotted or local host.
_EMAIL = re.compile(r"^[^\s@<>,;\"()]+@[^\s@<>,;\"()]+\.[^\s@<>,;\"().]+$")


@transform
def email(value):
    """
    >>> email(" Ana@Example.com ")
    'Ana@Example.com'
    """
    text = _text(value)
    if not _EMAIL.match(text):
        raise BadValue("bad_email")
    return text


@transform
def phone(value):
    """
    >>> phone("tel:+351 21 000")
    '+351 21 000'
    """
    text = re.sub(r"^tel:", "", _text(value), flags=re.IGNORECASE)
    if not re.search(r"\d", text):
        raise BadValue("bad_phone")
    return text


@transform
def url(value):
    """
    >>> url("example.com/a")
    'https://example.com/a'
    """
    text = _text(value)
    if "://" not in text:
        text = f"https://{text}"
    if " " in text or not _host(text):
        raise BadValue("bad_url")
    return text


def _host(address):
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        # An opening bracket that is never closed.
        raise BadValue("bad_url") from None


@transform
def domain_name(value):
    """
    >>> domain_name("https://www.Example.com/a")
    'example.com'
    """
    text = _text(value)
    host = _host(text if "://" in text else f"https://{text}")
    return host.lower().removeprefix("www.") or None


# -- numbers ---------------------------------------------------------------------


@transform
def decimal(value):
    """Return a float from a number or a plain, unambiguous text.

    >>> decimal("1,234.50"), decimal("1.234,50"), decimal("EUR 12"), decimal("-3")
    (1234.5, 1234.5, 12.0, -3.0)
    """
    if isinstance(value, bool) or isinstance(value, dict | list):
        raise BadValue("not_a_number")
    if not isinstance(value, int | float):
        value = _decimal_from_text(str(value))
    if not math.isfinite(value):
        raise BadValue("not_a_number")
    return float(value)


def _decimal_from_text(text):
    digits = re.sub(r"^[A-Za-z€$£¥]{1,3}\s*|\s*[A-Za-z€$£¥]{1,3}$", "", text.strip())
    digits = re.sub(r"[\s\u00a0\u202f']", "", digits)
    if "," in digits and "." in digits:
        thousands = "," if digits.rfind(",") < digits.rfind(".") else "."
        digits = digits.replace(thousands, "")
    # One comma with other than three digits behind it can only be the decimal mark.
    if digits.count(",") == 1 and not re.search(r",\d{3}$", digits):
        digits = digits.replace(",", ".")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+", digits):
        if digits.count(",") == 1:
            raise BadValue("ambiguous_number")
        digits = digits.replace(",", "")
    try:
        return Decimal(digits)
    except InvalidOperation:
        raise BadValue("not_a_number") from None


@transform
def decimal_as(value, mark):
    """Return a float from a number as people write it, ``mark`` being the decimal mark.

    >>> decimal_as("1.234,50 €", ","), decimal_as("1,234", "."), decimal_as("(12)", ".")
    (1234.5, 1234.0, -12.0)
    """
    if not isinstance(value, str):
        return decimal(value)
    text = value.strip()
    digits = re.sub(r"[^\d.,+-]", "", re.sub(r"[A-Za-z]{1,3}\.|'", "", text))
    if not re.fullmatch(r"[^\d]{0,6}[\d.,'\s\u00a0\u202f]+[^\d]{0,6}", text):
        raise BadValue("not_a_number")
    group = "." if mark == "," else ","
    # "1.2" with a decimal comma is no number with groups: better asked than guessed.
    if group in digits and not re.fullmatch(
        rf"[+-]?\d{{1,3}}(\{group}\d{{2,3}})*\{group}\d{{3}}(\{mark}\d*)?[+-]?", digits
    ):
        raise BadValue("not_a_number")
    negative = digits.endswith("-") or (text.startswith("(") and text.endswith(")"))
    plain = digits.replace(group, "").replace(mark, ".").rstrip("+-")
    number = decimal(plain)
    return -number if negative else number


@transform
def integer(value):
    """
    >>> integer("7"), integer(7.0)
    (7, 7)
    """
    number = decimal(value)
    if not number.is_integer():
        raise BadValue("not_an_integer")
    if abs(number) > MAX_INTEGER:
        raise BadValue("too_big")
    return int(number)


_TRUE = {"true", "1", "yes", "y", "t", "on", "x"}
_FALSE = {"false", "0", "no", "n", "f", "off"}


@transform
def boolean(value):
    """
    >>> boolean("Yes"), boolean(0)
    (True, False)
    """
    text = _text(value).lower()
    if text not in _TRUE | _FALSE:
        raise BadValue("not_a_boolean")
    return text in _TRUE


@transform
def invert(value):
    return not boolean(value)


# -- dates -----------------------------------------------------------------------


@transform
def date(value):
    """Return ``YYYY-MM-DD``; of an instant the day as written, never shifted by a zone.

    >>> date("2025-06-30T00:00:00.000000Z")
    '2025-06-30'
    """
    text = _text(value)
    try:
        return dt.date.fromisoformat(_plausible(text)[:10]).isoformat()
    except ValueError:
        raise BadValue("bad_date") from None


@transform
def datetime_(value, zone=None):
    """Return ``YYYY-MM-DD HH:MM:SS`` in UTC. Without an offset the text is in ``zone``.

    >>> datetime_("2025-03-04T13:05:11.000000Z")
    '2025-03-04 13:05:11'
    >>> datetime_("2025-07-01 10:00", "Europe/Lisbon")
    '2025-07-01 09:00:00'
    """
    text = _plausible(_text(value))
    try:
        moment = dt.datetime.fromisoformat(re.sub(r"Z$", "+00:00", _six_decimals(text)))
    except ValueError:
        raise BadValue("bad_date") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=_zone(zone))
    try:
        moment = moment.astimezone(dt.timezone.utc)
    except OverflowError:
        raise BadValue("bad_date") from None
    return moment.strftime("%Y-%m-%d %H:%M:%S").rjust(19, "0")


@transform
def local_date(value, zone=None):
    """Return the day on which an instant falls in ``zone``; a plain day stays itself.

    >>> local_date("2025-06-30T23:30:00Z", "Europe/Lisbon"), local_date("2025-06-30")
    ('2025-07-01', '2025-06-30')
    """
    text = _text(value)
    if not _has_time(text):
        return date(text)
    moment = dt.datetime.fromisoformat(datetime_(text, zone)).replace(
        tzinfo=dt.timezone.utc
    )
    try:
        return moment.astimezone(_zone(zone)).date().isoformat()
    except OverflowError:
        raise BadValue("bad_date") from None


@transform
def date_and_time(value):
    """Return one text of ``{"date", "time"}`` in UTC; what is text already stays.

    >>> date_and_time({"date": "2025-03-06", "time": "10:00"})
    '2025-03-06T10:00Z'
    >>> date_and_time({"date": "2025-03-06", "time": None}), date_and_time("2025-03-06")
    ('2025-03-06', '2025-03-06')
    """
    if not isinstance(value, dict):
        return _text(value)
    day, time = value.get("date"), value.get("time")
    if is_blank(day):
        return None
    return _text(day) if is_blank(time) else f"{_text(day)}T{_text(time)}Z"


@transform
def period(value, part):
    """
    >>> period(["2025-03-06T10:00:00Z", "2025-03-06T11:30:00Z"], "stop")
    '2025-03-06T11:30:00Z'
    >>> period(["2025-03-06T10:00:00Z", "2025-03-06"], "stop")
    >>> [period(["2025-03-10", None], part) for part in ("allday", "stop_date", "start")]
    [True, '2025-03-10', None]
    """
    begin, end = (
        None if is_blank(side) else date_and_time(side)
        for side in (
            value if isinstance(value, list) and len(value) == 2 else [value, None]
        )
    )
    if is_blank(begin):
        return None
    if not _has_time(begin):
        first, last = date(begin), date(end) if end else ""
        days = {"allday": True, "start_date": first, "stop_date": max(first, last)}
        return days.get(part)
    if end and (not _has_time(end) or datetime_(end) < datetime_(begin)):
        end = None
    return {"allday": False, "start": begin, "stop": end}.get(part)


def _has_time(text):
    return re.search(r"[T ]\d{1,2}:", text) is not None


def _zone(name):
    try:
        return ZoneInfo(name or "UTC")
    except (ValueError, OSError, KeyError):
        raise BadValue("bad_zone") from None


_DAY_PART = re.compile(r"(\d{1,4})[./\-\s]+(\d{1,2})[./\-\s]+(\d{1,4})\.?(?!\d)")
_DOTNET_DATE = re.compile(r"/Date\((-?\d{1,15})(?:[+-]\d{4})?\)/")
_TIME_PART = re.compile(
    r",?[T\s]+(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:\.\d+)?)?\s*([ap])?\.?m?\.?"
    r"\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)


@transform
def date_as(value, order):
    """Return ``YYYY-MM-DD`` of a day written in ``order``; ISO dates pass in any case.

    >>> date_as("31/12/2024", "dmy"), date_as("12/31/24 9:00 PM", "mdy")
    ('2024-12-31', '2024-12-31')
    >>> date_as("31 Dec 2024", "%d %b %Y")
    '2024-12-31'
    """
    return _moment_as(_text(value), order)[:10]


@transform
def datetime_as(value, order, zone=None):
    """Return ``YYYY-MM-DD HH:MM:SS`` in UTC of an instant written in ``order``.

    >>> datetime_as("01.07.2025 10:00", "dmy", "Europe/Lisbon")
    '2025-07-01 09:00:00'
    >>> datetime_as("7/1/2025 12:05 AM", "mdy"), datetime_as("/Date(1614679860000)/", "mdy")
    ('2025-07-01 00:05:00', '2021-03-02 10:11:00')
    """
    return datetime_(_moment_as(_text(value), order), zone)


def _moment_as(text, order):
    """Return the ISO form of a day, with its time where there is one."""
    if re.match(r"\d{4}-\d\d-\d\d(?!\d)", text):
        return _plausible(text)
    if found := _DOTNET_DATE.fullmatch(text):
        return _since_1970(int(found[1]))
    if "%" in order:
        try:
            return dt.datetime.strptime(text, order).isoformat(" ")
        except ValueError:
            raise BadValue("bad_date") from None
    day = _DAY_PART.match(text)
    time = _TIME_PART.fullmatch(text, day.end()) if day else None
    if not day or (not time and text[day.end() :].strip()):
        raise BadValue("bad_date")
    try:
        moment = _day_in_order(day.groups(), order)
        return moment.isoformat() + (_time_of(time) if time else "")
    except ValueError:
        raise BadValue("bad_date") from None


def _since_1970(milliseconds):
    """Return the ISO form of what .NET writes as ``/Date(1614679860000)/``: an instant."""
    try:
        start = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
        return (start + dt.timedelta(milliseconds=milliseconds)).isoformat(" ")
    except OverflowError:
        raise BadValue("bad_date") from None


def _day_in_order(parts, order):
    # Whatever the order, four digits in front can only be the year.
    if len(parts[0]) == 4:
        order = "ymd"
    year, month, day = (parts[order.index(part)] for part in "ymd")
    if len(year) not in (2, 4):
        raise ValueError(year)
    # As POSIX has it: 69 to 99 are of the last century.
    century = 0 if len(year) == 4 else 2000 if int(year) < 69 else 1900
    return dt.date(century + int(year), int(month), int(day))


def _time_of(match):
    hour, minute, second, half, offset = match.groups()
    hour = int(hour)
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    time = dt.time(hour, int(minute), int(second or 0))
    if not offset or offset[0] not in "+-":
        return f" {time.isoformat()}{'Z' if offset else ''}"
    return f" {time.isoformat()}{offset[:3]}:{offset[-2:]}"


def _plausible(text):
    # "20260-01-01" must not be read as the year 2026.
    if not re.match(r"^\d{4}-\d{2}-\d{2}(?!\d)", text) or text.startswith("0000"):
        raise BadValue("bad_date")
    return text


def _six_decimals(text):
    # Python 3.10 reads three or six decimals only; Dataverse and others send seven.
    return re.sub(r"\.(\d+)", lambda found: "." + found[1][:6].ljust(6, "0"), text)


# -- structure -------------------------------------------------------------------


@transform
def constant(_value, fixed):
    return fixed


@transform
def default(value, fixed):
    return fixed if is_blank(value) else value


@transform
def coalesce(value):
    """
    >>> coalesce([None, "", "b", "c"])
    'b'
    """
    parts = value if isinstance(value, list | tuple) else [value]
    return next((part for part in parts if not is_blank(part)), None)


@transform
def pick(value, member, wanted_value, wanted):
    """
    >>> pick([{"type": "work", "number": "1"}], "type", "work", "number")
    '1'
    """
    _require_objects(value)
    for item in value:
        if item.get(member) == wanted_value:
            return item.get(wanted)
    return None


@transform
def each(value, member):
    _require_objects(value)
    return [item.get(member) for item in value if not is_blank(item.get(member))]


@transform
def replace_values(value, table):
    """
    >>> replace_values("M", {"M": "male"}), replace_values("?", {"M": "male"})
    ('male', '?')
    """
    return table.get(as_key(value), value)


@transform
def as_object(value, members):
    """
    >>> as_object(["/a.pdf", None, 7], ["path", "name", "size"])
    {'path': '/a.pdf', 'size': 7}
    """
    pairs = zip(members, _sources(value), strict=True)
    return {member: part for member, part in pairs if not is_blank(part)}


# -- references ------------------------------------------------------------------


@transform
def lookup(value, stream):
    """
    >>> lookup(7, "companies")
    {'$ref': ['companies', '7']}
    """
    return {REF: [stream, _text(value)]}


@transform
def lookup_all(value, stream, member="id"):
    """
    >>> lookup_all([{"id": 7}, {"id": 9}], "tags")
    [{'$ref': ['tags', '7']}, {'$ref': ['tags', '9']}]
    """
    items = value if isinstance(value, list) else [value]
    keys = [
        item.get(member) if isinstance(item, dict) and member else item
        for item in items
    ]
    return [lookup(key, stream) for key in keys if not is_blank(key)]


@transform
def lookup_several(value, streams):
    """
    >>> lookup_several([[{"id": 1}], 2, None], ["deals", "contacts", "companies"])
    [{'$ref': ['deals', '1']}, {'$ref': ['contacts', '2']}]
    """
    return [
        reference
        for items, stream in zip(value, streams, strict=True)
        if not is_blank(items)
        for reference in lookup_all(items, stream)
    ]


@transform
def lookup_typed(value, member, otherwise, streams):
    """
    >>> lookup_typed([[{"id": 5, "kind": "staff"}], [{"id": 7}]], "kind", "contacts", {"staff": "users"})
    [{'$ref': ['users', '5']}, {'$ref': ['contacts', '7']}]
    """
    references = []
    for items in value:
        for item in items if isinstance(items, list) else [items]:
            if not isinstance(item, dict) or is_blank(item.get("id")):
                continue
            kind = item.get(member)
            stream = otherwise if is_blank(kind) else streams.get(as_key(kind))
            reference = lookup(item["id"], stream) if stream else None
            if reference and reference not in references:
                references.append(reference)
    return references


@transform
def lookup_by(value, stream, member):
    """
    >>> lookup_by("Ana@Example.com ", "contacts", "email")
    {'$ref': ['contacts', 'Ana@Example.com', 'email']}
    """
    if isinstance(value, list):
        return [lookup_by(item, stream, member) for item in value if not is_blank(item)]
    return {REF: [stream, _text(value), member]}


@transform
def lookup_several_by(value, pairs):
    """
    >>> lookup_several_by(["7", "Acme"], [["deals", ""], ["companies", "name"]])
    [{'$ref': ['deals', '7']}, {'$ref': ['companies', 'Acme', 'name']}]
    """
    references = []
    for items, (stream, member) in zip(value, pairs, strict=True):
        for item in items if isinstance(items, list) else [items]:
            if not is_blank(item):
                find = lookup_by(item, stream, member) if member else None
                references.append(find or lookup(item, stream))
    return references


@transform
def lookup_first(value, streams):
    """
    >>> lookup_first([[], [{"id": 9}]], ["contacts", "companies"])
    {'$ref': ['companies', '9']}
    """
    return next(iter(lookup_several(value, streams)), None)


@transform
def stage_steps(value, stream):
    """
    >>> stage_steps([{"stage": 7, "at": "2025-03-04T13:05:11"}], "stages")
    [{'stage': {'$ref': ['stages', '7']}, 'at': '2025-03-04 13:05:11'}]
    """
    _require_objects(value)
    return [
        {"stage": lookup(step["stage"], stream), "at": datetime_(step["at"])}
        for step in value
        if not is_blank(step.get("stage")) and not is_blank(step.get("at"))
    ]


@transform
def lookup_parent(value):
    """
    >>> lookup_parent({"stream": "notes", "id": 7})
    {'$ref': ['notes', '7']}
    """
    if not isinstance(value, dict) or is_blank(value.get("stream")):
        raise BadValue("not_a_reference")
    if is_blank(value.get("id")):
        raise BadValue("not_a_reference")
    return lookup(value["id"], _text(value["stream"]))


@transform
def addresses(value, roles, email_member="address", name_member="name"):
    """
    >>> addresses([{"address": "a@b.c", "name": "Ana"}, None], ["from", "to"])
    [{'email': 'a@b.c', 'name': 'Ana', 'role': 'from'}]
    """
    parties = []
    for items, role in zip(value, roles, strict=True):
        for item in items if isinstance(items, list) else [items]:
            if is_blank(item):
                continue
            if isinstance(item, dict):
                pairs = [(item.get(name_member), item.get(email_member))]
            else:
                pairs = getaddresses([_text(item)])
            parties += [
                {"email": as_key(address), "name": name or "", "role": role}
                for name, address in pairs
                if not is_blank(address)
            ]
    return parties


@transform
def value_map(value, name):
    """
    >>> value_map("Gold", "tier"), value_map(["a", "b"], "tier")
    ({'$map': ['tier', 'Gold']}, [{'$map': ['tier', 'a']}, {'$map': ['tier', 'b']}])
    """
    if isinstance(value, list):
        return [{MAP: [name, _text(item)]} for item in value if not is_blank(item)]
    return {MAP: [name, _text(value)]}


@transform
def owner(value):
    """
    >>> owner(5)
    {'$owner': '5'}
    """
    return {OWNER: _text(value)}
