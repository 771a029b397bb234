"""Folders come as a tree; as records they name the folder that they lie in."""

from ..core.errors import RecordError
from ..core.source import Record
from .responses import is_object, member


def folder_records(rows, endpoint):
    """Return (records, errors) of a tree, the folders above before those below.

    >>> tree = [{"id": 1, "in": [{"id": 2, "in": []}]}]
    >>> [record.data for record in folder_records(tree, {"id": ["id"]})[0]]
    [{'id': 1}, {'id': 2, '_parent': {'stream': 'folders', 'id': '1'}}]
    """
    records, errors = [], []
    waiting = [(row, None) for row in rows if is_object(row)]
    for row, parent in waiting:  # grows on the way
        key = member(row, endpoint["id"])
        flat = {name: v for name, v in row.items() if not isinstance(v, list)}
        if parent is not None:
            flat["_parent"] = {"stream": "folders", "id": parent}
        own = parent if key is None else str(key)
        if key is None:
            about = {"stream": "folders", "source_id": f"#{len(errors)}"}
            errors.append(RecordError("missing_key", key=endpoint["id"][0], **about))
        else:
            records.append(Record("folders", own, flat))
        below = [v for v in row.values() if isinstance(v, list)]
        waiting += [(child, own) for v in below for child in v if is_object(child)]
    return records, errors
