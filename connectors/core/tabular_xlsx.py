"""Excel workbooks: sheets, what a reader must be warned of, and rows from any row on."""

import re
import zipfile
import zlib
from dataclasses import dataclass, field

from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.functions import iterparse

from .xlsx_cells import Cells
from .xlsx_links import linked, read_links
from .xlsx_parts import local, read_formats, read_parts, read_strings

MAX_SHARED_STRINGS = 128 * 1024 * 1024
"""openpyxl holds all texts of a workbook in memory, in about three times their size."""
MAX_SHEET_BYTES = 2 * 1024 * 1024 * 1024
SCAN_BYTES = 512 * 1024 * 1024
"""How much of a sheet is searched for merged cells, which stand behind its rows; what is
longer was written by no hand."""
MAX_MERGED = 100_000
MAX_ROWS = 2**20
"""Excel has no more; a number beyond is a fault that would be counted up to."""
_BLOCK = 1024 * 1024
_OVERLAP = 4096
# Some writers prefix every element with the namespace: <x:c>.
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^<>]*ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']"
)
_COLUMN = re.compile(rb"<(?:\w+:)?col(\s[^<>]*)>")
_HIDDEN = re.compile(rb"\shidden\s*=\s*[\"'](?:1|true)[\"']")
_RANGE = re.compile(rb"\s(min|max)\s*=\s*[\"'](\d{1,6})[\"']")
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


@dataclass
class Sight:
    """What a sheet says of itself outside its rows.

    :param merged: ranges as (first row, first column, last row, last column), from 1
    :param hidden_columns: numbers from 1
    """

    merged: list = field(default_factory=list)
    hidden_columns: set = field(default_factory=set)


class Workbook:
    """A workbook whose texts are read once, and its sheets row by row.

    Neither the size that a workbook states is believed, nor is anything kept of a row.
    """

    def __init__(self, file):
        """:raises Broken: it cannot be opened
        :raises TooBig: its texts would not fit in memory
        """
        self._filled = False
        self._sights, self._links = {}, {}
        try:
            self._archive = zipfile.ZipFile(file)
            for part in self._archive.infolist():
                texts = part.filename.endswith("sharedStrings.xml")
                limit = MAX_SHARED_STRINGS if texts else MAX_SHEET_BYTES
                if part.file_size > limit:
                    raise TooBig(limit)
            self._parts = read_parts(self._archive)
        except BROKEN as error:
            raise Broken from error
        self.sheets = self._parts.sheets

    def _part(self, name):
        return next(sheet.part for sheet in self.sheets if sheet.name == name)

    def inspect(self, name):
        """Return the ``Sight`` of a sheet: its merged cells and hidden columns.

        :raises Broken: the sheet is damaged
        """
        if name not in self._sights:
            try:
                with self._archive.open(self._part(name)) as stream:
                    self._sights[name] = _inspect(stream)
            except BROKEN as error:
                raise Broken from error
        return self._sights[name]

    def rows(self, name, position=None):
        """Yield ``(row, (0, row number))`` from behind ``position`` on, but no empty rows.

        A row is a list of values as ``xlsx_cells.Cells`` gives them.

        :raises Broken: the sheet is damaged
        """
        start = number = position[1] if position else 0
        try:
            cells, links = self._cells(), self._links_of(name)
            with self._archive.open(self._part(name)) as stream:
                rest = Rest(stream, number)
                for found, row in _parse(rest, cells, rest.passed):
                    if found <= start and number == start:
                        continue
                    if not number < found <= MAX_ROWS:
                        # Rows in no order: what has been read could not be told.
                        raise Broken
                    number = found
                    for column, target in links.get(found, ()):
                        if column <= len(row) and isinstance(row[column - 1], str):
                            row[column - 1] = linked(row[column - 1], target)
                    if any(cell is not None and cell != "" for cell in row):
                        yield row, (0, number)
        except BROKEN as error:
            raise Broken from error

    def _links_of(self, name):
        if name not in self._links:
            self._links[name] = read_links(self._archive, self._part(name))
        return self._links[name]

    def _cells(self):
        if not self._filled:
            self._parts.strings = read_strings(self._archive)
            self._parts.formats = read_formats(self._archive)
            self._filled = True
        return Cells(self._parts)


def _inspect(stream):
    sight, carry, seen = Sight(), b"", 0
    while seen < SCAN_BYTES and (block := stream.read(_BLOCK)):
        window = carry + block
        if not seen:
            head = window.partition(b"sheetData")[0]
            for column in _COLUMN.finditer(head):
                if _HIDDEN.search(column[1]):
                    place = dict(_RANGE.findall(column[1]))
                    first, last = int(place[b"min"]), int(place[b"max"])
                    sight.hidden_columns.update(range(first, min(last, 16384) + 1))
        seen += len(block)
        for found in _MERGED.finditer(window):
            # What ends within the overlap was taken with the last block.
            if found.end() > len(carry) and len(sight.merged) < MAX_MERGED:
                left, top, right, bottom = found.groups()
                sight.merged.append(
                    (int(top), _number_of(left), int(bottom), _number_of(right))
                )
        carry = window[-_OVERLAP:]
    return sight


def _number_of(letters):
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _parse(stream, cells, number):
    """Yield (number, values) for every row, and keep nothing of it."""
    data = None
    for event, element in iterparse(stream, events=("start", "end")):
        name = local(element)
        if name == "sheetData":
            if event == "end":
                # Whatever is wrong behind the last row is no concern of ours.
                return
            data = element
        elif name == "row" and event == "end":
            number = int(element.get("r") or number + 1)
            row = cells.values_of(element)
            element.clear()
            if data is not None and len(data) > 1:
                del data[:-1]
            yield number, row


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
