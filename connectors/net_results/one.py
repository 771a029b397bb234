"""One record of Net-Results by its id, in the form that its list has.

``Contact.getOne`` is documented [S], but not which members it gives [I], and of the other
objects most have no such method that is known. The list that was read is asked again: one
in the order of its ids in a few calls (``core.seeking``), any other row by row until the
record has come; those are short, all but the e-mails of some accounts.
"""

from ..core.one_by_one import as_id_number
from ..core.seeking import Part, Unsorted, seek
from .children import ChildReader
from .positions import Chunk, Seen


def find_row(lister, source_id):
    """Return ``(row, key, place)`` of a list, None where it has no such row.

    :param lister: ``ListReader`` without ``since``
    """
    number = as_id_number(source_id)
    if not lister.rises or number is None:
        return _look_through(lister, source_id)
    try:
        return seek(lambda place: _part(lister, place), number)
    except Unsorted:
        # The order that was asked for is not kept.
        return _look_through(lister, source_id)


def _look_through(lister, source_id):
    return next((item for item in lister.rows() if item[1] == source_id), None)


def _part(lister, place):
    rows, total = lister.fetch(place, lister.size)
    pairs = [
        (int(key), (row, key, at))
        for at, row in enumerate(rows, place)
        if (key := lister.key_of(row) or "").isdecimal()
    ]
    return Part(place, len(rows), pairs, total)


class OneParent:
    """A list of parents that holds the only one that is asked about."""

    def __init__(self, item):
        self._item = item

    def chunks(self, _position=None):
        known = Seen({})
        _row, key, _place = self._item
        yield Chunk([self._item], {"offset": 0}, None, known=known, keys=[(key, 0)])


class OneChildReader(ChildReader):
    """One row of a stream whose rows hang on others; its id begins with its parent's.

    Ids of Net-Results are numbers [S], in which no dash stands.
    """

    def __init__(self, rpc, stream, endpoint, *, source_id):
        super().__init__(rpc, stream, endpoint)
        self._source_id = source_id

    def read_row(self, types):
        """Return ``(records, errors)``."""
        item = find_row(self._every_parent(), self._source_id.partition("-")[0])
        if item is None:
            return (), ()
        row, key, _place = item
        self._parent = OneParent((row, key, 0))
        found = list(self.pages(None, types))
        records = [record for page in found for record in page.records]
        # What else cannot be read of the parent says nothing of this one.
        errors = [error for page in found for error in page.errors if not records]
        return tuple(records), tuple(errors)

    def _parents(self):
        return self._parent

    def _kept(self, expand):
        def wanted(row, *place):
            found = expand(row, *place)
            found = found if isinstance(found, list) else [found] if found else []
            is_it = any(record.source_id == self._source_id for record in found[:1])
            return found if is_it else None

        return wanted

    def _wanted(self, others):
        parent = self._source_id.partition("-")[0]
        begins = (f"{parent}-{other}" for other in others)
        return [
            other
            for other, begin in zip(others, begins, strict=True)
            if f"{self._source_id}-".startswith(f"{begin}-")
        ]
