"""The SQL behind the Soffront simulator: conditions are run, not imitated."""

import re
import sqlite3
from urllib.parse import unquote

_ESCAPED = re.compile(r"%u([0-9A-Fa-f]{4})|%([0-9A-Fa-f]{2})")


class Refused(Exception):
    """What the service answers with an ``ErrorCode``: its number and its text."""

    def __init__(self, code, text):
        self.code = code
        self.text = text
        super().__init__(text)


def js_unescape(text):
    """Undo what the old JavaScript ``escape`` did."""

    def character(match):
        return chr(int(match[1] or match[2], 16))

    units = _ESCAPED.sub(character, text)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


UNESCAPES = {"js_escape": js_unescape, "uri": unquote, "none": str}


class Tables:
    """The rows of all objects; names are known in any case, as on the real server."""

    def __init__(self):
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.row_factory = sqlite3.Row
        self.columns = {}

    def create(self, name, columns):
        """Make an object; ``FormID`` and ``IsDeleted`` come with every one."""
        columns = ["FormID", "IsDeleted", *columns]
        self.columns[name] = columns
        quoted = ", ".join(f'"{column}"' for column in columns)
        self._database.execute(f'CREATE TABLE "{name}" ({quoted})')
        self._database.execute(f'CREATE INDEX "{name}_id" ON "{name}" ("FormID")')

    def add_column(self, name, column):
        """Give an object a field that others do not have."""
        self.columns[name].append(column)
        self._database.execute(f'ALTER TABLE "{name}" ADD COLUMN "{column}"')

    def insert(self, name, **row):
        row = {"IsDeleted": 0, **row}
        names = ", ".join(f'"{column}"' for column in row)
        marks = ", ".join("?" * len(row))
        self._database.execute(
            f'INSERT INTO "{name}" ({names}) VALUES ({marks})', list(row.values())
        )

    def update(self, name, key, **row):
        names = ", ".join(f'"{column}" = ?' for column in row)
        self._database.execute(
            f'UPDATE "{name}" SET {names} WHERE FormID = ?', [*row.values(), key]
        )

    def rows(self, name, condition=""):
        """Return rows by ``FormID``: the truth, to compare with."""
        return self.select(name, "*", condition, "FormID ASC", None, 0)

    def name_of(self, text):
        """Return the proper name of an object, or refuse it."""
        for name in self.columns:
            if name.casefold() == str(text).casefold():
                return name
        raise Refused(4, f"Object '{text}' does not exist.")

    def count(self, name, condition=""):
        where = f" WHERE {condition}" if condition.strip() else ""
        return self._run(f'SELECT COUNT(*) FROM "{self.name_of(name)}"{where}')[0][0]

    def select(self, name, fields, condition, order, limit, offset):
        """:param limit: rows, None = all of them"""
        where = f" WHERE {condition}" if condition.strip() else ""
        sort = f" ORDER BY {order}" if order.strip() else ""
        found = self._run(
            f'SELECT {fields.strip() or "*"} FROM "{self.name_of(name)}"{where}{sort}'
            f" LIMIT {-1 if limit is None else limit} OFFSET {offset}"
        )
        return [dict(row) for row in found]

    def _run(self, statement):
        try:
            return self._database.execute(statement).fetchall()
        except sqlite3.Error as error:
            raise Refused(9, f"Incorrect syntax: {error}") from None
