"""Bring the bytes of a file, or say why the record goes without."""

from ..core.errors import ConfigurationError, FatalError, RecordError
from ..core.sentences import _lt

_GONE = frozenset({"not_found", "server_error"})
"""A deleted file answers 404; one whose bytes are missing on the disk answers 500."""


def read_file(client, reference):
    """Yield the bytes of a file that lies beside the API.

    Whoever has the address may read it, and behind it may be a store of somebody else:
    the token is not sent.

    :raises RecordError: it is gone or incomplete
    """
    path, name = str(reference.get("path") or ""), str(reference.get("name") or "")
    about = {"stream": "media", "source_id": str(reference.get("id") or name)}
    if not path.startswith("/media/"):
        raise RecordError(
            "bad_file", name=name, reason=_lt("its path is not usable"), **about
        )
    size = reference.get("size")
    size = size if isinstance(size, int) and size > 0 else None
    try:
        yield from client.stream(path, name=name, size=size, authorize=False)
    except (FatalError, ConfigurationError) as error:
        if error.code == "certificate":
            raise
        code, data = "bad_file", {"name": name, "reason": error.code}
        if error.code in _GONE:
            code, data = "missing_file", {"name": name}
        elif error.code in ("truncated_file", "unreachable", "too_slow"):
            code, data = error.code, error.data
        raise RecordError(code, **data, **about) from None
