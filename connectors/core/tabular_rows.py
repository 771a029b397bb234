"""The rows of a table, from any place on: as they stand, and as what the survey knows."""

from contextlib import closing

from . import tabular_json, tabular_xlsx
from .errors import FatalError
from .layout import (
    filled,
)
from .lines import MAX_RECORD_BYTES, TooLong
from .merged import blocks_below, fill_merged, first_row_of
from .tabular_csv import Trouble, read_rows

MAX_OPEN_QUOTES = 50
"""So many quotation marks left open mean that quotes are no quotes in this file."""


class Rows:
    """What reads a ``Table``; its base, for it needs all of what a table knows."""

    def _values(self, file, encoding, position=None):
        if self.item.kind == "json":
            return tabular_json.read_elements(file, encoding, self.array, position)
        return tabular_json.read_json_lines(file, encoding, self.tally, position)

    def read_rows(self, position=None):
        """Yield ``(dict or Trouble, position behind it)``; None: from the first row on.

        The second number of a position is the line, row or element in the file. What
        the survey so far knows is applied: see ``survey_all``.

        :raises FatalError: nothing behind this place can be read
        """
        kitchen, above = self.kitchen, self.layout.above
        keep = self.options.get("extra_rows") == "keep"
        end = None if keep else self.survey.end
        aside = self.survey.aside
        keep = keep or (self.survey.complete and not aside.left_out)
        for row, place in self.raw_rows(position):
            if end is not None and place[1] > end:
                return
            if isinstance(row, dict):
                yield kitchen.cook(row), place
            elif isinstance(row, Trouble):
                yield row, place
            elif place[1] > above and any(map(filled, row)):
                if keep or not aside.is_none(row):
                    row = self._fit(row, place)
                    cooked = kitchen.cook(row) if isinstance(row, dict) else row
                    yield cooked, place

    def raw_rows(self, position=None):
        """Yield ``(list, dict or Trouble, position behind it)`` as they stand in the file.

        :raises FatalError: nothing behind this place can be read
        """
        last = position or (0, 0)
        with closing(self.files.open(self.item)) as file:
            try:
                rows = (
                    self._raw_cells(file, position)
                    if self.has_header
                    else self._values(file, self.layout.encoding, position)
                )
                for row, last in rows:  # where it stands if it stops
                    yield row, last
            except TooLong:
                raise FatalError(
                    "line_too_long",
                    name=self.name,
                    line=last[1] + 1,
                    limit=MAX_RECORD_BYTES >> 20,
                ) from None
            except tabular_json.NotJson as error:
                raise FatalError(
                    "file_damaged", name=self.name, offset=error.offset
                ) from None
            except tabular_xlsx.Broken:
                raise FatalError("zip_broken", name=self.name) from None

    def _raw_cells(self, file, position):
        layout, behind = self.layout, 0
        if self.is_one_side and position:
            # Who is above a row stands before it.
            position, behind = None, position[1]
        if self.area and position is None:
            position = self.area.start
        if self.item.kind == "csv":
            rows = read_rows(
                file, layout.encoding, layout.dialect, self.tally, position
            )
        else:
            rows = self._sheet_rows(position)
        open_quotes = 0
        for row, place in self._within(rows, behind):
            if isinstance(row, list):
                row = self._cut(row)
            else:
                if place[1] <= layout.above:
                    continue
                open_quotes += row.code == "unterminated_quote"
                if open_quotes > MAX_OPEN_QUOTES:
                    raise FatalError(row.code, name=self.name, **row.data)
            yield row, place

    def _sheet_rows(self, position):
        """Yield the rows of a sheet, the cells of merged blocks filled in."""
        book = self.files.workbook(self.item)
        merged = blocks_below(book.inspect(self.part).merged, self.layout.above)
        start = first_row_of(merged, position[1] if position else 0)
        rows = book.rows(self.part, (0, start) if start else None)
        yield from fill_merged(rows, merged, position[1] if position else 0)

    def _fit(self, row, place):
        """Return a row of another length: what is missing or too much may be empty."""
        columns = self.layout.columns
        found, expected = len(row), len(columns)
        if found == expected:
            return dict(zip(columns, row, strict=True))
        if found > expected and not any(map(filled, row[expected:])):
            return dict(zip(columns, row, strict=False))
        if found < expected and self._lacks_nothing(found):
            return dict.fromkeys(columns) | dict(zip(columns, row, strict=False))
        data = {"line": place[1], "found": found, "expected": expected}
        return Trouble("line_length", data)

    def _lacks_nothing(self, found):
        """Tell whether a row of so few cells ends where its empty ones begin.

        A sheet leaves them out, and some writers of text do.
        """
        if self.item.kind == "xlsx" or self.options.get("short_rows") == "accept":
            return True
        return found > 1 and self.fills_short_rows

    @property
    def fills_short_rows(self):
        """Tell whether the rows of a text show that the short ones lack nothing."""
        if self.item.kind != "csv" or self.options.get("short_rows"):
            return False
        return self.survey.short.lack_nothing
