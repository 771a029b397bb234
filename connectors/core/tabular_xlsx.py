"""Excel workbooks: sheets, what a reader must be warned of, and rows from any row on."""

import datetime as dt
import re
import zipfile
import zlib
from contextlib import closing
from dataclasses import dataclass

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MAX_SHARED_STRINGS = 128 * 1024 * 1024
"""openpyxl holds all texts of a workbook in memory, in about three times their size."""
MAX_SHEET_BYTES = 2 * 1024 * 1024 * 1024
SCAN_BYTES = 64 * 1024 * 1024
"""How much of a sheet is searched for formulas and merged cells."""
EXCEL_ERRORS = {"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"}
_BLOCK = 1024 * 1024
_OVERLAP = 4096
# Some writers prefix every element with the namespace: <x:c>.
_UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)(?:<(?:\w+:)?v\s*/>"
    rb"|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*ref="([A-Z]+\d+:[A-Z]+\d+)"')
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    SyntaxError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    ArithmeticError,
    EOFError,
    RuntimeError,
    OSError,
)
"""What openpyxl raises for a workbook that is none, or a damaged one.

The faults of both XML parsers that it uses are ``SyntaxError``s."""


class TooBig(Exception):
    """More than this reader holds; ``limit`` in bytes."""

    def __init__(self, limit):
        self.limit = limit
        super().__init__(limit)


class Broken(Exception):
    """Not a workbook, or a damaged one."""


@dataclass(frozen=True)
class Sheet:
    """A sheet with rows and columns; charts are none."""

    name: str
    hidden: bool = False


def _open(file):
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            for part in archive.infolist():
                texts = part.filename.endswith("sharedStrings.xml")
                limit = MAX_SHARED_STRINGS if texts else MAX_SHEET_BYTES
                if part.file_size > limit:
                    raise TooBig(limit)
        file.seek(0)
        return load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except BROKEN as error:
        raise Broken from error


def list_sheets(file):
    """Return the ``Sheet``s of a workbook in order.

    :raises Broken: it cannot be opened
    :raises TooBig: its texts would not fit in memory
    """
    with closing(_open(file)) as book:
        return [
            Sheet(sheet.title, sheet.sheet_state != "visible")
            for sheet in book.worksheets
        ]


def inspect_sheet(file, name):
    """Return ``{"uncomputed": number, "merged": ranges}`` of a sheet's beginning.

    Neither shows when reading: a formula that no program computed has no value, and
    of merged cells all but the first are empty.
    """
    with closing(_open(file)) as book:
        part = getattr(book[name], "_worksheet_path", "").lstrip("/")
    uncomputed, merged, carry, seen = 0, [], b"", 0
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive, archive.open(part) as stream:
            while seen < SCAN_BYTES and (block := stream.read(_BLOCK)):
                seen += len(block)
                window = carry + block
                # A match that ends within the overlap was counted with the last block.
                uncomputed += _count_new(_UNCOMPUTED, window, len(carry))
                merged += [
                    match[1].decode()
                    for match in _MERGED.finditer(window)
                    if match.end() > len(carry)
                ]
                carry = window[-_OVERLAP:]
    except BROKEN as error:
        raise Broken from error
    return {"uncomputed": uncomputed, "merged": merged}


def _count_new(pattern, window, known):
    return sum(match.end() > known for match in pattern.finditer(window))


def read_sheet(file, name, position=None):
    """Yield ``(row, (0, row number))`` from behind ``position`` on; empty rows are left out.

    The size that a workbook states is not trusted: many writers leave it out or lie.
    The rows before are parsed again, but not converted.

    :raises Broken: the sheet is damaged
    """
    _offset, number = position or (0, 0)
    with closing(_open(file)) as book:
        sheet = book[name]
        sheet.reset_dimensions()
        rows = sheet.iter_rows(min_row=number + 1, values_only=True)
        while True:
            try:
                row = next(rows, None)
            except BROKEN as error:
                raise Broken from error
            if row is None:
                return
            number += 1
            if any(cell is not None and cell != "" for cell in row):
                yield [_plain(cell) for cell in row], (0, number)


def _plain(cell):
    """Return a cell as JSON holds it: dates in ISO form, whole numbers without a point.

    >>> _plain(dt.datetime(2024, 12, 31)), _plain(7.0), _plain(dt.time(9, 30))
    ('2024-12-31', 7, '09:30:00')
    """
    if isinstance(cell, str):
        return cell.replace("\0", "")
    if cell is None or isinstance(cell, bool | int):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if isinstance(cell, dt.datetime):
        # Excel keeps seconds as a fraction of a day: 09:59:59.999 means ten o'clock.
        if cell.year < dt.MAXYEAR:
            cell += dt.timedelta(milliseconds=500)
        cell = cell.replace(microsecond=0)
        return cell.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)
