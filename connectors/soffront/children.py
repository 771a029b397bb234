"""What hangs on a record: notes, attachments, followers, and the accounts of a contact.

A record may have hundreds of them. They are brought by tasks, plain JSON lists, so that
those not yet done can stand in a checkpoint: ``["read", path, key, stream, id, kind]``
brings the children of a kind, ``["look", kind, [[key, id], …]]`` finds out which of these
children have some of their own.
"""

from ..core.errors import FatalError, RecordError
from ..core.source import Record
from .related import Related
from .responses import as_number, member
from .streams import STREAMS

LOOKED_AT_ONCE = 50
"""Children of which a task asks whether they have some; a slow server counts so many."""
FOLLOWER = "follower"
_STREAM_OF = {stream.path: stream for stream in reversed(STREAMS)}


class ChildReader:
    """Children of the records of one stream."""

    def __init__(self, api, catalog, verdicts=None):
        self.catalog = catalog
        self.related = Related(api, catalog, verdicts)
        self._read_ahead = {}

    def prepare(self, path, keys):
        """Ask how many children records have that are about to be read."""
        kinds = [*self._kinds(path)]
        if self._link(path) == "related":
            kinds.append("account")
        self.related.prepare(path, keys, kinds)

    def _kinds(self, path):
        return self.catalog.rules(path).get("children", ())

    def _link(self, path):
        links = self.catalog.rules(path).get("links", {})
        return links.get("account", {}).get("via", "none")

    def with_accounts(self, path, key, row):
        """Return a row with the ids of the accounts that it is linked to."""
        via, numbers, names = self._link(path), [], []
        if via == "related" and self.related.may_have(path, key, "account"):
            rows = self._in_order(path, row, self.related.rows(path, key, "account"))
            numbers = [n for n, _row in rows]
            name = self.related.account_name
            names = (
                [str(row.get(name) or f"{n}") for n, row in rows[1:]] if name else []
            )
        elif via == "column":
            column = self.catalog.rules(path)["links"]["account"].get("column")
            number = as_number(member(row, column or ""))
            numbers = [number] if number else []
        elif via != "related":
            return row
        further = {"_further_accounts": [{"name": n} for n in names]} if names else {}
        return {**row, "_accounts": numbers, **further}

    def with_followers(self, path, key, row):
        """Return a row with the names of its followers, who are read with it."""
        if FOLLOWER not in self._kinds(path) or not self.related.may_have(
            path, key, FOLLOWER
        ):
            return row
        try:
            found = self.related.rows(path, key, FOLLOWER)
        except FatalError as error:
            # Whoever reads them by themselves says so.
            if error.code not in ("refused", "forbidden"):
                raise
            return row
        self._read_ahead[path, key] = found
        columns = self.catalog.rules(FOLLOWER).get("fields", {}).get("name", ())
        names = (
            next((name for c in columns if (name := member(each, c))), None)
            for _number, each in found
        )
        names = list(dict.fromkeys(str(name) for name in names if name))
        return {**row, "_followers": names} if names else row

    def _in_order(self, path, row, accounts):
        """Return linked accounts, first the one that the row itself names."""
        name = self.related.account_name
        aliases = self.catalog.rules(path).get("fields", {}).get("account_name", ())
        own = self.catalog.form_of(path).find(aliases)
        if not name or not own:
            return accounts
        wanted = _fold(member(row, own))
        return sorted(accounts, key=lambda pair: _fold(pair[1].get(name)) != wanted)

    def tasks(self, path, key, stream_name, source_id):
        """Return what is to be done for the children of a record."""
        return [
            ["read", path, key, stream_name, source_id, kind]
            for kind in self._kinds(path)
            if self.related.may_have(path, key, kind)
        ]

    def run(self, task):
        """Return ``(records, errors, tasks)`` of a task."""
        name, *arguments = task
        return {"read": self._read, "look": self._look}[name](*arguments)

    def _read(self, path, key, stream_name, source_id, kind):
        child, place = _STREAM_OF[kind], f"{stream_name}-{source_id}"
        try:
            rows = kind == FOLLOWER and self._read_ahead.pop((path, key), None)
            rows = rows or self.related.rows(path, key, kind)
        except FatalError as error:
            if error.code not in ("refused", "forbidden"):
                raise
            return [], [_unread(child, stream_name, place, error)], []
        records = []
        for number, row in rows:
            data = {**row, "_parent": {"stream": stream_name, "id": source_id}}
            if kind == "attachment":
                data |= self._place(path, key, row)
            records.append(Record(child.name, f"{place}-{number}", data))
        nested = [[number, f"{place}-{number}"] for number, _row in rows]
        return records, [], self._further(kind, child, nested)

    def _further(self, kind, child, items):
        """Return what is to be done for children that may have some of their own."""
        kinds = self._kinds(kind)
        if all(self.related.is_counted(kind, key, kinds) for key, _id in items):
            return [
                task
                for key, source_id in items
                for task in self.tasks(kind, key, child.name, source_id)
            ]
        starts = range(0, len(items), LOOKED_AT_ONCE)
        return [["look", kind, items[n : n + LOOKED_AT_ONCE]] for n in starts]

    def _look(self, kind, items):
        stream = _STREAM_OF[kind]
        self.prepare(kind, [key for key, _source_id in items])
        tasks = []
        for key, source_id in items:
            tasks += self.tasks(kind, key, stream.name, source_id)
        return [], [], tasks

    def _place(self, path, key, row):
        """Return where the server keeps a file, which may be under another record.

        The second part of its path holds both: ``Attach\\TICKET_501_77\\``.
        """
        folders = str(member(row, "DOCPATH") or "").split("\\")
        parts = folders[1].split("_") if len(folders) > 1 else []
        if len(parts) > 1 and parts[0].isalnum() and parts[1].isdecimal():
            return {"_object": parts[0], "_record": parts[1]}
        return {"_object": self.catalog.name_of(path), "_record": str(key)}


def _fold(name):
    return " ".join(str(name or "").casefold().split())


def _unread(child, parent, place, error):
    about = {"children": child.label, "parent": parent, "reason": error.sentence}
    return RecordError("children_unread", stream=child.name, source_id=place, **about)
