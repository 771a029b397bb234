"""What may be logged: addresses without their secrets, never a value of a record."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

HIDDEN = "***"
_SECRET_NAME = re.compile(
    r"token|secret|password|passwd|pwd|key|signature|auth|credential|session|code|sig$",
    re.IGNORECASE,
)
# Long opaque path segments are tokens: media links, session ids in the path.
_SECRET_SEGMENT = re.compile(r"^(?=.*\d)[A-Za-z0-9_\-=.|~]{20,}$")


def redact_url(url):
    """Return ``url`` without user info, token-like path segments and secret parameters.

    >>> redact_url("https://ana:pw@crm.example.com/api?access_token=abc&page=2")
    'https://crm.example.com/api?access_token=***&page=2'
    >>> redact_url("https://crm.example.com/media/7c1e6a52-0000-4000-8000-000000000066/download")
    'https://crm.example.com/media/***/download'
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if ":" in host:
        host = f"[{host}]"
    if parts.port:
        host = f"{host}:{parts.port}"
    path = "/".join(
        HIDDEN if _SECRET_SEGMENT.match(segment) else segment
        for segment in parts.path.split("/")
    )
    query = urlencode(
        [
            (name, HIDDEN if _SECRET_NAME.search(name) else value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
        ],
        safe="*",
    )
    return urlunsplit((parts.scheme, host, path, query, ""))
