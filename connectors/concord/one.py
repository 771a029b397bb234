"""Find one row of a list in the form that the list has.

``GET /api/{resource}/{id}`` is there for every resource, but gives another form (1.3.5 and
1.6.0, ``ResourceController::show``: ``displayQuery`` loads the stages of a deal's pipeline,
phones of linked people, counts and fields that ``indexQuery`` leaves out). What it has more
depends on the release and on the fields of the customer, so that it cannot be taken away
again. Lists know no condition on the id. Sorted by it they are asked for where the row
must be: two or three calls as a rule, without relations, and one for the row itself.
"""

from ..core.one_by_one import as_id_number
from ..core.seeking import Part, Unsorted, seek
from .listing import ListReader
from .streams import MAX_ROWS


class RowFinder:
    """One list.

    :param relations: names for ``with=``
    :param size: rows of a page with these relations
    """

    def __init__(self, api, path, stream, *, relations, size):
        self._light = ListReader(api, path, stream, size=min(MAX_ROWS, size))
        self._whole = ListReader(api, path, stream, relations=relations, size=size)
        self._is_told = False  # how many rows the server gives at once

    def find(self, source_id):
        """Return the row of an id, None where the list has none."""
        number = as_id_number(source_id)
        if number is None:
            return None
        try:
            found = seek(self._part, number)
        except Unsorted:
            return self._look_through(number)
        if found is None or not self._whole.relations:
            return found and found[0]
        return self._with_relations(number, found[1])

    def _part(self, place):
        """Return the page that holds a place, each row with its own place."""
        size = self._light.size
        listing, position = self._light.listing(
            {"page": place // size + 1, "size": size}
        )
        if listing.size not in (None, size) and not self._is_told:
            # The server has its own idea of a page: places count by that.
            self._light.size, self._is_told = listing.size, True
            return self._part(place)
        start = (position["page"] - 1) * position["size"]
        pairs = [
            (int(row["id"]), (row, start + at)) for at, row in enumerate(listing.rows)
        ]
        count = len(listing.rows) + len(listing.errors)
        return Part(start, count, pairs, listing.total)

    def _with_relations(self, number, place):
        """Return the row with its relations, where it stands now."""
        for page, size in ((place + 1, 1), (place // self._whole.size + 1, None)):
            listing, _position = self._whole.listing(
                {"page": page, "size": size or self._whole.size}
            )
            for row in listing.rows:
                if int(row["id"]) == number:
                    return row
        # It has moved meanwhile.
        return self._look_through(number)

    def _look_through(self, number):
        for chunk in self._whole.chunks():
            for row in chunk.rows:
                if int(row["id"]) == number:
                    return row
        return None
