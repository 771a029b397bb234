"""Links that the other side tells: contacts with a column *Associated Deal IDs*.

HubSpot names what belongs together on both sides, and an export may hold but one of them.
"""

import hashlib
import json
import os
import re
import sqlite3
from dataclasses import replace
from pathlib import Path

from ..core.columns import Column
from ..core.errors import FatalError
from ..core.sentences import _lt
from ..mapping.values import as_key, as_list, is_blank
from .columns import Columns
from .columns_links import CONTACT_ID, DEAL_ID, LEAD_ID
from .dialects import Habit
from .evidence import id_separator, texts_of
from .keys import SMALL_BYTES
from .references import TOLD_BY
from .stage_history import as_record_key

_TOLD = _lt("told by the records that it names, as their link to this one")
_NAMED = {
    "deals": (DEAL_ID, ("associated deal", "associated deals")),
    "leads": (LEAD_ID, ("associated lead", "associated leads")),
    "contacts": (CONTACT_ID, ("associated contact", "associated contacts")),
}
"""Object → what columns with its ids are called, and those with its names beside them."""
_OWN_NUMBERS = ("customer id", "client id")
"""What companies call a number of their own, which is no contact's."""
_TELLERS = {"contacts": ("deals", "leads"), "companies": ("deals", "leads", "contacts")}
_APART = re.compile(r"\s*[;,|]\s*")


def give_backlinks(groups, folder=None):
    """Let records have the links that others tell of them.

    :param groups: all ``Group``s; of several tables of an object only the first is one
        that others can be linked to
    :param folder: where what is gathered is kept between batches
    """
    first = {}
    for group in groups:
        if group.known and not group.label and not group.is_left_out:
            first.setdefault(group.known, group)
    for known, others in _TELLERS.items():
        teller = first.get(known)
        for named in others if teller and teller.has_ids else ():
            told_of = [g for g in groups if g.known == named and not g.label]
            told_of = [group for group in told_of if group.has_ids]
            column = _find_ids(teller, named) if told_of else None
            for group in told_of if column else ():
                several = len(told_of) > 1
                group.backlinks = group.backlinks or Backlinks(folder, several)
                group.backlinks.tellers.append((known, teller, column))
            if column:
                teller.told |= {column, *_find_names(teller, named)}


def _find_ids(group, named):
    """Return the column of a group that has ids of another object, None without one."""
    columns = Columns(group.columns, group.known)
    own = {group.key, *(c.name for _n, c in columns.named(_OWN_NUMBERS))}
    for _name, column in columns.named(_NAMED[named][0]):
        texts = texts_of(column)
        is_of_ids = column.looks_like_id or column.kind == "integer"
        if column.name in own or column.shape == "objects":
            continue
        if is_of_ids or column.shape == "values" or id_separator(column):
            return column.name
        if not texts and sum(t.item.size for t in group.tables) > SMALL_BYTES:
            return column.name  # they may come further down
        if texts and all(re.fullmatch(r"\d+", text) for text in texts):
            return column.name
    return None


def _find_names(group, named):
    columns = Columns(group.columns, group.known)
    return {column.name for _name, column in columns.named(_NAMED[named][1])}


def without_told(columns, told):
    """Return the columns, those out of the way that are told by what they name."""
    return tuple(
        replace(c, habit=replace(c.habit or Habit(), means="", reason=_TOLD))
        if c.name in told
        else c
        for c in columns
    )


class Backlinks:
    """Finds who names a record, in a file on disk: a table may have more rows than memory.

    :param several: the records stand in several streams: none of them meets all links
    """

    def __init__(self, folder=None, several=False):
        self.tellers = []
        self.folder = folder
        self.of_several = several
        self._database = None

    @property
    def name(self):
        tables = (
            t.name for _known, group, _column in self.tellers for t in group.tables
        )
        return ", ".join(dict.fromkeys(tables))

    def describe(self, columns):
        """Return the columns with one for each object that tells links."""
        made = dict.fromkeys(TOLD_BY[known] for known, _group, _column in self.tellers)
        habit = Habit(means="")
        return (
            *columns,
            *(Column(name, "json", shape="values", habit=habit) for name in made),
        )

    def add_to(self, source_id, values):
        """Return the values of a record with the ids of those that name it."""
        database, key = self._open(), as_record_key(source_id)
        query = "SELECT teller, id FROM link WHERE record = ? ORDER BY number"
        found = database.execute(query, [key]).fetchall()
        if not found:
            return values
        database.execute("INSERT OR IGNORE INTO met VALUES (?)", [key])
        links = {}
        for known, source_id in found:
            links.setdefault(TOLD_BY[known], {})[source_id] = None
        return {**values, **{name: list(ids) for name, ids in links.items()}}

    def count_unmet(self):
        """Return (links, records) of records that were not read."""
        return (
            self._open()
            .execute(
                "SELECT count(*), count(DISTINCT record) FROM link"
                " WHERE record NOT IN (SELECT record FROM met)"
            )
            .fetchone()
        )

    def close(self):
        if self._database is not None:
            self._database.close()
        self._database = None

    def _open(self):
        if self._database is not None:
            return self._database
        if not self.folder:
            self._database = self._fill("")
            return self._database
        path = Path(self.folder, f"{self._name()}.links")
        if not path.exists():
            partial = path.with_name(f"{path.name}.{os.getpid()}")
            self._fill(str(partial)).close()
            partial.replace(path)
        self._database = sqlite3.connect(path, isolation_level=None)
        return self._database

    def _fill(self, path):
        """Return a database with all links; of no path, one that leaves no trace."""
        database = sqlite3.connect(path, isolation_level=None)
        database.execute("PRAGMA synchronous = OFF")
        database.execute(
            "CREATE TABLE link (number INTEGER PRIMARY KEY, record TEXT, teller TEXT,"
            " id TEXT)"
        )
        database.execute("CREATE TABLE met (record TEXT PRIMARY KEY)")
        database.execute("BEGIN")
        database.executemany(
            "INSERT INTO link (record, teller, id) VALUES (?, ?, ?)", self._links()
        )
        database.execute("COMMIT")
        database.execute("CREATE INDEX by_record ON link (record)")
        return database

    def _links(self):
        for known, group, column in self.tellers:
            for table in group.tables:
                try:
                    for values, _position in group.read_rows(table):
                        if isinstance(values, dict) and (own := group.key_of(values)):
                            for each in _ids_of(values.get(column)):
                                yield as_record_key(each), known, own
                except FatalError:
                    continue  # reading the table says so
                finally:
                    table.tally.clear()

    def _name(self):
        facts = []
        for known, group, column in self.tellers:
            facts += [known, group.key, column]
            for table in group.tables:
                stat = os.stat(table.item.path)
                facts += [table.name, stat.st_size, stat.st_mtime_ns]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]


def _ids_of(value):
    """
    >>> list(_ids_of("10; 11")), list(_ids_of([10, {"id": 11}])), list(_ids_of(None))
    (['10', '11'], ['10', '11'], [])
    """
    for each in as_list(value):
        each = each.get("id") if isinstance(each, dict) else each
        if not is_blank(each):
            yield from filter(None, _APART.split(as_key(each).strip()))
