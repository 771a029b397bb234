"""Read what hangs on one record, and know beforehand on which records something does."""

from contextlib import closing, suppress
from functools import cached_property

from ..core.errors import ConnectorError, FatalError
from ..core.sentences import _lt
from .batch_children import Together
from .conditions import above, all_of
from .link_search import LinkSearch
from .responses import as_number, member, respelled
from .streams import CHILD_STREAMS, SURE

COUNTED_AT_ONCE = 400
ACCOUNT = "account"
COUNTED, ASKED, ABSENT = "counted", "asked", "absent"
"""How children of a kind are come by: their counts can be trusted, each record has to be
asked, or the installation has none."""
_NO_COUNT = ("refused", "forbidden", "not_found", "server_error")


class Related:
    """Children of records, by kind: a key of ``objects`` in the endpoint profile.

    The server is asked for all counts of a page at once, so that a record without
    children costs no call. What it counts is checked against what it gives; a server that
    counts wrongly, or not at all, is asked for each record. Those of many records come
    together where a column of theirs names the parent.

    :param verdicts: what an earlier reader found out about that, JSON
    """

    def __init__(self, api, catalog, verdicts=None):
        self.api = api
        self.catalog = catalog
        self.verdicts = dict(verdicts or {})
        self._size = api.endpoints["paging"]["child_page_size"]
        self._key = api.endpoints["paging"]["key"]
        self._active = api.endpoints["filters"]["active"] or ""
        self._counts = {}
        self._kept = {}
        self._waiting = {}
        self._searches = {}

    def may_have(self, path, key, kind):
        """Tell whether a record may have children of a kind."""
        verdict = self._verdict(path, kind)
        if verdict == COUNTED:
            return self._counts.get((path, key, kind)) != 0
        return verdict != ABSENT

    def rows(self, path, key, kind):
        """Return pairs (id, row) of the children of one kind."""
        if (path, key, kind) in self._kept:
            return self._kept.pop((path, key, kind))
        if self._verdict(path, kind) == COUNTED and (
            rows := self._rows_together(path, key, kind)
        ):
            return rows
        return self._rows_beside(path, key, kind)

    def _rows_beside(self, path, key, kind):
        """Return the rows of one record, and keep those of others asked for beside it."""
        waiting = self._waiting.get((path, kind), [])
        place = waiting.index(key) if key in waiting else len(waiting)
        beside = waiting[place + 1 : place + 2 * self.api.several.lanes.allowed]
        keys = [key, *beside]
        asked = self.api.several.each(keys, lambda k: self._read(path, k, kind))
        with closing(asked):
            rows = next(asked)
            # What one of the others is refused for is told when it is its turn.
            with suppress(ConnectorError):
                for other, found in zip(beside, asked, strict=False):
                    self._kept[path, other, kind] = found
        self._waiting[path, kind] = [
            k for k in waiting if k != key and (path, k, kind) not in self._kept
        ]
        return rows

    def _rows_together(self, path, key, kind):
        """Return the rows of one record and keep those of others; None where we cannot."""
        mark, waiting = f"{path}/{kind}/together", self._waiting.get((path, kind), [])
        reader = self._together(path, kind) if key in waiting else None
        if not reader or self.verdicts.get(mark) is False:
            return None
        keys = reader.chunk(waiting[waiting.index(key) :])
        if len(keys) < 2:
            return None
        try:
            found = reader.read_children(keys)
        except FatalError as error:
            if error.code not in _NO_COUNT:
                raise
            found = None
        if found is not None and mark not in self.verdicts:
            proven = found is not None and found[key] == self._read(path, key, kind)
            found = found if proven else None
        self.verdicts[mark] = found is not None
        if found is None:
            return None
        self._waiting[path, kind] = [k for k in waiting if k not in found]
        self._kept |= {(path, k, kind): rows for k, rows in found.items() if k != key}
        if further := self.catalog.rules(kind).get("children", ()):
            numbers = [number for rows in found.values() for number, _row in rows]
            self.prepare(kind, numbers, further)
        return found[key]

    def _together(self, path, kind):
        columns = self.catalog.rules(kind).get("parent")
        column = columns and self.catalog.form_of(kind).find(columns)
        if not column:
            return None
        fields, names = self._fields(kind)
        stream = CHILD_STREAMS.get(kind, "companies")
        return Together(
            self.api,
            self.catalog.name_of(kind),
            fields,
            column,
            stream=stream,
            rows_of=lambda rows: self._identified(rows, kind, names, stream),
            counts={
                k: n for (p, k, c), n in self._counts.items() if (p, c) == (path, kind)
            },
        )

    def is_counted(self, path, key, kinds):
        """Tell whether it is known already of which kinds a record has children."""
        return all(
            (path, key, kind) in self._counts
            or self._verdict(path, kind) in (ASKED, ABSENT)
            for kind in kinds
        )

    # -- counts -----------------------------------------------------------------

    def prepare(self, path, keys, kinds):
        """Ask how many children of each kind the records have."""
        kinds = [kind for kind in kinds if self._verdict(path, kind) in (None, COUNTED)]
        if not self._count(path, kinds, keys):
            # One kind that the server does not have spoils the answer for the others.
            for kind in kinds if len(kinds) > 1 else ():
                self._count(path, [kind], keys)
        for kind in kinds:
            if self._verdict(path, kind) is None:
                self.verdicts[f"{path}/{kind}"] = self._try(path, kind, keys)
            self._waiting[path, kind] = [
                key
                for key in keys
                if self._counts.get((path, key, kind))
                and (path, key, kind) not in self._kept
            ]
        if ACCOUNT in kinds and self._verdict(path, ACCOUNT) == COUNTED:
            self._search(path, keys)

    def _search(self, path, keys):
        """Find the accounts of the records that have one; keep them as if they were read."""
        mark, waiting = f"{path}/{ACCOUNT}/searched", self._waiting[path, ACCOUNT]
        if self.verdicts.get(mark) is False:
            return
        search = self._searches.get(path)
        if not search:
            names = self.catalog.name_of(path), self.catalog.name_of(ACCOUNT)
            search = self._searches[path] = LinkSearch(self.api, *names)
        single = [key for key in waiting if self._counts[path, key, ACCOUNT] == 1]
        try:
            found = search.find(single)
        except FatalError as error:
            if error.code not in _NO_COUNT:
                raise
            found = {}
            self.verdicts[mark] = False
        if found and mark not in self.verdicts:
            key = next(iter(found))
            listed = [number for number, _row in self._read(path, key, ACCOUNT)]
            self.verdicts[mark] = listed == [found[key]]
            if not self.verdicts[mark]:
                return
        for key, number in found.items():
            self._kept[path, key, ACCOUNT] = [(number, {self._key: number})]
        self._waiting[path, ACCOUNT] = [key for key in waiting if key not in found]

    def _verdict(self, path, kind):
        return self.verdicts.get(f"{path}/{kind}")

    def _count(self, path, kinds, keys):
        """Ask for the counts of all kinds of children; return whether they came."""
        if not self.api.has("counts"):
            return False
        parent = self.catalog.name_of(path)
        wanted = [(key, kind) for kind in kinds for key in keys]
        for start in range(0, len(wanted), COUNTED_AT_ONCE):
            part = wanted[start : start + COUNTED_AT_ONCE]
            asked = [
                (parent, key, self.catalog.name_of(kind), self._active)
                for key, kind in part
            ]
            try:
                counts = self.api.counts(asked)
            except FatalError as error:
                if error.code not in _NO_COUNT:
                    raise
                return False
            if len(counts) != len(part):
                return False
            for (key, kind), count in zip(part, counts, strict=True):
                self._counts[path, key, kind] = count
        return True

    def _try(self, path, kind, keys):
        """Hold one count against what the server really gives, and return a verdict."""
        counts = {key: self._counts.get((path, key, kind)) for key in keys}
        counted = None not in counts.values()
        key = max(keys, key=lambda item: counts[item]) if counted else keys[0]
        try:
            rows = self._read(path, key, kind)
        except FatalError as error:
            if error.code not in ("refused", "forbidden"):
                raise
            # Not every installation has followers or shipped items.
            sure = kind in SURE and path in self.api.endpoints["objects"]
            known = error.code == "forbidden" or sure
            return ASKED if known else ABSENT
        self._kept[path, key, kind] = rows
        return COUNTED if counted and len(rows) == counts[key] else ASKED

    # -- rows -------------------------------------------------------------------

    def _read(self, path, key, kind):
        child = self.catalog.name_of(kind)
        stream = CHILD_STREAMS.get(kind, "companies")
        fields, names = self._fields(kind)
        found, last = [], None
        while True:
            beyond = above(self._key, last) if last is not None else ""
            rows, total = self.api.related(
                self.catalog.name_of(path),
                key,
                child,
                fields=fields,
                condition=all_of(self._active, beyond),
                size=self._size,
                stream=stream,
            )
            new = self._identified(rows, kind, names, stream)
            if new and last is not None and new[0][0] <= last:
                raise self.api.fatal("condition_ignored", stream=stream)
            found += new
            # Rows that are left over are counted with those that have come.
            if total is None:
                # A cap below the page we ask for would look like the end.
                counted = self._counts.get((path, key, kind))
                more = len(rows) >= self._size or len(found) < (counted or 0)
            else:
                more = total > len(rows)
            if not rows or not more:
                return found
            last = new[-1][0]

    @cached_property
    def account_name(self):
        """The field that holds what an account is called, None where none is known."""
        aliases = self.catalog.rules("account").get("fields", {}).get("name", ())
        return self.catalog.form_of("account").find(aliases)

    def _fields(self, kind):
        """Return the fields to ask for, and the proper spelling of those that come."""
        rules = self.catalog.rules(kind)
        known = [name for names in rules.get("fields", {}).values() for name in names]
        if kind == "account":
            names = [self._key, *filter(None, [self.account_name])]
            return names, names
        if rules.get("default_columns"):
            return [], [self._key, *rules["id"], *known]
        form = self.catalog.form_of(kind)
        names = [name for name in form.names if name.casefold() != self._key.casefold()]
        return ([self._key, *names] if names else []), [self._key, *names, *known]

    def _identified(self, rows, kind, names, stream):
        """Return pairs (id, row) in the order of their ids.

        :raises FatalError: a row has none
        """
        ids = [self._key, *self.catalog.rules(kind).get("id", ())]
        pairs = {}
        for row in rows:
            numbers = (as_number(member(row, name)) for name in ids)
            number = next((n for n in numbers if n is not None), None)
            if number is None:
                raise self.api.unexpected(
                    stream, _lt("a row has no %(key)s", key=self._key)
                )
            pairs[number] = respelled(row, names)
        return sorted(pairs.items())
