"""Where history goes that hangs on what Odoo does not take yet: to its deal or customer."""

from functools import cached_property

from ..core.errors import FatalError, ForbiddenError
from .api import ANNOTATIONS, query
from .labels import clean, link, lower_id

CARRIERS = frozenset(
    {
        *("deals", "leads", "contacts", "companies", "cases", "notes", "posts"),
        *("emails", "calls", "tasks", "meetings", "letters", "faxes", "deal_closes"),
        "case_resolutions",
    }
)
"""Streams whose records become something that history can hang on."""
NAMED = frozenset({"cases"})
"""Those among them that may hand on what hangs on them: it says what it was about."""
ROUTES = {
    **dict.fromkeys(("quotes", "orders", "invoices"), ("opportunityid", "customerid")),
    **dict.fromkeys(("contracts", "entitlements"), ("customerid",)),
    "recurring_meetings": ("regardingobjectid",),
}
"""Stream → lookups that lead to who its history falls to, the first that is filled."""
_WANTED = ("opportunity", "contact", "account")
MAX_HOPS = 3
"""From a file to a visit, from there to a contract, from there to a customer."""
AT_ONCE = 40
"""Records asked for in one call: the condition names each of them."""
MAX_KNOWN = 20_000


class Heirs:
    """Replaces references to what is not brought over by those to who it belongs to.

    :param catalog: tells which stream a table is read as
    """

    def __init__(self, api, metadata, catalog):
        self.api = api
        self.metadata = metadata
        self.catalog = catalog
        self._found = {}

    @cached_property
    def carriers(self):
        """Streams whose records become something here: custom objects do, too."""
        return CARRIERS | self.catalog.objects.keys()

    def settle(self, records):
        """Rewrite ``_thread`` of records, and say in ``_about`` what they were about."""
        if len(self._found) > MAX_KNOWN:
            self._found.clear()
        hanging = [record.data for record in records if record.data.get("_thread")]
        for _hop in range(MAX_HOPS):
            missing = {}
            for data in hanging:
                for stream, key in self._unknown(data["_thread"], MAX_HOPS):
                    missing.setdefault(stream, set()).add(key)
            for stream, keys in missing.items():
                self._find(stream, sorted(keys))
            if not missing:
                break
        for data in hanging:
            self._rewrite(data)

    def _rewrite(self, data):
        carriers = []
        for reference in data["_thread"]:
            for found in self._heirs_of(reference, MAX_HOPS):
                if found not in carriers:
                    carriers.append(found)
        links = data.get("_links", {})
        about = links.get("regardingobjectid") or links.get("objectid") or {}
        if about.get("name") and about.get("stream") not in self.carriers - NAMED:
            data["_about"] = about["name"]
        if carriers:
            data["_thread"] = carriers
        else:
            del data["_thread"]

    def _heirs_of(self, reference, hops):
        if reference["stream"] in self.carriers:
            return [reference]
        key = reference["stream"], reference["id"]
        found = self._found.get(key)
        return self._heirs_of(found, hops - 1) if found and hops else []

    def _unknown(self, references, hops):
        for reference in references:
            key = reference["stream"], reference["id"]
            if reference["stream"] in self.carriers:
                continue
            if key not in self._found:
                yield key
            elif self._found[key] and hops:
                yield from self._unknown([self._found[key]], hops - 1)

    def _find(self, stream, keys):
        """Ask whom records belong to; who may not read them finds nobody."""
        self._found.update(dict.fromkeys((stream, key) for key in keys))
        columns = self._route(stream)
        if not columns:
            return
        kind = self.catalog.kind(stream)
        table = self.metadata.tables[kind.table]
        select = ",".join((table.id, *(f"_{column}_value" for column in columns)))
        for start in range(0, len(keys), AT_ONCE):
            some = keys[start : start + AT_ONCE]
            where = " or ".join(f"{table.id} eq {key}" for key in some)
            path = f"{table.set_name}?{query(select=select, filter=where)}"
            try:
                rows = self.api.rows(path, stream=stream, prefer=[ANNOTATIONS])
            except (ForbiddenError, FatalError):
                # Its history then says that it hangs on nothing that is brought over.
                continue
            for row in rows:
                self._keep(stream, table, columns, row)

    def _keep(self, stream, table, columns, row):
        data = clean(row)
        for column in columns:
            found = link(data, column, self.catalog.stream_of) or {}
            if found.get("stream"):
                key = stream, lower_id(data.get(table.id))
                self._found[key] = {"stream": found["stream"], "id": found["id"]}
                return

    def _route(self, stream):
        """Return the lookups to follow; of an added table those to whom we bring over."""
        if not self.catalog.has_table(stream):
            return ()
        if stream in ROUTES:
            return ROUTES[stream]
        if stream not in self.catalog.added:
            return ()
        table = self.catalog.kind(stream).table
        if self.metadata.tables[table].is_activity:
            return ("regardingobjectid",)
        targets = self.metadata.targets(table)
        return [
            column.name
            for wanted in _WANTED
            for column in self.metadata.columns(table)
            if column.custom and wanted in targets.get(column.name, ())
        ]
