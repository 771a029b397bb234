"""Tables in files: layout found in a sample and correctable, rows read on from any place.

A ``Table`` is a CSV file, a sheet, a list in a JSON file, or a file of JSON lines. What
was found is in its ``Layout``; every value can be overridden by the file's options.
"""

import hashlib
import io
from collections import Counter
from contextlib import closing
from dataclasses import replace
from functools import cached_property
from itertools import islice

from . import survey, tabular_json, tabular_xlsx
from .columns import judge, usual_mark, usual_order
from .cooking import Kitchen
from .errors import ConfigurationError
from .facts import ColumnFacts
from .layout import (
    SAMPLE_BYTES,
    TYPED_BYTES,
    TYPED_ROWS,
    Layout,
    csv_layout,
    filled,
    find_encoding,
    finding,
    with_guess,
    with_header,
)
from .lines import TooLong
from .merged import as_range, blocks_below, fill_merged
from .remembered import Remembered
from .table_findings import survey_findings
from .tabular_csv import Trouble, read_rows
from .tabular_rows import Rows

OPTIONS = (
    "encoding",
    "delimiter",
    "quote",
    "header_row",
    "sheet",
    "stream",
    "object",
    "custom_object",
    "primary_key",
    "date_order",
    "decimal_mark",
    "short_rows",
    "extra_rows",
    "shifted_dates",
    "blank_words",
)
LEAVE_OUT = "leave_out"
"""Value of the option ``object`` of a table of which nothing is wanted."""
KEEP = ("extra_rows", "shifted_dates", "blank_words")
"""Options whose only value, ``keep``, leaves what was found as it stands in the file."""
_BEGINNINGS = Remembered(128)
"""The surveys of the beginnings of text files: each batch of a migration opens them anew."""


class Table(Rows):
    """One table of a file.

    :param files: ``archive.Files``
    :param part: name of the sheet, path of the list; empty where there is but one
    :param area: which part of the sheet or text it is, where that holds several tables
    :param unsearched: the file is so long that further lists may stand behind this one
    :param options: what the consultant corrected, see ``OPTIONS``
    """

    # ``searched``: up to this row ``areas`` have looked for further tables.
    def __init__(self, files, item, *, part="", array=None, options=None, hidden=False,
                 area=None, unsearched=False):  # fmt: skip
        self.files = files
        self.item = item
        self.part = part
        self.array = array
        self.hidden = hidden
        self.area = area
        self.searched = 0
        self.unsearched = unsearched
        self.options = dict(options or {})
        self.tally = Counter()
        self._survey = self._beginning = None
        self._late = {}

    @property
    def name(self):
        names = [self.item.key, self.part, self.area.name if self.area else ""]
        return "#".join(filter(None, names))

    @property
    def has_header(self):
        return self.item.kind in ("csv", "xlsx")

    @cached_property
    def layout(self):
        """Return the ``Layout``, from the beginning of the table.

        :raises ConfigurationError: the file or its options cannot be read
        """
        if self.item.kind == "csv":
            start = self.files.peek(self.item, SAMPLE_BYTES)
            self._beginning = hashlib.blake2b(start).digest() if not self.area else None
            start = io.BytesIO(start)
            layout = csv_layout(start, self.item.key, self.name, self._reading())
            if "escape" in self._late:
                escape = {name: self._late[name] for name in ("escape", "php")}
                layout = replace(layout, dialect=replace(layout.dialect, **escape))
            if self.area:
                layout = self._layout_of_area(layout)
            return with_guess(layout, self.item.key, self._late.get("encoding"))
        if self.item.kind == "xlsx":
            return self._xlsx_layout()
        with closing(self.files.open(self.item)) as file:
            return self._json_layout(file)

    @property
    def is_one_side(self):
        """Tell whether its rows stand among those of another table."""
        return self.area is not None and self.area.side is not None

    @property
    def header(self):
        """Return the cells of the header, empty where there is none."""
        return self.layout.header if self.has_header else ()

    @property
    def survey(self):
        """Return the ``Survey``: of the beginning until ``survey_all`` was called."""
        if self._survey is None:
            raw = self.layout.raw
            known = [
                tuple(sorted((name, str(value)) for name, value in given.items()))
                for given in (self.options, self._late)
            ]
            key = self._beginning and (self._beginning, self.searched, *known)
            self._survey = _BEGINNINGS.get(key, lambda: survey.begin(self, raw))
        return self._survey

    def survey_all(self, folder=None, ensure_time=lambda: None):
        """Look at all rows, so that the whole table decides what its columns are.

        :param folder: where what was looked at is kept between batches
        :raises RetryableError: it takes more than the batch has time for
        :raises FatalError: nothing behind some place can be read
        """
        if not self.survey.complete:
            self._survey = survey.complete(self, folder, ensure_time)
            self._forget()

    def take(self, late):
        """Read the table anew as the whole of it proved: see ``Survey.late``."""
        self._late = late
        for name in ("layout", "findings"):
            self.__dict__.pop(name, None)
        self._forget()

    def _forget(self):
        for name in ("columns", "kitchen", "sample"):
            self.__dict__.pop(name, None)

    @cached_property
    def kitchen(self):
        return self._make_kitchen()

    def _make_kitchen(self, **more):
        more["sheet"] = self.item.kind == "xlsx"
        return Kitchen(self.layout, self.survey, self.options, **more)

    @cached_property
    def sample(self):
        """Return the first records as reading gives them."""
        rows, kitchen = [], self._make_kitchen(seen=True)
        keep = self.options.get("extra_rows") == "keep"
        for row in self.layout.raw:
            if isinstance(row, list) and not keep and self.survey.aside.is_none(row):
                continue
            # The rows themselves stay as they stand in the file.
            fitted = dict(row) if isinstance(row, dict) else self._fit(row, (0, 0))
            if isinstance(fitted, dict):
                rows.append(kitchen.cook(fitted))
            elif isinstance(row, list):
                named = dict(zip(self.layout.columns, row, strict=False))
                rows.append(kitchen.cook(named))
        return tuple(rows)

    @cached_property
    def columns(self):
        """Return the ``Column``s with the kinds that the survey shows.

        Of JSON also the members of objects, behind what has a name of its own.
        """
        return self.judge(self.survey.columns, self.survey.own)

    def judge(self, facts, own):
        """Return the ``Column``s that these ``ColumnFacts`` show.

        :param own: names of members of the objects themselves; others are within objects
        """
        names = own = dict.fromkeys([*self.layout.columns, *own])
        if not self.has_header:
            names = dict.fromkeys([*names, *facts])
        options = {
            name: self.options.get(name) or ""
            for name in ("date_order", "decimal_mark")
        }
        options["usual_mark"] = usual_mark(facts.values())
        options["usual_order"] = usual_order(facts.values())
        empty = ColumnFacts()
        judged = [judge(name, facts.get(name, empty), **options) for name in names]
        return self.kitchen.describe(judged, own)

    def _reading(self):
        encoding = self._late.get("encoding")
        return {**self.options, "encoding": encoding} if encoding else self.options

    def _xlsx_layout(self):
        book = self.files.workbook(self.item)
        start = self.area.start if self.area else None
        try:
            found = list(islice(self._within(book.rows(self.part, start)), TYPED_ROWS))
            merged = book.inspect(self.part).merged
        except tabular_xlsx.Broken:
            raise ConfigurationError("zip_broken", name=self.name) from None
        rows = [self._cut(row) for row, _place in found]
        lines = [place[1] for _row, place in found]
        layout = with_header(rows, lines, 0, (), self.name, self.options)
        body = [entry for entry in found if entry[1][1] > layout.above]
        filled_in = fill_merged(body, blocks_below(merged, layout.above), 0)
        rows = [self._cut(row) for row, _place in filled_in]
        return replace(layout, raw=tuple(row for row in rows if any(map(filled, row))))

    def _layout_of_area(self, layout):
        """Return the layout of a text with the header and rows of this part of it."""
        rows, lines = [], []
        with closing(self.files.open(self.item)) as file:
            found = read_rows(
                file, layout.encoding, layout.dialect, Counter(), self.area.start
            )
            for row, place in islice(self._within(found), TYPED_ROWS):
                if not isinstance(row, Trouble) and any(map(filled, self._cut(row))):
                    rows.append(self._cut(row))
                    lines.append(place[1])
        own = with_header(rows, lines, 0, (), self.name, self.options)
        return replace(own, encoding=layout.encoding, dialect=layout.dialect)

    def _within(self, rows, behind=0):
        """Yield the rows up to the last one of this table.

        :param behind: line behind which rows are wanted, where they are read from the
            first one on
        """
        last = self.area.last if self.area else None
        if self.is_one_side:
            rows = self.area.side.choose(rows, behind)
        for row, place in rows:
            if last is not None and place[1] > last:
                return
            yield row, place

    def _cut(self, row):
        return self.area.cut(row) if self.area else row

    @cached_property
    def findings(self):
        """Return what a consultant should know of how the table is read.

        :raises ConfigurationError: as for ``layout``
        """
        return (*self._sheet_findings(), *self._area_findings(), *self.layout.findings)

    @property
    def choices(self):
        """Return the options of ``KEEP`` that make a difference to this table."""
        facts = self.survey.columns.values()
        apply = {
            "extra_rows": self.survey.aside.left_out or self.survey.aside.second,
            "shifted_dates": any(column.shift for column in facts),
            "blank_words": any(
                column.blank_words or column.nothing for column in facts
            ),
        }
        return [name for name in KEEP if apply[name]]

    def survey_findings(self):
        """Return what the rows themselves show: see ``table_findings``."""
        return tuple(survey_findings(self))

    def _sheet_findings(self):
        if self.item.kind != "xlsx":
            return
        try:
            seen = self.files.workbook(self.item).inspect(self.part)
        except tabular_xlsx.Broken:
            raise ConfigurationError("zip_broken", name=self.name) from None
        left = self.area.left if self.area else 0
        if self.hidden:
            read = self.options.get("object") != LEAVE_OUT
            code = "sheet_hidden_read" if read else "sheet_hidden"
            yield finding("warning", code, name=self.name)
        yield from _sheet_findings(self.name, seen, self.layout, left)

    def _area_findings(self):
        if self.area:
            data = {"name": self.name, "place": self.area.place}
            data["whole"] = "#".join(filter(None, (self.item.key, self.part)))
            yield finding("passed", "table_divided", **data)

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
        except (tabular_json.NotJson, TooLong) as error:
            # What stands before that place is usable.
            offset = getattr(error, "offset", position[0] if rows else 0)
            findings.append(
                finding("warning", "file_damaged", name=self.name, offset=offset)
            )
        if self.unsearched:
            limit = tabular_json.SCAN_BYTES >> 20
            findings.append(
                finding("warning", "lists_unsearched", name=self.name, limit=limit)
            )
        columns = tuple(dict.fromkeys(name for row in rows for name in row))
        return Layout(
            encoding, columns=columns, raw=tuple(rows), findings=tuple(findings)
        )


def _sheet_findings(name, seen, layout, left):
    if seen.hidden_columns:
        columns = [
            column
            for number, column in enumerate(layout.columns, left + 1)
            if number in seen.hidden_columns
        ]
        if columns:
            data = {"name": name, "columns": ", ".join(columns[:8])}
            yield finding("warning", "columns_hidden", **data)
    if blocks := blocks_below(seen.merged, layout.above):
        ranges = ", ".join(map(as_range, blocks[:5]))
        yield finding("warning", "merged_cells", name=name, ranges=ranges)
