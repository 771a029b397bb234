"""Ways in which servers split a list, and the guard against those that never end.

A paginator turns the position (a JSON checkpoint, never empty) into parameters and
an answer into the next position, None after the last page. It holds no state.
"""

from dataclasses import dataclass

from .errors import FatalError


@dataclass(frozen=True)
class PageNumberPaginator:
    """``page=3&per_page=100``; the last page is the first that is not full.

    >>> pages = PageNumberPaginator(size=2)
    >>> pages.parameters(pages.first())
    {'page': 1, 'per_page': 2}
    >>> pages.following({"page": 1}, count=2), pages.following({"page": 2}, count=1)
    ({'page': 2}, None)
    >>> pages.following({"page": 2}, count=2, last_page=2)
    """

    size: int = 100
    page_name: str = "page"
    size_name: str = "per_page"

    def first(self):
        return {"page": 1}

    def parameters(self, position):
        return {self.page_name: position["page"], self.size_name: self.size}

    def following(self, position, *, count, last_page=None):
        """:param last_page: what the server says, which counts more than our guess"""
        page = position["page"]
        more = count >= self.size if last_page is None else page < last_page
        return {"page": page + 1} if more and count else None


@dataclass(frozen=True)
class OffsetPaginator:
    """``offset=200&limit=100``.

    >>> pages = OffsetPaginator(size=2)
    >>> pages.parameters({"offset": 4}), pages.following({"offset": 4}, count=2)
    ({'offset': 4, 'limit': 2}, {'offset': 6})
    >>> pages.following({"offset": 4}, count=2, total=6)
    """

    size: int = 100
    offset_name: str = "offset"
    size_name: str = "limit"

    def first(self):
        return {"offset": 0}

    def parameters(self, position):
        return {self.offset_name: position["offset"], self.size_name: self.size}

    def following(self, position, *, count, total=None):
        offset = position["offset"] + count
        more = count >= self.size if total is None else offset < total
        return {"offset": offset} if more and count else None


@dataclass(frozen=True)
class CursorPaginator:
    """A token, or the link to the next page, that each answer brings.

    >>> pages = CursorPaginator("cursor")
    >>> pages.parameters(pages.first()), pages.parameters({"cursor": "b64"})
    ({}, {'cursor': 'b64'})
    >>> pages.following("c2"), pages.following(None), pages.following("")
    ({'cursor': 'c2'}, None, None)
    """

    name: str = "cursor"

    def first(self):
        return {"cursor": None}

    def parameters(self, position):
        token = position["cursor"]
        return {} if token is None else {self.name: token}

    def following(self, token):
        return {"cursor": token} if token else None


@dataclass(frozen=True)
class KeysetPaginator:
    """Everything above the last key seen: the only order that never shifts.

    >>> pages = KeysetPaginator(size=2)
    >>> pages.first(), pages.following([{"id": 4}, {"id": 9}]), pages.following([{"id": 9}])
    ({'after': None}, {'after': 9}, None)
    """

    size: int = 100
    key: str = "id"

    def first(self):
        return {"after": None}

    def following(self, rows):
        return {"after": rows[-1][self.key]} if len(rows) >= self.size else None


class LoopGuard:
    """Stop a server that sends the same page for ever.

    >>> guard = LoopGuard("crm.example.com", "contacts")
    >>> guard.check({"page": 1}, [1, 2])
    >>> guard.check({"page": 2}, [1, 2])
    Traceback (most recent call last):
    ...
    connectors.core.errors.FatalError: crm.example.com keeps sending the same page of contacts.
    """

    def __init__(self, host, stream):
        self._host = host
        self._stream = stream
        self._positions = set()
        self._pages = set()

    def check(self, position, keys):
        """Remember a position and the keys of its rows.

        :raises FatalError: one or the other has been there before
        """
        position = repr(position)
        page = hash(tuple(map(str, keys))) if keys else None
        if position in self._positions or (page is not None and page in self._pages):
            raise FatalError("paging_loop", host=self._host, stream=self._stream)
        self._positions.add(position)
        if page is not None:
            self._pages.add(page)
