"""All rows of a table looked at once: what its columns hold, and which rows are none.

A beginning never decides for the whole file. A survey streams, keeps counts only, and can
stop after any row and go on in the next batch.
"""

import hashlib
import json
import os
from contextlib import closing
from itertools import zip_longest
from pathlib import Path

from .aside import Aside
from .columns import with_members
from .encoding import WIDE, find_late_encoding
from .facts import ColumnFacts, dump_columns, load_columns
from .headers import filled
from .layout import SAMPLE_BYTES
from .short_rows import ShortRows
from .tabular_csv import late_backslashes

VERSION = 7
"""Of what is kept between batches; kept by another version, it is made anew."""
KEPT_BYTES = 64 * 1024
"""Tables of smaller files are surveyed anew by each batch, in less than a moment."""
_TURN_ROWS = 2000


class Survey:
    """What the rows of a table up to ``position`` show.

    :ivar columns: ``ColumnFacts`` by name, of JSON also of members of objects
    :ivar end: line of the last record where a footer or another table stands behind it
    :ivar late: ``encoding`` and ``escape``, where only the rest of the text proved them
    :ivar own: names of the members of the objects themselves, in their order
    :ivar misfits: rows with more or fewer cells than the header has
    :ivar short: what rows shorter than the header show, ``ShortRows``
    :ivar rows: rows and objects that are not empty, those besides that cannot be used
    """

    def __init__(self, header=(), searched=0, width=0):
        self.columns = {}
        self.aside = Aside(header, searched=searched)
        self.position = None
        self.complete = False
        self.late = {}
        self.end = None
        self.own = {}
        self.misfits = 0
        self.short = ShortRows(width)
        self.rows = 0

    @property
    def is_all_records(self):
        """Tell whether each row up to the last is a record: no total, no second table."""
        aside = self.aside
        return self.end is None and not aside.left_out and not aside.second

    def add(self, rows, columns):
        """Count the cells of rows, lists in the order of ``columns``."""
        if rows:
            for name, values in zip(columns, zip_longest(*rows), strict=False):
                self._add(name, values)

    def add_objects(self, rows):
        """Count the members of objects, those of their objects under their paths."""
        found = {}
        for row in rows:
            self.own.update(dict.fromkeys(row))
        for row in with_members(rows):
            for name, value in row.items():
                found.setdefault(name, []).append(value)
        for name, values in found.items():
            self._add(name, values)

    def _add(self, name, values):
        facts = self.columns.get(name)
        if facts is None:
            facts = self.columns[name] = ColumnFacts()
        facts.add_all(values)

    def facts(self, name):
        return self.columns.get(name) or ColumnFacts()

    def finish(self):
        self.complete = True
        self.short.finish()
        self.end = self.aside.find_end()
        if self.aside.second:
            self.end = self.aside.second - 1

    def as_json(self):
        return {
            "version": VERSION,
            "columns": dump_columns(self.columns),
            "aside": self.aside.state,
            "position": self.position,
            "complete": self.complete,
            "late": self.late,
            "end": self.end,
            "own": list(self.own),
            "misfits": self.misfits,
            "short": [self.short.width, self.short.state],
            "rows": self.rows,
        }

    @classmethod
    def from_json(cls, data, header, searched=0):
        survey = cls()
        survey.columns = load_columns(data["columns"])
        survey.aside = Aside(header, data["aside"], searched)
        survey.position = data["position"] and tuple(data["position"])
        survey.complete, survey.end = data["complete"], data["end"]
        survey.late, survey.misfits = data["late"], data["misfits"]
        survey.short, survey.rows = ShortRows(*data["short"]), data["rows"]
        survey.own = dict.fromkeys(data["own"])
        return survey


def begin(table, rows):
    """Return the ``Survey`` of the rows that the beginning of a table shows.

    Nothing is added to it: the whole is looked at anew.
    """
    survey = _new(table)
    survey.add_objects([row for row in rows if isinstance(row, dict)])
    lists = [row for row in rows if isinstance(row, list)]
    survey.add(lists, table.layout.columns)
    for row in lists:
        survey.short.add(len(row))
    for facts in survey.columns.values():
        facts.close()
    return survey


def _new(table):
    return Survey(table.header, table.searched, len(table.layout.columns))


def complete(table, folder=None, ensure_time=lambda: None):
    """Look at the rest of a table; what was looked at is kept in ``folder``.

    :raises RetryableError: it takes more than the batch has time for
    :raises FatalError: nothing behind some place can be read
    """
    path = folder and table.item.size > KEPT_BYTES and _path_of(table, folder)
    survey = path and _load(path, table)
    late = survey.late if survey else _look_ahead(table)
    if late:
        table.take(late)
    if not survey:
        survey = _new(table)
        survey.late = late
    if not survey.complete:
        try:
            _go_on(table, survey, ensure_time)
        finally:
            if path:
                _save(path, survey)
    table.tally.clear()
    return survey


def _go_on(table, survey, ensure_time):
    chunk = Chunk(table, survey)
    with closing(table.raw_rows(survey.position)) as rows:
        for number, (row, place) in enumerate(rows, 1):
            chunk.add(row, place)
            if number % _TURN_ROWS == 0:
                chunk.count()
                ensure_time()
    chunk.count()
    survey.finish()


class Chunk:
    """Some thousand rows that are counted column by column, which is much faster."""

    def __init__(self, table, survey):
        self.table, self.survey = table, survey
        self.position = survey.position
        self.end = (survey.position or (0, 0))[1]
        self.gap = False
        self.above, self.width = table.layout.above, len(table.layout.columns)
        self.is_text = table.item.kind == "csv"
        # What is left out between its rows is no gap.
        self.is_one_side = table.is_one_side
        self.rows, self.objects = [], []

    def add(self, row, place):
        if isinstance(row, dict):
            self.objects.append(row)
            self.survey.rows += 1
        elif not isinstance(row, list):
            self.survey.rows += 1
        elif place[1] > self.above:
            self.survey.rows += any(map(filled, row))
            self._add_row(row, place[1])
        self.end, self.position = place[1], place

    def _add_row(self, row, line):
        if not self.is_one_side and self.end > self.above and line > self.end + 1:
            within = _lines_within(row) if self.is_text and not self.gap else 0
            self.gap = self.gap or line - within > self.end + 1
        if not any(row) and all(cell in (None, "") for cell in row):
            self.gap = True
            return
        if self.survey.aside.add(row, line, self.gap):
            self.rows.append(row)
            short, cells = self.survey.short, len(row)
            if cells != self.width:
                self.survey.misfits += not _fits(row, self.width)
            if cells < self.width or short.state["last"]:
                short.add(cells)
        self.gap = False

    def count(self):
        self.survey.add(self.rows, self.table.layout.columns)
        self.survey.add_objects(self.objects)
        self.survey.position = self.position
        self.rows, self.objects = [], []


def _fits(row, width):
    """Tell whether a row has the cells of its header; nothing behind them is no cell.

    >>> _fits(["1", "Ana", ""], 2), _fits(["1", "Ana", "x"], 2), _fits(["1"], 2)
    (True, False, False)
    """
    return len(row) == width or (
        len(row) > width and all(cell in (None, "") for cell in row[width:])
    )


def _lines_within(row):
    """Return how many line ends the cells of a row hold."""
    return sum(
        cell.count("\n") + cell.count("\r") - cell.count("\r\n")
        for cell in row
        if len(cell) > 1
    )


def _look_ahead(table):
    """Return how the text behind the beginning is written, where that showed nothing."""
    item, late = table.item, {}
    if item.kind != "csv" or item.size <= SAMPLE_BYTES:
        return late
    layout, options = table.layout, table.options
    with closing(table.files.open(item)) as file:
        start = file.read(SAMPLE_BYTES)
        if layout.encoding in WIDE:
            return late
        if start.isascii() and not options.get("encoding"):
            file.seek(0)
            if encoding := find_late_encoding(file):
                late["encoding"] = encoding
        if b'\\"' not in start and layout.dialect.quote == '"':
            file.seek(0)
            escape, php = late_backslashes(file)
            if escape or php:
                late["escape"], late["php"] = escape, php
    return late


def _path_of(table, folder):
    found = os.stat(table.item.path)
    facts = [VERSION, table.name, table.item.path, found.st_size, found.st_mtime_ns]
    facts.append(sorted((k, str(v)) for k, v in table.options.items()))
    name = hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]
    return Path(folder, f"{name}.keys.survey")


def _load(path, table):
    try:
        data = json.loads(path.read_bytes())
        if data["version"] == VERSION:
            return Survey.from_json(data, table.header, table.searched)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # Not there, or of no use: the table is looked at from its beginning.
        return None
    return None


def _save(path, survey):
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        partial.write_text(json.dumps(survey.as_json(), separators=(",", ":")))
        partial.replace(path)
    except OSError:
        # A full disk: the next batch looks once more.
        partial.unlink(missing_ok=True)
