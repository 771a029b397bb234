"""Read a paged list of Concord row by row, so that it can be left and taken up anywhere.

Pages are numbered, not a snapshot: rows that vanish meanwhile move the others forward.
The position therefore holds the page, the last row that was used and the total of that
moment. Where the total has shrunk, or hours may have passed, the row before the page
tells whether to step back until the rows overlap.
"""

import logging
from dataclasses import dataclass, field

from ..core.errors import FatalError, RecordError
from ..core.paging import LoopGuard, cut_pages
from ..core.sentences import _lt
from .streams import MAX_ROWS, ROWS_ONE_BY_ONE, ROWS_WITH_RELATIONS
from .unsorted import pages_as_they_come, unordered

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ById:
    """Oldest first: new rows come last, where they disturb nobody."""

    parameters = (("order", "id|asc"),)

    def key(self, row):
        return int(row["id"])

    def follows(self, key, last):
        return last is None or key > last


@dataclass(frozen=True)
class NewestFirst:
    """Latest change first, down to ``since``, where the server cannot filter by date."""

    since: str
    parameters = (
        ("order[0][field]", "updated_at"),
        ("order[0][direction]", "desc"),
        ("order[1][field]", "id"),
        ("order[1][direction]", "desc"),
    )

    def key(self, row):
        return [str(row.get("updated_at") or ""), int(row["id"])]

    def follows(self, key, last):
        return last is None or key < list(last)


@dataclass
class Chunk:
    """The new rows of a page, where we stood before them and where we go on.

    :param following: position after the page, None after the last one
    """

    rows: list
    position: dict
    following: dict | None
    errors: list = field(default_factory=list)
    order: object = field(default_factory=ById)
    stream: str = ""
    warnings: list = field(default_factory=list)


class ListReader:
    """One paged list.

    :param relations: names for ``with=``; one that the server stumbles over is left
        out, and named in the position as ``without``
    """

    def __init__(
        self, api, path, stream, *, relations=(), order=None, filters=(), size=MAX_ROWS
    ):
        self.api = api
        self.path = path
        self.stream = stream
        self.relations = tuple(relations)
        self.order = order or ById()
        self.filters = tuple(filters)
        self.size = size

    def chunks(self, position=None):
        """Yield ``Chunk``s from ``position`` on, or from the start.

        A server that does not keep the order is read as it answers, and that is told.

        :raises FatalError: the server repeats itself
        """
        position = {"page": 1, "size": self.size, **(position or {})}
        if position.get("as_given"):
            yield from self._as_given(position)
            return
        guard = LoopGuard(self.api.host, self.stream)
        resumed = position.get("last") is not None
        while position:
            known, last = position.get("total"), position.get("last")
            listing, position = self._overlapping(position, resumed)
            resumed = False
            keys = [self.order.key(row) for row in listing.rows]
            if not self._is_in_order(keys):
                yield from self._as_given({"page": 1, "size": self.size, "as_given": 1})
                return
            state = [position["page"], position["size"], position["total"]]
            guard.check(state, keys)
            new = [
                row
                for row, key in zip(listing.rows, keys, strict=True)
                if self.order.follows(key, last)
            ]
            if new:
                position.pop("again", None)
            elif keys and isinstance(self.order, ById) and position["total"] == known:
                if not position.get("again"):
                    raise FatalError(
                        "paging_loop", host=self.api.host, stream=self.stream
                    )
            more = bool(keys) and position["page"] < listing.last_page
            if since := getattr(self.order, "since", None):
                fresh = [row for row in new if is_since(row, since)]
                more = more and len(fresh) == len(new)
                new = fresh
            following = None
            if more:
                last = self.order.key(new[-1]) if new else last
                following = {**position, "page": position["page"] + 1, "last": last}
            yield Chunk(
                new, position, following, listing.errors, self.order, self.stream
            )
            position = following

    def _is_in_order(self, keys):
        return all(
            before == after or self.order.follows(after, before)
            for before, after in zip(keys, keys[1:], strict=False)
        )

    def _as_given(self, position):
        told = position["as_given"] == 1 and position["page"] == 1
        for listing, place, following in pages_as_they_come(self, position):
            warnings = [unordered(self.stream)] if told else []
            told = False
            yield Chunk(
                listing.rows,
                place,
                following,
                listing.errors,
                self.order,
                self.stream,
                warnings,
            )

    def _overlapping(self, position, resumed):
        """Return the page of a position, or an earlier one if rows have moved there.

        :param resumed: hours may have passed since the page before: as many rows may
            have come as have gone, so that the total tells nothing
        """
        known, last = position.get("total"), position.get("last")
        while True:
            listing, position = self.listing(position)
            # The server may give fewer rows than asked for; page numbers count those.
            size = min(listing.size or position["size"], position["size"])
            position = {**position, "total": listing.total, "size": size}
            rows = listing.rows
            if last is None or position["page"] == 1:
                return listing, position
            if rows and not self.order.follows(self.order.key(rows[0]), last):
                return listing, position
            shrunk = known is not None and (listing.total or 0) < known
            if not (shrunk or resumed) or not self._has_moved(position, last):
                return listing, position
            position["page"] -= 1

    def _has_moved(self, position, last):
        """Tell whether the row before a page is one that we have not had yet."""
        place = (position["page"] - 1) * position["size"]
        listing = self._fetch({"page": place, "size": 1}, ())
        if listing.size not in (None, 1):
            # Pages of its own size: the number of such a page means another place.
            return False
        rows = listing.rows
        return not rows or self.order.follows(self.order.key(rows[0]), last)

    def listing(self, position):
        """Return a page; where the server fails on it, ask for less at once."""
        while True:
            without = position.get("without", ())
            wanted = [name for name in self.relations if name not in without]
            try:
                return self._fetch(position, wanted), position
            except FatalError as error:
                too_much = error.code == "unexpected_answer" and "MiB" in error.sentence
                if error.code != "server_error" and not too_much:
                    raise
                position = self._modest(position, wanted, error)

    def _fetch(self, position, wanted):
        page = position["page"]
        parameters = [("page", page), ("per_page", position["size"])]
        parameters += [*self.order.parameters, *self.filters]
        if wanted:
            parameters.append(("with", ";".join(wanted)))
        body = self.api.get(self.path, parameters, stream=self.stream).data
        if isinstance(body, list):
            body = {"data": body, "meta": {"total": len(body)}}
        meta = body.get("meta") if isinstance(body, dict) else None
        if not isinstance(meta, dict) or not isinstance(body.get("data"), list):
            raise self.api.unexpected(self.stream, _lt("no list of records"))
        if meta.get("current_page", page) != page:
            raise FatalError("paging_loop", host=self.api.host, stream=self.stream)
        rows, errors = usable_rows(body["data"], self.stream, page)
        return _Listing(
            rows,
            errors,
            meta.get("total"),
            meta.get("last_page") or 1,
            meta.get("per_page"),
        )

    def _modest(self, position, wanted, error):
        """Return the position to ask from once more, without what the server fails on.

        :raises FatalError: the error itself, where nothing is left to give up
        """
        broken = [name for name in wanted if not self._answers(name)]
        without = [*position.get("without", ()), *broken]
        sizes = (ROWS_WITH_RELATIONS, ROWS_ONE_BY_ONE)
        smaller = next((size for size in sizes if size < position["size"]), None)
        if broken or (smaller is None and wanted):
            # Each of them alone, or even a few rows, are too much: do without.
            without += [] if broken else wanted
            smaller = min(position["size"], ROWS_ONE_BY_ONE)
        elif smaller is None:
            raise error
        offset = (position["page"] - 1) * position["size"]
        again = {"again": True} if position.get("last") is not None else {}
        page = offset // smaller + 1
        return {**position, **again, "page": page, "size": smaller, "without": without}

    def _answers(self, relation):
        """Tell whether the server can bring a relation along."""
        try:
            self.api.get(
                self.path, [("per_page", 1), ("with", relation)], stream=self.stream
            )
        except FatalError as error:
            if error.code != "server_error":
                raise
            return False
        return True


@dataclass(frozen=True)
class _Listing:
    rows: list
    errors: list
    total: int | None
    last_page: int
    size: int | None


def usable_rows(rows, stream, page=1):
    """Return the rows that have an id, and an error for each that has none."""
    good, errors = [], []
    for number, row in enumerate(rows, 1):
        key = row.get("id") if isinstance(row, dict) else None
        if isinstance(key, bool) or not str(key).isdecimal():
            errors.append(
                RecordError(
                    "missing_key",
                    stream=stream,
                    source_id=f"#{page}-{number}",
                    key="id",
                )
            )
        else:
            good.append(row)
    return good, errors


def is_since(row, since):
    """Tell whether a row has changed since; what has no date of change may have."""
    changed = row.get("updated_at") if isinstance(row, dict) else None
    return not since or not changed or str(changed) >= since


_ODD = (AttributeError, IndexError, KeyError, TypeError, ValueError)


def pages(chunk, records_of, *, mark=dict, every=None):
    """Yield a chunk as pages, cut where something makes us come back later.

    :param records_of: row → (records, errors); may raise ``RetryableError``
    :param mark: what the caller adds to a position, a function of it
    :param every: rows after which a page ends in any case
    """

    def expand(row):
        try:
            return *records_of(row), ()
        except _ODD as error:
            # Of a form that no release is known to have; the others are not to suffer.
            _logger.warning("A record of %s: %s", chunk.stream, type(error).__name__)
            reason = _lt("its form is not known")
            about = {"stream": chunk.stream, "source_id": str(row["id"])}
            return [], [RecordError("bad_record", reason=reason, **about)], ()

    def after(number):
        return mark({**chunk.position, "last": chunk.order.key(chunk.rows[number])})

    return cut_pages(
        chunk.rows,
        expand,
        after=after,
        following=chunk.following and mark(chunk.following),
        errors=chunk.errors,
        warnings=chunk.warnings,
        every=every,
    )
