"""Pictures and files within texts: the rich text editor keeps them as rows of their own."""

import html
import re
from urllib.parse import urlsplit

from ..core.source import Record

TEXTS = ("description", "notetext", "content", "text", "largetext")
"""Columns that hold what people write with an editor."""
_ADDRESS = re.compile(
    r"""(?:src|href)\s*=\s*(["'])(?P<url>(?P<host>https?://[^"'/]+)?/api/data/v9\.\d+/"""
    r"""(?P<path>\w+\([0-9a-fA-F\-]{36}\)/\w+)/\$value[^"']*)\1""",
    re.IGNORECASE,
)
FULL = "?size=full"
"""Without it the server gives a thumbnail of a picture."""


def find_places(text, host):
    """Return path → addresses by which a text shows files of this environment.

    >>> text = '<img src="/api/data/v9.0/msdyn_richtextfiles(' + "0" * 36 + ')/msdyn_imageblob/$value?size=full">'
    >>> list(find_places(text, "acme.crm4.dynamics.com"))
    ['msdyn_richtextfiles(000000000000000000000000000000000000)/msdyn_imageblob']
    """
    found = {}
    for match in _ADDRESS.finditer(text) if "/api/data/v9." in text else ():
        there = match["host"] and urlsplit(match["host"]).hostname
        # A login is shown to our own environment only.
        if there and there.lower() != host.lower():
            continue
        table, _bracket, rest = match["path"].partition("(")
        path = f"{table}({rest.lower()}"
        found.setdefault(path, []).append(html.unescape(match["url"]))
    return found


def pictures_of(data, stream, key, host):
    """Yield a record of ``media`` for each file that the texts of a record show."""
    places = {}
    for column in TEXTS:
        if isinstance(data.get(column), str):
            for path, addresses in find_places(data[column], host).items():
                places.setdefault(path, []).extend(addresses)
    for path, addresses in places.items():
        name = path.partition("(")[2][:8]
        yield Record(
            "media",
            f"{stream}-{key}-{path}",
            {
                "_parent": {"stream": stream, "id": key},
                "_thread": [{"stream": stream, "id": key}],
                "_path": path,
                "_inline": list(dict.fromkeys(addresses)),
                "filename": f"picture-{name}",
                "createdon": data.get("createdon"),
                "modifiedon": data.get("modifiedon"),
            },
        )
