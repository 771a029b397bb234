"""Pages of the tables of a stream, with keys, and a checkpoint from which to go on."""

import sqlite3
from dataclasses import dataclass, field

from ..core.errors import ConfigurationError, FatalError, RecordError
from ..core.source import Finding, Page, Record
from ..core.tabular import Table
from ..core.tabular_csv import Trouble
from .bodies import FILE, FILE_COLUMN, Bodies
from .keys import SeenKeys, catch_up, place_of

PAGE_ROWS = 1000
PAGE_BYTES = 8 * 1024 * 1024
ROW_NUMBER = "_row"
"""Member with the number of the row in its file: the key where no column is one."""
MAX_DUPLICATES = 10_000
"""Rows with an id of another one, above which the column is said to be no key."""


@dataclass
class Group:
    """The tables of a stream: those of one object with the same columns.

    :param known: the object, a key of ``profile.TEMPLATES``, or None
    :param key: the column that identifies a row, or ``ROW_NUMBER``
    :param bodies: ``Bodies`` where the rows are files whose contents lie in the archive
    """

    name: str
    known: str | None
    tables: list[Table]
    key: str
    bodies: Bodies | None = None
    _columns: dict = field(default=None, repr=False)

    @property
    def columns(self):
        """Return the ``Column``s by name, as all tables together show them."""
        if self._columns is None:
            first = self.tables[0]
            found = first.columns
            if len(self.tables) > 1:
                facts, own = {}, {}
                for table in self.tables:
                    own.update(table.survey.own)
                    for name, column in table.survey.columns.items():
                        known = facts.get(name)
                        facts[name] = known.plus(column) if known else column
                found = first.judge(facts, own)
            self._columns = {column.name: column for column in found}
            if self.bodies:
                self._columns[FILE] = FILE_COLUMN
        return self._columns

    def forget(self):
        """Judge the columns anew: more of the tables was looked at."""
        self._columns = None

    def key_of(self, values):
        """Return the id of a row as text, empty where it has none."""
        return key_text(values.get(self.key))

    def findings(self, table):
        """Yield what a consultant should know of a table of this stream."""
        columns = len(table.layout.columns)
        text = f"{table.name} holds {self.name} in {columns} columns."
        data = {"name": table.name, "stream": self.name, "columns": columns}
        yield Finding("passed", "table_found", text, data)
        yield from table.findings
        yield from table.tell()
        if not table.layout.raw:
            text = f"{table.name} holds no rows."
            yield Finding("warning", "file_no_rows", text, {"name": table.name})
        elif self.key == ROW_NUMBER:
            text = f"{table.name} has no column of ids: its rows are numbered."
            yield Finding("warning", "key_missing", text, {"name": table.name})


def read_group(group, checkpoint, *, folder=None, ensure_time=lambda: None):
    """Yield the pages of all tables of a stream, one table after the other.

    A checkpoint is ``{"table", "offset", "number", "row", "size", "refused"}``: which
    table, where in it, how many rows are behind, how big its file was, and how many
    rows bore an id that came before.

    :param folder: where the ids that came before are kept between batches
    :param ensure_time: raises ``RetryableError`` where the batch has none left
    :raises FatalError: the files are not those that reading began with, or the column
        does not tell their rows apart
    """
    state = {"table": 0, "row": 0, "refused": 0} | (checkpoint or {})
    seen, done = None, False
    _ensure_same(group, state)
    try:
        if group.key != ROW_NUMBER:
            seen = SeenKeys(group, folder)
            catch_up(seen, group, state, group.key_of, ensure_time)
        for place in range(state["table"], len(group.tables)):
            last = place == len(group.tables) - 1
            for page, is_last in _read_table(group, place, state, seen):
                done = is_last and last
                if is_last:
                    state = {"table": place + 1, "row": 0, "refused": page.refused}
                yield page.finish(None if done else state if is_last else page.behind)
    except sqlite3.Error as error:
        # Only a full or read-only disk is left to be the reason.
        raise ConfigurationError(
            "bad_setting", setting="Temporary folder", reason=str(error)
        ) from None
    finally:
        if seen:
            seen.close(done=done)


def _ensure_same(group, state):
    if state["table"] >= len(group.tables) or (
        "offset" in state and state["size"] != group.tables[state["table"]].item.size
    ):
        place = min(state["table"], len(group.tables) - 1)
        raise FatalError("file_changed", name=group.tables[place].name)


def _read_table(group, place, state, seen):
    """Yield pages that are full, or the last one, and whether it is that."""
    table = group.tables[place]
    position, row = None, 0
    if "offset" in state:
        position, row = (state["offset"], state["number"]), state["row"]
    page = PageInProgress(group, place, seen, state["refused"])
    full = None
    for values, behind in table.read_rows(position):
        if full:
            # Only now is it certain that the page before is not the last one.
            yield full, False
            full = None
        row += 1
        page.add(values, behind, row)
        if page.is_full(behind):
            page.behind = {
                **place_of(place, row, behind),
                "size": table.item.size,
                "refused": page.refused,
            }
            if seen:
                seen.mark(page.behind)
            full = page
            page = PageInProgress(group, place, seen, full.refused, behind[0])
    yield full or page, True


class PageInProgress:
    """Collects rows until they are a page.

    :param seen: ``SeenKeys``; None where the rows are numbered
    :param refused: rows of the pages before whose id was not theirs alone
    """

    def __init__(self, group, place, seen, refused, offset=0):
        self.group = group
        self.table = group.tables[place]
        self.place = place
        self.seen = seen
        self.refused = refused
        self.offset = offset
        self.behind = None
        self.records, self.errors = [], []

    def add(self, values, position, row):
        line = position[1]
        if isinstance(values, Trouble):
            self._refuse(values.code, row, **values.data)
            return
        if self.group.key == ROW_NUMBER:
            source_id = f"{self.place + 1}-{row}" if self.place else str(row)
            values = {**values, ROW_NUMBER: source_id}
        else:
            source_id = self.group.key_of(values)
        if not source_id:
            self._refuse("missing_key", row, line=line, key=self.group.key)
        elif self.seen and not self.seen.is_new(source_id, self.place, row):
            self.refused += 1
            if self.refused > MAX_DUPLICATES:
                name, key = self.table.name, self.group.key
                raise FatalError("too_many_duplicates", name=name, key=key)
            self._refuse("duplicate_id", row, line=line, key=self.group.key)
        else:
            if self.group.bodies:
                values = self.group.bodies.add_to(source_id, values)
            self.records.append(Record(self.group.name, source_id, values))

    def _refuse(self, code, row, **data):
        # The row has no id of its own, or one that another row bears already.
        source_id = f"{self.table.name}:{row}"
        data.setdefault("name", self.table.name)
        self.errors.append(
            RecordError(code, stream=self.group.name, source_id=source_id, **data)
        )

    def is_full(self, position):
        size = position[0] - self.offset
        return len(self.records) + len(self.errors) >= PAGE_ROWS or size > PAGE_BYTES

    def finish(self, checkpoint):
        warnings = ()
        if lines := self.table.tally.pop("repaired", 0):
            name = self.table.name
            text = f"{lines} lines of {name} are in another encoding; Windows-1252 is taken."
            warnings = (
                Finding(
                    "warning", "mixed_encoding", text, {"name": name, "lines": lines}
                ),
            )
        return Page(tuple(self.records), checkpoint, tuple(self.errors), warnings)


def key_text(value):
    """Return an id as text, empty for what cannot be one.

    >>> key_text(7.0), key_text(" 0012 "), key_text(None), key_text({})
    ('7', '0012', '', '')
    """
    if value is None or isinstance(value, bool | dict | list):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
