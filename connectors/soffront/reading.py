"""Turn rows into pages of records that can be left after any row and taken up again."""

from functools import cached_property

from ..core.errors import FatalError, RetryableError
from ..core.source import Page, Record
from .children import ChildReader
from .forms import name_of
from .listing import Chunk
from .meetings import meeting_times
from .responses import member
from .sentences import SENTENCES
from .streams import PARENTS

AUDITED = "tickets"


class RowReader:
    """Pages of a table, cut where something makes us come back later.

    Nothing that was fetched is lost then: the rows done so far are a page of their own,
    what is left to do for the last of them stands in the checkpoint as ``todo``, and the
    next page is asked for in a size that fits the time.
    """

    def __init__(self, table, stream):
        self.table = table
        self.stream = stream

    def prepare(self, keys):
        """Do what can be done for many rows at once."""

    def use(self, key, row):
        """Return ``(records, tasks)`` of a row; may raise ``RetryableError``."""
        raise NotImplementedError

    def run(self, task):
        """Return ``(records, errors, further tasks)``; may raise ``RetryableError``."""
        raise NotImplementedError

    def marks(self):
        """Return what else the checkpoint must hold."""
        return {}

    def pages(self, checkpoint):
        position = dict(checkpoint or {"read": 0})
        if position.get("todo"):
            progress = _Progress(position)
            yield from self._cut(progress, lambda: self._finish(progress), None)
            position = {name: v for name, v in position.items() if name != "todo"}
        for chunk in self.table.chunks(position):
            progress = _Progress(chunk.position, list(chunk.errors))
            yield from self._cut(
                progress, lambda c=chunk, p=progress: self._use_all(c, p), chunk
            )

    def one(self, number):
        """Return the ``Page`` of one row, by a condition on its id.

        ``find`` takes any condition in SQL [S R2]; no call of a single record is known.
        """
        pair = self.table.row(number)
        progress = _Progress({"read": 0})
        if pair:
            self._use_all(Chunk([pair], {"read": 0}, None), progress)
        return Page(tuple(progress.records), None, tuple(progress.errors))

    def _cut(self, progress, work, chunk):
        """Yield the page that ``work`` fills, or as much of it as came about."""
        try:
            work()
        except RetryableError as error:
            if progress.is_any:
                yield self._page(progress, progress.checkpoint(), ())
            elif chunk and error.code == "time_budget":
                # Not even the counts of this page came in time: ask for fewer rows.
                if smaller := self.table.smaller(chunk.position):
                    yield self._page(progress, smaller, ())
            raise
        if chunk is None:
            yield self._page(progress, progress.checkpoint(), ())
        else:
            yield self._page(progress, chunk.following, chunk.warnings)

    def _page(self, progress, checkpoint, warnings):
        if checkpoint is not None:
            checkpoint = {**checkpoint, **self.marks()}
        records, errors = tuple(progress.records), tuple(progress.errors)
        return Page(records, checkpoint, errors, tuple(warnings))

    def _use_all(self, chunk, progress):
        if chunk.rows:
            self.prepare([key for key, _row in chunk.rows])
        for key, row in chunk.rows:
            records, tasks = self.use(key, row)
            progress.add_row(key, records, tasks)
            self._finish(progress)

    def _finish(self, progress):
        while progress.todo:
            progress.add_task(*self.run(progress.todo[0]))


class _Progress:
    """How far a page has got: its records, and the position after the last step."""

    def __init__(self, position, errors=()):
        self._start = position
        self._last = None
        self._rows = 0
        self.todo = list(position.get("todo", ()))
        self.records, self.errors = [], list(errors)
        self._read = position["read"] + len(self.errors)
        self.is_any = False

    def add_row(self, key, records, tasks):
        self._last = key
        self._rows += 1
        self.records += records
        self.todo = list(tasks)
        self.is_any = True

    def add_task(self, records, errors, tasks):
        self.records += records
        self.errors += errors
        self.todo = [*tasks, *self.todo[1:]]
        self.is_any = True

    def checkpoint(self):
        position = {n: v for n, v in self._start.items() if n != "todo"}
        if self._rows:
            position["from"] = position.get("last")
            position |= {"last": self._last, "read": self._read + self._rows}
            position["size"] = 2 * self._rows
        return {**position, "todo": self.todo} if self.todo else position


class RecordReader(RowReader):
    """The records of a table, with what hangs on each."""

    def __init__(self, api, catalog, table, stream, *, zone="UTC"):
        super().__init__(table, stream)
        self.api = api
        self.catalog = catalog
        self.zone = zone
        self.order = api.endpoints["dates"]["order"]
        self._children = None

    @cached_property
    def _form(self):
        return self.catalog.form(self.table.name)

    def pages(self, checkpoint):
        position = dict(checkpoint or {"read": 0})
        self._read_children(position.pop("children", None))
        return super().pages(position)

    def one(self, number):
        self._read_children()
        return super().one(number)

    def _read_children(self, verdicts=None):
        if self.stream.name in PARENTS or self.catalog.is_custom(self.stream):
            self._children = ChildReader(self.api, self.catalog, verdicts)

    def marks(self):
        known = self._children and self._children.related.verdicts
        return {"children": dict(known)} if known else {}

    def prepare(self, keys):
        if self._children:
            self._children.prepare(self.stream.path, keys)

    def use(self, key, row):
        # A server that gives more than was asked for must not bring passwords either.
        row = {n: v for n, v in row.items() if n.casefold() not in self._form.denied}
        row = self._with_activity(row)
        if self.stream.name == "activities":
            row = {**row, **self._times(row)}
        name, path, tasks = self.stream.name, self.stream.path, []
        if self._children:
            row = self._children.with_accounts(path, key, row)
            row = self._children.with_followers(path, key, row)
            tasks = self._children.tasks(path, key, name, str(key))
        return [Record(name, str(key), row)], tasks

    def _with_activity(self, row):
        """Return a row with ``_active``, where the profile knows what tells it."""
        rules = self.catalog.rules(self.stream.path)
        values = {value.casefold() for value in rules.get("inactive", ())}
        aliases = rules.get("fields", {}).get("status", ())
        column = self._form.find(aliases) if values else None
        if column is None:
            return row
        status = str(row.get(column) or "").strip().casefold()
        return {**row, "_active": status not in values}

    def _times(self, row):
        """Return ``_start`` and ``_end``: instants in UTC, or days where both are midnights."""
        aliases = self.catalog.rules(self.stream.path).get("fields", {})
        texts = {
            part: row.get(self._form.find(aliases.get(part, ())) or "")
            for part in ("start", "end")
        }
        return meeting_times(texts["start"], texts["end"], self.order, self.zone)

    def run(self, task):
        return self._children.run(task)


class AuditReader(RowReader):
    """The audit trail: who changed which field of a ticket, and when; a call for each."""

    def __init__(self, api, table, stream):
        super().__init__(table, stream)
        self.api = api
        self._trails = iter(())

    def prepare(self, keys):
        name = self.table.name
        self._trails = self.api.several.each(
            keys, lambda key: self.api.audit(name, key, self.stream.name)
        )

    def use(self, key, _row):
        rows = next(self._trails)
        # Their order is the server's; a change made later must not renumber the others.
        rows.sort(key=lambda row: str(member(row, "updateDate") or ""))
        parent = {"stream": AUDITED, "id": str(key)}
        return [
            Record(self.stream.name, f"{key}-{number}", {**row, "_parent": parent})
            for number, row in enumerate(rows, 1)
        ], []


def field_pages(catalog, checkpoint):
    """Yield a page of field descriptions for each object, with their pick values."""
    streams = [
        stream
        for stream in catalog.streams()
        if stream.path and not stream.derived_from and stream.name != "stage_changes"
    ]
    names = [stream.name for stream in streams]
    start = names.index(checkpoint["next"]) if checkpoint else 0
    for number, stream in enumerate(streams[start:], start + 1):
        following = {"next": names[number]} if number < len(names) else None
        try:
            yield Page(tuple(_field_records(catalog, stream)), following)
        except FatalError as error:
            if error.code not in ("refused", "forbidden"):
                raise
            about = {"stream": stream.label, "reason": error.sentence}
            told = SENTENCES.finding("warning", "object_unread", **about)
            yield Page((), following, (), (told,))


def find_field(catalog, source_id):
    """Return the records of a field's id: one, or none where there is no such field."""
    for stream in catalog.streams():
        if not stream.path or stream.derived_from or stream.name == "stage_changes":
            continue
        if not source_id.startswith(f"{catalog.name_of(stream.path)}."):
            continue
        for record in _field_records(catalog, stream, source_id):
            return (record,)
    return ()


def _field_records(catalog, stream, only=None):
    form = catalog.form_of(stream.path)
    seen = set()
    for row in form.rows:
        name = name_of(row)
        if name.casefold() in seen:
            continue
        seen.add(name.casefold())
        own = {
            "_stream": stream.name,
            "_object": form.name,
            "_id": f"{form.name}.{name}",
        }
        if only not in (None, own["_id"]):
            continue
        if values := form.values_of(row):
            own["_values"] = values
        yield Record("custom_fields", own["_id"], {**row, **own})
