"""Read what hangs on many records by one question, where a column names the parent."""

from .conditions import above, all_of, among
from .responses import as_number, member

MAX_PARENTS = 100
"""Ids in one condition; an address is no limit here, the server's SQL may be one."""


class Together:
    """Children of one kind, for parents of one object.

    A column that holds a parent's id does not say of which object the parent is. So what
    comes is held against the counts, record by record, and first of all against what the
    server gives for one of the records alone. The first difference ends it: then each
    record is asked for itself.

    :param rows_of: ``(rows) → pairs (id, row)`` in order
    :param column: field of the child that holds the id of its parent
    :param counts: ``parent id → number of children``, as far as known
    """

    def __init__(self, api, name, fields, column, *, stream, rows_of, counts):
        paging = api.endpoints["paging"]
        self.api = api
        self.name = name
        self.column = column
        self.stream = stream
        self._fields = fields
        self._rows_of = rows_of
        self._counts = counts
        self._key = paging["key"]
        self._most = paging["page_size"]
        self._active = api.endpoints["filters"]["active"] or ""

    def chunk(self, keys):
        """Return as many of the parents as one page of children will do for."""
        chosen, total = [], 0
        for key in keys[:MAX_PARENTS]:
            total += self._counts.get(key) or 0
            if chosen and total > self._most:
                break
            chosen.append(key)
        return chosen

    def read_children(self, keys):
        """Return {parent: pairs (id, row)}, None where it is not what was counted."""
        found, last = {key: [] for key in keys}, None
        condition = all_of(self._active, among(self.column, keys))
        while True:
            beyond = above(self._key, last) if last is not None else ""
            rows, _total = self.api.find(
                self.name,
                fields=self._fields,
                condition=all_of(condition, beyond),
                size=self._most,
                stream=self.stream,
            )
            pairs = self._rows_of(rows)
            if pairs and last is not None and pairs[0][0] <= last:
                return None
            for number, row in pairs:
                parent = as_number(member(row, self.column))
                if parent not in found:
                    return None
                found[parent].append((number, row))
            if len(rows) < self._most:
                break
            last = pairs[-1][0]
        counted = {key: self._counts.get(key) for key in keys}
        return found if {k: len(v) for k, v in found.items()} == counted else None
