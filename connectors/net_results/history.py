"""Read what hangs on other records, one call (or a few) for each of them.

The history of twenty thousand contacts takes hours at two calls a second: the position
names the contact and, within a long history, the row.
"""

import hashlib
from itertools import islice

from ..core.errors import RecordError, RetryableError
from ..core.source import Page, Record
from .listing import ListReader
from .responses import is_object, member

PARENTS_PER_PAGE = 20
"""Records after which a page ends, so that little is read again after a break."""
ROWS_OF_PARENTS = 200


class PerParentReader:
    """Rows that belong to the rows of another list.

    :param endpoint: object with ``method``
    :param parents: ``ListReader`` of that other list
    :param fixed_of: key of a parent → the calls for it, each (prefix, parameters)
    :param key_of: (row, key of the parent) → key of the row; None: the id of the row
    """

    def __init__(self, rpc, endpoint, stream, parents, *, fixed_of, key_of=None):
        self.rpc, self.endpoint, self.stream = rpc, endpoint, stream
        self.parents = parents
        self._fixed_of = fixed_of
        self._key_of = key_of

    def pages(self, position, expand):
        """Yield the pages after ``position``.

        :param expand: (row, its key, key of the parent, prefix) → Record, a list of
            them, or None
        """
        position = position or {}
        mark = sent = {"parents": position.get("parents") or {"offset": 0}}
        inner, records, errors, calls = position.get("inner"), [], [], 0
        try:
            for chunk in self.parents.chunks(position.get("parents")):
                errors += chunk.errors
                for number, (_row, key, _place) in enumerate(chunk.rows):
                    for found, wrong, following in self._of(key, inner, expand):
                        records, errors, calls = records + found, errors + wrong, calls + 1  # fmt: skip
                        if following:
                            mark = {"parents": mark["parents"], "inner": following}
                        else:
                            mark = {"parents": chunk.after(number)}
                        if calls >= PARENTS_PER_PAGE:
                            yield Page(tuple(records), mark, tuple(errors))
                            sent, records, errors, calls = mark, [], [], 0
                    inner = None
                if chunk.following and not chunk.rows:
                    mark = {"parents": chunk.following}
        except RetryableError:
            if mark != sent:
                yield Page(tuple(records), mark, tuple(errors))
            raise
        yield Page(tuple(records), None, tuple(errors))

    def _of(self, parent, inner, expand):
        """Yield (records, errors, position within this parent) call by call."""
        calls = self._fixed_of(parent)
        first, rows_at = (inner or {}).get("call", 0), (inner or {}).get("rows")
        for number, (prefix, fixed) in islice(enumerate(calls), first, None):
            next_call = {"call": number + 1} if number + 1 < len(calls) else None
            reader, more = self._reader(parent, fixed), True
            while more:
                place = rows_at
                chunk, refusal = self.rpc.for_one(lambda: next(reader.chunks(place)))  # noqa: B023 - called at once
                if refusal:
                    # Deleted since we listed it, or refused for itself: the others go on.
                    wrong = RecordError(
                        "bad_record", stream=self.stream, source_id=str(parent), reason=refusal
                    )  # fmt: skip
                    yield [], [wrong], next_call
                    break
                found = [expand(row, key, parent, prefix) for row, key, _ in chunk.rows]
                rows_at = more = chunk.following
                following = {"call": number, "rows": rows_at} if more else next_call
                yield _flat(found), chunk.errors, following
            rows_at = None
        if not calls:
            yield [], [], None

    def _reader(self, parent, fixed):
        key_of = self._key_of and (lambda row: self._key_of(row, parent))
        return ListReader(
            self.rpc, self.endpoint, self.stream, method="method", fixed=fixed, key_of=key_of
        )  # fmt: skip


def _flat(found):
    """Return the records of a page; some rows make several, some none."""
    records = []
    for each in found:
        records += each if isinstance(each, list) else [each] if each else []
    return records


def activity_key(endpoint):
    """Return the function that tells the activities of a contact apart.

    Where they have no id, who, what, when, by which e-mail and link must do.
    """
    fields = endpoint["fields"]

    def key_of(row, contact):
        if not is_object(row):
            return None
        key = member(row, endpoint["id"])
        if key is not None:
            return str(key)
        telling = ("type", "date", "email_id", "link")
        parts = [str(contact), *(str(member(row, fields[n]) or "") for n in telling)]
        return hashlib.sha1("\x1f".join(parts).encode()).hexdigest()

    return key_of


def child_record(stream, row, key, parent, parent_stream, prefix="", **extra):
    """Return the record of a row that hangs on another; its id names both."""
    data = {**row, "_parent": {"stream": parent_stream, "id": str(parent)}, **extra}
    return Record(stream, "-".join(filter(None, (str(parent), prefix, str(key)))), data)
