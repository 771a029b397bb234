"""Tables in files: layout found in a sample and correctable, rows read on from any place.

A ``Table`` is a CSV file, a sheet, a list in a JSON file, or a file of JSON lines. What
was found is in its ``Layout``; every value can be overridden by the file's options.
"""

import io
from collections import Counter
from contextlib import closing
from dataclasses import replace
from functools import cached_property
from itertools import islice

from . import tabular_json, tabular_xlsx
from .columns import inspect_columns, with_members
from .errors import ConfigurationError, FatalError
from .layout import (
    SAMPLE_BYTES,
    TYPED_BYTES,
    TYPED_ROWS,
    Layout,
    csv_layout,
    filled,
    find_encoding,
    finding,
    with_header,
)
from .lines import MAX_RECORD_BYTES, TooLong
from .tabular_csv import Trouble, read_rows

MAX_OPEN_QUOTES = 50
"""So many quotation marks left open mean that quotes are no quotes in this file."""
OPTIONS = (
    "encoding",
    "delimiter",
    "quote",
    "header_row",
    "sheet",
    "stream",
    "primary_key",
    "date_order",
    "decimal_mark",
    "short_rows",
)


class Table:
    """One table of a file.

    :param files: ``archive.Files``
    :param part: name of the sheet, path of the list; empty where there is but one
    :param unsearched: the file is so long that further lists may stand behind this one
    :param options: what the consultant corrected, see ``OPTIONS``
    """

    def __init__(self, files, item, *, part="", array=None, options=None, hidden=False,
                 unsearched=False):  # fmt: skip
        self.files = files
        self.item = item
        self.part = part
        self.array = array
        self.hidden = hidden
        self.unsearched = unsearched
        self.options = dict(options or {})
        self.tally = Counter()

    @property
    def name(self):
        return f"{self.item.key}#{self.part}" if self.part else self.item.key

    @property
    def has_header(self):
        return self.item.kind in ("csv", "xlsx")

    @cached_property
    def layout(self):
        """Return the ``Layout``, from the beginning of the table.

        :raises ConfigurationError: the file or its options cannot be read
        """
        if self.item.kind == "csv":
            start = io.BytesIO(self.files.peek(self.item, SAMPLE_BYTES))
            return csv_layout(start, self.item.key, self.name, self.options)
        if self.item.kind == "xlsx":
            return self._xlsx_layout()
        with closing(self.files.open(self.item)) as file:
            return self._json_layout(file)

    @cached_property
    def columns(self):
        """Return the ``Column``s with the kinds that the sample shows.

        Of JSON also the members of objects, behind what has a name of its own.
        """
        names, rows = self.layout.columns, self.layout.sample
        if not self.has_header:
            rows = with_members(rows)
            names = dict.fromkeys([*names, *(path for row in rows for path in row)])
        found = inspect_columns(
            names,
            rows,
            date_order=self.options.get("date_order") or "",
            decimal_mark=self.options.get("decimal_mark") or "",
        )
        own = set(self.layout.columns)
        return tuple(
            column if column.name in own else replace(column, nested=True)
            for column in found
        )

    def _xlsx_layout(self):
        try:
            rows = self.files.workbook(self.item).rows(self.part)
            found = list(islice(rows, TYPED_ROWS))
        except tabular_xlsx.Broken:
            raise ConfigurationError("zip_broken", name=self.name) from None
        rows, lines = (
            [row for row, _place in found],
            [place[1] for _row, place in found],
        )
        return with_header(rows, lines, 0, (), self.name, self.options)

    @cached_property
    def findings(self):
        """Return what a consultant should know; of a sheet, its beginning is searched.

        :raises ConfigurationError: as for ``layout``
        """
        if self.item.kind != "xlsx":
            return self.layout.findings
        try:
            seen = self.files.workbook(self.item).inspect(self.part)
        except tabular_xlsx.Broken:
            raise ConfigurationError("zip_broken", name=self.name) from None
        rows = [row.values() for row in self.layout.sample]
        own = _sheet_findings(self.name, self.hidden, seen, rows)
        return (*own, *self.layout.findings)

    def _json_layout(self, file):
        data = file.read(SAMPLE_BYTES)
        encoding, findings = find_encoding(self.item.key, data, self.options)
        rows = []
        try:
            for row, position in islice(self._values(file, encoding), TYPED_ROWS):
                if isinstance(row, dict):
                    rows.append(row)
                if position[0] > (self.array.offset if self.array else 0) + TYPED_BYTES:
                    break
        except (tabular_json.NotJson, TooLong):
            # Reading will say where; what stands before that place is usable.
            findings.append(
                finding("warning", "file_damaged", "{name} is damaged.", name=self.name)
            )
        if self.unsearched:
            limit = tabular_json.SCAN_BYTES >> 20
            text = "Lists behind the first {limit} MB of {name} were not looked for."
            findings.append(
                finding(
                    "warning", "lists_unsearched", text, name=self.name, limit=limit
                )
            )
        columns = tuple(dict.fromkeys(name for row in rows for name in row))
        return Layout(
            encoding, columns=columns, sample=tuple(rows), findings=tuple(findings)
        )

    def _values(self, file, encoding, position=None):
        if self.item.kind == "json":
            return tabular_json.read_elements(file, encoding, self.array, position)
        return tabular_json.read_json_lines(file, encoding, self.tally, position)

    def read_rows(self, position=None):
        """Yield ``(dict or Trouble, position behind it)``; None: from the first row on.

        The second number of a position is the line, row or element in the file.

        :raises FatalError: nothing behind this place can be read
        """
        with closing(self.files.open(self.item)) as file:
            try:
                if self.has_header:
                    yield from self._read_cells(file, position)
                else:
                    yield from self._values(file, self.layout.encoding, position)
            except TooLong:
                limit = MAX_RECORD_BYTES >> 20
                raise FatalError("line_too_long", name=self.name, limit=limit) from None
            except tabular_json.NotJson as error:
                raise FatalError(
                    "file_damaged", name=self.name, offset=error.offset
                ) from None
            except tabular_xlsx.Broken:
                raise FatalError("zip_broken", name=self.name) from None

    def _read_cells(self, file, position):
        layout = self.layout
        if self.item.kind == "csv":
            rows = read_rows(
                file, layout.encoding, layout.dialect, self.tally, position
            )
        else:
            rows = self.files.workbook(self.item).rows(self.part, position)
        columns, width = layout.columns, len(layout.columns)
        open_quotes = 0
        for row, place in rows:
            if place[1] <= layout.above:
                continue
            if isinstance(row, Trouble):
                open_quotes += row.code == "unterminated_quote"
                if open_quotes > MAX_OPEN_QUOTES:
                    raise FatalError(row.code, name=self.name, **row.data)
                yield row, place
            elif any(map(filled, row)):
                if len(row) == width:
                    yield dict(zip(columns, row, strict=True)), place
                else:
                    yield self._fit(row, columns, place), place

    def _fit(self, row, columns, place):
        """Return a row of another length: what is missing or too much may be empty."""
        # A sheet leaves out the empty cells at the end of a row; a text file does not.
        short = self.item.kind == "xlsx" or self.options.get("short_rows") == "accept"
        found, expected = len(row), len(columns)
        if found > expected and not any(map(filled, row[expected:])):
            return dict(zip(columns, row, strict=False))
        if found < expected and short:
            return dict.fromkeys(columns) | dict(zip(columns, row, strict=False))
        data = {"line": place[1], "found": found, "expected": expected}
        return Trouble("line_length", data)


def _sheet_findings(name, hidden, seen, rows):
    if hidden:
        yield finding(
            "warning", "sheet_hidden", "{name} is hidden in Excel.", name=name
        )
    if seen["uncomputed"]:
        text = "{count} formulas of {name} have no value: open it in Excel and save it."
        count = seen["uncomputed"]
        yield finding("warning", "formulas", text, name=name, count=count)
    if seen["merged"]:
        text = (
            "{name} has merged cells ({ranges}): only the first of each has the value."
        )
        ranges = ", ".join(seen["merged"][:5])
        yield finding("warning", "merged_cells", text, name=name, ranges=ranges)
    if any(
        cell in tabular_xlsx.EXCEL_ERRORS
        for row in rows
        for cell in row
        if isinstance(cell, str)
    ):
        text = "{name} shows errors of Excel such as #N/A as values."
        yield finding("warning", "excel_errors", text, name=name)
