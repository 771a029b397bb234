"""Documents in an archive, and the record that the folder they lie in belongs to."""

import mimetypes

from ..core.source import Page, Record
from .dated_names import without_date
from .names import object_of

PARENT = "_parent"
ATTACHMENTS = "files"
PAGE_FILES = 1000


def find_parents(streams):
    """Return a function: path of a file → (reference to its record or None, place).

    ``…/deals/12/offer.pdf`` belongs to record 12 of ``deals``; folders below that one
    do not matter, and the innermost pair of folders counts. The place is the path from
    there on, whatever the export is called that it lies in.

    :param streams: ``{object: stream}``
    """

    def parent(path):
        *folders, name = path.split("/")
        for place in range(len(folders) - 2, -1, -1):
            stream = streams.get(object_of(folders[place]))
            if stream:
                found = {"stream": stream, "id": folders[place + 1]}
                return found, "/".join([stream, *folders[place + 1 :], name])
        kept = filter(None, (without_date(folder, "") for folder in folders))
        return None, "/".join([*kept, name])

    return parent


class Documents:
    """The documents of archives under names that the newer export gives them as well.

    :param items: documents that no table lists
    :param find_parent: of ``find_parents``
    """

    def __init__(self, items, find_parent):
        self._items = {}
        for item in items:
            reference, place = find_parent(item.key.removeprefix(f"{item.archive}/"))
            # Two archives may hold the same path: then all of it tells them apart.
            key = item.key if place in self._items else place
            self._items[key] = (item, reference)

    def find(self, path):
        """Return the item of a name, None without one."""
        found = self._items.get(path)
        return found and found[0]

    def records_of(self, path):
        """Return the record of a name in a tuple, an empty one without one."""
        return (self._record(path),) if path in self._items else ()

    def pages(self, checkpoint):
        """Yield the pages; a checkpoint is ``{"row"}``, how many are behind."""
        start, keys = (checkpoint or {}).get("row", 0), list(self._items)
        while True:
            found = keys[start : start + PAGE_FILES]
            start += PAGE_FILES
            following = {"row": start} if start < len(keys) else None
            yield Page(tuple(self._record(key) for key in found), following)
            if not following:
                return

    def _record(self, key):
        item, reference = self._items[key]
        name = item.name
        data = {
            "id": key,
            "name": name,
            "path": key,
            "size": item.size,
            "mimetype": mimetypes.guess_type(name)[0] or "application/octet-stream",
            "file": {"path": key, "name": name, "size": item.size},
        }
        if reference:
            data[PARENT] = reference
        return Record(ATTACHMENTS, key, data)
