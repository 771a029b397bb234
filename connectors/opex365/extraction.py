"""Pages of rows to pages of records: what is expanded, what is completed, what changed."""

from dataclasses import replace
from functools import cached_property

from ..core.errors import FatalError
from ..core.source import Finding, Page, Record
from .parties import resolve
from .processes import StageFinder, in_order
from .reading import TableReader
from .records import RecordMaker, complete_attachment
from .rows import lower_id
from .settings import MOST_ROWS
from .streams import BY_NAME, KINDS, is_wanted

MOST_CHILDREN = 5000
"""Rows of a collection that come with their parent; then there may be more."""
MOST_EXPANDS = 15
TABLES_PER_PAGE = 12

_DEAL_COLUMNS = {
    "opportunityproduct": "opportunityproductid,_productid_value,productdescription,"
    "opportunityproductname,quantity,_uomid_value,priceperunit,manualdiscountamount,"
    "tax,extendedamount,lineitemnumber,description",
    "opportunityclose": "activityid,subject,description,actualend,createdon,"
    "actualrevenue,_competitorid_value,opportunitystatuscode",
}
_INSTANCE_COLUMNS = (
    "businessprocessflowinstanceid,_activestageid_value,_processid_value,"
    "activestagestartedon,completedon,traversedpath,statecode,statuscode"
)
_LIST_TARGETS = {"listlead_association": "lead"}
_ORPHAN = "{role} of activity {activity} is a record that is gone ({table})."


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

    def pages(self, kind, checkpoint):
        """Yield the ``Page``s of a table after ``checkpoint``."""
        if kind.name == "stages":
            yield Page(tuple(_as_stage(row) for row in self._stages))
        elif self.since and kind.name in self.links:
            try:
                yield from self._changes(kind, checkpoint)
            except FatalError as error:
                if error.code not in ("tracking_expired", "tracking_off"):
                    raise
                # What was forgotten can only be read again as a whole.
                yield from self._list(kind, None, since=None)
        else:
            yield from self._list(kind, checkpoint, since=self.since)

    def _list(self, kind, checkpoint, *, since):
        make = self._maker(kind)
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
            expand_of=self._expand_of,
            most_rows=self.most_rows,
            since=since,
            track=self.track and not since,
        )

    # -- records -----------------------------------------------------------------------

    def _maker(self, kind):
        files = [
            column.name
            for column in self.metadata.columns(kind.table)
            if column.kind == "FileType"
        ]
        return RecordMaker(
            kind,
            self.catalog.stream_of,
            stages=lambda: self._stage_finder,
            file_columns=files,
            set_name=self.metadata.tables[kind.table].set_name if files else "",
        )

    def _page(self, kind, make, raw):
        records, errors, warnings = [], [], list(raw.warnings)
        for number, row in enumerate(raw.rows, 1):
            made, wrong = make.records_of(self._whole(row), number)
            records += made
            errors += wrong
        for record in records:
            if record.stream == "attachments":
                complete_attachment(record.data, self.catalog.stream_of)
            elif record.stream == "activity_parties":
                warnings += self._complete_party(record.data)
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
            if isinstance(value, list) and len(value) >= MOST_CHILDREN and link:
                row = {**row, name: self._linked(link, name)}
        return row

    def _linked(self, link, name):
        rows, prefer = [], [f"odata.maxpagesize={MOST_CHILDREN}"]
        while link:
            body = self.api.get(link, stream=name, prefer=prefer)
            rows += self.api.value_of(body, name)
            following = body.get("@odata.nextLink")
            if following == link:
                raise FatalError("paging_loop", host=self.api.host, stream=name)
            link = following
        return rows

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
        text = _ORPHAN.format(**about)
        return (Finding("warning", "party_orphan", text, about),)

    # -- what is asked for besides -----------------------------------------------------

    def _expand_of(self, kind):
        """Return the navigation properties of a kind; some only metadata can name."""
        expand = list(kind.expand)
        if kind.name == "deals":
            expand += self._of_deals(kind)
        elif kind.name == "activity_parties":
            expand = [e for e in expand if self.metadata.has(e[0].partition("_")[2])]
        elif kind.name == "marketing_lists":
            expand = [
                e for e in expand
                if self.metadata.has(_LIST_TARGETS.get(e[0], kind.table))
            ]  # fmt: skip
        return tuple(expand[:MOST_EXPANDS])

    def _of_deals(self, kind):
        for (table, column), navigation in self.metadata.collections(
            kind.table
        ).items():
            described = self.metadata.tables.get(table)
            columns = _DEAL_COLUMNS.get(table) if column == "opportunityid" else None
            if described and described.is_process:
                columns = _INSTANCE_COLUMNS
            if columns and described:
                yield navigation, columns

    @cached_property
    def _stage_finder(self):
        return StageFinder(self._stages)

    @cached_property
    def _stages(self):
        """All stages in order; a few hundred at most."""
        if not self.metadata.has("processstage"):
            return []
        definitions = {
            row["workflowid"]: row.get("clientdata") or ""
            for row in self._all_rows(BY_NAME["pipelines"])
        }
        return in_order(self._all_rows(BY_NAME["stages"]), definitions)

    def _all_rows(self, kind):
        maker = RecordMaker(kind, self.catalog.stream_of)
        reader = self._reader(replace(kind, size=MOST_ROWS), None)
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
            records = [
                _as_column(table, column)
                for table in names[place:end]
                for column in self.metadata.columns(table)
                if column.custom and is_wanted(table, column.name)
            ]
            after = {"table": names[end]} if end < len(names) else None
            yield Page(tuple(records), after)


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
