"""Concord CRM as a source: lists by page number, a bearer token, 90 calls a minute."""

from dataclasses import replace
from functools import cached_property

from ..core.one_by_one import cannot_read_one, find_record
from ..core.sentences import _lt
from ..core.source import Page, Record, Setting, Source
from . import mappings
from .api import ConcordApi
from .automations import tell_workflow
from .changelog import ChangelogReader
from .check import check
from .currency import read_currency, tell_currency, with_currency
from .custom_fields import describe, read_definitions, with_custom_fields
from .delta import as_utc_text, date_filter
from .emails import EmailReader
from .fields import documented_fields
from .files import read_file
from .listing import Chunk, ListReader, NewestFirst, is_since, pages, usable_rows
from .mappings_common import SCREEN
from .one import RowFinder
from .plans import describe_plan, proposals
from .records import records_of
from .relations import RelationReader
from .streams import (
    FILTERED_BY_DATE,
    LINKS,
    MAX_ROWS,
    RELATIONS,
    STREAMS,
    TRASHED,
    UNPAGED,
    UNSORTED,
    page_size,
)
from .unsorted import read_whole


class ConcordSource(Source):
    """One installation, read with the personal access token of a super admin."""

    name = "concord"
    label = "Concord CRM"
    summary = _lt("The address of the installation and a super admin's access token.")
    settings = (
        Setting(
            "url",
            _lt("Address"),
            kind="url",
            help=_lt("The address at which people open Concord CRM."),
            placeholder="https://crm.example.com",
        ),
        Setting(
            "token",
            _lt("Personal access token"),
            kind="secret",
            help=_lt(
                "Profile menu of a super admin → Personal Access Tokens → Create."
            ),
        ),
        Setting(
            "read_private_mail",
            _lt("Read personal mailboxes"),
            kind="boolean",
            required=False,
            default=False,
            help=_lt(
                "Also bring messages of other people's personal mailboxes that hang "
                "on a contact, company or deal. Only with their consent."
            ),
        ),
        Setting(
            "allow_partial",
            _lt("Go on without a super admin"),
            kind="boolean",
            required=False,
            default=False,
            help=_lt(
                "Bring only what the user of the token sees; nothing tells what is "
                "missing."
            ),
        ),
        Setting(
            "per_page",
            _lt("Rows per call"),
            kind="integer",
            required=False,
            help=_lt(
                "At most, for a server that is short of memory. Empty: 50 or 100."
            ),
            minimum=1,
            maximum=MAX_ROWS,
        ),
    )
    streams = STREAMS
    automations = {"workflows": tell_workflow}
    ignored = SCREEN
    left_out = mappings.LEFT_OUT

    def __init__(self, config, *, deadline=None):
        super().__init__(config, deadline=deadline)
        self._rows = self.config["per_page"] or MAX_ROWS
        self._since = as_utc_text(self.since)
        self.api = ConcordApi(
            self.config["url"], self.config["token"], seconds_left=self.seconds_left
        )

    def close(self):
        self.api.client.close()

    def check(self):
        return check(
            self.api,
            allow_partial=bool(self.config["allow_partial"]),
            private_mail=bool(self.config["read_private_mail"]),
        )

    def count(self, stream):
        """Return the total that the server tells; None for what only reading tells."""
        if stream.derived_from or stream.name == "emails" or self._since:
            return None
        if stream.name in UNPAGED:
            return len(self._all_at_once(stream))
        paths = [stream.path]
        if stream.name == "trashed":
            paths = [f"trashed/{resource}" for resource in TRASHED]
        totals = [
            self.api.get(path, [("per_page", 1)], stream=stream.name).data
            for path in paths
        ]
        if not all(
            isinstance(total, dict) and isinstance(total.get("meta"), dict)
            for total in totals
        ):
            raise self.api.unexpected(stream.name, _lt("no list of records"))
        numbers = [total["meta"].get("total") for total in totals]
        return None if None in numbers else sum(numbers)

    def describe(self, stream):
        own = tuple(
            describe(definition)
            for definition in self._definitions
            if definition["resource_name"] == stream.name
        )
        return documented_fields(stream.name) + own

    # -- reading ----------------------------------------------------------------

    def read_pages(self, stream, checkpoint):
        if stream.derived_from:
            # Comes with the pages of other streams; there is no list of it.
            yield Page(())
        elif stream.name in UNPAGED:
            yield self._only_page(stream, self._since)
        elif stream.name in UNSORTED:
            yield self._whole_list(stream, self._since)
        elif stream.name == "trashed":
            yield from self._trash(checkpoint)
        elif stream.name == "emails":
            private = bool(self.config["read_private_mail"])
            reader = EmailReader(self.api, private=private, since=self._since)
            yield from reader.pages(checkpoint)
        else:
            yield from self._list(stream, checkpoint)

    def _list(self, stream, checkpoint):
        order, filters = None, ()
        if self._since and stream.name == "notes":
            order = NewestFirst(self._since)
        elif self._since and stream.name in FILTERED_BY_DATE:
            filters = date_filter(self._since, self.api.me)
        reader = ListReader(
            self.api,
            stream.path,
            stream.name,
            relations=RELATIONS.get(stream.name, ()),
            order=order,
            filters=filters,
            size=min(page_size(stream.name), self._rows),
        )
        derive = self._deriver(stream, self._since)
        for chunk in reader.chunks(checkpoint):
            yield from pages(chunk, derive)

    def _deriver(self, stream, since):
        """Return the function: row → (records, errors) of it."""
        relations = RelationReader(self.api)

        def derive(row):
            # A filter that the server does not know is dropped without a word.
            # A pipeline does not say when its stages change.
            if stream.name != "pipelines" and not is_since(row, since):
                return [], []
            row, error = relations.complete(stream.name, row)
            if stream.name in LINKS:
                row = self._changelogs.add(stream.name, row)
            elif stream.name == "activities":
                row = describe_plan(row)
            row = tell_currency(stream.name, row, lambda: self._currency)
            return records_of(stream.name, row, error)

        return derive

    def find_one(self, stream, source_id):
        if stream.name == "emails":
            reason = _lt(
                "the server tells a message only with the record it hangs on. Read the "
                "changes instead"
            )
            raise cannot_read_one(stream, reason)
        if stream.name in UNPAGED:
            pages_of = [self._only_page(stream, None)]
            return Page(find_record(pages_of, stream, source_id))
        if stream.name in UNSORTED:
            pages_of = [self._whole_list(stream, None)]
            return Page(find_record(pages_of, stream, source_id))
        path, key, derive = stream.path, source_id, self._deriver(stream, None)
        if stream.name == "trashed":
            resource, _dash, key = source_id.rpartition("-")
            path, derive = f"trashed/{resource}", _as_trashed(resource)
            if resource not in TRASHED:
                return Page(())
        relations = RELATIONS.get(stream.name, ())
        size = min(page_size(stream.name), self._rows)
        finder = RowFinder(self.api, path, stream.name, relations=relations, size=size)
        row = finder.find(key)
        if row is None:
            return Page(())
        [page] = pages(Chunk([row], {}, None, stream=stream.name), derive)
        return page

    def _only_page(self, stream, since):
        rows, errors = usable_rows(self._all_at_once(stream), stream.name)
        rows.sort(key=lambda row: int(row["id"]))
        records = [
            Record(stream.name, str(row["id"]), row)
            for row in rows
            if is_since(row, since)
        ]
        return Page(tuple(records), None, tuple(errors))

    def _whole_list(self, stream, since):
        reader = ListReader(self.api, stream.path, stream.name, size=self._rows)
        rows, errors, findings = read_whole(reader, self._rows)
        records = [
            Record(stream.name, str(row["id"]), row)
            for row in rows
            if is_since(row, since)
        ]
        return Page(tuple(records), None, tuple(errors), tuple(findings))

    def _all_at_once(self, stream):
        rows = self.api.get(stream.path, stream=stream.name).data
        if isinstance(rows, dict):
            rows = rows.get("data")
        if not isinstance(rows, list):
            raise self.api.unexpected(stream.name, _lt("no list of records"))
        return rows

    def _trash(self, checkpoint):
        position = dict(checkpoint or {"of": TRASHED[0]})
        start = TRASHED.index(position.pop("of"))
        for resource, after in zip(
            TRASHED[start:], (*TRASHED[start + 1 :], None), strict=True
        ):
            yield from self._trash_of(resource, position, after)
            position = {}

    def _trash_of(self, resource, position, after):
        def mark(position):
            return {"of": resource, **position}

        derive = _as_trashed(resource)
        reader = ListReader(self.api, f"trashed/{resource}", "trashed", size=self._rows)
        for chunk in reader.chunks(position):
            for page in pages(chunk, derive, mark=mark):
                if page.checkpoint is None and after:
                    page = replace(page, checkpoint={"of": after})
                yield page

    @cached_property
    def _changelogs(self):
        return ChangelogReader(self.api)

    # -- files ------------------------------------------------------------------

    def read_file(self, reference):
        return read_file(self.api.client, reference)

    # -- the profile ------------------------------------------------------------

    @cached_property
    def _definitions(self):
        return [
            row
            for row in read_definitions(self.api)
            if row.get("field_id") and row.get("resource_name")
        ]

    @cached_property
    def _currency(self):
        return read_currency(self.api)

    def get_mappings(self):
        proposed = with_custom_fields(mappings.MAPPINGS, self._definitions)
        return with_currency(proposed, self._currency)

    def get_value_lists(self):
        """Return the lists, with the kinds of activities that are in use here."""
        return tuple(
            replace(item, proposals=proposals(self._activity_types))
            if item.name == "activity_kinds"
            else item
            for item in mappings.VALUE_LISTS
        )

    @cached_property
    def _activity_types(self):
        reader = ListReader(self.api, "activity-types", "activity_types")
        return [row for chunk in reader.chunks() for row in chunk.rows]


def _as_trashed(resource):
    """Return the function: row of the bin → (records, errors) of it."""

    def derive(row):
        data = {**row, "_resource": resource}
        return [Record("trashed", f"{resource}-{row['id']}", data)], []

    return derive
