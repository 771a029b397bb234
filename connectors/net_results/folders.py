"""Folders come as a tree; as records they name the folder that they lie in."""

from ..core.source import Record
from .answers import is_object, member


def folder_records(rows, endpoint):
    """Yield the folders of a tree, those above before those below.

    >>> tree = [{"id": 1, "in": [{"id": 2, "in": []}]}]
    >>> [record.data for record in folder_records(tree, {"id": ["id"]})]
    [{'id': 1}, {'id': 2, '_parent': {'stream': 'folders', 'id': '1'}}]
    """
    waiting = [(row, None) for row in rows if is_object(row)]
    while waiting:
        row, parent = waiting.pop(0)
        key = member(row, endpoint["id"])
        flat = {name: v for name, v in row.items() if not isinstance(v, list)}
        if parent is not None:
            flat["_parent"] = {"stream": "folders", "id": parent}
        own = None if key is None else str(key)
        if own is not None:
            yield Record("folders", own, flat)
        below = [v for v in row.values() if isinstance(v, list)]
        waiting += [(child, own) for v in below for child in v if is_object(child)]
