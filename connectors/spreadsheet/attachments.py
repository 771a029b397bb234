"""Documents in an archive, and the record that the folder they lie in belongs to."""

import mimetypes

from ..core.source import Page, Record
from .names import object_of

ATTACHMENTS = "files"
PAGE_FILES = 1000


def find_parents(streams):
    """Return a function: path of a file → ``{"stream", "id"}`` of its record, or None.

    ``…/deals/12/offer.pdf`` belongs to record 12 of ``deals``; folders below that one
    do not matter, and the innermost pair of folders counts.

    :param streams: ``{object: stream}``
    """

    def parent(path):
        folders = path.split("/")[:-1]
        for place in range(len(folders) - 2, -1, -1):
            stream = streams.get(object_of(folders[place]))
            if stream:
                return {"stream": stream, "id": folders[place + 1]}
        return None

    return parent


def attachment_pages(items, find_parent, checkpoint):
    """Yield the pages of the documents; a checkpoint is ``{"row"}``, how many are behind."""
    start = (checkpoint or {}).get("row", 0)
    while True:
        records = [
            _record(item, find_parent) for item in items[start : start + PAGE_FILES]
        ]
        start += PAGE_FILES
        following = {"row": start} if start < len(items) else None
        yield Page(tuple(records), following)
        if not following:
            return


def _record(item, find_parent):
    name = item.key.rpartition("/")[2]
    file = {"path": item.key, "name": name, "size": item.size}
    data = {
        "id": item.key,
        "name": name,
        "path": item.key,
        "size": item.size,
        "mimetype": mimetypes.guess_type(name)[0] or "application/octet-stream",
        "file": file,
    }
    inside = item.key.removeprefix(f"{item.archive}/")
    if parent := find_parent(inside):
        data["_parent"] = parent
    return Record(ATTACHMENTS, item.key, data)
