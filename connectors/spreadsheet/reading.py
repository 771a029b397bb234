"""Pages of the tables of a stream, with keys, and a checkpoint from which to go on."""

import hashlib
import json
from dataclasses import dataclass, field, replace

from ..core.errors import FatalError, RecordError
from ..core.file_sentences import FILE_SENTENCES
from ..core.source import Page, Record
from ..core.tabular import Table
from ..core.tabular_csv import Trouble
from .backlinks import Backlinks, without_told
from .belongings import Belongings
from .bodies import FILE, FILE_COLUMN, Bodies
from .dialects import Dialect
from .further import FurtherPartners
from .guessing import LEAVE_OUT, Guess
from .inventory import why_inventory
from .keys import SeenKeys, catch_up, disk_trouble_told, place_of
from .names import label_of
from .numbered import head_numbers
from .object_labels import OBJECT_LABELS
from .rows import (
    LINES,
    LINES_COLUMN,
    find_bare_ids,
    find_whole_ids,
    fold_lines,
    with_prefix,
    with_whole_ids,
)
from .series import Series
from .stage_history import STAGES, STAGES_COLUMN, Histories
from .unmet import find_unmet

PAGE_ROWS = 1000
PAGE_BYTES = 8 * 1024 * 1024
ROW_NUMBER = "_row"
"""Member with the key that is made of the row itself, where no column is one.

Its number would be another one in the newer export, and mean somebody else's row.
"""
MAX_DUPLICATES = 10_000
"""Rows with an id of another one, above which the column is said to be no key."""


@dataclass
class Group:
    """The tables of a stream: those of one object with the same columns.

    :param known: the object, a key of ``mappings.TEMPLATES``, or None
    :param key: the column that identifies a row, or ``ROW_NUMBER``
    :param compared: columns that make the key of a row without one; empty: all
    :param bodies: ``Bodies`` where the rows are files whose contents lie in the archive
    :param series: ``Series`` of which rows of meetings are, where a column has their rules
    :param history: ``Histories`` of which rows of deals are, where a table tells their moves
    :param guess: how sure it is what the tables hold, and what else they may
    :param headed: column → what it is called by what it holds, as ``overlaps`` found
    :param lines: columns in which the rows of one deal differ, the product first
    :param dialect: ``Dialect`` that the tables are written in, None where none is known
    :param id_prefix: what stands before its ids in other tables of the set
    :param belongings: ``Belongings`` where a column names a record of one of several tables
    :param further: ``FurtherPartners`` where rows have a second address or a person
    :param backlinks: ``Backlinks`` where other tables name its rows
    :param told: columns that name such rows, which tell it themselves
    """

    name: str
    known: str | None
    tables: list[Table]
    key: str
    bodies: Bodies | None = None
    compared: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    series: Series | None = None
    history: Histories | None = None
    dialect: Dialect | None = None
    id_prefix: str = ""
    belongings: Belongings | None = None
    further: FurtherPartners | None = None
    backlinks: Backlinks | None = None
    told: set = field(default_factory=set)
    guess: Guess = Guess(None)
    headed: dict = field(default_factory=dict)
    _columns: dict = field(default=None, repr=False)

    @property
    def label(self):
        """What a person calls the records of an object of its own, else empty."""
        return label_of(self.tables[0])

    @property
    def has_ids(self):
        """Tell whether a column says which row is which."""
        return self.key != ROW_NUMBER

    @property
    def is_left_out(self):
        """Tell whether none of the rows is wanted."""
        return self.tables[0].options.get("object") == LEAVE_OUT

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
            if self.dialect:
                found = self.dialect.mark(found, self.known)
            if self.belongings:
                found = self.belongings.describe(found)
            if self.further:
                found = self.further.describe(found)
            if self.backlinks:
                found = self.backlinks.describe(found)
            found = without_told(found, self.told)
            known = {column.name: column for column in found}
            headed = head_numbers(known, self.known) | self.headed
            self._columns = {
                name: replace(column, headed=headed.get(name, ""))
                for name, column in known.items()
            }
            if self.bodies:
                self._columns[FILE] = FILE_COLUMN
            if self.history:
                self._columns[STAGES] = STAGES_COLUMN
            if self.lines:
                product, amount, *others = self.lines
                for name in (product, *others):
                    self._columns.pop(name, None)
                self._columns[LINES] = LINES_COLUMN
        return self._columns

    def read_rows(self, table, position=None):
        """Yield (values, position behind them) of a table, a deal's lines together."""
        rows = table.read_rows(position)
        if names := find_whole_ids(table.survey.columns):
            rows = with_whole_ids(rows, names)
        if names := find_bare_ids(table.survey.columns, self.id_prefix):
            rows = with_prefix(rows, names, self.id_prefix)
        if self.lines and self.key != ROW_NUMBER:
            rows = fold_lines(rows, self.key, self.lines)
        return rows

    def forget(self):
        """Judge the columns anew: more of the tables was looked at."""
        self._columns = None

    def key_of(self, values):
        """Return the id of a row as text, empty where it has none."""
        if self.key == ROW_NUMBER:
            return content_key(values, self.compared)
        return key_text(values.get(self.key))

    def findings(self, table):
        """Yield what a consultant should know of a table of this stream."""
        columns = len(table.layout.columns)
        data = {"name": table.name, "columns": columns}
        if self.known and self.guess.is_asked:
            yield FILE_SENTENCES.finding("warning", "table_either", **data)
        elif self.is_left_out:
            if not table.hidden:
                yield FILE_SENTENCES.finding("passed", "table_left_out", **data)
        elif held := self.label or self.known:
            data["stream"] = OBJECT_LABELS.get(held) or held.replace("_", " ")
            yield FILE_SENTENCES.finding("passed", "table_found", **data)
        elif why_inventory(self):
            data["stream"] = self.name.replace("_", " ")
            yield FILE_SENTENCES.finding("passed", "table_found", **data)
        else:
            yield FILE_SENTENCES.finding("warning", "table_unknown", **data)
        yield from table.findings
        yield from table.survey_findings()
        # One row may be longer than the beginning that is looked at.
        if not table.layout.raw and not table.survey.aside.rows:
            yield FILE_SENTENCES.finding("warning", "file_no_rows", name=table.name)
        elif self.key == ROW_NUMBER:
            yield FILE_SENTENCES.finding("warning", "key_missing", name=table.name)


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
    _ensure_same(group, state)
    _ensure_comparable(group)
    with disk_trouble_told():
        yield from _read_tables(group, state, folder, ensure_time)


def _read_tables(group, state, folder, ensure_time):
    seen, done = None, False
    try:
        if group.history:
            group.history.open(folder, ensure_time)
        seen = SeenKeys(group, folder)
        by_content = group.key == ROW_NUMBER
        catch_up(seen, group, state, group.key_of, ensure_time, several=by_content)
        for place in range(state["table"], len(group.tables)):
            last = place == len(group.tables) - 1
            for page, is_last in _read_table(group, place, state, seen):
                done = is_last and last
                if is_last:
                    state = {"table": place + 1, "row": 0, "refused": page.refused}
                checkpoint = None if done else state if is_last else page.behind
                yield page.finish(checkpoint, find_unmet(group) if done else ())
    finally:
        if seen:
            seen.close(done=done)
        if group.history:
            group.history.close()


def _ensure_same(group, state):
    if state["table"] >= len(group.tables) or (
        "offset" in state and state["size"] != group.tables[state["table"]].item.size
    ):
        place = min(state["table"], len(group.tables) - 1)
        raise FatalError("file_changed", name=group.tables[place].name)


def _ensure_comparable(group):
    """Refuse rows that are known by a column that is not there any more.

    :raises FatalError: each of them would be taken for another one
    """
    missing = sorted(set(group.compared) - {*group.tables[0].layout.columns})
    if missing and group.tables[0].layout.columns:
        columns = ", ".join(missing)
        name = group.tables[0].name
        raise FatalError("content_columns_gone", name=name, columns=columns)


def _read_table(group, place, state, seen):
    """Yield pages that are full, or the last one, and whether it is that."""
    table = group.tables[place]
    position, row = None, 0
    if "offset" in state:
        position, row = (state["offset"], state["number"]), state["row"]
    page = PageInProgress(group, place, seen, state["refused"])
    full = None
    for values, behind in group.read_rows(table, position):
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
            seen.mark(page.behind)
            full = page
            page = PageInProgress(group, place, seen, full.refused, behind[0])
    yield full or page, True


class PageInProgress:
    """Collects rows until they are a page.

    :param seen: ``SeenKeys``
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
        self.of_series = {}

    def add(self, values, position, row):
        line = position[1]
        if isinstance(values, Trouble):
            self._refuse(values.code, row, **values.data)
            return
        source_id, by_content = self.group.key_of(values), self.group.key == ROW_NUMBER
        if by_content:
            # Two rows that say the same are two.
            source_id = self.seen.claim(source_id, self.place, row)
            values = {**values, ROW_NUMBER: source_id}
        if not source_id:
            self._refuse("missing_key", row, line=line, key=self.group.key)
        elif not by_content and not self.seen.is_new(source_id, self.place, row):
            self.refused += 1
            if self.refused > MAX_DUPLICATES:
                name, key = self.table.name, self.group.key
                raise FatalError("too_many_duplicates", name=name, key=key)
            self._refuse("duplicate_id", row, line=line, key=self.group.key)
        else:
            if self.group.bodies:
                values = self.group.bodies.add_to(source_id, values)
            if self.group.history:
                values = self.group.history.add_to(source_id, values)
            if self.group.belongings:
                values = self.group.belongings.add_to(values)
            if self.group.backlinks:
                values = self.group.backlinks.add_to(source_id, values)
            if self.group.further:
                values = self.group.further.add_to(values)
            if self.group.series:
                values, series = self.group.series.add_to(values)
                if series:
                    self.of_series.setdefault(series.source_id, series)
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

    def finish(self, checkpoint, warnings=()):
        if lines := self.table.tally.pop("repaired", 0):
            data = {"name": self.table.name, "lines": lines}
            mixed = FILE_SENTENCES.finding("warning", "mixed_encoding", **data)
            warnings = (*warnings, mixed)
        records = (*self.of_series.values(), *self.records)
        return Page(records, checkpoint, tuple(self.errors), warnings)


def content_key(values, columns=()):
    """Return a key of what a row says, whatever the order of its columns.

    >>> content_key({"a": "1", "b": " x"}) == content_key({"b": "x", "a": 1.0, "c": None})
    True
    """
    said = [
        (name, key_text(value) or json.dumps(value, sort_keys=True, default=str))
        for name, value in values.items()
        if value not in (None, "", [], {})
        and name[:1] != "_"
        and (not columns or name in columns)
    ]
    text = json.dumps(sorted(said), ensure_ascii=False)
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8)
    return digest.hexdigest()


def key_text(value):
    """Return an id as text, empty for what cannot be one.

    >>> key_text(7.0), key_text(" 0012 "), key_text(None), key_text({})
    ('7', '0012', '', '')
    """
    if type(value) is str:
        return value.strip()
    if value is None or isinstance(value, bool | dict | list):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
