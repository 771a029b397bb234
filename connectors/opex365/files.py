"""Bring the bytes of a file: decoded on the way, in pieces, never whole in memory."""

import base64
import binascii
import re

from ..core.errors import ConfigurationError, FatalError, RecordError
from ..core.sentences import _lt

BLOCK = 4 * 1024 * 1024
"""Bytes of a piece, and the size from which files come in pieces."""
CHUNK = 1024 * 1024
SMALL, MAX_SMALL = 256 * 1024, 32
"""Attachments that many mails share (a logo) are kept: up to so large, so many."""
_PATH = re.compile(r"(\w+)\(([0-9a-f\-]{36})\)/(\w+)")
_TARGETS = {
    "annotations": ("Annotation", "annotationid", "annotation"),
    "activitymimeattachments": (
        "Attachment",
        "activitymimeattachmentid",
        "activitymimeattachment",
    ),
}
"""Tables whose files are columns of base64 text: (action, id, table)."""
_PICTURE = "_imageblob"
"""End of the name of a column that holds a picture: asked for whole, not as thumbnail."""
_GONE = frozenset({"row_missing", "not_found", "table_missing"})
_OF_ONE_FILE = frozenset({"not_json", "moved"})
"""What looks like a wrong address, but may be a proxy's word about one download."""


class FileReader:
    """Files of notes, attachments of activities, columns that hold a file.

    :param table_of: entity set → ``metadata.Table``
    """

    def __init__(self, api, table_of):
        self.api = api
        self.table_of = table_of
        self._shared = {}

    def fetch(self, reference):
        """Yield the bytes of a file in chunks of at most 1 MiB.

        :raises RecordError: it is gone, empty, blocked or incomplete
        """
        path, name = str(reference.get("path") or ""), str(reference.get("name") or "")
        about = {"stream": "media", "source_id": str(reference.get("id") or path)}
        found = _PATH.fullmatch(path)
        if not found:
            raise RecordError(
                "bad_file", name=name, reason=_lt("its path is not usable"), **about
            )
        size = reference.get("size")
        size = size if isinstance(size, int) and not isinstance(size, bool) else None
        if size == 0:
            # What a virus scanner took away leaves its row behind.
            raise RecordError("missing_file", name=name, **about)
        try:
            yield from self._checked(found, name, size, reference.get("blob"), about)
        except (FatalError, ConfigurationError) as error:
            if isinstance(error, ConfigurationError) and error.code not in _OF_ONE_FILE:
                # A secret that has expired is no fault of the file.
                raise
            reason = error.data.get("reason", error.code)
            code, data = "bad_file", {"name": name, "reason": reason}
            if error.code in _GONE:
                code, data = "missing_file", {"name": name}
            elif error.code == "truncated_file":
                code, data = error.code, {**error.data, "name": name}
            elif error.code in ("unreachable", "too_slow"):
                code, data = error.code, error.data
            raise RecordError(code, **data, **about) from None

    def _checked(self, found, name, size, blob, about):
        """Yield the bytes and count them; keep those that others will ask for again."""
        if blob in self._shared:
            yield self._shared[blob]
            return
        received, kept = 0, []
        for chunk in self._bytes(found, name, size):
            received += len(chunk)
            if blob and received <= SMALL:
                kept.append(chunk)
            yield chunk
        if not received:
            raise RecordError("missing_file", name=name, **about)
        if size is not None and received != size:
            raise RecordError(
                "truncated_file", name=name, received=received, expected=size, **about
            )
        if blob and received <= SMALL and len(self._shared) < MAX_SMALL:
            self._shared[blob] = b"".join(kept)

    def _bytes(self, found, name, size):
        encoded = found[1] in _TARGETS
        if size is not None and size > BLOCK:
            try:
                token, total = self._begin(found, name)
            except FatalError as error:
                if error.code != "chunks_refused":
                    raise
            else:
                yield from self._blocks(token, total, name)
                return
        try:
            yield from self._column(found[0], name, encoded)
        except FatalError as error:
            if error.code != "too_large":
                raise
            yield from self._blocks(*self._begin(found, name), name)

    # -- at once -------------------------------------------------------------------

    def _column(self, path, name, encoded):
        size = "?size=full" if path.endswith(_PICTURE) else ""
        chunks = self.api.stream(f"{path}/$value{size}", name=name)
        yield from decoded(chunks, name) if encoded else chunks

    # -- in pieces -----------------------------------------------------------------

    def _begin(self, found, name):
        """Return the token of a download and the size of the file."""
        set_name, key, column = found.groups()
        if set_name in _TARGETS:
            action, id_name, table = _TARGETS[set_name]
            payload = {}
        else:
            described = self.table_of(set_name)
            action, id_name, table = "File", described.id, described.name
            payload = {"FileAttributeName": column}
        kind = f"Microsoft.Dynamics.CRM.{table}"
        payload["Target"] = {id_name: key, "@odata.type": kind}
        answer = self.api.ask(f"Initialize{action}BlocksDownload", payload, stream=name)
        token = (
            answer.get("FileContinuationToken") if isinstance(answer, dict) else None
        )
        if token and answer.get("IsChunkingSupported") is False:
            raise FatalError("chunks_refused", host=self.api.host, stream=name)
        if not token:
            raise self.api.unexpected(name, _lt("no token for the download"))
        return token, int(answer.get("FileSizeInBytes") or 0)

    def _blocks(self, token, total, name):
        offset = 0
        while offset < total:
            payload = {
                "Offset": offset,
                "BlockLength": BLOCK,
                "FileContinuationToken": token,
            }
            answer = self.api.ask("DownloadBlock", payload, stream=name)
            data = answer.get("Data") if isinstance(answer, dict) else None
            piece = _decode(str(data or ""), name)
            if not piece:
                raise FatalError(
                    "truncated_file", name=name, received=offset, expected=total
                )
            offset += len(piece)
            for start in range(0, len(piece), CHUNK):
                yield piece[start : start + CHUNK]


def decoded(chunks, name):
    """Yield the bytes that base64 text in chunks stands for.

    >>> b"".join(decoded([b"aGVs", b"bG8gd2", b"9ybGQ="], "a.txt"))
    b'hello world'
    """
    rest = b""
    for chunk in chunks:
        text = rest + re.sub(rb'[\s"\xef\xbb\xbf]', b"", chunk)
        usable = len(text) // 4 * 4
        rest = text[usable:]
        # One encoded MiB is less than one MiB of bytes.
        if usable:
            yield _decode(text[:usable], name)
    if rest:
        yield _decode(rest, name)


def _decode(text, name):
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise FatalError("bad_file", name=name, reason=_lt("it is no base64")) from None
