"""Read what hangs on other records, one call (or a few) for each of them.

No method is known that answers for many. The history of twenty thousand contacts takes
most of an hour even where several calls are under way at once: the position names the
contact and, within a long history, the row.
"""

import hashlib
from contextlib import closing
from itertools import islice
from typing import NamedTuple

from ..core.errors import RecordError, RetryableError
from ..core.source import Page, Record
from .listing import ListReader
from .positions import Chunk
from .responses import is_object, member

PARENTS_PER_PAGE = 20
"""Records after which a page ends, so that little is read again after a break."""
ROWS_OF_PARENTS = 200


class Call(NamedTuple):
    """One question about one record.

    :param row: place of the record among those of its page
    :param place: of the call among those for this record, with its ``prefix``
    :param fixed: its parameters, None where nothing is to be asked
    :param following: position within this record after the call, None at its end
    :param rows_at: position within the answer, where it is taken up again
    """

    row: int
    parent: str
    place: int
    prefix: str
    fixed: dict | None
    following: dict | None
    rows_at: dict | None = None


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
                for call, found, wrong, following in self._answers(
                    chunk, inner, expand
                ):
                    records, errors, calls = records + found, errors + wrong, calls + 1
                    if following:
                        mark = {"parents": mark["parents"], "inner": following}
                    else:
                        mark = {"parents": chunk.after(call.row)}
                    if calls >= PARENTS_PER_PAGE:
                        yield Page(tuple(records), mark, tuple(errors))
                        sent, records, errors, calls = mark, [], [], 0
                inner = None if chunk.rows else inner
                if chunk.following and not chunk.rows:
                    mark = {"parents": chunk.following}
        except RetryableError:
            if mark != sent:
                yield Page(tuple(records), mark, tuple(errors))
            raise
        yield Page(tuple(records), None, tuple(errors))

    def _answers(self, chunk, inner, expand):
        """Yield (call, records, errors, position within the record) call by call."""
        calls = list(self._calls(chunk, inner))
        with closing(self.rpc.several.each(calls, self._ask)) as answers:
            for call, answer in zip(calls, answers, strict=True):
                for found, wrong, following in self._of(call, answer, expand):
                    yield call, found, wrong, following

    def _calls(self, chunk, inner):
        for number, (_row, key, _place) in enumerate(chunk.rows):
            asked = self._fixed_of(key)
            begun = (inner or {}) if number == 0 else {}
            first = begun.get("call", 0)
            for place, (prefix, fixed) in islice(enumerate(asked), first, None):
                following = {"call": place + 1} if place + 1 < len(asked) else None
                rows_at = begun.get("rows") if place == first else None
                yield Call(number, key, place, prefix, fixed, following, rows_at)
            if not asked:
                yield Call(number, key, 0, "", None, None)

    def _ask(self, call):
        """Return (a chunk, why there is none)."""
        if call.fixed is None:
            return Chunk([], {}, None), None
        reader = self._reader(call.parent, call.fixed)
        return self.rpc.for_one(lambda: next(reader.chunks(call.rows_at)))

    def _of(self, call, answer, expand):
        """Yield (records, errors, position within this record) page by page."""
        while True:
            chunk, refusal = answer
            if refusal:
                # Deleted since we listed it, or refused for itself: the others go on.
                about = {"stream": self.stream, "source_id": str(call.parent)}
                wrong = RecordError("bad_record", reason=refusal, **about)
                yield [], [wrong], call.following
                return
            found = [
                expand(row, key, call.parent, call.prefix) for row, key, _ in chunk.rows
            ]
            if not (rows_at := chunk.following):
                yield _flat(found), chunk.errors, call.following
                return
            yield _flat(found), chunk.errors, {"call": call.place, "rows": rows_at}
            answer = self._ask(call._replace(rows_at=rows_at))

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
