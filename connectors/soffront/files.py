"""Bring the bytes of an attachment, or say why the record goes without."""

import re

from ..core.errors import (
    AuthenticationError,
    ConfigurationError,
    FatalError,
    ForbiddenError,
    RecordError,
)
from ..core.sentences import _lt
from .responses import as_number

_GONE = frozenset({"not_found", "server_error"})
_PAGE = re.compile(rb"^\xef?\xbb?\xbf?\s*<(!doctype\s+html|html|head)", re.IGNORECASE)
_MESSAGE = re.compile(rb"^\s*\{[^{}]{0,80}\"ErrorCode\"", re.IGNORECASE)
_WEB_PAGE = (".htm", ".html", ".xhtml", ".asp", ".aspx")


def read_file(api, reference):
    """Yield the bytes of a file; a token that has expired is renewed once.

    :param reference: ``{"object", "record", "name", "size"}`` as the profile makes it
    :raises RecordError: it is gone, incomplete, or an error page came in its place
    """
    name = str(reference.get("name") or "")
    kind, record = (
        str(reference.get("object") or ""),
        str(reference.get("record") or ""),
    )
    about = {"stream": "media", "source_id": f"{kind}-{record}-{name}"}
    if not name or not kind.isalnum() or not record.isdecimal():
        raise RecordError(
            "bad_file", name=name, reason=_lt("its path is not usable"), **about
        )
    size = as_number(reference.get("size", ""))
    size = size if size is not None and size >= 0 else None
    token = api.login.token(api.timeout)
    for attempt in (1, 2):
        try:
            yield from _checked(api.download(kind, record, name, size=size), name, size)
            return
        except (AuthenticationError, ForbiddenError, _TokenRefused) as error:
            if attempt == 2:
                refused = isinstance(error, _TokenRefused)
                reason = "token_refused" if refused else error.code
                raise RecordError(
                    "bad_file", name=name, reason=reason, **about
                ) from None
            api.login.forget(token)
            # Here and not within: a log-in that was changed is no fault of the file.
            token = api.login.token(api.timeout)
        except _NotTheFile as error:
            raise RecordError(
                "bad_file", name=name, reason=str(error), **about
            ) from None
        except (FatalError, ConfigurationError) as error:
            if error.code == "certificate":
                raise
            code, data = "bad_file", {"name": name, "reason": error.code}
            if error.code in _GONE:
                code, data = "missing_file", {"name": name}
            elif error.code in ("truncated_file", "unreachable", "too_slow"):
                code, data = error.code, {**error.data, "name": name}
            raise RecordError(code, **data, **about) from None


class _NotTheFile(Exception):
    """A page or a message came instead of the file."""


class _TokenRefused(Exception):
    """The message says that the token is worth nothing."""


def _checked(chunks, name, size):
    """Yield the chunks, unless the first one shows that they are no file."""
    first = next(chunks, b"")
    if len(first) == size:
        # Exactly what was announced, whatever it looks like.
        yield first
        yield from chunks
        return
    if _PAGE.match(first) and not name.lower().endswith(_WEB_PAGE):
        raise _NotTheFile("a page came instead")
    if _MESSAGE.match(first):
        raise (
            _TokenRefused if b"oken" in first else _NotTheFile("a message came instead")
        )
    if first:
        yield first
    yield from chunks
