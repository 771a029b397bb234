"""Read a list by record offsets, so that it can be left and taken up anywhere.

The offset counts records, and rows that are deleted meanwhile move the others forward.
Every page therefore begins with the last row of the page before; where that is not what
comes first, we step back until the rows overlap. What is known already is left out.

Some lists know no order, or none that we could name: their rows may come otherwise on each
page. Such a list is asked for in one answer, as long as it is short enough for that.
"""

import datetime as dt
import time
from itertools import repeat

from ..core.errors import FatalError, RecordError, RetryableError
from ..core.paging import cut_pages
from ..core.sentences import _lt
from .positions import Chunk, Rising, Seen, kept
from .responses import at, is_object, member, moment_of, rows_in, total_in
from .sentences import SENTENCES

ROUND = 25
"""A server that silently gives fewer rows than asked for gives a round number of them."""
SAMPLE = 10
"""Rows whose members tell what the members of all are called."""
MAX_AT_ONCE = 5000
"""Rows of a list without an order that are asked for in one answer."""
DAY = dt.timedelta(days=1)
SLOW = 8.0
"""Seconds after which a page that did not come was too large, not merely late."""


class ListReader:
    """One list.

    :param endpoint: its object in the endpoint profile
    :param method: key of the endpoint that names the method, ``list`` or ``method``
    :param fixed: parameters that come before those of the page
    :param size: rows of a page, at most what the profile says
    :param key_of: row → its key, None where it has none
    :param since: leave out what has not changed since, an aware ``datetime``
    """

    def __init__(self, rpc, endpoint, stream, *, method="list", fixed=None, size=None,
                 key_of=None, since=None):  # fmt: skip
        paging = rpc.profile["paging"]
        self.rpc, self.endpoint, self.stream = rpc, endpoint, stream
        self.method, self.fixed = endpoint[method], {**(fixed or {})}
        self.size = min(size or paging["page_size"], paging["page_size"])
        self.smallest = min(paging["min_page_size"], self.size)
        self.key_of = key_of or self._own_key
        self.since = since
        self.delta = endpoint.get("delta", {}) if since else {}
        self._order = (endpoint.get("order_by", ""), "ASC")
        self._newest_first = self.delta.get("mode") == "order"

    @property
    def paged(self):
        return self.endpoint.get("paged", True)

    @property
    def rises(self):
        """Whether the list is asked for in the order of its ids."""
        by_id = self.endpoint.get("order_by") in self.endpoint.get("id", ())
        return by_id and self.paged and not self._newest_first

    def chunks(self, position=None):
        """Yield the ``Chunk``s from ``position`` on.

        :raises FatalError: the server does not page by records
        """
        position = {"offset": 0, **(position or {})}
        if self._has_no_order and not position.get("paged"):
            if chunk := self._at_once(position):
                yield chunk
                return
            position["paged"] = True
        while position:
            started = time.monotonic()
            try:
                chunk = self._chunk(position)
            except RetryableError as error:
                smaller = self._smaller(position, error, time.monotonic() - started)
                if not smaller:
                    raise
                chunk = Chunk([], position, smaller)
            yield chunk
            position = chunk.following

    def rows(self):
        """Yield every row of the list with its key and its place."""
        for chunk in self.chunks():
            yield from chunk.rows

    def first_page(self, limit):
        """Return ``(rows, total)`` from the start of the list."""
        return self.fetch(0, limit)

    def sample(self):
        """Return ``(one row with the members of the first ones, total)``.

        A row may lack what is empty in it. None where the list is empty.
        """
        rows, total = self.fetch(0, SAMPLE)
        merged = {}
        for row in filter(is_object, reversed(rows)):
            merged = {**merged, **row}
        return merged or None, total

    # -- everything at once -----------------------------------------------------

    @property
    def _has_no_order(self):
        return self.paged and not self._newest_first and not self._order[0]

    def _at_once(self, position):
        """Return the rows of a list that keeps no order; None where it takes pages.

        Only an answer with fewer rows than were asked for is known to hold all.
        """
        limit = position.get("size", self.size)
        while True:
            started = time.monotonic()
            try:
                rows, total = self.fetch(0, limit)
            except RetryableError as error:
                if self._is_too_slow(error, time.monotonic() - started):
                    return None
                raise
            if len(rows) < limit:
                # A round number may be all that the server gives.
                whole = len(rows) % ROUND or not rows or total == len(rows)
                whole = whole or not self.fetch(len(rows), limit)[0]
                return self._whole(rows, position) if whole else None
            if limit >= MAX_AT_ONCE:
                return None
            limit = min(MAX_AT_ONCE, max(2 * limit, (total or 0) + 1))

    def _whole(self, rows, position):
        known = Seen(position)
        keys, errors = self._keys(rows, 0, {**position, "offset": 0})
        new = self._new(rows, keys, 0, known)
        fresh = [item for item in new if not self._is_old(item[0])]
        return Chunk(fresh, position, None, errors, known, keys)

    # -- one page ---------------------------------------------------------------

    def _chunk(self, position):
        size = position.get("size", self.size)
        rising = self.rises and "seen" not in position
        known = (Rising if rising else Seen)(position)
        rows, total, start = self._overlapping(position["offset"], size, known)
        keys, errors = self._keys(rows, start, position)
        if rising and not self._is_rising(keys):
            # The order that was asked for is not kept: row by row, from the beginning.
            told = [SENTENCES.finding("warning", "order_not_kept", stream=self.stream)]
            again = {**kept(position), "offset": 0, "seen": []}
            return Chunk([], position, again, known=known, warnings=told)
        new = self._new(rows, keys, start, known)
        limit = size + (start < position["offset"])
        if keys and len(rows) >= limit and not new and self.paged:
            raise FatalError("paging_loop", host=self.rpc.host, stream=self.stream)
        consumed = start + len(rows)
        more = (new or errors) and (
            len(rows) >= limit
            or len(rows) % ROUND == 0
            or (total is not None and total > consumed)
            # Nobody tells: one more call is less than what a cut page would lose. The
            # many short lists that hang on other records are not worth it.
            or (total is None and new and not self.fixed)
        )
        fresh = [item for item in new if not self._is_old(item[0])]
        if self._newest_first and any(self._is_old(row, DAY) for row, *_ in new):
            more = False
        following = None
        if more and self.paged:
            after = known.after([key for key, _place in keys])
            following = {**kept(position), "offset": consumed, **after}
        return Chunk(fresh, position, following, errors, known, keys)

    def _overlapping(self, offset, size, known):
        """Return (rows, total, offset) of a page that begins with a row we know."""
        start = max(0, offset - 1)
        while True:
            rows, total = self.fetch(start, size + (start < offset))
            first = next((k for k in map(self.key_of, rows) if k is not None), None)
            overlaps = first is not None and (start == offset or known.has(first))
            # Rows without a key overlap with nothing: their places must do.
            if start == 0 or overlaps or (rows and first is None):
                return rows, total, start
            start = max(0, start - size)

    def fetch(self, offset, limit):
        """Return ``(rows, total)`` from a place on, as the service gives them."""
        params = dict(self.fixed)
        if self.paged:
            paging = self.rpc.profile["paging"]
            params[paging["offset_param"]] = offset + paging["start"]
            params[paging["limit_param"]] = limit
            order_by, direction = self._ordered()
            if order_by is not None:
                params |= {"order_by": order_by, "order_dir": direction}
        params |= self.endpoint.get("extra", {})
        if self.delta.get("mode") == "filters":
            params["filters"] = _filled(self.delta["filters_template"], self.since)
        answer = self.rpc.call(
            self.endpoint["controller"], self.method, params, stream=self.stream
        )
        rows = rows_in(answer, self.rpc.profile["result_paths"])
        if self._is_one_object(answer):
            rows = [answer["result"]]
        if not self.paged and answer.get("result") == {}:
            rows = []
        if rows is None:
            result = answer["result"]
            found = ", ".join(map(str, result)) if is_object(result) else ""
            raise self.rpc.unexpected(
                self.stream, _lt("no list under result (%(found)s)", found=found)
            )
        return [self._as_row(row) for row in rows], total_in(
            answer, self.rpc.profile["total_paths"]
        )

    def _is_one_object(self, answer):
        """Tell whether the result is itself what was asked for, and no page of rows."""
        result, profile = answer.get("result"), self.rpc.profile
        if self.paged or not is_object(result) or not result:
            return False
        if any(isinstance(at(answer, path), list) for path in profile["result_paths"]):
            return False
        if rows_in(answer, profile["result_paths"]) is None:
            return True
        counters = {path.rpartition(".")[2] for path in profile["total_paths"]}
        plain = {name for name, value in result.items() if not isinstance(value, list)}
        return not self.endpoint.get("id") and bool(plain - counters)

    def _ordered(self):
        if not self._newest_first:
            return self.endpoint.get("order_by"), "ASC"
        return self.endpoint["modified"][0], "DESC"

    def _as_row(self, row):
        name = self.endpoint.get("item")
        return {name: row} if name and not is_object(row) else row

    # -- keys -------------------------------------------------------------------

    def _own_key(self, row):
        key = member(row, self.endpoint.get("id", ())) if is_object(row) else None
        if isinstance(key, bool | dict | list) or key is None:
            return None
        return str(key).strip()

    def _keys(self, rows, start, position):
        keys, errors = [], []
        for place, row in enumerate(rows, start):
            key = self.key_of(row)
            if key is not None:
                keys.append((key, place))
            elif place >= position["offset"]:
                names = self.endpoint.get("id", ["id"])
                errors.append(
                    RecordError("missing_key", stream=self.stream, source_id=f"#{place}", key=names[0])
                )  # fmt: skip
        if rows and not keys:
            named = is_object(rows[0]) and ", ".join(map(str, rows[0]))
            raise self.rpc.unexpected(
                self.stream,
                _lt(
                    "no id among the members of a row (%(found)s)",
                    found=named or _lt("no members"),
                ),
            )
        return keys, errors

    @staticmethod
    def _is_rising(keys):
        numbers = [key for key, _place in keys]
        if not all(key.isdecimal() for key in numbers):
            return False
        numbers = [int(key) for key in numbers]
        return numbers == sorted(numbers)

    def _new(self, rows, keys, start, known):
        """Return (row, key, place) of what is new, each key once."""
        new, met = [], set()
        for key, place in keys:
            if key not in met and not known.has(key):
                new.append((rows[place - start], key, place))
            met.add(key)
        return new

    def _is_old(self, row, margin=dt.timedelta(0)):
        if not self.since:
            return False
        text = member(row, self.endpoint.get("modified", ()))
        moment = moment_of(text, self.rpc.profile["dates"])
        return moment is not None and moment < self.since - margin

    # -- patience ---------------------------------------------------------------

    def _smaller(self, position, error, spent):
        """Return the position with half the rows where a page took too long, else None."""
        size = position.get("size", self.size)
        slow = self._is_too_slow(error, spent)
        if not slow or size <= self.smallest or not self.paged:
            return None
        return {**position, "size": max(self.smallest, size // 2)}

    @staticmethod
    def _is_too_slow(error, spent):
        timed_out = error.code == "busy" and error.data.get("status") in (None, 504)
        return timed_out or (error.code == "time_budget" and spent >= SLOW)


def _filled(template, since):
    """Return the template of a filter with the instant in the place of ``{since}``."""
    if isinstance(template, str):
        return template.replace("{since}", since.isoformat(timespec="seconds"))
    if isinstance(template, dict):
        return {key: _filled(value, since) for key, value in template.items()}
    if isinstance(template, list):
        return [_filled(value, since) for value in template]
    return template


def pages(chunk, expand, *, several=None, ask=None):
    """Return a chunk as one page, or as two where something makes us come back later.

    :param expand: (row, key, what was asked for) → (records, errors, warnings); may
        raise ``RetryableError``
    :param ask: (row, key) → what a row costs a call of its own for; several at once
    """
    answers = repeat(None)
    if ask:
        answers = several.each(chunk.rows, lambda item: ask(item[0], item[1]))
    return cut_pages(
        chunk.rows,
        lambda item: expand(item[0], item[1], next(answers)),
        after=chunk.after,
        following=chunk.following,
        errors=chunk.errors,
        warnings=chunk.warnings,
    )
