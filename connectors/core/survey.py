"""All rows of a table looked at once: what its columns hold, and which rows are none.

A beginning never decides for the whole file. A survey streams, keeps counts only, and can
stop after any row and go on in the next batch.
"""

import hashlib
import json
import os
from contextlib import closing
from pathlib import Path

from .aside import Aside
from .columns import with_members
from .encoding import find_bom, find_late_encoding
from .facts import ColumnFacts, add_column, dump_columns, load_columns
from .layout import SAMPLE_BYTES
from .tabular_csv import Trouble

VERSION = 1
"""Of what is kept between batches; kept by another version, it is made anew."""
KEPT_BYTES = 256 * 1024
"""Tables of smaller files are surveyed anew by each batch, in less than a moment."""
_TURN_ROWS = 2000


class Survey:
    """What the rows of a table up to ``position`` show.

    :ivar columns: ``ColumnFacts`` by name, of JSON also of members of objects
    :ivar end: line of the last record where a footer or another table stands behind it
    :ivar encoding: what the whole text proved, empty where the beginning was enough
    """

    def __init__(self, header=()):
        self.columns = {}
        self.aside = Aside(header)
        self.position = None
        self.complete = False
        self.encoding = ""
        self.end = None

    def add(self, row, columns):
        """Count the cells of a row, a list in the order of ``columns``."""
        for name, value in zip(columns, row, strict=False):
            if value is not None and value != "":
                add_column(self.columns, name, value)

    def add_object(self, row):
        """Count the members of an object, those of its objects under their paths."""
        (flat,) = with_members([row])
        for name, value in flat.items():
            add_column(self.columns, name, value)

    def facts(self, name):
        return self.columns.get(name) or ColumnFacts()

    def finish(self):
        self.complete = True
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
            "encoding": self.encoding,
            "end": self.end,
        }

    @classmethod
    def from_json(cls, data, header):
        survey = cls()
        survey.columns = load_columns(data["columns"])
        survey.aside = Aside(header, data["aside"])
        survey.position = data["position"] and tuple(data["position"])
        survey.complete, survey.end = data["complete"], data["end"]
        survey.encoding = data["encoding"]
        return survey


def begin(table, rows):
    """Return the ``Survey`` of the rows that the beginning of a table shows."""
    survey = Survey(table.header)
    for row in rows:
        if isinstance(row, dict):
            survey.add_object(row)
        elif isinstance(row, list):
            survey.add(row, table.layout.columns)
    return survey


def complete(table, folder=None, ensure_time=lambda: None):
    """Look at the rest of a table; what was looked at is kept in ``folder``.

    :raises RetryableError: it takes more than the batch has time for
    :raises FatalError: nothing behind some place can be read
    """
    path = folder and table.item.size > KEPT_BYTES and _path_of(table, folder)
    survey = path and _load(path, table)
    if not survey:
        encoding = _late_encoding(table)
        if encoding:
            table.take_encoding(encoding)
        survey = Survey(table.header)
        survey.encoding = encoding
    elif survey.encoding:
        table.take_encoding(survey.encoding)
    if not survey.complete:
        try:
            _go_on(table, survey, ensure_time)
        finally:
            if path:
                _save(path, survey)
    table.tally.clear()
    return survey


def _go_on(table, survey, ensure_time):
    columns, above = table.layout.columns, table.layout.above
    end, number, gap = (survey.position or (0, 0))[1], 0, False
    with closing(table.raw_rows(survey.position)) as rows:
        for row, place in rows:
            number += 1
            if isinstance(row, dict):
                survey.add_object(row)
            elif not isinstance(row, Trouble) and place[1] > above:
                lines = table.item.kind == "csv" and _lines_within(row)
                gap = gap or (end > above and place[1] - lines > end + 1)
                if any(cell is not None and cell != "" for cell in row):
                    survey.aside.add(row, place[1], gap)
                    if not survey.aside.second and not survey.aside.last_was_left_out:
                        survey.add(row, columns)
                    gap = False
                else:
                    gap = True
            end, survey.position = place[1], place
            if number % _TURN_ROWS == 0:
                ensure_time()
    survey.finish()


def _lines_within(row):
    """Return how many line ends the cells of a row hold."""
    return sum(
        cell.count("\n") + cell.count("\r") - cell.count("\r\n")
        for cell in row
        if len(cell) > 1
    )


def _late_encoding(table):
    """Return the encoding that text behind an ASCII beginning proves, empty if none."""
    if table.item.kind != "csv" or table.options.get("encoding"):
        return ""
    if table.item.size <= SAMPLE_BYTES or table.layout.encoding != "utf-8":
        return ""
    with closing(table.files.open(table.item)) as file:
        if find_bom(file.read(4))[0]:
            return ""
        file.seek(0)
        return find_late_encoding(file)


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
            return Survey.from_json(data, table.header)
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
