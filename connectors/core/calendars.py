"""Entries of calendars (iCalendar) as rows, under the headers that calendars export.

An appointment has its ``UID``, a changed one of a series its day besides (RFC 5545, 3.8.4.4
and 3.8.4.7).
"""

import datetime as dt
import re
from dataclasses import replace
from zoneinfo import ZoneInfo

from babel.core import get_global

from .calendar_days import at_its_hour, end_alike, end_by_the_clock, make_span
from .month_names import fold
from .skipped_hours import keep_length

_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?")
KINDS = {"VEVENT": "", "VTODO": " (tasks)", "VJOURNAL": " (notes)"}
"""What of a calendar is read → what stands behind the name of its list."""
_OF_SERIES = {"Recurrence Rule", "Recurrence Exceptions", "Series ID"}


def read_entries(calendar):
    """Yield what stands behind the name of its list, and the row, of each entry."""
    zones = {}
    for inner in calendar.inner:
        if inner.name == "VTIMEZONE":
            zones |= _read_zone(inner)
    entries = [entry for entry in calendar.inner if entry.name in KINDS]
    apart = _find_apart(entries, zones)
    for entry in entries:
        row, uid = _entry(entry, zones), _uid(entry)
        if "Recurrence Rule" in row and uid:
            row["Series ID"] = uid
            if apart[uid]:
                row["Recurrence Exceptions"] = ",".join(dict.fromkeys(apart[uid]))
        elif uid != row.get("id") and row.get("Status") == "CANCELLED":
            # Taken out of its series, which says so.
            continue
        yield KINDS[entry.name], row
        for more in _days_besides(entry, row, zones, apart[uid]):
            yield KINDS[entry.name], more


def _find_apart(entries, zones):
    """Return UID → the moments that its series leaves out, or has at another time."""
    firsts, apart = {}, {}
    for entry in entries:
        if not _first(entry, "RECURRENCE-ID"):
            firsts[_uid(entry)] = _first(entry, "DTSTART")
    for entry in entries:
        uid = _uid(entry)
        for name in ("RECURRENCE-ID", "EXDATE"):
            found = _dates(entry, name, firsts.get(uid))
            moments = (_moment(line, zones) for line, _end in found)
            apart.setdefault(uid, []).extend(filter(None, moments))
    return apart


def _days_besides(entry, row, zones, apart):
    """Yield the row of each day besides the first and the rule (RFC 5545, 3.8.5.2).

    :param row: that of the entry; its times are those of the first day
    """
    first, uid = _first(entry, "DTSTART"), _uid(entry)
    if entry.name != "VEVENT" or not first:
        return
    lines = {line.name: [line] for line in reversed(entry.lines)}
    begin, end = _moment(first, zones), _end(lines, zones)
    length = lines["DURATION"][0].plain() if "DURATION" in lines else None
    plain = {name: text for name, text in row.items() if name not in _OF_SERIES}
    seen = {begin, None, *apart}
    for line, told in _dates(entry, "RDATE", first):
        start = _moment(line, zones)
        if start not in seen:
            seen.add(start)
            own = _moment(replace(line, value=told), zones)
            stop = None if told else end_alike(start, begin, end)
            times = make_span(start, own or stop, told or length)
            more = plain | {"id": "/".join(filter(None, (uid, start)))} | times
            yield {name: text for name, text in more.items() if text}


def _uid(component):
    line = _first(component, "UID")
    return line and line.plain()


def _first(component, name):
    return next((line for line in component.lines if line.name == name), None)


def _dates(component, name, first):
    """Yield the line of each date of a list, and what it says of its end (or ``""``)."""
    for line in component.lines:
        for text in line.parts(",") if line.name == name else ():
            begin, _slash, end = text.partition("/")
            yield at_its_hour(replace(line, value=begin), first), end


def _entry(component, zones):
    lines = {}
    for line in component.lines:
        lines.setdefault(line.name, []).append(line)

    def text(name):
        return lines[name][0].plain() if name in lines else None

    def moment(name):
        return _moment(lines[name][0], zones) if name in lines else None

    days = moment("RECURRENCE-ID")
    row = {
        "id": "/".join(filter(None, (text("UID"), days))) or None,
        "Subject": text("SUMMARY"),
        "Description": "\n".join(
            filter(None, (text("DESCRIPTION"), *component.unread))
        ),
        "Location": text("LOCATION"),
        "Status": text("STATUS"),
        "Organizer": _organizer(lines),
        "Created At": moment("CREATED"),
        "Updated At": moment("LAST-MODIFIED"),
        "Categories": [
            part for line in lines.get("CATEGORIES", ()) for part in line.parts(",")
        ],
        "Link": text("X-GOOGLE-CONFERENCE")
        or text("X-MICROSOFT-SKYPETEAMSMEETINGURL")
        or text("URL"),
        "Comment": text("COMMENT"),
    }
    if component.name == "VTODO":
        row |= {"Due Date": moment("DUE"), "Completed At": moment("COMPLETED")}
    elif component.name == "VJOURNAL":
        row["Date"] = moment("DTSTART")
    else:
        row |= make_span(moment("DTSTART"), _end(lines, zones), text("DURATION"))
        zone = "DTSTART" in lines and _zone_of(lines["DTSTART"][0], zones)
        row["Recurrence Rule"] = end_by_the_clock(text("RRULE"), zone)
        guests = [_person(line) for line in lines.get("ATTENDEE", ())]
        row["Attendees"] = ";".join(filter(None, guests))
    return {label: value for label, value in row.items() if value not in ("", [], None)}


def _end(lines, zones):
    """Return when it ends; where the clock skips its beginning, as long after as written."""
    begin, end = (lines.get(name, [None])[0] for name in ("DTSTART", "DTEND"))
    moments = [line and _moment(line, zones) for line in (begin, end)]
    zone = begin and _zone_of(begin, zones)
    if not zone or not all(moments) or not all(m.endswith("Z") for m in moments):
        return moments[1]
    start, stop = (dt.datetime.fromisoformat(m.rstrip("Z")) for m in moments)

    def walls():
        plain = [_moment(replace(line, params={}), {}) for line in (begin, end)]
        if any(text.endswith("Z") for text in plain):
            return None
        return [*map(dt.datetime.fromisoformat, plain)]

    return keep_length(start, stop, zone, walls).isoformat() + "Z"


def _moment(line, zones):
    """Return a day, or an instant: in UTC where its zone is known, else as written."""
    found = _MOMENT.fullmatch(line.value.strip())
    if not found:
        return None
    hour, utc = found[4], found[7]
    numbers = (int(part or 0) for part in found.groups()[:6])
    try:
        moment = dt.datetime(*numbers)
        if not hour:
            return moment.date().isoformat()
        zone = None if utc else _zone_of(line, zones)
        if zone:
            moment = moment.replace(tzinfo=zone).astimezone(dt.timezone.utc)
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=None).isoformat() + ("Z" if utc or zone else "")


def _zone_of(line, zones):
    """Return the zone that an instant names, None of one that nobody knows by that name."""
    name = line.params.get("TZID", [""])[0]
    return _find_zone(name) or zones.get(name)


def _find_zone(name):
    """Return the zone of a name: of IANA, of Windows, or behind the maker's own before it.

    >>> str(_find_zone("W. Europe Standard Time")), str(_find_zone("/x.org/1/Asia/Tokyo"))
    ('Europe/Berlin', 'Asia/Tokyo')
    >>> _find_zone("Customized Time Zone"), _find_zone("")
    (None, None)
    """
    name = name.strip()
    behind = "/".join(name.split("/")[-2:])
    for guess in (name, get_global("windows_zone_mapping").get(name), behind):
        try:
            if guess:
                return ZoneInfo(guess)
        except (KeyError, OSError, ValueError):
            continue
    return None


def _read_zone(component):
    """Return the zone that a calendar describes under a name of its own, by that name.

    Where the clock is set twice a year the name of a place is wanted, which some write
    beside; that of the migration stays where there is none.
    """
    texts = {line.name: line.plain() for line in component.lines}
    name = texts.get("TZID", "")
    place = _find_zone(texts.get("X-LIC-LOCATION", ""))
    offsets = {
        line.plain()
        for inner in component.inner
        for line in inner.lines
        if line.name == "TZOFFSETTO"
    }
    found = re.fullmatch(
        r"([+-])(\d\d)(\d\d)", offsets.pop() if len(offsets) == 1 else ""
    )
    if not place and found:
        minutes = int(found[2]) * 60 + int(found[3])
        minutes = -minutes if found[1] == "-" else minutes
        place = dt.timezone(dt.timedelta(minutes=minutes))
    return {name: place} if name and place else {}


def _organizer(lines):
    """Return by what an owner is best known: the address."""
    line = lines.get("ORGANIZER", [None])[0]
    address = line and _address(line)
    return address if address and "@" in address else line and _person(line)


def _address(line):
    return re.sub(r"^mailto:", "", line.value.strip(), flags=re.IGNORECASE)


def _person(line):
    address = _address(line)
    name = line.plain(line.params.get("CN", [""])[0]).strip('"')
    if "@" not in address:
        return name
    return f"{name} <{address}>" if name and fold(name) != fold(address) else address
