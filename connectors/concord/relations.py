"""Fetch for single rows what their list did not bring along."""

from ..core.errors import FatalError, RecordError
from ..core.sentences import _lt
from .listing import ListReader
from .streams import LINKS, RELATIONS

_SHOWN = frozenset({*LINKS, "media"})
"""What the single record of a contact, company or deal brings along in any case; of
the links, the oldest comes first: that one is the primary."""


class RelationReader:
    """Complete the rows of a stream with the relations that are missing in them."""

    def __init__(self, api):
        self.api = api

    def complete(self, stream, row):
        """Return the row with its relations, and an error if they cannot be had.

        A relation that was not loaded is an absent key, never an empty list.
        """
        row = dict(row)
        names = [name.partition(".")[0] for name in RELATIONS.get(stream, ())]
        try:
            shown = [n for n in names if n in _SHOWN and row.get(n) is None]
            if stream in LINKS and shown:
                whole = self.api.get(f"{stream}/{row['id']}", stream=stream).data
                row |= {name: whole[name] for name in shown if name in whole}
            for name in names:
                if row.get(name) is None:
                    fetched = self._fetch(stream, row, name)
                    if fetched is not None:
                        row[name] = fetched
        except FatalError as error:
            return row, RecordError(
                "bad_record", stream=stream, source_id=str(row["id"]), reason=error.code
            )
        return row, None

    def _fetch(self, stream, row, name):
        place = f"{stream}/{row['id']}"
        if name in LINKS:
            if row.get(f"{name}_count") == 0:
                return []
            return self._all(f"{place}/{name}", stream)
        if name == "billable":
            # An answer comes even without lines; do not ask for thousands of those.
            if not row.get("products_count"):
                return None
            return self.api.get(f"{place}/billable", stream=stream).data
        if name == "changelog":
            return self._changelog(place, stream)
        if name == "comments":
            return self._comments(stream, row) if row.get("comments_count") else None
        return None

    def _changelog(self, place, stream):
        """Return the changelog of one record; None where the release has none."""
        try:
            row = self.api.get(place, [("with", "changelog")], stream=stream).data
        except FatalError as error:
            if error.code != "server_error":
                raise
            return None
        return row.get("changelog") if isinstance(row, dict) else None

    def _all(self, path, stream):
        chunks = ListReader(self.api, path, stream).chunks()
        return [row for chunk in chunks for row in chunk.rows]

    def _comments(self, stream, row):
        """Return the comments; those of notes and calls show through a parent only."""
        path, parameters = f"{stream}/{row['id']}/comments", []
        if stream in ("notes", "calls"):
            parents = [(name, row[name][0]["id"]) for name in LINKS if row.get(name)]
            if not parents:
                raise FatalError(
                    "unexpected_answer", reason=_lt("comments without a parent")
                )
            name, key = parents[0]
            parameters = [("via_resource", name), ("via_resource_id", key)]
        comments = self.api.get(path, parameters, stream=stream).data
        if not isinstance(comments, list):
            raise self.api.unexpected(stream, _lt("no list of comments"))
        return comments
