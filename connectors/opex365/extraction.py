"""Pages of rows to pages of records: what is expanded, what is completed, what changed."""

from dataclasses import replace
from functools import cached_property

from ..core.errors import FatalError, ForbiddenError
from ..core.paging import LoopGuard
from ..core.source import Page, Record
from .accounts import read_nobodies
from .api import query
from .deals import Currencies
from .expanding import INSTANCE_COLUMNS, Expander
from .heirs import Heirs
from .labels import lower_id
from .list_members import DynamicLists
from .paging import TableReader
from .parties import resolve
from .processes import StageFinder, in_order, selling_processes
from .records import RecordMaker, Surroundings, complete_attachment
from .sentences import SENTENCES
from .settings import MAX_ROWS
from .streams import BY_NAME, KINDS, is_wanted
from .tables import FLOATING

MAX_CHILDREN = 5000
"""Rows of a collection that come with their parent; then there may be more."""
TABLES_PER_PAGE = 12

CUT = 2
"""Of ``notifications`` of an e-mail: its text was too long for the server."""


class Extraction:
    """Reads the tables of one environment.

    :param since: leave out what has not changed since this instant (UTC text)
    :param track: ask for delta links, which ``delta_links`` then holds by stream
    :param links: delta links of an earlier run
    """

    def __init__(
        self, api, metadata, catalog, *, most_rows, since=None, track=False, links=None
    ):
        self.api = api
        self.metadata = metadata
        self.catalog = catalog
        self.most_rows = most_rows
        self.since = since
        self.track = track
        self.links = dict(links or {})
        self.delta_links = {}
        self.lists = DynamicLists(api, metadata, catalog)
        self.heirs = Heirs(api, metadata, catalog)
        self._remarks = []
        self.expander = Expander(metadata, self._remark)

    def pages(self, kind, checkpoint):
        """Yield the ``Page``s of a table after ``checkpoint``."""
        if kind.name == "stages":
            yield Page(tuple(_as_stage(row) for row in self._stages))
        elif (checkpoint or {}).get("whole"):
            yield from self._list(kind, checkpoint, since=None)
        elif self.since and kind.name in self.links:
            try:
                yield from self._changes(kind, checkpoint)
            except FatalError as error:
                if error.code not in ("tracking_expired", "tracking_off"):
                    raise
                # What was forgotten can only be read again as a whole.
                yield from self._list(kind, {"whole": True}, since=None)
        else:
            yield from self._list(kind, checkpoint, since=self.since)

    def one(self, kind, key):
        """Return the ``Page`` of one row, by a list of which it is the only one.

        ``GET <set>(<guid>)`` does not know the conditions of a stream and is refused for
        parties of activities ("Retrieve"); a condition on the primary key asks with the
        same columns, collections and preferences as the whole list, so that nothing
        can differ but what has changed (Web API 9.2, *Query data using the Web API*).

        :param key: the GUID as the server writes it, in small letters
        """
        if kind.name == "stages":
            found = (_as_stage(row) for row in self._stages)
            return Page(tuple(record for record in found if record.source_id == key))
        table = self.metadata.tables[kind.table]
        where = " and ".join(filter(None, (kind.where, f"{table.id} eq {key}")))
        asked = replace(kind, where=where)
        make, records, errors = self._maker(kind), [], []
        for raw in self._reader(asked, None).pages():
            page = self._page(kind, make, raw)
            records += page.records
            errors += page.errors
        return Page(tuple(records), errors=tuple(errors))

    def _list(self, kind, checkpoint, *, since):
        make = self._maker(kind)
        if since and not checkpoint and self.expander.has_links(kind):
            self._remark("links_unseen", kind)
        for raw in self._reader(kind, since).pages(checkpoint):
            if raw.delta_link:
                self.delta_links[kind.name] = raw.delta_link
            yield self._page(kind, make, raw)

    def _changes(self, kind, checkpoint):
        """Yield what a delta link tells; deletions come as records of their own."""
        make = self._maker(kind)
        start = checkpoint or {"next": self.links[kind.name], "track": True}
        for raw in self._reader(kind, self.since).pages(start):
            if raw.delta_link:
                self.delta_links[kind.name] = raw.delta_link
            gone = [row for row in raw.rows if _is_deletion(row)]
            raw.rows = [row for row in raw.rows if not _is_deletion(row)]
            page = self._page(kind, make, raw)
            records = tuple(_deletion(kind.name, row) for row in gone)
            yield replace(page, records=page.records + records)

    def _reader(self, kind, since):
        return TableReader(
            self.api,
            self.metadata,
            kind,
            expand_of=self.expander.of,
            most_rows=self.most_rows,
            since=since,
            moves=INSTANCE_COLUMNS if kind.name == "deals" else "",
            track=self.track and not since,
        )

    # -- records -----------------------------------------------------------------------

    def _maker(self, kind):
        columns = self.metadata.columns(kind.table)
        floating = ()
        # Those of the product all mean an instant or a day.
        if any(c.custom and c.kind == "DateTimeType" for c in columns):
            meanings = self.metadata.meanings(kind.table).items()
            floating = tuple(name for name, meaning in meanings if meaning == FLOATING)
        files = tuple(c.name for c in columns if c.kind == "FileType")
        around = Surroundings(
            currencies=lambda: self._currencies,
            stages=lambda: self._stage_finder,
            nobodies=lambda: self._nobodies,
            name_order=lambda: self._organization.get("fullnameconventioncode"),
            file_columns=files,
            floating=floating,
            labels={column.wire_name: column.label for column in columns},
            set_name=self.metadata.tables[kind.table].set_name if files else "",
            host=self.api.host,
        )
        return RecordMaker(kind, self.catalog.stream_of, around)

    def _page(self, kind, make, raw):
        records, errors, warnings = [], [], list(raw.warnings)
        for number, row in enumerate(raw.rows, 1):
            made, wrong = make.records_of(self._whole(row), number)
            records += made
            errors += wrong
        for record in tuple(records):
            if record.stream == "marketing_lists":
                records += self._members_by_rule(kind, record.data)
            elif record.stream == "attachments":
                complete_attachment(record.data, self.catalog.stream_of)
            elif record.stream == "activity_parties":
                warnings += self._complete_party(record.data)
            elif record.stream == "emails" and record.data.get("notifications") == CUT:
                about = {"email": record.source_id}
                self._remark("body_truncated", kind, **about)
            elif record.stream == "pipelines" and record.source_id in self._selling:
                record.data["_sales"] = True
        self.heirs.settle(records)
        _leave_files_with_their_notes(records)
        remarks, self._remarks = self._remarks, []
        warnings += remarks
        return Page(tuple(records), raw.following, tuple(errors), tuple(warnings))

    def _whole(self, row):
        """Return a row with all of its collections.

        There is a link to the rest even where there is none: only a full collection
        can have one. It starts over with the first.
        """
        if not isinstance(row, dict):
            return row
        for name, value in row.items():
            link = row.get(f"{name}@odata.nextLink")
            if isinstance(value, list) and len(value) >= MAX_CHILDREN and link:
                row = {**row, name: self._linked(link, name)}
        return row

    def _linked(self, link, name):
        rows, prefer = [], [f"odata.maxpagesize={MAX_CHILDREN}"]
        guard = LoopGuard(self.api.host, name)
        while link:
            guard.check(link, ())
            body = self.api.get(link, stream=name, prefer=prefer)
            rows += self.api.value_of(body, name)
            link = body.get("@odata.nextLink")
        return rows

    def _members_by_rule(self, kind, data):
        try:
            return self.lists.members(data)
        except FatalError as error:
            about = {"list": data["listid"], "reason": error.sentence}
            self._remark("list_unread", kind, **about)
            return []

    def _complete_party(self, data):
        """Resolve a party; return the report where it is an orphan."""
        data["_party"] = party = resolve(data, self.catalog.stream_of)
        if party["resolution"] != "orphan":
            return ()
        about = {
            "role": party["role"],
            "activity": lower_id(data.get("_activityid_value")),
            "table": party.get("table") or "?",
            "party": data["activitypartyid"],
        }
        return (SENTENCES.finding("warning", "party_orphan", **about),)

    # -- what only other tables tell ---------------------------------------------------

    def _remark(self, code, kind, **data):
        data = {"stream": kind.stream.label, **data}
        self._remarks.append(SENTENCES.finding("warning", code, **data))

    @cached_property
    def _organization(self):
        """What the organization set for everybody; {} for who may not read it."""
        select = "fullnameconventioncode,_basecurrencyid_value"
        try:
            rows = self.api.rows(
                f"organizations?{query(select=select)}", stream="organizations"
            )
        except FatalError:
            rows = []
        return rows[0] if rows and isinstance(rows[0], dict) else {}

    @cached_property
    def _nobodies(self):
        return read_nobodies(self.api)

    @cached_property
    def _currencies(self):
        table = self.metadata.tables["transactioncurrency"]
        path = f"{table.set_name}?{query(select='isocurrencycode')}"
        try:
            rows = self.api.rows(path, stream="currencies")
        except ForbiddenError:
            self._remark("currencies_unread", BY_NAME["deals"])
            rows = []
        codes = {lower_id(row[table.id]): row.get("isocurrencycode") for row in rows}
        return Currencies(codes, self._organization.get("_basecurrencyid_value"))

    @cached_property
    def _stage_finder(self):
        try:
            return StageFinder(self._stages)
        except ForbiddenError:
            # Deals are worth more than their stages.
            self._remark("stages_unread", BY_NAME["deals"])
            return StageFinder([])

    @cached_property
    def _selling(self):
        try:
            return selling_processes(self._stages)
        except ForbiddenError:
            return set()

    @cached_property
    def _stages(self):
        """All stages in order; a few hundred at most."""
        if not self.metadata.has("processstage"):
            return []
        stages = self._all_rows(BY_NAME["stages"])
        try:
            processes = self._all_rows(BY_NAME["pipelines"])
        except ForbiddenError:
            # Then their categories tell the order.
            processes = []
        definitions = {row["workflowid"]: row.get("clientdata") for row in processes}
        return in_order(stages, definitions)

    def _all_rows(self, kind):
        maker = RecordMaker(kind, self.catalog.stream_of)
        reader = self._reader(replace(kind, size=MAX_ROWS), None)
        return [
            dict(record.data)
            for raw in reader.pages()
            for row in raw.rows
            for record in maker.records_of(row)[0]
        ]

    def custom_columns(self, checkpoint):
        """Yield the columns that are no part of the product, some tables to a page."""
        names = [kind.table for kind in KINDS if self.metadata.has(kind.table)]
        names = list(dict.fromkeys(names))
        start = names.index(checkpoint["table"]) if checkpoint else 0
        for place in range(start, len(names), TABLES_PER_PAGE):
            end = place + TABLES_PER_PAGE
            self.metadata.look_at(names[place:end])
            records = [
                record
                for table in names[place:end]
                for record in self.columns_of(table)
            ]
            after = {"table": names[end]} if end < len(names) else None
            yield Page(tuple(records), after)

    def columns_of(self, table):
        """Return the records of the columns of a table that are no part of the product."""
        return [
            _as_column(table, column)
            for column in self.metadata.columns(table)
            if column.custom and is_wanted(table, column.name)
        ]


def _leave_files_with_their_notes(records):
    """A file of a note that hangs on nothing hangs on nothing either."""
    lost = {
        r.source_id
        for r in records
        if r.stream == "notes" and not r.data.get("_thread")
    }
    for record in records:
        if record.stream == "media" and record.data["_parent"]["id"] in lost:
            record.data.pop("_thread", None)


def _as_stage(row):
    return Record("stages", row["processstageid"], row)


def _is_deletion(row):
    return isinstance(row, dict) and row.get("reason") == "deleted"


def _deletion(stream, row):
    key = lower_id(str(row.get("id") or ""))
    data = {"_parent": {"stream": stream, "id": key}, "reason": "deleted"}
    return Record("deletions", f"{stream}-{key}", data)


def _as_column(table, column):
    return Record(
        "custom_fields",
        f"{table}.{column.name}",
        {
            "table": table,
            "name": column.name,
            "label": column.label,
            "kind": column.kind,
            "wire_name": column.wire_name,
        },
    )
