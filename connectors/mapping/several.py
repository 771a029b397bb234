"""Conversions of cells that hold several values: tags, addresses, telephone numbers."""

import html as html_module
import re

from .contact import LONGEST_EMAIL, LONGEST_PHONE, domain_name, email, phone, url
from .listed import cells_of_line, read_list
from .parties import people_of
from .values import (
    BadValue,
    as_list,
    as_text,
    beside,
    is_blank,
    is_not_given,
    stands_for_nothing,
    transform,
)

SEPARATORS = (" ::: ", "|##|", ";#", ";", "|", "\n", ",")
"""What programs write between several values, what is least likely in a name first.

Google Contacts, Vtiger, SharePoint; HubSpot, Salesforce, Zoho, Dynamics; hand-written lists."""
_BETWEEN_ADDRESSES = re.compile(r"\s*(?::::|\|##\||[;,|\r\n\t])\s*|\s+/\s+|\s{2,}")
_BETWEEN_NUMBERS = re.compile(
    r"\s*(?::::|\|##\||[;|\r\n\t])\s*|\s+(?:or|and|oder|und|ou|et|o|y|e|of|en)\s+"
    r"|(?<=\d)\s+(?=\+\d)"
)
# A comma divides two numbers, not a number and its extension.
_COMMA = re.compile(r"\s*,\s*(?=[+(\d])")
_SLASH = re.compile(r"\s+/\s+")
_CELL = r'(?:"(?:[^"]|"")*"|[^",\r\n]+)'
_QUOTED = re.compile(f"{_CELL}(?:, ?{_CELL})*")
_KIND_BEHIND = re.compile(r"(?<=\S)\s+\([^()@]*\)$")
# Krayin: "+351 911 111 111 (work), …".
_KIND_OF_NUMBER = re.compile(
    r"(?<=\d) \((?:work|home|mobile|office|other|main|cell|private|fax)\)(?=\s*[,;|\n]|$)"
)
_LEAST_DIGITS, _WHOLE_DIGITS = 5, 7

# What nearly all cells hold is one of a kind, which is taken as it is.
_ONE_OF_A_KIND = {
    "email": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII),
    "phone": re.compile(r"\+?\d[\d .()-]*"),
}
_LONGEST = {"email": LONGEST_EMAIL, "phone": LONGEST_PHONE}


@transform
def split(value, separators=","):
    """Return the parts of a text; a list stays one, also where it is written as JSON.

    :param separators: a text, or a list of them

    >>> split("a, b,,c"), split("VIP;Partner", [";"]), split('["a", "b"]')
    (['a', 'b', 'c'], ['VIP', 'Partner'], ['a', 'b'])
    >>> split("Friends ::: * myContacts", [" ::: "])
    ['Friends', 'myContacts']
    >>> split("VIP;#3;#Partner;#4", [";#"]), split(";#VIP;#Partner;#", [";#"]), split("['a', 'b']")
    (['VIP', 'Partner'], ['VIP', 'Partner'], ['a', 'b'])
    """
    if isinstance(value, list):
        return value
    text = as_text(value)
    if (listed := read_list(text)) is not None:
        return listed
    parts = _quoted(text) if "," in as_list(separators) else [text]
    for separator in as_list(separators) if len(parts) == 1 else ():
        if separator:
            wanted = separator.strip(" ") or separator
            parts = [piece for part in parts for piece in part.split(wanted)]
    if " ::: " in as_list(separators):
        # Google marks the default one so.
        parts = [part.strip().removeprefix("* ") for part in parts]
    parts = [part.strip() for part in parts]
    if ";#" in as_list(separators) and all(map(str.isdigit, parts[1::2])):
        # SharePoint has the id of each value behind it; choices have none.
        parts = parts[::2] if len(parts) > 1 else parts
    return list(dict.fromkeys(filter(None, parts)))


def _quoted(text):
    """Return the parts of a cell that is a line of CSV itself, as Airtable writes links.

    >>> _quoted('"Beta, Inc",Alpha'), _quoted('17" screens, "new"')
    (['Beta, Inc', 'Alpha'], ['17" screens, "new"'])
    """
    return cells_of_line(text) if '"' in text and _QUOTED.fullmatch(text) else [text]


def find_separators(values):
    """Return what divides the values of a column, by all of them; all where none shows.

    >>> find_separators(["VIP;Partner", "Müller, Berlin"]), find_separators(["a, b", "c"])
    ([';'], [','])
    >>> find_separators(["VIP;Partner", "Partner, VIP"]), find_separators(["a;b", "c, d"])
    ([';', ','], [';'])
    >>> find_separators(["a", "b"]) == list(SEPARATORS)
    True
    """
    texts = [value for value in values if isinstance(value, str)]
    for place, separator in enumerate(SEPARATORS):
        if any(separator in text.strip(separator) for text in texts):
            return [
                separator,
                *further_separators(texts, separator, SEPARATORS[place + 1 :]),
            ]
    return list(SEPARATORS)


def further_separators(texts, separator, others):
    """Yield what else divides cells: all that it leaves stands by itself in others."""
    alone = {
        part.strip().casefold()
        for text in texts
        for part in text.split(separator.strip(" ") or separator)
    }
    for other in others:
        cells = [t for t in texts if other in t.strip(other) and separator not in t]
        parts = {p.strip().casefold() for text in cells for p in text.split(other)}
        if parts and parts <= alone | {""}:
            yield other


def _pieces(cells, kind):
    """Yield (number of the cell, text) for each address or number in the cells."""
    places = range(len(cells))
    if all(isinstance(cell, dict) for cell in cells):  # the items of one column
        places = sorted(places, key=lambda place: _is_minor(cells[place]))
    for place in places:
        for item in sorted(as_list(cells[place]), key=_is_minor):
            if isinstance(item, dict):
                item = _of_object(item)
            if is_blank(item) or isinstance(item, dict | list):
                continue
            text = as_text(item)
            if is_not_given(text) if kind != "text" else stands_for_nothing(text):
                continue
            for piece in _divide(text, kind):
                if piece := piece.strip().removeprefix("* ").strip():
                    yield place, piece


_PRIMARY = "primary isprimary main ismain default isdefault preferred".split()


def _is_minor(item):
    """Tell whether a list says that this one is not the one to use first.

    >>> _is_minor({"value": "a@b.c", "primary": False}), _is_minor({"value": "a@b.c"})
    (True, True)
    >>> _is_minor({"isPrimary": True}), _is_minor({"type": "primary"}), _is_minor("a@b.c")
    (False, False, True)
    """
    if not isinstance(item, dict):
        return True
    members = {name.replace("_", "").lower(): value for name, value in item.items()}
    kinds = (str(members.get(name, "")).lower() for name in ("type", "label", "kind"))
    flags = (str(members.get(name, "")).lower() for name in _PRIMARY)
    return "primary" not in kinds and not {"true", "1", "yes"} & set(flags)


_MEMBERS = "value email address number phone phonenumber url href text".split()


def _of_object(item):
    """Return the address or number of an object such as ``{"type": …, "value": …}``.

    >>> _of_object({"label": "work", "value": "a@b.c"}), _of_object({"Number": "12"})
    ('a@b.c', '12')
    """
    members = {name.replace("_", "").lower(): value for name, value in item.items()}
    return next((members[name] for name in _MEMBERS if members.get(name)), None)


def holds_several(text, kind):
    """Tell whether a text names more than one address or number.

    >>> holds_several("+49 30 12345 +49 171 23456", "phone")
    True
    >>> holds_several("555-0100 / 555-0101", "phone"), holds_several("030 / 897069", "phone")
    (True, False)
    """
    return len(_divide(text, kind)) > 1


def _divide(text, kind):
    if (listed := read_list(text.strip(), _of_object, _is_minor)) is not None:
        return [part for each in listed for part in _divide(each, kind)]
    if kind in ("text", "url"):
        return [text]
    if kind == "email":
        if "<" in text:
            # "Silva, Ana <a@b.c>" is one address with a comma in its name.
            parts = [address for _name, address in people_of(text)]
        else:
            parts = [part for part in _BETWEEN_ADDRESSES.split(text) if part]
            # "ana@example.com (work)": of which kind it is.
            parts = [_KIND_BEHIND.sub("", part) for part in parts]
            words = [word for part in parts for word in part.split()]
            if all(re.fullmatch(r"[^\s@()]+@[^\s@()]+", word) for word in words):
                parts = words
        return parts if parts and all("@" in part for part in parts) else [text]
    parts = []
    text = _KIND_OF_NUMBER.sub("", text)
    for part in _BETWEEN_NUMBERS.split(text):
        for number in _at_slashes(part):
            pieces = _COMMA.split(number)
            whole = all(_digits(piece) >= _LEAST_DIGITS for piece in pieces)
            parts += pieces if whole else [number]
    whole = all(_digits(part) >= _LEAST_DIGITS for part in parts if part)
    return parts if whole else [text]


def _at_slashes(text):
    """Return the numbers around slashes; one between area code and number divides none.

    >>> _at_slashes("+49 (0)30 / 897069"), _at_slashes("555-0100 / 555-0101")
    (['+49 (0)30 / 897069'], ['555-0100', '555-0101'])
    >>> _at_slashes("+49 (0)6221 / 1234567"), _at_slashes("0301 123456 / 0171 654321")
    (['+49 (0)6221 / 1234567'], ['0301 123456', '0171 654321'])
    """
    first, *others = pieces = _SLASH.split(text)
    with_code = first.lstrip(" (").startswith(("+", "0"))
    whole = all(_digits(piece) >= _WHOLE_DIGITS for piece in pieces) and (
        not with_code or all(p.lstrip(" (").startswith(("+", "0")) for p in others)
    )
    return pieces if whole else [text]


def _digits(text):
    return len(re.findall(r"\d", text))


_KINDS = {"email": email, "phone": phone, "url": url, "text": as_text}


def _sense(text, kind):
    """Return what two texts of a kind are compared by: a page and its domain are one."""
    if kind == "url":
        try:
            return domain_name(text)
        except BadValue:
            return text.casefold()
    return re.sub(r"\D", "", text) if kind == "phone" else text.casefold()


def _first(value, kind):
    """Return (place, text, converted) of the first usable one; the first problem if none is."""
    if type(value) is str and kind in _ONE_OF_A_KIND:
        if _ONE_OF_A_KIND[kind].fullmatch(value) and not is_not_given(value):
            text = value.strip()
            if len(text) <= _LONGEST[kind]:
                return 0, text, text
    return _first_of_all(value, kind)


def _first_of_all(value, kind):
    problem = None
    for place, text in _pieces(as_list(value), kind):
        try:
            return place, text, _KINDS[kind](text)
        except BadValue as error:
            problem = problem or error
    if problem:
        raise problem
    return None


@transform
def first_email(value):
    """Return the first usable address of one or several cells.

    >>> first_email(["", "vera@example.com; office@example.com"])
    'vera@example.com'
    >>> first_email("Silva, Ana <ana@example.com>"), first_email("keine")
    ('ana@example.com', None)
    """
    found = _first(value, "email")
    return found and found[2]


@transform
def first_phone(value):
    """Return the first usable number of one or several cells, its extension with it.

    >>> first_phone("+351 210 000 001 ext. 12; +351 210 000 002")
    '+351 210 000 001 ext. 12'
    """
    found = _first(value, "phone")
    return found and found[2]


@transform
def name_of_email(value):
    """Return who an address is said to be of, None where it stands alone.

    >>> name_of_email("Silva, Ana <ana@example.com>"), name_of_email("ana@example.com")
    ('Silva, Ana', None)
    """
    for item in as_list(value):
        if isinstance(item, str):
            for name, address in people_of(item):
                if name and "@" not in name and "@" in address:
                    return name
    return None


_BESIDE = re.compile(r"\s*[(<\[]\s*(?:mailto:)?[^\s@()<>]+@[^\s@()<>]+\s*[)>\]]")


def has_address_beside(text):
    """Tell whether a text is a name with an e-mail address beside it, in brackets."""
    return _BESIDE.search(text) is not None


def split_name(text):
    """Return (name, address) of somebody who is named by either, or by both.

    >>> split_name("Ana Silva (ana@example.com)"), split_name("Ana <ana@b.example>")
    (('Ana Silva', 'ana@example.com'), ('Ana', 'ana@b.example'))
    >>> split_name("ana@example.com"), split_name("Ana Silva")
    (('ana', 'ana@example.com'), ('Ana Silva', None))
    """
    found = _BESIDE.search(text)
    if found:
        address = found[0].strip(" ()<>[]").removeprefix("mailto:")
        return _BESIDE.sub("", text).strip() or address.split("@")[0], address
    return (text.split("@")[0], text) if "@" in text else (text, None)


@transform
def name_alone(value):
    """Return names without the e-mail addresses that stand beside them in brackets.

    >>> name_alone("Ana Silva (ana@example.com)"), name_alone("Ana <a@b.example>; Bob")
    ('Ana Silva', 'Ana; Bob')
    >>> name_alone("Silva (Lisboa)")
    'Silva (Lisboa)'
    """
    return _BESIDE.sub("", as_text(value)).strip() or None


@transform
def other_numbers(value, columns):
    """Return as HTML what the first usable value leaves of several columns of a kind.

    :param columns: per source (kind, label): ``email``, ``phone``, ``url`` or ``text``,
        and what the source calls the column

    >>> other_numbers(["a@b.c; d@b.c", "1234567", "7654321"],
    ...               [["email", "Email"], ["phone", "Phone"], ["phone", "Mobile"]])
    '<p>Email: d@b.c</p><p>Mobile: 7654321</p>'
    """
    cells = beside(value, columns)
    paragraphs = []
    for kind in _KINDS:
        own = [cell if column[0] == kind else None for cell, column in cells]
        try:
            used = _first(own, kind)
        except BadValue:
            continue  # told, and kept in the notes, where it should have been used
        if not used:
            continue
        seen = {_sense(used[1], kind)}
        for place, text in _pieces(own, kind):
            if (sense := _sense(text, kind)) not in seen:
                seen.add(sense)
                label = html_module.escape(cells[place][1][1], quote=False)
                text = html_module.escape(text, quote=False)
                paragraphs.append(f"<p>{label}: {text}</p>")
    return "".join(paragraphs) or None
