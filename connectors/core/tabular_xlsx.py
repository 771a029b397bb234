"""Excel workbooks: sheets, what a reader must be warned of, and rows from any row on."""

import datetime as dt
import re
import zipfile
import zlib
from dataclasses import dataclass

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import DATA_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

MAX_SHARED_STRINGS = 128 * 1024 * 1024
"""openpyxl holds all texts of a workbook in memory, in about three times their size."""
MAX_SHEET_BYTES = 2 * 1024 * 1024 * 1024
SCAN_BYTES = 64 * 1024 * 1024
"""How much of a sheet is searched for formulas and merged cells."""
MAX_ROWS = 2**20
"""Excel has no more; a number beyond is a fault that would be counted up to."""
EXCEL_ERRORS = {"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"}
_BLOCK = 1024 * 1024
_OVERLAP = 4096
# Some writers prefix every element with the namespace: <x:c>.
_UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)(?:<(?:\w+:)?v\s*/>"
    rb"|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*ref="([A-Z]+\d+:[A-Z]+\d+)"')
_SHEET_DATA = re.compile(rb"<(?:\w+:)?sheetData(?:\s[^<>]*)?>")
_SHEET_END = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])([^<>]*)>")
_ROW_NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d+)[\"']")
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
    part: str = ""


class Workbook:
    """A workbook whose texts are read once, and its sheets row by row.

    Of openpyxl it uses what knows formats and cells. Its sheets are left out: those
    believe the size that a workbook states, keep something of every row, and take a
    sheet to pieces from the top to get at its end.
    """

    def __init__(self, file):
        """:raises Broken: it cannot be opened
        :raises TooBig: its texts would not fit in memory
        """
        self._strings = None
        try:
            self._archive = zipfile.ZipFile(file)
            for part in self._archive.infolist():
                texts = part.filename.endswith("sharedStrings.xml")
                limit = MAX_SHARED_STRINGS if texts else MAX_SHEET_BYTES
                if part.file_size > limit:
                    raise TooBig(limit)
            file.seek(0)
            self._reader = ExcelReader(
                file, read_only=True, data_only=True, keep_links=False
            )
            self._reader.read_manifest()
            self._reader.read_workbook()
            found = list(self._reader.parser.find_sheets())
        except BROKEN as error:
            raise Broken from error
        self.sheets = tuple(
            Sheet(sheet.name, sheet.state != "visible", relation.target)
            for sheet, relation in found
            if relation.Type.endswith("/worksheet")
        )

    def _part(self, name):
        return next(sheet.part for sheet in self.sheets if sheet.name == name)

    def inspect(self, name):
        """Return ``{"uncomputed": number, "merged": ranges}`` of a sheet's beginning.

        Neither shows when reading: a formula that no program computed has no value, and
        of merged cells all but the first are empty.
        """
        uncomputed, merged, carry, seen = 0, [], b"", 0
        try:
            with self._archive.open(self._part(name)) as stream:
                while seen < SCAN_BYTES and (block := stream.read(_BLOCK)):
                    seen += len(block)
                    window = carry + block
                    # What ends within the overlap was counted with the last block.
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

    def rows(self, name, position=None):
        """Yield ``(row, (0, row number))`` from behind ``position`` on, but no empty rows.

        :raises Broken: the sheet is damaged
        """
        start = number = position[1] if position else 0
        try:
            parser = self._parser()
            with self._archive.open(self._part(name)) as stream:
                rest = Rest(stream, number)
                parser.row_counter = rest.passed
                for found, cells in _parse(rest, parser):
                    if found <= start and number == start:
                        continue
                    if not number < found <= MAX_ROWS:
                        # Rows in no order: what has been read could not be told.
                        raise Broken
                    number = found
                    row = _values_of(cells)
                    if any(cell is not None and cell != "" for cell in row):
                        yield row, (0, number)
        except BROKEN as error:
            raise Broken from error

    def _parser(self):
        if self._strings is None:
            self._reader.read_strings()
            apply_stylesheet(self._reader.archive, self._reader.wb)
            self._strings = self._reader.shared_strings
        book = self._reader.wb
        return WorkSheetParser(
            None,
            self._strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )


def _parse(stream, parser):
    """Yield (number, cells) for every row, and keep nothing of it."""
    data = None
    for event, element in iterparse(stream, events=("start", "end")):
        if element.tag == DATA_TAG:
            if event == "end":
                # Whatever is wrong behind the last row is no concern of ours.
                return
            data = element
        elif element.tag == ROW_TAG and event == "end":
            row = parser.parse_row(element)
            element.clear()
            parser.row_dimensions.clear()
            if data is not None and len(data) > 1:
                del data[:-1]
            yield row


def _values_of(cells):
    """Return the cells of a row in their columns, without the empty ones at its end."""
    row = []
    for cell in cells:
        if cell["value"] is None:
            continue
        missing = cell["column"] - len(row)
        if missing > 0:
            row += [None] * missing
        row[cell["column"] - 1] = _plain(cell["value"])
    return row


class Rest:
    """The XML of a sheet without most of its rows up to ``number``.

    Their text is passed over some thirty times as fast as it is parsed.

    :ivar passed: number of the last row that was left out
    """

    def __init__(self, stream, number):
        self.passed = 0
        self._stream = stream
        self._head = b""
        if number:
            self._pass_over(number)

    def _pass_over(self, number):
        window = b""
        while not (data := _SHEET_DATA.search(window)):
            block = self._stream.read(_BLOCK)
            window += block
            if not block or len(window) > 64 * _BLOCK:
                # No XML as we know it: all of it is parsed.
                self._head = window
                return
        prologue, window = window[: data.end()], window[data.end() :]
        while True:
            for row in _ROW.finditer(window):
                stated = _ROW_NUMBER.search(row[1])
                found = int(stated[1]) if stated else self.passed + 1
                if found > number:
                    self._head = prologue + window[row.start() :]
                    return
                self.passed = found
            end = _SHEET_END.search(window)
            block = b"" if end else self._stream.read(_BLOCK)
            if not block:
                self._head = prologue + (window[end.start() :] if end else b"")
                return
            # A tag that the block cuts.
            cut = window.rfind(b"<", -_OVERLAP)
            whole = cut < 0 or b">" in window[cut:]
            window = (b"" if whole else window[cut:]) + block

    # A file needs that name.
    def read(self, size=-1):  # pylint: disable=method-required-super
        if size is None or size < 0:
            size = len(self._head) or _BLOCK
        if self._head:
            part, self._head = self._head[:size], self._head[size:]
            return part
        return self._stream.read(size)


def _count_new(pattern, window, known):
    return sum(match.end() > known for match in pattern.finditer(window))


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
