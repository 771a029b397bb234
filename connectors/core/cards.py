"""Address cards (vCard) and calendars (iCalendar) as lines of JSON, read like any others.

vobject parses them, which Odoo requires; without it they are refused by name. Columns bear
the names that the address books and calendars of other programs export. Cards have no id
that can be relied on; an appointment has its ``UID``, a changed one of a series its day
besides (RFC 5545, 3.8.4.4 and 3.8.4.7).
"""

import datetime as dt
import json
import logging
import re
from zoneinfo import ZoneInfo

from .encoding import detect_encoding, find_bom
from .month_names import fold

MAX_BYTES = 64 * 1024 * 1024
"""A calendar is one object: all of it is in memory at once."""
_BEGIN = re.compile(rb"BEGIN:(VCARD|VCALENDAR)\b", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([nN,;\\])")
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?")
_PARTS = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_KINDS = {"VEVENT": "", "VTODO": " (tasks)"}


def can_read(start):
    """Tell whether a file begins as cards or a calendar, and can be read as such."""
    if not _BEGIN.match(start[find_bom(start)[1] :].lstrip()):
        return False
    try:
        import vobject  # noqa: F401
    except ImportError:
        return False
    return True


def read_lines(data):
    """Return what stands behind the name of each list → its records.

    :param data: bytes of the file
    :raises ValueError: it cannot be parsed
    """
    import vobject

    encoding, _certain = detect_encoding(data)
    text = data[find_bom(data)[1] :].decode(encoding, "replace")
    found = {}
    # Lines that are none are passed over, and their texts are nobody's business.
    logging.getLogger("vobject.base").setLevel(logging.CRITICAL + 1)
    try:
        for component in vobject.readComponents(
            text, transform=False, ignoreUnreadable=True, allowQP=True
        ):
            if component.name == "VCARD":
                found.setdefault("", []).append(_card(component))
            elif component.name == "VCALENDAR":
                for inner in component.components():
                    if inner.name in _KINDS:
                        row = _entry(inner)
                        found.setdefault(_KINDS[inner.name], []).append(row)
    except vobject.base.VObjectError as error:
        raise ValueError(str(error)) from None
    return {name: list(filter(None, rows)) for name, rows in found.items()}


def as_json_lines(rows):
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


# -- cards -----------------------------------------------------------------------


def _card(component):
    row, several = {}, {"Email": [], "Mobile Phone": [], "Phone": [], "Fax": []}
    for line in component.lines():
        name, value = line.name, line.value
        kinds = {kind.upper() for kind in line.params.get("TYPE", ())}
        kinds |= {kind.upper() for kind in getattr(line, "singletonparams", ())}
        if name in _TEXTS and value:
            row.setdefault(_TEXTS[name], _plain(value))
        elif name == "N":
            row |= dict(zip(_NAMES, map(_plain, _split(value, ";")), strict=False))
        elif name == "ORG":
            row |= dict(
                zip(
                    ("Company", "Department"),
                    map(_plain, _split(value, ";")),
                    strict=False,
                )
            )
        elif name == "EMAIL":
            several["Email"].append(_plain(value))
        elif name == "TEL":
            kind = (
                "Fax"
                if "FAX" in kinds
                else "Mobile Phone"
                if "CELL" in kinds
                else "Phone"
            )
            several[kind].append(_plain(value).removeprefix("tel:"))
        elif name == "ADR":
            other = "Other Address: " if "City" in row or "Street" in row else ""
            for label, part in zip(_ADDRESS, _split(value, ";"), strict=False):
                if label and part:
                    row.setdefault(f"{other}{label}", _plain(part))
        elif name == "CATEGORIES":
            row["Categories"] = [_plain(part) for part in _split(value, ",")]
        elif name == "X-ABSHOWAS":
            row["Is a Company"] = value.upper() == "COMPANY"
        elif name == "KIND":
            row["Is a Company"] = value.lower() == "org"
    for label, values in several.items():
        for number, value in enumerate(dict.fromkeys(filter(None, values)), 1):
            row[label if number == 1 else f"{label} {number}"] = value
    if row.get("Is a Company") and not row.get("Full Name"):
        row["Full Name"] = row.get("Company")
    return {label: value for label, value in row.items() if value not in ("", [], None)}


_TEXTS = {
    "FN": "Full Name",
    "TITLE": "Job Title",
    "NOTE": "Notes",
    "URL": "Website",
    "BDAY": "Birthday",
    "NICKNAME": "Nickname",
    "UID": "UID",
}
_NAMES = ("Last Name", "First Name", "Middle Name", "Name Prefix", "Name Suffix")
_ADDRESS = ("PO Box", "Street 2", "Street", "City", "State", "Postal Code", "Country")


# -- calendars -------------------------------------------------------------------


def _entry(component):
    lines = {}
    for line in component.lines():
        lines.setdefault(line.name, []).append(line)

    def text(name):
        return _plain(lines[name][0].value) if name in lines else None

    def moment(name):
        return _moment(lines[name][0]) if name in lines else None

    days = moment("RECURRENCE-ID")
    row = {
        "id": "/".join(filter(None, (text("UID"), days))) or None,
        "Subject": text("SUMMARY"),
        "Description": text("DESCRIPTION"),
        "Location": text("LOCATION"),
        "Status": text("STATUS"),
        "Organizer": _organizer(lines),
        "Created At": moment("CREATED"),
        "Updated At": moment("LAST-MODIFIED"),
    }
    if component.name == "VTODO":
        row |= {"Due Date": moment("DUE"), "Completed At": moment("COMPLETED")}
    else:
        row |= _span(moment("DTSTART"), moment("DTEND"), text("DURATION"))
        row["Recurrence Rule"] = text("RRULE")
        guests = [_person(line) for line in lines.get("ATTENDEE", ())]
        row["Attendees"] = ";".join(filter(None, guests))
    return {label: value for label, value in row.items() if value not in ("", None)}


def _span(start, end, duration):
    """Return the columns of when it is; the end of whole days is the day behind them."""
    if not start:
        return {}
    whole = len(start) == 10
    first = dt.datetime.fromisoformat(start.rstrip("Z"))
    if not end and duration:
        end = (first + _length(duration)).isoformat() + start[19:]
        end = end[:10] if whole else end
    if not whole:
        return {"Date Start": start, "Date End": end}
    last = dt.date.fromisoformat(end) - dt.timedelta(days=1) if end else first.date()
    last = max(last, first.date())
    return {"Date Start Date": start, "Date End Date": last.isoformat()}


def _length(text):
    parts = _PARTS.fullmatch(text.strip("+-"))
    numbers = [int(part or 0) for part in (parts.groups() if parts else (0,) * 5)]
    names = ("weeks", "days", "hours", "minutes", "seconds")
    return dt.timedelta(**dict(zip(names, numbers, strict=True)))


def _moment(line):
    """Return a day, or an instant: in UTC where its zone is known, else as written."""
    found = _MOMENT.fullmatch(line.value.strip())
    if not found:
        return None
    hour, utc = found[4], found[7]
    numbers = (int(part or 0) for part in found.groups()[:6])
    try:
        moment = dt.datetime(*numbers)
    except ValueError:
        return None
    if not hour:
        return moment.date().isoformat()
    zone = None if utc else _zone_of(line)
    if zone:
        moment = moment.replace(tzinfo=zone).astimezone(dt.timezone.utc)
    return moment.replace(tzinfo=None).isoformat() + ("Z" if utc or zone else "")


def _zone_of(line):
    """Return the zone that an instant names, None of one that nobody knows by that name.

    Of Outlook's *W. Europe Standard Time* that of the migration stays.
    """
    name = line.params.get("TZID", [""])[0]
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, OSError, ValueError):
        return None


def _organizer(lines):
    """Return by what an owner is best known: the address."""
    line = lines.get("ORGANIZER", [None])[0]
    address = line and _address(line)
    return address if address and "@" in address else line and _person(line)


def _address(line):
    return re.sub(r"^mailto:", "", line.value.strip(), flags=re.IGNORECASE)


def _person(line):
    address = _address(line)
    name = _plain(line.params.get("CN", [""])[0]).strip('"')
    if "@" not in address:
        return name
    return f"{name} <{address}>" if name and fold(name) != fold(address) else address


def _split(value, separator):
    """Return the parts of a value; a separator behind a backslash is none."""
    return (
        re.split(rf"(?<!\\){separator}", value) if isinstance(value, str) else [*value]
    )


def _plain(value):
    text = value if isinstance(value, str) else " ".join(map(str, value))
    return _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], text).strip()
