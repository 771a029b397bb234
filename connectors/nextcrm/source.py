"""NextCRM as a source: its PostgreSQL database, in one snapshot, and its object store."""

import json
from functools import cached_property

from ..core.errors import ForbiddenError
from ..core.one_by_one import find_record
from ..core.sentences import _lt
from ..core.source import Page, Record, Source
from ..core.sql import Database
from . import mappings
from .automations import tell_workflow
from .catalog import read_catalog
from .check import check, finding
from .deals import closed_outcomes
from .derived import DERIVED, derived_pages, derived_row, mails
from .fields import describe, with_foreign_columns
from .files import FileStore, invoice_files_of, media_of
from .inventory import workflows
from .query import Listing, is_sendable, since_in_utc
from .relations import Relations
from .settings import SETTINGS
from .streams import STREAMS, TABLES
from .tables import ROWS

MAX_PASSES = 9
"""How often rows that came while we read are looked for, should they never stop."""


class NextCrmSource(Source):
    """One installation, read with a login that may only read."""

    name = "nextcrm"
    label = "NextCRM"
    summary = _lt(
        "Address and a login of its PostgreSQL database; for files, of its store."
    )
    settings = SETTINGS
    identified_by = ("host", "port", "database", "schema")
    streams = STREAMS
    left_out = mappings.LEFT_OUT
    automations = {"workflows": tell_workflow}

    def __init__(self, config, *, deadline=None):
        super().__init__(config, deadline=deadline)
        self._since = since_in_utc(self.since)
        self._rows = self.config["per_page"] or ROWS
        self.store = FileStore(self.config, self.seconds_left)
        self.database = Database(
            host=self.config["host"].strip(),
            port=self.config["port"],
            database=self.config["database"],
            login=self.config["login"],
            password=self.config["password"],
            schema=self.config["schema"],
            sslmode=self.config["sslmode"],
            seconds_left=self.seconds_left,
        )

    def close(self):
        self.database.close()
        self.store.close()

    # -- what there is ----------------------------------------------------------

    @cached_property
    def catalog(self):
        return read_catalog(self.database)

    @cached_property
    def tables(self):
        """Return the ``Table`` of every stream that this release has, by its name."""
        return {
            name: table
            for name, table in TABLES.items()
            if self.catalog.is_there(table)
        }

    @cached_property
    def relations(self):
        return Relations(
            self.database, self.catalog, closed_means=self.config["closed_means"]
        )

    def check(self):
        return check(self)

    def describe(self, stream):
        return describe(stream.name, self.catalog, TABLES.get(stream.name))

    def get_mappings(self):
        return with_foreign_columns(mappings.MAPPINGS, self.catalog, self.tables)

    def get_value_lists(self):
        return mappings.VALUE_LISTS

    # -- counts -----------------------------------------------------------------

    def count(self, stream):
        """Return how many rows are read; those in the bin are none of them."""
        if stream.derived_from or stream.name == "workflows":
            return None
        if stream.name in DERIVED:
            select = DERIVED[stream.name](self.catalog)
            if not select:
                return 0
            sql = f"SELECT count(*) FROM ({select}) AS q"
            return self.database.fetch(sql, {"after": None}, stream=stream.name)[0][0]
        if stream.name not in self.tables:
            return 0
        sql, values = self._listing(stream, since=self._since).count()
        return self.database.fetch(sql, values, stream=stream.name)[0][0]

    def count_deleted(self, table):
        """Return how many rows are left out because they are deleted."""
        sql = Listing(table, self.catalog).count_binned()
        if not sql:
            return 0
        return self.database.fetch(sql, {"after": None}, stream=table.stream)[0][0]

    def closed_outcomes(self):
        """Return how many of the deals that are closed were won, and lost."""
        return closed_outcomes(self.relations)

    # -- reading ----------------------------------------------------------------

    def read_pages(self, stream, checkpoint):
        if stream.derived_from:
            # Comes with the pages of other streams; there is no list of it.
            yield Page(())
        elif stream.name == "workflows":
            yield self._workflows()
        elif stream.name in DERIVED:
            yield from self._derived(stream, checkpoint)
        elif stream.name in self.tables:
            yield from self._list(stream, checkpoint)
        else:
            # A table that this release does not have.
            yield Page(())

    def find_one(self, stream, source_id):
        if stream.name == "workflows":
            return Page(find_record([self._workflows()], stream, source_id))
        if stream.name in DERIVED:
            return self._one_derived(stream, source_id)
        if stream.name not in self.tables:
            return Page(())
        listing = self._listing(stream, since=None)
        asked = listing.one(source_id)
        found = self.database.fetch(*asked, stream=stream.name) if asked else ()
        rows = [json.loads(row[0]) for row in found]
        return Page(tuple(self._records(stream, listing, rows) if rows else ()))

    def _one_derived(self, stream, source_id):
        select = DERIVED[stream.name](self.catalog)
        if not select or not is_sendable(source_id):
            return Page(())
        rows = self.database.fetch(*derived_row(select, source_id), stream=stream.name)
        return Page(tuple(Record(stream.name, r[1], json.loads(r[0])) for r in rows))

    def _listing(self, stream, *, since):
        table = self.tables[stream.name]
        if not self.catalog.columns_of(table) or not self.catalog.has(table.name, *table.key):  # fmt: skip
            raise ForbiddenError(
                "forbidden", login=_lt("This login"), stream=stream.name
            )
        if stream.name == "emails":
            extra = ("t.copies AS _copies", "t.matched AS _matched")
            source = mails(self.catalog)
            return Listing(table, self.catalog, since=since, source=source, extra=extra)
        return Listing(table, self.catalog, since=since)

    def _list(self, stream, checkpoint):
        """Yield the rows by key, then those that came in behind us while we read.

        What was read in one snapshot is all there is; what took several of them may
        lack a row that was added, or changed, behind the place we had come to. Such
        rows are looked for until a pass begins and ends in the same snapshot.
        """
        listing = self._listing(stream, since=self._since)
        position = checkpoint or {"pass": 1}
        while True:
            position = {"snapshot": self.database.snapshot, **position}
            yield from self._pass(stream, listing, position)
            whole = position["snapshot"] == self.database.snapshot
            passed = position["pass"]
            if whole or not listing.can_tell_missed() or passed >= MAX_PASSES:
                yield Page((), None, warnings=tuple(self._left_out(stream)))
                return
            position = {"pass": passed + 1, "missed": position["snapshot"]}
            yield Page((), position)

    def _pass(self, stream, listing, position):
        sql, values = listing.pages(position.get("after"), position.get("missed"))
        size = min(self._rows, listing.table.rows)
        for rows in self.database.chunks(sql, values, size=size, stream=stream.name):
            records = self._records(
                stream, listing, [json.loads(row[0]) for row in rows]
            )
            yield Page(tuple(records), {**position, "after": rows[-1][1]})

    def _records(self, stream, listing, rows):
        self.relations.complete(stream.name, rows)
        keys = listing.table.key
        records = [
            Record(stream.name, " ".join(str(row[key]) for key in keys), row)
            for row in rows
        ]
        if stream.name == "documents":
            records += media_of(self.relations, rows)
        elif stream.name == "invoices":
            records += invoice_files_of(rows)
        return records

    def _left_out(self, stream):
        table = self.tables[stream.name]
        if deleted := self.count_deleted(table):
            yield finding(
                "passed", "left_out_deleted", count=deleted, stream=table.label
            )
        if stream.name == "emails":
            sql = 'SELECT count(*) FROM "Email" WHERE NOT "isDeleted"'
            total = self.database.fetch(sql, stream=stream.name)[0][0]
            if unlinked := total - self._total_of_mails():
                yield finding(
                    "passed", "left_out_unlinked", count=unlinked, stream=table.label
                )

    def _total_of_mails(self):
        sql = f"SELECT count(*) FROM {mails(self.catalog)}"
        return self.database.fetch(sql, {"after": None}, stream="emails")[0][0]

    def _derived(self, stream, checkpoint):
        select = DERIVED[stream.name](self.catalog)
        if not select:
            yield Page(())
            return
        sql, values = derived_pages(select, (checkpoint or {}).get("after"))
        for rows in self.database.chunks(sql, values, size=self._rows, stream=stream.name):  # fmt: skip
            records = [Record(stream.name, row[1], json.loads(row[0])) for row in rows]
            yield Page(tuple(records), {"after": rows[-1][1]})
        yield Page((), None)

    def _workflows(self):
        funnel = TABLES["funnel_settings"]
        columns = [c.name for c in self.catalog.columns_of(funnel) if c.name != "id"]
        rows = workflows(self.relations, columns)
        return Page(tuple(Record("workflows", row["id"], row) for row in rows))

    # -- files ------------------------------------------------------------------

    def read_file(self, reference):
        return self.store.fetch(reference)
