"""What paging rests on, held against every page: a server that does otherwise is stopped."""

from dataclasses import dataclass

from ..core.errors import FatalError


@dataclass(frozen=True)
class TablePage:
    """What one round trip brought: ``keys`` and ``count`` tell also of rows left out."""

    rows: list
    keys: list
    errors: list
    count: int
    total: int | None


class Guard:
    """The guards of one table; each raises ``FatalError``."""

    def __init__(self, api, stream, paging):
        self.api = api
        self.stream = stream
        self.paging = paging

    def ensure_order(self, keys):
        """Nothing would be found above the last id of a page in any other order."""
        if any(one >= other for one, other in zip(keys, keys[1:], strict=False)):
            key = self.paging["key"]
            raise self.api.fatal("order_ignored", stream=self.stream, key=key)

    def ensure_above(self, page, position):
        """Every id must be above the last one; the same page again tells why it is not."""
        last, start = position.get("last"), position.get("from")
        if not page.keys or last is None or page.keys[0] > last:
            return
        if start is not None and page.keys[0] > start:
            raise FatalError("paging_loop", host=self.api.host, stream=self.stream)
        raise self.api.fatal("condition_ignored", stream=self.stream)

    def ensure_uncapped(self, page, position):
        """A page that counts rows must be full, unless it is the last."""
        size, cap = self.paging["page_size"], self.paging["suspect_cap"]
        seen = position.get("offset", 0) + page.count
        short = 0 < page.count < size and page.total is not None and seen < page.total
        if short or (page.count == cap and size != cap):
            raise self.api.fatal("cap_suspected", stream=self.stream, count=page.count)

    def new_rows(self, page, position):
        """Return the rows that have not been there before."""
        last = position.get("last")
        stuck = page.keys and last is not None and page.keys[-1] <= last
        if stuck and not has_shrunk(page, position):
            raise FatalError("paging_loop", host=self.api.host, stream=self.stream)
        return [pair for pair in page.rows if last is None or pair[0] > last]


def has_shrunk(page, position):
    """Tell whether there are fewer rows than before: those behind have moved up."""
    known = position.get("total")
    return known is not None and page.total is not None and page.total < known
