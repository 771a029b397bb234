"""Pages of the tables of a stream, with keys, and a checkpoint from which to go on."""

from array import array
from collections import Counter
from dataclasses import dataclass, field

from ..core.errors import FatalError, RecordError
from ..core.source import Finding, Page, Record
from ..core.tabular import Table
from ..core.tabular_csv import Trouble

PAGE_ROWS = 1000
PAGE_BYTES = 8 * 1024 * 1024
ROW_NUMBER = "_row"
"""Member with the number of the row in its file: the key where no column is one."""
MAX_DUPLICATES = 10_000
UNIQUE_BYTES = 1024**3
"""Up to this size the ids of all rows are compared beforehand; of a workbook a fiftieth."""
_BUCKETS = 256


@dataclass
class Group:
    """The tables of a stream: those of one object with the same columns.

    :param known: the object, a key of ``profile.TEMPLATES``, or None
    :param key: the column that identifies a row, or ``ROW_NUMBER``
    """

    name: str
    known: str | None
    tables: list[Table]
    key: str
    _columns: dict = field(default=None, repr=False)

    @property
    def columns(self):
        """Return the ``Column``s by name, as the first table shows them."""
        if self._columns is None:
            self._columns = {column.name: column for column in self.tables[0].columns}
        return self._columns

    def findings(self, table):
        """Yield what a consultant should know of a table of this stream."""
        columns = len(table.layout.columns)
        text = f"{table.name} holds {self.name} in {columns} columns."
        data = {"name": table.name, "stream": self.name, "columns": columns}
        yield Finding("passed", "table_found", text, data)
        yield from table.findings
        if not table.layout.sample:
            text = f"{table.name} holds no rows."
            yield Finding("warning", "file_no_rows", text, {"name": table.name})
        elif self.key == ROW_NUMBER:
            text = f"{table.name} has no column of ids: its rows are numbered."
            yield Finding("warning", "key_missing", text, {"name": table.name})
        elif not _can_compare(table):
            text = f"{table.name} is too big to look for repeated ids beforehand."
            yield Finding("warning", "key_unchecked", text, {"name": table.name})


def read_group(group, checkpoint):
    """Yield the pages of all tables of a stream, one table after the other.

    A checkpoint is ``{"table", "offset", "number", "row", "size", "repeated"}``: which
    table, where in it, how many rows are behind, how big its file was, and which rows
    of all bear an id that came before (``[table, row]``).

    :raises FatalError: the files are not those that reading began with
    """
    state = checkpoint or {"table": 0, "repeated": find_repeated(group)}
    for place in range(state["table"], len(group.tables)):
        last = place == len(group.tables) - 1
        yield from _read_table(group, place, state, last)
        state = {"table": place + 1, "repeated": state["repeated"]}


def _read_table(group, place, state, last):
    table = group.tables[place]
    position, row = None, 0
    if "offset" in state:
        if state["size"] != table.item.size:
            raise FatalError("file_changed", name=table.name)
        position, row = (state["offset"], state["number"]), state["row"]
    later = {
        "table": place,
        "size": table.item.size,
        "repeated": state["repeated"],
    }
    page = _PageInProgress(group, place, state["repeated"])
    pending = None
    for values, behind in table.read_rows(position):
        if pending:
            # Only now is it certain that the page before is not the last one.
            yield pending
            pending = None
        row += 1
        page.add(values, behind, row)
        if page.is_full(behind):
            offset, number = behind
            following = {**later, "offset": offset, "number": number, "row": row}
            pending = page.finish(following)
            page = _PageInProgress(group, place, state["repeated"], offset)
    after = None if last else {"table": place + 1, "repeated": state["repeated"]}
    if pending:
        yield Page(pending.records, after, pending.errors, pending.warnings)
    else:
        yield page.finish(after)


class _PageInProgress:
    """Collects rows until they are a page."""

    def __init__(self, group, place, repeated, offset=0):
        self.group = group
        self.table = group.tables[place]
        self.place = place
        # None: the ids were not compared beforehand, so that only this page can tell.
        self.seen = set() if repeated is None else None
        self.repeated = {row for table, row in repeated or () if table == place}
        self.offset = offset
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
            source_id = key_text(values.get(self.group.key))
        if not source_id:
            self._refuse("missing_key", row, line=line, key=self.group.key)
        elif row in self.repeated or (self.seen is not None and source_id in self.seen):
            self._refuse("duplicate_id", row, line=line, key=self.group.key)
        else:
            if self.seen is not None:
                self.seen.add(source_id)
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


def _can_compare(table):
    limit = UNIQUE_BYTES // (50 if table.item.kind == "xlsx" else 1)
    return table.item.size <= limit


def find_repeated(group):
    """Return ``[table, row]`` of every row whose id a row before it bears.

    Eight bytes a row are held, so that a file of ten million rows takes 80 MB. None
    where the files are too big for that.

    :raises FatalError: so many that the column is no key
    """
    if group.key == ROW_NUMBER:
        return []
    if not all(map(_can_compare, group.tables)):
        return None
    buckets = [array("q") for _number in range(_BUCKETS)]
    for _table, _row, key in _keys(group):
        digest = hash(key)
        buckets[digest % _BUCKETS].append(digest)
    suspects = set()
    for bucket in buckets:
        if len(set(bucket)) < len(bucket):
            suspects |= {digest for digest, n in Counter(bucket).items() if n > 1}
    if not suspects:
        return []
    seen, repeated = set(), []
    for table, row, key in _keys(group):
        if hash(key) in suspects:
            if key in seen:
                repeated.append([table, row])
            seen.add(key)
        if len(repeated) > MAX_DUPLICATES:
            name = group.tables[table].name
            raise FatalError("too_many_duplicates", name=name, key=group.key)
    return repeated


def _keys(group):
    for place, table in enumerate(group.tables):
        try:
            for row, (values, _position) in enumerate(table.read_rows(), 1):
                if not isinstance(values, Trouble):
                    if key := key_text(values.get(group.key)):
                        yield place, row, key
        except FatalError:
            # Reading will come to this place as well, and say so then.
            continue
        table.tally.clear()
