"""OPEX 365 CRM as a source: tables of a Dataverse environment, found by its metadata.

Beyond the contract, a later delta may be told exactly where the environment tracks
changes: with ``track_changes`` in the config, ``delta_links`` of the source fills with a
link for each table that was read to its end; given back as ``delta_links`` in another
config, such a link brings what changed and what was deleted since. Where there is none,
or the server has forgotten, ``since`` is told by ``modifiedon``.
"""

import re

from ..core.errors import ConfigurationError
from ..core.sentences import _lt
from ..core.source import Page, Source
from ..mapping.vocabulary import all_left_out
from . import mappings
from .api import DataverseApi
from .automations import AUTOMATIONS
from .catalog import STREAMS, Catalog
from .check import Checker
from .counting import Counter
from .custom_columns import EXTENDED, describe, with_custom_fields
from .custom_notes import with_custom_notes
from .custom_tables import activity_mappings, hang_on_objects, object_mappings
from .delta import utc_text
from .extraction import Extraction
from .fields import added_fields
from .files import FileReader
from .mappings_left_out import LEFT_OUT, NOT_YET
from .metadata import Metadata
from .platform import PLATFORM
from .relations import RELATED, as_fields, describe_relations
from .sentences import SENTENCES
from .settings import (
    MAX_ROWS,
    SETTINGS,
    environment_address,
    login_address,
    plain_word,
)
from .streams import BY_NAME, CUSTOM_FIELDS, KINDS, is_wanted
from .tables import FLOATING
from .token import Certificate, ClientCredentials

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""An id as records have it; nothing else is one, and is not asked for."""


class Opex365Source(Source):
    """One environment, read as an application user."""

    name = "opex365"
    label = "OPEX 365 CRM"
    summary = _lt(
        "The address of the environment and an app registration in Microsoft Entra."
    )
    settings = SETTINGS
    streams = STREAMS
    ignored = PLATFORM
    automations = AUTOMATIONS

    @staticmethod
    def is_made(name):
        """Dataverse calls each link ``_…_value``: these are its own."""
        return name.startswith("_") and not name.endswith("_value")

    def __init__(self, config, *, deadline=None):
        super().__init__(config, deadline=deadline)
        self._since = utc_text(self.since)
        most_rows = self.config["page_size"] or MAX_ROWS
        url = environment_address(self.config["url"])
        self.api = DataverseApi(url, self._login(url), seconds_left=self.seconds_left)
        self.metadata = Metadata(self.api)
        self.catalog = Catalog(self.metadata)
        self.files = FileReader(self.api, self.catalog.table_of_set)
        self.extraction = Extraction(
            self.api,
            self.metadata,
            self.catalog,
            most_rows=most_rows,
            since=self._since,
            track=bool(self.config.get("track_changes")),
            links=self.config.get("delta_links"),
        )

    def _login(self, url):
        config = self.config
        secret, certificate = config.get("client_secret"), config.get("certificate")
        if not secret and not certificate:
            label = "Client secret or certificate"
            raise ConfigurationError("missing_setting", setting=label)
        return ClientCredentials(
            login_address(config.get("authority"), url),
            plain_word(config["tenant"], _lt("Tenant")),
            plain_word(config["client_id"], _lt("Application (client) ID")),
            f"{url}/.default",
            secret=str(secret or "").strip(),
            certificate=Certificate(certificate) if certificate else None,
            seconds_left=self.seconds_left,
        )

    def close(self):
        self.api.close()

    @property
    def delta_links(self):
        """Links by stream that bring what changes from now on."""
        return self.extraction.delta_links

    # -- what there is -----------------------------------------------------------------

    def get_streams(self):
        return self.catalog.streams()

    def get_stream(self, name):
        return self.catalog.stream(name)

    def check(self):
        return Checker(self.api, self.metadata).check(self.catalog.custom_tables)

    def count(self, stream):
        """Return the exact number; None for derived streams and within a delta."""
        if self._since or self._has_no_table(stream):
            return None
        if not self.catalog.has_table(stream.name):
            return 0
        kind = self.catalog.kind(stream.name)
        names = {column.name for column in self.metadata.columns(kind.table)}
        return Counter(self.api).count(
            self.metadata.tables[kind.table].set_name,
            where=kind.where,
            dated="createdon" in names,
        )

    def describe(self, stream):
        if self._has_no_table(stream):
            return added_fields(stream.name)
        kind = self.catalog.kind(stream.name)
        if not self.catalog.has_table(stream.name):
            return added_fields(stream.name, kind)
        columns = [
            column
            for column in self.metadata.described(kind.table)
            if is_wanted(kind.table, column.name)
        ]
        found = describe(columns) + added_fields(stream.name, kind)
        if stream.name in RELATED:
            found += describe_relations(self.metadata, kind.table)
        return found

    def _has_no_table(self, stream):
        return bool(stream.derived_from) or stream.name == CUSTOM_FIELDS.name

    # -- reading -----------------------------------------------------------------------

    def read_pages(self, stream, checkpoint):
        if stream.derived_from:
            # Comes with the pages of other streams; there is no list of it.
            yield Page(())
        elif stream.name == CUSTOM_FIELDS.name:
            yield from self.extraction.custom_columns(checkpoint)
        elif not checkpoint and not self.catalog.has_table(stream.name):
            told = SENTENCES.finding("info", "table_absent", streams=stream.label)
            yield Page((), warnings=(told,))
        else:
            kind = self.catalog.kind(stream.name)
            yield from self.extraction.pages(kind, checkpoint)

    def find_one(self, stream, source_id):
        if stream.name == CUSTOM_FIELDS.name:
            return Page(tuple(self._column(source_id)))
        kind = self.catalog.kind(stream.name)
        if not GUID.fullmatch(source_id) or not self.catalog.has_table(stream.name):
            return Page(())
        return self.extraction.one(kind, source_id)

    def _column(self, source_id):
        table = source_id.partition(".")[0]
        known = {kind.table for kind in KINDS}
        if table not in known or not self.metadata.has(table):
            return []
        columns = self.extraction.columns_of(table)
        return [record for record in columns if record.source_id == source_id]

    def read_file(self, reference):
        return self.files.fetch(reference)

    # -- the profile -------------------------------------------------------------------

    def get_mappings(self):
        def columns_of(stream):
            if not self.catalog.has_table(stream):
                return ()
            return self.metadata.described(self.catalog.kind(stream).table)

        tables = [
            BY_NAME[m.stream].table for m in mappings.MAPPINGS if m.stream in BY_NAME
        ]
        self.metadata.look_at(filter(self.metadata.has, tables))
        mapped = with_custom_fields(
            mappings.MAPPINGS,
            columns_of,
            is_foreign=self.metadata.is_foreign,
            objects=self.catalog.objects_by_table,
            relations_of=self._relations_of,
        )
        mapped = tuple(map(self._with_notes, mapped))
        mapped += activity_mappings(self.catalog, self.metadata)
        mapped = hang_on_objects(mapped, self.catalog.objects)
        return mapped + object_mappings(self.catalog, self.metadata)

    def _relations_of(self, stream, keys):
        if stream not in RELATED or not self.catalog.has_table(stream):
            return ()
        return as_fields(self.metadata, self.catalog.kind(stream).table, keys)

    def _with_notes(self, item):
        """Return a mapping that tells the columns which become no field of theirs."""
        if item.part or item.stream not in BY_NAME:
            return item
        table = self.catalog.kind(item.stream).table
        if not self.metadata.has(table):
            return item
        # One call for each table, as its reading costs one: choices would cost five more.
        columns = self.metadata.columns(table)
        is_foreign = self.metadata.is_foreign
        has_fields = (item.stream, item.model) in EXTENDED

        def is_told(column):
            return not has_fields or is_foreign(column.name)

        floating = ()
        if any(c.custom and c.kind == "DateTimeType" and is_told(c) for c in columns):
            meanings = self.metadata.meanings(table).items()
            floating = {name for name, meaning in meanings if meaning == FLOATING}
        return with_custom_notes(
            item, columns, is_told=is_told, is_foreign=is_foreign, floating=floating
        )

    @property
    def left_out(self):
        """What becomes nothing: also tables of Microsoft's that somebody chose."""
        offered = [n for n, k in self.catalog.added.items() if k.stream.optional]
        return (*LEFT_OUT, *all_left_out(offered, NOT_YET))

    def get_value_lists(self):
        return mappings.VALUE_LISTS
