"""Turn a row of a list into its record and the records that hang on it."""

import re

from ..core.errors import RecordError
from ..core.source import Record
from .streams import LINKS

_NAMES = ("id", "display_name", "name", "first_name", "last_name", "email")
"""What is kept of a record nested in another: it has a row, and a hash, of its own."""

_TEXTS = {
    "notes": ("body",),
    "calls": ("body",),
    "comments": ("body",),
    "activities": ("description", "note"),
    "documents": ("content",),
    "emails": ("html_body",),
}
"""Members with rich text, in which pictures are mere links."""

_PICTURE = re.compile(
    r"""<img\b[^>]*?\ssrc\s*=\s*(["'])([^"']*?/media/([^/"'?\#]+)/(?:preview|download)[^"']*)\1""",
    re.IGNORECASE,
)
_FILE_PATH = re.compile(r"/media/([^/?#]+)/")
_TAGS = {"contacts": "contact_tags", "companies": "contact_tags", "deals": "deal_tags"}


def records_of(stream, row, error=None):
    """Return ``(records, errors)`` of a row: itself, then what it brought along."""
    if error:
        return [], [error]
    records = [Record(stream, str(row["id"]), _own(stream, row))]
    records += [
        Record(_TAGS[stream], str(tag["id"]), tag)
        for tag in (row.get("tags") or () if stream in _TAGS else ())
    ]
    if stream == "pipelines":
        records += [
            Record("stages", str(stage["id"]), stage)
            for stage in row.get("stages") or ()
        ]
    files, errors = files_of(stream, row)
    records += files
    for comment in row.get("comments") or ():
        comment = {**comment, "_parent": parent_of(stream, row)}
        records.append(Record("comments", str(comment["id"]), comment))
        files, wrong = files_of("comments", comment)
        records += files
        errors += wrong
    return records, errors


def _own(stream, row):
    """Return the row without copies of other records, of which it keeps the names."""
    own = dict(row)
    if stream == "emails" and (sender := _sender(row.get("from"))):
        own["_from"] = sender
    lines = row.get("billable")
    if isinstance(lines, dict) and not lines.get("products"):
        # What comes even where nobody ever entered a line.
        own["billable"] = None
    for name in LINKS:
        if isinstance(row.get(name), list):
            own[name] = [
                {key: value for key, value in item.items() if key in _NAMES}
                for item in row[name]
            ]
    for name in ("media", "comments", *(("changelog",) if stream in LINKS else ())):
        if isinstance(row.get(name), list):
            own[name] = [{"id": item["id"]} for item in row[name]]
    return own


def _sender(party):
    """Return a sender as an e-mail names one: with the name, which may hold a comma."""
    party = party if isinstance(party, dict) else {}
    name = " ".join(str(party.get("name") or "").replace('"', "'").split())
    address = str(party.get("address") or "").strip()
    return f'"{name}" <{address}>' if name and "@" in address else ""


def parent_of(stream, row):
    """Return what a derived record says of where it comes from."""
    return {"stream": stream, "id": row["id"]}


def files_of(stream, row):
    """Return ``(records, errors)`` for the files of a row and the pictures in its texts.

    A file may hang on several records, so its id names the record as well.
    """
    place, pictures = f"{stream}-{row['id']}", _pictures(stream, row)
    records, errors = [], []
    for item in row.get("media") or ():
        path = item.get("download_path") or item.get("download_url") or ""
        found = _FILE_PATH.search(path)
        if not found:
            errors.append(
                RecordError(
                    "missing_key",
                    stream="media",
                    source_id=f"{place}-{item.get('id')}",
                    key="download_path",
                )
            )
            continue
        extra = {"_parent": parent_of(stream, row), "_path": _path(found[1])}
        if addresses := pictures.pop(found[1], None):
            extra["_inline"] = addresses
        records.append(Record("media", f"{place}-{item['id']}", {**item, **extra}))
    for token, addresses in pictures.items():
        data = {
            "_parent": parent_of(stream, row),
            "_path": _path(token),
            "_name": f"picture-{token[:8]}",
            "_inline": addresses,
        }
        records.append(Record("media", f"{place}-{token}", data))
    return records, errors


def _path(token):
    # Joined with the address that we were given: the server's own idea of its address,
    # in ``download_url``, may be another.
    return f"/media/{token}/download"


def _pictures(stream, row):
    """Return the pictures in the texts of a row: ``{token: [address as written]}``."""
    found = {}
    for member in _TEXTS.get(stream, ()):
        for match in _PICTURE.finditer(row.get(member) or ""):
            addresses = found.setdefault(match[3], [])
            if match[2] not in addresses:
                addresses.append(match[2])
    return found
