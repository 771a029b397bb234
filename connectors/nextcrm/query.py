"""Write the statements that list a table: keyset pages, only live rows, only our columns."""

import datetime as dt
import uuid

OVERLAP = dt.timedelta(minutes=5)
"""Stamps are made before their transaction commits, by a clock that may be off."""

# The server's row version tells which transaction wrote it, in 32 bits; the snapshot
# counts in 64. Rows written by a savepoint that was open at that very moment are not
# told: the next delta brings them.
_MISSED = """NOT txid_visible_in_snapshot(
    txid_snapshot_xmax(txid_current_snapshot())
    - ((txid_snapshot_xmax(txid_current_snapshot()) - t.xmin::text::bigint)
       & 4294967295), %(missed)s::txid_snapshot)"""


def quoted(name):
    """Return an identifier as SQL takes it; none of them contains a placeholder.

    >>> quoted('createdAt')
    '"createdAt"'
    """
    return '"' + name.replace('"', '""').replace("%", "%%") + '"'


def is_sendable(text):
    """Tell whether PostgreSQL can hold a text at all: no NUL, no half of a character.

    >>> is_sendable("a' or 1=1 --"), is_sendable("\\0"), is_sendable("\\ud800")
    (True, False, False)
    """
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def _is_uuid(text):
    """Tell whether a text is a UUID as the server writes them: in one way only."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def since_in_utc(since):
    """Return an instant as the database writes its own, less the overlap.

    >>> since_in_utc(dt.datetime(2025, 2, 28, 22, tzinfo=dt.timezone.utc))
    '2025-02-28 21:55:00'
    """
    return since and (since.replace(tzinfo=None) - OVERLAP).isoformat(" ", "seconds")


class Listing:
    """The statements for one table of this installation.

    :param source: what to select from instead of the table itself; its row is ``t``
    :param extra: further columns of that, as SQL
    """

    def __init__(self, table, catalog, *, since=None, source=None, extra=()):
        self.table, self.catalog, self.since = table, catalog, since
        self.extra = tuple(extra)
        self.columns = catalog.columns_of(table)
        self.source = source or f"{quoted(table.name)} AS t"
        self._types = {c.name: c.type for c in self.columns}

    def can_tell_missed(self):
        return self.table.name in self.catalog.whole

    def pages(self, after, missed):
        """Return (statement, values) for all rows behind ``after``, in a fixed order.

        :param missed: a snapshot; only rows that it did not show
        """
        conditions = self._conditions()
        if after is not None:
            conditions.append(f"{self._key} > {self._placeholder}")
        if missed:
            conditions.append(_MISSED)
        sql = f"{self._select(conditions)} ORDER BY {self._key}"
        return sql, {"after": after, "missed": missed, "since": self.since}

    def one(self, source_id):
        """Return (statement, values) for the row of an id, None where no row can have it."""
        if not is_sendable(source_id) or (self._is_uuid and not _is_uuid(source_id)):
            return None
        conditions = [*self._conditions(), f"{self._key} = {self._placeholder}"]
        return self._select(conditions), {"after": source_id, "since": self.since}

    def _select(self, conditions):
        return (
            "SELECT (SELECT row_to_json(r) FROM (SELECT "
            + ", ".join((*map(self._value, self.columns), *self.extra))
            + f") AS r)::text, ({self._key})::text FROM {self.source}"
            + _where(conditions)
        )

    def count(self):
        """Return (statement, values) for the number of rows that are read."""
        sql = f"SELECT count(*) FROM {self.source}{_where(self._conditions())}"
        return sql, {"since": self.since}

    def count_binned(self):
        """Return the statement for the number of deleted rows, None where none can be."""
        binned = self._binned()
        if not binned:
            return None
        name = quoted(self.table.name)
        return f"SELECT count(*) FROM {name} AS t WHERE {' OR '.join(binned)}"

    def _conditions(self):
        conditions = [f"({each}) IS NOT TRUE" for each in self._binned()]
        if self.table.only:
            conditions.append(self.table.only.format(t="t"))
        if self.since and (changed := self._changed()):
            # What has no stamp at all is read every time.
            conditions.append(
                f"({changed} >= %(since)s::timestamp OR {changed} IS NULL)"
            )
        return conditions

    def _binned(self):
        return [
            condition.format(t="t")
            for column, condition in self.table.binned
            if column in self._types
        ]

    def _changed(self):
        stamps = [f"t.{quoted(s)}" for s in self.table.stamps if s in self._types]
        if not stamps:
            return None
        return (
            f"{'GREATEST' if self.table.greatest else 'COALESCE'}({', '.join(stamps)})"
        )

    @property
    def _is_uuid(self):
        return [self._types.get(name) for name in self.table.key] == ["uuid"]

    @property
    def _key(self):
        if self._is_uuid:
            return f"t.{quoted(self.table.key[0])}"
        parts = [f"t.{quoted(name)}::text" for name in self.table.key]
        return f'({" || chr(32) || ".join(parts)}) COLLATE "C"'

    @property
    def _placeholder(self):
        return "%(after)s::uuid" if self._is_uuid else "%(after)s"

    def _value(self, column):
        name = quoted(column.name)
        # As text: JSON's numbers would lose cents on their way through a float.
        cast = "::text" if column.type in ("numeric", "money") else ""
        return f"t.{name}{cast} AS {name}"


def _where(conditions):
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""
