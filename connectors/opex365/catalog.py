"""Which streams an environment has: those of the product, and what was added to it."""

from functools import cached_property

from ..core.errors import FatalError
from .streams import (
    BY_NAME,
    CUSTOM_FIELDS,
    DERIVED,
    KINDS,
    STREAM_OF,
    WITHIN_TEXTS,
    custom,
    custom_name,
)

STREAMS = tuple(kind.stream for kind in KINDS) + (CUSTOM_FIELDS,) + DERIVED


class Catalog:
    """The streams by name and by table; only added tables cost a call."""

    def __init__(self, metadata):
        self.metadata = metadata

    def custom_tables(self):
        """Return the names of the tables that a vendor or the customer made."""
        tables = self.metadata.tables
        return [k.table for k in self.added.values() if tables[k.table].is_custom]

    @cached_property
    def added(self):
        """The tables that are no part of the product, as ``Kind``s by stream name.

        Told by the metadata alone; those of Microsoft's add-ons are offered, not
        proposed.
        """
        taken = {stream.name for stream in STREAMS}
        known = {kind.table for kind in KINDS} | {"activitypointer", WITHIN_TEXTS}
        found = {}
        for table in sorted(self.metadata.tables.values(), key=lambda t: t.name):
            # Activities of apps that we do not know are read like any other.
            ours = table.is_custom or table.is_activity
            if not ours or not table.is_data or table.is_process:
                continue
            if table.name in known:
                continue
            name = custom_name(table, taken)
            taken.add(name)
            optional = self.metadata.is_foreign(table.name)
            found[name] = custom(name, table.label, table, optional=optional)
        return found

    @cached_property
    def objects(self):
        """Those of the added tables that get a model of their own, by stream name."""
        return {
            name: kind
            for name, kind in self.added.items()
            if not kind.stream.optional
            and not self.metadata.tables[kind.table].is_activity
        }

    @cached_property
    def objects_by_table(self):
        """Table → stream of ``objects``."""
        return {kind.table: name for name, kind in self.objects.items()}

    @cached_property
    def happenings(self):
        """Those of the added tables that are activities, by stream name."""
        return {
            name: kind
            for name, kind in self.added.items()
            if not kind.stream.optional and name not in self.objects
        }

    def streams(self):
        return STREAMS + tuple(kind.stream for kind in self.added.values())

    def stream(self, name):
        """Return a stream; what every environment has needs no call."""
        own = next((stream for stream in STREAMS if stream.name == name), None)
        return own or self.added[name].stream

    def kind(self, name):
        return BY_NAME.get(name) or self.added[name]

    def has_table(self, name):
        """Tell whether the table of a stream is installed."""
        return self.metadata.has(self.kind(name).table)

    def stream_of(self, table):
        """Return the stream that a table is read as, None where it is not."""
        if table in STREAM_OF:
            return STREAM_OF[table]
        return next((n for n, k in self.added.items() if k.table == table), None)

    def table_of_set(self, set_name):
        """Return the ``metadata.Table`` with this entity set."""
        for table in self.metadata.tables.values():
            if table.set_name == set_name:
                return table
        raise FatalError("table_missing", host=self.metadata.api.host, stream=set_name)
