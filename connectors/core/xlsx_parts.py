"""The parts of a workbook besides its rows: sheets, texts and formats (ECMA-376).

Read by local names, so that prefixes and the namespaces of *Strict Open XML* (ISO/IEC
29500) do not matter. Texts are read here rather than by openpyxl, which takes the escape
``_x005F_`` for nothing and leaves ``_x000D_`` in them (3.0.9 to 3.1.5).
"""

import posixpath
import re
from dataclasses import dataclass, field

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900
from openpyxl.xml.functions import fromstring, iterparse

from .xlsx_format import GENERAL, parse_format

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
# Dates of the editions for East Asia, 18.8.30.
_EAST_ASIAN = {
    **dict.fromkeys((*range(27, 32), 36, *range(50, 55), 57, 58), "yyyy/m/d"),
    **dict.fromkeys(range(32, 36), "h:mm:ss"),
}
_TRUE = ("1", "true", "on")


@dataclass(frozen=True)
class Sheet:
    """A sheet with rows and columns; charts are none."""

    name: str
    hidden: bool = False
    part: str = ""


@dataclass
class Parts:
    """What holds for all sheets of a workbook.

    :param recalculates: a program asked for all formulas to be computed when the
        workbook is opened: it did not compute them itself, a 0 of a formula is no result
    """

    sheets: tuple[Sheet, ...] = ()
    epoch: object = CALENDAR_WINDOWS_1900
    recalculates: bool = False
    formats: list = field(default_factory=list)
    strings: list = field(default_factory=list)


def local(element):
    """Return the name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _attribute(element, wanted):
    """Return an attribute whatever its namespace."""
    for name, value in element.attrib.items():
        if name.rpartition("}")[2] == wanted:
            return value
    return None


def read_parts(archive):
    """Return the ``Parts`` without texts and formats, which only reading rows needs.

    :raises KeyError: a part is missing
    :raises SyntaxError: a part is no XML
    """
    main = _main_part(archive)
    related = _relations(archive, main)
    root = fromstring(archive.read(main))
    parts, sheets = Parts(), []
    for element in root.iter():
        name = local(element)
        if name == "sheet":
            # The id of a sheet has no namespace, that of its relation has one.
            relation = next(
                (v for k, v in element.attrib.items() if k.endswith("}id")), None
            )
            kind, target = related[relation]
            if kind == "worksheet":
                hidden = element.get("state", "visible") != "visible"
                sheets.append(Sheet(element.get("name"), hidden, target))
        elif name == "workbookPr" and element.get("date1904") in _TRUE:
            parts.epoch = CALENDAR_MAC_1904
        elif name == "calcPr":
            parts.recalculates = element.get("fullCalcOnLoad") in _TRUE
    parts.sheets = tuple(sheets)
    return parts


def _main_part(archive):
    for kind, target in _relations(archive, "").values():
        if kind == "officeDocument":
            return target
    raise KeyError("officeDocument")


def _relations(archive, part):
    """Return ``{id: (last word of its kind, path)}`` of what a part refers to."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    found = {}
    for element in fromstring(archive.read(path)):
        target = element.get("Target", "").replace("\\", "/")
        target = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
        kind = element.get("Type", "").rpartition("/")[2]
        found[_attribute(element, "Id")] = (kind, target)
    return found


def read_formats(archive):
    """Return the ``Format`` of each style of cells, in the order of their numbers."""
    part = _part_of(archive, "styles", "xl/styles.xml")
    if not part:
        return [GENERAL]
    codes, formats = dict(_EAST_ASIAN) | BUILTIN_FORMATS, []
    own, root = {}, fromstring(archive.read(part))
    for element in root:
        if local(element) == "numFmts":
            for item in element:
                own[int(item.get("numFmtId", 0))] = item.get("formatCode", "")
        elif local(element) == "cellXfs":
            formats = [int(item.get("numFmtId") or 0) for item in element]
    codes |= own
    return [_format_of(number, codes, own) for number in formats] or [GENERAL]


def _format_of(number, codes, own):
    form = parse_format(codes.get(number) or "General")
    if number in own or number >= 164 or not any(s.currency for s in form.sections):
        return form
    # The dollar of a format built in is the currency of whoever looks at it.
    return GENERAL


def read_strings(archive):
    """Return the shared texts, each without its formats and its reading aids."""
    part = _part_of(archive, "sharedStrings", "xl/sharedStrings.xml")
    strings = []
    if part:
        with archive.open(part) as stream:
            for _event, element in iterparse(stream, events=("end",)):
                if local(element) == "si":
                    strings.append(text_of(element))
                    element.clear()
    return strings


def _part_of(archive, kind, usual):
    for found, target in _relations(archive, _main_part(archive)).values():
        if found == kind and target in archive.NameToInfo:
            return target
    return usual if usual in archive.NameToInfo else None


def text_of(element):
    """Return the text of a ``si`` or ``is`` element."""
    pieces = []
    for child in element:
        name = local(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            pieces += [t.text or "" for t in child if local(t) == "t"]
    return unescape("".join(pieces))


def unescape(text):
    """Return a text without the escapes of Office Open XML (22.9.2.19), lines ended by LF.

    >>> unescape("a_x000D_\\nb_x005F_c"), unescape("_x005F_x000D_")
    ('a\\nb_c', '_x000D_')
    """
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text
