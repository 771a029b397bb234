"""Lines of a text file, each with the byte offset behind it, in flat memory."""

import codecs
import re

from .encoding import WIDE, decode_line, find_bom

BLOCK_BYTES = 262_144
MAX_RECORD_BYTES = 16 * 1024 * 1024
"""No row or JSON value of a CRM is longer; what is, is a quotation mark left open."""
_WIDE_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)")


class TooLong(Exception):
    """A line, or the record being read, is longer than ``MAX_RECORD_BYTES``."""


class Lines:
    """Iterate over the lines of a binary file as text, line ends included.

    LF, CR LF and CR all end a line. ``offset`` is the byte behind the line last given,
    ``number`` its number from 1. Set ``record_start`` to the offset at which the
    present record begins.

    :param tally: counter whose ``repaired`` grows by the lines that are not in
        ``encoding``
    """

    def __init__(self, file, encoding, tally, *, offset=0, number=0):
        if not offset:
            file.seek(0)
            offset = find_bom(file.read(4))[1]
        file.seek(offset)
        self.encoding = encoding
        self.offset = self.record_start = offset
        self.number = number
        self.tally = tally
        self._pieces = _wide(file, encoding) if encoding in WIDE else _narrow(file)

    def __iter__(self):
        return self

    def __next__(self):
        piece, length = next(self._pieces)
        self.offset += length
        self.number += 1
        if self.offset - self.record_start > MAX_RECORD_BYTES:
            raise TooLong
        if isinstance(piece, bytes):
            piece, expected = decode_line(piece, self.encoding)
            if not expected:
                self.tally["repaired"] += 1
        if piece[:1] == "\ufeff":
            # Files that somebody put together have the mark of each.
            piece = piece.lstrip("\ufeff")
        # NUL can be stored neither in PostgreSQL's text nor in its JSON.
        return piece.replace("\0", "") if "\0" in piece else piece


def _narrow(file):
    """Yield (bytes of a line, their number); no byte of a wider character is CR or LF."""
    tail = b""
    while block := file.read(BLOCK_BYTES):
        pieces = (tail + block).splitlines(True)
        tail = b""
        # A CR at the end of the block may be the half of a CR LF.
        if not pieces[-1].endswith(b"\n"):
            tail = pieces.pop()
        if len(tail) > MAX_RECORD_BYTES:
            raise TooLong
        for piece in pieces:
            yield piece, len(piece)
    for piece in tail.splitlines(True):
        yield piece, len(piece)


def _wide(file, encoding):
    """Yield (line, number of its bytes); half a pair becomes U+FFFD of the same width."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    tail = ""
    while block := file.read(BLOCK_BYTES):
        tail += decoder.decode(block)
        end = 0
        for match in _WIDE_LINE.finditer(tail, 0, len(tail) - tail.endswith("\r")):
            end = match.end()
            yield match[0], len(match[0].encode(encoding))
        tail = tail[end:]
        if len(tail) * WIDE[encoding] > MAX_RECORD_BYTES:
            raise TooLong
    tail += decoder.decode(b"", True)
    for piece in re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", tail):
        yield piece, len(piece.encode(encoding))
