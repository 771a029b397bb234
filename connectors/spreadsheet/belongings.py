"""Of which table a record is that a column names, where nothing in the file says it.

Zoho names what a note is about by an id that no other record of any module bears;
Dynamics has one column for a customer who is a company or a person. The tables themselves
tell: that one counts in which it is found.
"""

import hashlib
import json
import os
import sqlite3
from dataclasses import replace
from pathlib import Path

from ..core.columns import Column
from ..core.errors import FatalError
from ..core.sentences import _lt
from ..mapping.references import TOGETHER
from ..mapping.values import as_key, is_blank
from .columns_links import OF_TYPE
from .dialects import Habit
from .dialects.dialect import squeeze
from .keys import as_number
from .references import BELONGING, member_of

_BY_NAME = {"companies": "company", "contacts": "contact"}
_BY_ID = ("deals", "leads", "contacts", "companies")
_CUSTOMERS = ("companies", "contacts")
_OF_CUSTOMERS = ("deals", "leads", "quotations")
"""Objects whose column of this kind names a customer."""
_FOUND = _lt("Read as the record of the table in which it is found.")


def find_belongings(group, groups, folder=None):
    """Return the ``Belongings`` of a group, None where its dialect knows of none.

    :param groups: all ``Group``s
    :param folder: where what is found is kept between batches
    """
    name = group.dialect and group.dialect.column_somewhere(group)
    if not name or _says_the_type(group):
        return None
    by_id = as_key(name).casefold().endswith("id")
    wanted = _CUSTOMERS if group.known in _OF_CUSTOMERS else _BY_ID
    if not by_id:
        wanted = [known for known in wanted if known in _BY_NAME]
    there = {each.known: each for each in reversed(list(groups)) if each.dialect}
    places = [(known, there[known]) for known in wanted if known in there]
    return Belongings(name, places, by_id, folder) if places else None


def _says_the_type(group):
    """Tell whether a column says of what object an id is, as Zoho's backup has it."""
    words = set(map(squeeze, OF_TYPE))
    return any(squeeze(name) in words for name in group.tables[0].layout.columns)


class Belongings:
    """Tells by the ids, or names, of other tables of which one a row speaks.

    :param column: the column that names the record
    :param places: pairs (object, its ``Group``); what is in several is of the first
    """

    def __init__(self, column, places, by_id, folder=None):
        self.column = column
        self.places = places
        self.by_id = by_id
        self.folder = folder
        self._database = None

    def describe(self, columns):
        """Return the columns with one for each table that the record may be of."""
        found = []
        for column in columns:
            if column.name == self.column:
                values = column.values
                column = replace(column, habit=Habit(means="", reason=_FOUND))
                for known, _group in self.places:
                    means = "" if self.by_id else _BY_NAME[known]
                    made = Column(BELONGING[known], values=values)
                    found.append(replace(made, habit=Habit(means=means)))
            found.append(column)
        return tuple(found)

    def add_to(self, values):
        """Return the values of a row with the record where its table is looked for."""
        value = values.get(self.column)
        if is_blank(value):
            return values
        return {**values, BELONGING[self._find(value)]: value}

    def _find(self, value):
        if self._database is None:
            self._database = self._open()
        query = "SELECT place FROM found WHERE key = ?"
        row = self._database.execute(query, [as_number(_fold(value))]).fetchone()
        # What is nowhere is missed where it most likely would be.
        return self.places[row[0] if row else 0][0]

    def close(self):
        if self._database is not None:
            self._database.close()
        self._database = None

    def _open(self):
        if not self.folder:
            return self._fill("")
        path = Path(self.folder, f"{self._name()}.found")
        if not path.exists():
            partial = path.with_name(f"{path.name}.{os.getpid()}")
            self._fill(str(partial)).close()
            partial.replace(path)
        return sqlite3.connect(path)

    def _fill(self, path):
        """Return a database with what the tables hold; of no path, one that leaves no trace."""
        database = sqlite3.connect(path, isolation_level=None)
        database.execute("PRAGMA synchronous = OFF")
        database.execute("CREATE TABLE found (key INTEGER PRIMARY KEY, place INTEGER)")
        database.execute("BEGIN")
        database.executemany(
            "INSERT OR IGNORE INTO found VALUES (?, ?)",
            (
                (as_number(_fold(text)), place)
                for place, (known, group) in enumerate(self.places)
                for text in self._texts_of(known, group)
            ),
        )
        database.execute("COMMIT")
        return database

    def _texts_of(self, known, group):
        member = "" if self.by_id else member_of(known, "name", group.columns)
        if member is None:
            return
        for table in group.tables:
            try:
                for values, _position in group.read_rows(table):
                    if isinstance(values, dict):
                        yield _named(values, member) if member else group.key_of(values)
            except FatalError:
                continue  # reading the table says so
            finally:
                table.tally.clear()

    def _name(self):
        facts = [self.column, self.by_id]
        for known, group in self.places:
            for table in group.tables:
                stat = os.stat(table.item.path)
                facts += [known, table.name, stat.st_size, stat.st_mtime_ns]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]


def _named(values, member):
    texts = (values.get(name) for name in member.split(TOGETHER))
    return " ".join(as_key(text) for text in texts if not is_blank(text))


def _fold(value):
    return " ".join(as_key(value).split()).casefold()
