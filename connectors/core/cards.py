"""Address cards (vCard) and calendars (iCalendar) as lines of JSON, read like any others.

Columns bear the names that the address books and calendars of other programs export. Cards
have no id that can be relied on.
"""

import json
import re

from . import calendars
from .content_lines import read_components
from .encoding import find_bom

MAX_BYTES = 64 * 1024 * 1024
"""A calendar is one object: all of it is in memory at once."""
SUFFIXES = frozenset({".vcf", ".vcard", ".ics", ".ical", ".ifb"})
_BEGIN = re.compile(rb"BEGIN:(VCARD|VCALENDAR)\b", re.IGNORECASE)


def can_read(start):
    """Tell whether a file begins as cards or a calendar."""
    return bool(_BEGIN.match(start[find_bom(start)[1] :].lstrip()))


def read_lines(data):
    """Return what stands behind the name of each list → its records.

    :param data: bytes of the file
    """
    found, cards = {}, []
    for component in read_components(data):
        if component.name == "VCARD":
            cards.append(component)
        elif component.name == "VCALENDAR":
            for kind, row in calendars.read_entries(component):
                found.setdefault(kind, []).append(row)
    if cards:
        found[""] = [*_read_cards(cards), *found.get("", ())]
    return {name: list(filter(None, rows)) for name, rows in found.items()}


def as_json_lines(rows):
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def _read_cards(cards):
    """Return the rows of cards: one of a group is a category of its members."""
    rows, groups = [], {}
    for card in cards:
        row, members = _card(card), _members(card)
        if members is None:
            rows.append((_uid_of(row), row))
            continue
        for member in members:
            groups.setdefault(member, []).append(row.get("Full Name"))
    for uid, row in rows:
        names = filter(None, (*row.get("Categories", ()), *groups.get(uid, ())))
        if names := list(dict.fromkeys(names)):
            row["Categories"] = names
    return [row for _uid, row in rows]


def _uid_of(row):
    return row.get("UID", "").removeprefix("urn:uuid:") or None


def _members(card):
    """Return who is of the group that a card is, None of a card that is of somebody."""
    values = {}
    for line in card.lines:
        name = line.name.removeprefix("X-ADDRESSBOOKSERVER-")
        values.setdefault(name, []).append(line.plain().removeprefix("urn:uuid:"))
    is_group = values.get("KIND", [""])[0].lower() == "group"
    return values.get("MEMBER", []) if is_group else None


def _card(card):
    row, several, extended = {}, {}, _is_extended(card.lines)
    labels = {
        line.group: re.sub(r"^_\$!<(.*)>!\$_$", r"\1", line.plain())
        for line in card.lines
        if line.name == "X-ABLABEL" and line.group
    }
    for line in sorted(card.lines, key=lambda line: not line.is_preferred):
        if line.is_bytes:
            _tell_bytes(row, line)
        elif line.name in _PARTED:
            _read_parts(row, line, extended)
        elif line.name not in _OWN and not _TECHNICAL.fullmatch(line.name):
            label = labels.get(line.group) if line.name in _LABELLED else None
            several.setdefault(label or _label_of(line), []).append(_value_of(line))
    several["Other Address"] = _add_addresses(row, card.lines)
    several["Notes"] = ["\n".join([*several.get("Notes", ()), *card.unread])]
    for label, values in several.items():
        for number, value in enumerate(dict.fromkeys(filter(None, values)), 1):
            row[label if number == 1 else f"{label} {number}"] = value
    if row.get("Is a Company") and not row.get("Full Name"):
        row["Full Name"] = row.get("Company")
    return {label: value for label, value in row.items() if value not in ("", [], None)}


def _read_parts(row, line, extended):
    if line.name == "N":
        parts = line.parts_of(len(_NAMES), None if extended else len(_NAMES) - 1)
        row |= dict(zip(_NAMES, parts, strict=False))
    elif line.name == "ORG":
        company, *below = line.parts()
        row |= {"Company": company, "Department": ", ".join(filter(None, below))}
    elif line.name == "CATEGORIES":
        row.setdefault("Categories", []).extend(filter(None, line.parts(",")))
    elif line.name == "X-ABSHOWAS":
        row["Is a Company"] = line.value.strip().upper() == "COMPANY"
    elif line.name == "KIND":
        row["Is a Company"] = line.value.strip().lower() == "org"


def _add_addresses(row, lines):
    """Read two addresses; return those behind them, each as one text.

    What is written of one as a whole counts if there is no other.
    """
    found = [line for line in lines if line.name == "ADR" and any(line.parts())]
    street = None if _is_extended(lines) else _ADDRESS.index("Street")
    found.sort(key=lambda line: not line.is_preferred)
    for before, line in zip(("", "Other Address: "), found, strict=False):
        parts = line.parts_of(len(_ADDRESS), street)
        for label, part in zip(_ADDRESS, parts, strict=False):
            row[f"{before}{label}"] = part
    if not found:
        whole = [line.plain() for line in lines if line.name == "LABEL"]
        row["Address"] = "\n".join(whole)
    return [", ".join(filter(None, line.parts())) for line in found[2:]]


def _is_extended(lines):
    """Tell whether names and addresses may have more parts (RFC 9554, of version 4.0).

    The further ones are said within the others as well.
    """
    return any(line.name == "VERSION" and line.value.strip() == "4.0" for line in lines)


def _tell_bytes(row, line):
    """Say that there was a picture: Odoo's is not written, and a person may miss it."""
    if line.name in ("PHOTO", "LOGO"):
        size = line.size()
        text = f"{-(-size // 1024)} KB" if size else "damaged"
        row.setdefault(line.name.capitalize(), f"not brought over ({text})")


def _label_of(line):
    if line.name == "TEL":
        return "Fax" if "FAX" in line.kinds else _phone(line)
    name = re.sub(
        r"^X-(?:MS-(?:OL-)?|AB|EVOLUTION-|MOZILLA-|KADDRESSBOOK-)?", "", line.name
    )
    return _TEXTS.get(line.name) or name.replace("-", " ").title()


def _phone(line):
    return "Mobile Phone" if line.kinds & {"CELL", "IPHONE"} else "Phone"


def _value_of(line):
    text = line.plain()
    if line.name == "TEL":
        return text.removeprefix("tel:").replace(";ext=", " ext. ")
    if line.name == "BDAY" and "X-APPLE-OMIT-YEAR" in line.params:
        return f"--{text[5:]}"
    if line.name == "EMAIL":
        return text.removeprefix("mailto:")
    return text


_TEXTS = {
    "FN": "Full Name",
    "TITLE": "Job Title",
    "NOTE": "Notes",
    "URL": "Website",
    "BDAY": "Birthday",
    "EMAIL": "Email",
    "NICKNAME": "Nickname",
    "UID": "UID",
    "IMPP": "Instant Messenger",
    "X-SOCIALPROFILE": "Social Profile",
    "LANG": "Language",
    "TZ": "Time Zone",
    "ROLE": "Profession",
}
_NAMES = ("Last Name", "First Name", "Middle Name", "Name Prefix", "Name Suffix")
_ADDRESS = ("PO Box", "Street 2", "Street", "City", "State", "Postal Code", "Country")
_PARTED = {"N", "ORG", "CATEGORIES", "X-ABSHOWAS", "KIND"}
_LABELLED = {"X-ABDATE", "X-ABRELATEDNAMES"}
"""What an Apple's card calls by a line of its own."""
_OWN = {"ADR", "LABEL", "MEMBER"}
_TECHNICAL = re.compile(
    r"VERSION|PRODID|REV|SOUND|KEY|MAILER|CLIENTPIDMAP|SORT-STRING|PROFILE"
    r"|X-AB(?:LABEL|ADR|UID|ORDER|CROP.*)|X-ADDRESSBOOKSERVER-.*|X-IMAGE.*|X-APPLE-.*"
    r"|X-MS-(?:OL-DESIGN|OL-DEFAULT-.*|CARDPICTURE)|X-SHARED-PHOTO.*|X-EVOLUTION-FILE-AS"
    r"|X-WM-.*|X-MOZILLA-HTML|X-PHONETIC-.*"
)
"""What is only for the program that wrote it."""
