"""What lies behind the cells of a sheet: an address, a page, a telephone number.

ECMA-376 18.3.1.47: ``hyperlink`` names the cells (``ref``), and a relation of the sheet
the target; a formula ``HYPERLINK("target", "text")`` says both. Places within workbooks
and files on somebody's disk are no data.
"""

import posixpath
import re
from urllib.parse import unquote

from openpyxl.xml.functions import fromstring

MAX_LINKS = 100_000
"""Excel allows 65,530 in a sheet."""
_BLOCK = 1024 * 1024
_OVERLAP = 4096
_LINK = re.compile(rb"<(?:\w+:)?hyperlink\s([^<>]*)>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
_FORMULA = re.compile(r'\s*HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)
_LARGEST_RANGE = 1000


class Linked(str):
    """The text of a cell with something behind it, ``link``."""

    __slots__ = ("link",)


def linked(text, target):
    """Return a text with its target; the text alone where the target says nothing more.

    >>> linked("Vera", "mailto:vera%40alpha.example?subject=Hello").link
    'vera@alpha.example'
    >>> type(linked("https://alpha.example", "https://alpha.example/")).__name__
    'str'
    >>> type(linked("Offer", "file:///C:/offer.docx")).__name__
    'str'
    """
    address = _address_of(target)
    if not address or _plain(address) in _plain(text):
        return str(text)
    found = Linked(text)
    found.link = address
    return found


def target_of_formula(formula):
    """
    >>> target_of_formula('HYPERLINK("https://alpha.example","Alpha")'), target_of_formula("A1")
    ('https://alpha.example', None)
    """
    found = _FORMULA.match(formula or "")
    return found and found[1]


def _address_of(target):
    scheme, _colon, rest = target.strip().partition(":")
    if scheme.lower() in ("mailto", "tel"):
        return unquote(rest.partition("?")[0]).strip()
    return target.strip() if scheme.lower() in ("http", "https") else ""


def _plain(text):
    text = re.sub(r"^\w+://(?:www\.)?", "", text.strip().casefold())
    return text.rstrip("/")


def read_links(archive, part):
    """Return {row number: [(column from 1, target)]} of a sheet.

    :param part: path of the sheet in the archive
    :raises KeyError, SyntaxError: the workbook is damaged
    """
    targets = _targets(archive, part)
    found, count = {}, 0
    for attributes in _elements(archive, part) if targets else ():
        given = {
            name.rpartition(":")[2]: v for name, v in _ATTRIBUTE.findall(attributes)
        }
        target = targets.get(given.get("id"))
        for row, column in _cells_of(given.get("ref", "")) if target else ():
            count += 1
            if count <= MAX_LINKS:
                found.setdefault(row, []).append((column, target))
    return found


def _targets(archive, part):
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive.namelist():
        return {}
    return {
        element.get("Id"): element.get("Target", "")
        for element in fromstring(archive.read(path))
        if element.get("Type", "").endswith("/hyperlink")
    }


def _elements(archive, part):
    """Yield the attributes of each hyperlink; they stand behind the rows."""
    with archive.open(part) as stream:
        carry = b""
        while block := stream.read(_BLOCK):
            window = carry + block
            for found in _LINK.finditer(window):
                # What ends within the overlap was taken with the last block.
                if found.end() > len(carry):
                    yield found[1].decode("utf-8", "replace")
            carry = window[-_OVERLAP:]


def _cells_of(reference):
    found = _CELL.fullmatch(reference)
    if not found:
        return
    left, top, right, bottom = found.groups()
    columns = range(_number_of(left), _number_of(right or left) + 1)
    rows = range(int(top), int(bottom or top) + 1)
    if len(columns) * len(rows) <= _LARGEST_RANGE:
        yield from ((row, column) for row in rows for column in columns)


def _number_of(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
