"""Read a table of the service page by page, in the order of its row ids.

By default everything above the last id is asked for (keyset): that depends neither on how
the server numbers its pages nor on how many rows it gives at most. The position, a JSON
checkpoint, holds ``last``, ``read`` and the ``total`` of the first page; ``from`` is where
the page before began, ``offset`` where the next one does for styles that count rows,
``size`` a page smaller than usual.
"""

from dataclasses import dataclass, field

from ..core.errors import RecordError
from ..core.sentences import _lt
from .conditions import above, all_of, between, exactly
from .guards import Guard, TablePage, has_shrunk
from .responses import as_number, member, respelled
from .sentences import SENTENCES

SMALLEST_PAGE = 10
"""Rows asked for at least, whatever the time would do for."""


@dataclass
class Chunk:
    """The new rows of a page with their ids, and where reading goes on after it."""

    rows: list
    position: dict
    following: dict | None
    errors: list = field(default_factory=list)
    warnings: list = field(default_factory=list)


class TableReader:
    """One object of the service.

    :param fields: names to ask for; none means what the server gives by default
    :param condition: what every page is limited to
    """

    def __init__(self, api, stream, name, *, fields, condition, verified=True):
        paging = api.endpoints["paging"]
        self.api = api
        self.stream = stream
        self.name = name
        self.key = paging["key"]
        self.fields = [self.key, *(f for f in fields if not _same(f, self.key))]
        self.slices = self._sliced(paging["fields_per_call"]) if fields else [[]]
        self.condition = condition
        self.style = paging["style"]
        self.size = paging["page_size"]
        self.paging = paging
        self.verified = verified
        self.guard = Guard(api, stream, paging)

    def _sliced(self, most):
        """Return the fields in slices, each with the id of the row."""
        others, step = self.fields[1:], most - 1
        cuts = range(0, max(len(others), 1), step)
        return [[self.key, *others[cut : cut + step]] for cut in cuts]

    def total(self, condition=None):
        """Return how many rows there are, None where the server does not tell."""
        condition = self.condition if condition is None else condition
        return self.api.find(
            self.name,
            fields=[self.key],
            condition=condition,
            size=1,
            stream=self.stream,
        )[1]

    def row(self, number):
        """Return the pair (id, row) of an id, None where the table has none.

        :raises FatalError: the server gives others than were asked for
        """
        page = self._ask(all_of(self.condition, exactly(self.key, number)), {"read": 0})
        if any(key != number for key in page.keys):
            raise self.api.fatal("condition_ignored", stream=self.stream)
        return next(iter(page.rows), None)

    def chunks(self, position=None):
        """Yield ``Chunk``s from ``position`` on, or from the start.

        :raises FatalError: the server does not do what paging rests on
        """
        position = {"read": 0, **(position or {})}
        while True:
            page, position = self._page(position)
            new = self.guard.new_rows(page, position)
            position = {**position, "total": self._known(page, position)}
            read = position["read"] + len(new) + len(page.errors)
            if self._is_last(page, position):
                warnings = self._closing(position, read)
                yield Chunk(new, position, None, page.errors, warnings)
                return
            following = {
                "last": page.keys[-1],
                "from": position.get("last"),
                "read": read,
                "total": position["total"],
            }
            if self.style != "keyset":
                following["offset"] = position.get("offset", 0) + page.count
            elif self._size(position) < self.size:
                following["size"] = 2 * self._size(position)
            yield Chunk(new, position, following, page.errors)
            position = following

    def _known(self, page, position):
        """Return how many rows there are in all; with a keyset the first page tells."""
        first = position.get("total")
        if self.style == "keyset" and first is not None:
            return first
        return first if page.total is None else page.total

    def _is_last(self, page, position):
        if self.style == "keyset" or not page.count:
            # Nothing but an empty answer proves that nothing is left.
            return not page.count
        if page.total is None:
            return page.count < self.size
        return position.get("offset", 0) + page.count >= page.total

    # -- one page ---------------------------------------------------------------

    def _page(self, position):
        """Return a page and the position that it was read from."""
        if self.style == "keyset":
            last = position.get("last")
            beyond = above(self.key, last) if last is not None else ""
            page = self._ask(all_of(self.condition, beyond), position)
            self.guard.ensure_above(page, position)
            return page, position
        while True:
            page = self._ask(self.condition, position)
            self.guard.ensure_uncapped(page, position)
            last, offset = position.get("last"), position.get("offset", 0)
            gap = last is not None and (not page.count or page.keys[0] > last)
            if not (has_shrunk(page, position) and gap and offset):
                return page, position
            # Rows have vanished and the others moved up: step back until they overlap.
            position = {**position, "offset": max(0, offset - self.size)}

    def _size(self, position):
        """Return how many rows to ask for: fewer where the time did not do for a page."""
        if self.style != "keyset":
            return self.size
        return min(self.size, max(SMALLEST_PAGE, position.get("size", self.size)))

    def smaller(self, position):
        """Return a position for a page of half the rows, None where that is too few."""
        size = self._size(position)
        if self.style != "keyset" or size <= SMALLEST_PAGE:
            return None
        return {**position, "size": max(SMALLEST_PAGE, size // 2)}

    def _ask(self, condition, position):
        page, extra = None, None
        offset = position.get("offset", 0)
        if self.style == "page_number":
            page = offset // self.size + self.paging["first_page"]
        elif self.style == "rowcount_offset":
            names = self.paging["rowcount"]
            extra = {names["param"]: self.size, names["offset_param"]: offset}
            extra = {name: str(value) for name, value in extra.items()}
        size = self._size(position)
        rows, total = self._find(self.slices[0], condition, size, page, extra)
        good, errors = self._identified(rows, position["read"])
        if rows and not good:
            raise self.api.unexpected(
                self.stream, _lt("no row has a %(key)s", key=self.key)
            )
        keys = [key for key, _row in good]
        self.guard.ensure_order(keys)
        return TablePage(self._completed(good), keys, errors, len(rows), total)

    def _find(self, fields, condition, size, page=None, extra=None):
        return self.api.find(
            self.name, fields=fields, condition=condition, size=size, page=page,
            stream=self.stream, extra=extra,
        )  # fmt: skip

    def _identified(self, rows, read=0):
        """Return pairs (id, row), and an error for each row that has no usable id."""
        good, errors = [], []
        for number, row in enumerate(rows, read + 1):
            key = as_number(member(row, self.key))
            if key is None:
                errors.append(
                    RecordError(
                        "missing_key",
                        stream=self.stream,
                        source_id=f"#{number}",
                        key=self.key,
                    )
                )
            else:
                good.append((key, respelled(row, self.fields)))
        return good, errors

    def _completed(self, pairs):
        """Return the rows with the fields that did not fit into the first call."""
        rows = dict(pairs)
        for names in self.slices[1:] if pairs else ():
            found = self._slice(names, pairs[0][0], pairs[-1][0], len(pairs))
            # What is missing here was deleted between the two calls.
            rows = {k: {**row, **found[k]} for k, row in rows.items() if k in found}
        return list(rows.items())

    def _slice(self, names, first, last, size):
        """Return {id: row} of the rows with these ids and of those between them."""
        found = {}
        while True:
            condition = all_of(self.condition, between(self.key, first, last))
            rows, _total = self._find(names, condition, size)
            new = dict(self._identified(rows)[0])
            found |= new
            # Rows that were restored meanwhile take the place of others on a page.
            if len(rows) < size or not new or max(new) >= last or max(new) < first:
                return found
            first = max(new) + 1

    def _closing(self, position, read):
        """Return the warnings after the last page: what differs, what was left out.

        :raises FatalError: rows are missing, in a paging style that cannot explain it
        """
        if not self.verified:
            return []
        expected, warnings = position.get("total"), []
        if expected is not None and read != expected:
            # Rows may have come or gone meanwhile: count once more.
            expected = self.total()
        about = {"stream": self.stream, "expected": expected, "read": read}
        if expected is not None and read != expected:
            if self.style != "keyset" and read < expected:
                raise self.api.fatal("fewer_than_total", **about)
            warnings.append(SENTENCES.finding("warning", "total_differs", **about))
        return warnings + self._left_out(max(read, expected or 0))

    def _left_out(self, active):
        """Return how many rows the condition has left out, and what they are."""
        deleted = self.api.endpoints["filters"]["deleted"]
        everything = self.total("") if deleted else None
        if not deleted or (everything is not None and everything <= active):
            return []
        found, count = [], self.total(deleted) or 0
        about = {"stream": self.stream, "count": count}
        if count:
            found.append(SENTENCES.finding("passed", "deleted_left_out", **about))
        if everything is not None and everything > active + count:
            # Neither deleted nor not: nobody has ever set the mark.
            about = {"stream": self.stream, "count": everything - active - count}
            found.append(SENTENCES.finding("warning", "unmarked_left_out", **about))
        return found


def _same(one, other):
    return one.casefold() == other.casefold()
