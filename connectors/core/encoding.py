"""How the bytes of a text file become characters: detection, and decoding that never fails."""

import codecs
import re

from .code_pages import guess_code_page

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WIDE = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
"""Encodings in which a line end is not a single byte, with the bytes of a unit."""
_GUESS_BYTES = 65_536
_SIGNS = {bytes([n]).decode("cp1252", "ignore") or chr(n): n for n in range(256)}
"""Sign → the byte that Windows-1252 reads as it; its five gaps as Latin-1 has them."""
_CONTINUED = re.escape("".join(sign for sign, n in _SIGNS.items() if 0x80 <= n < 0xC0))
_READ_WRONG = re.compile(f"[\u00c2-\u00f4][{_CONTINUED}]")


def find_bom(data):
    """Return (encoding, length of the mark), (None, 0) where there is none."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name, len(mark)
    return None, 0


def detect_encoding(data):
    """Return (encoding, certain) of a sample, which may end within a character.

    Text without a mark is UTF-8 if most of what is beyond ASCII reads as such: a file
    that several programs wrote to may mix it with Windows-1252, see ``decode_line``.
    """
    name, _length = find_bom(data)
    if name:
        return name, True
    if name := _wide_without_mark(data):
        return name, True
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
        return "utf-8", True
    except UnicodeDecodeError:
        return _guess(data)


def find_late_encoding(file):
    """Return the encoding that the first lines beyond ASCII of a file show.

    Empty where it is UTF-8, or ASCII to its end: the beginning was right.
    """
    tail, found = b"", []
    size = 0
    while size < _GUESS_BYTES and (block := file.read(1 << 20)):
        if block.isascii():
            tail = b""
            continue
        lines = (tail + block).splitlines(True)
        tail = lines.pop()
        if len(tail) > _GUESS_BYTES:
            lines, tail = [*lines, tail[:_GUESS_BYTES]], b""
        beyond = [line for line in lines if not line.isascii()]
        found += beyond
        size += sum(map(len, beyond))
    if not tail.isascii():
        found.append(tail)
    sample = b"".join(found)[:_GUESS_BYTES]
    if not sample:
        return ""
    encoding, _certain = detect_encoding(sample + b"\n")
    return "" if encoding == "utf-8" else encoding


def read_twice(text):
    """Return what is meant by a text in UTF-8 that a program took for Windows-1252.

    >>> read_twice("JÃ¶rg KÃ¶ln"), read_twice("5 â‚¬"), read_twice("SÃO PAULO"), read_twice("Zoë")
    ('Jörg Köln', '5 €', 'SÃO PAULO', 'Zoë')
    """
    if text.isascii() or not _READ_WRONG.search(text):
        return text
    try:
        return bytes(map(_SIGNS.__getitem__, text)).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return text


def _wide_without_mark(data):
    zeros = data[:4096].count(0)
    if zeros * 4 < len(data[:4096]) or not zeros:
        return None
    even = data[:4096:2].count(0)
    return "utf-16-be" if even * 2 > zeros else "utf-16-le"


def _guess(data):
    data = data[:_GUESS_BYTES]
    lines = [line for line in data.splitlines()[:-1] or [data] if not line.isascii()]
    readable = sum(_is_utf8(line) for line in lines)
    if readable * 2 >= len(lines) and readable:
        return "utf-8", False
    # Line by line, so that a cut last character does not count.
    return guess_code_page(lines), False


def _is_utf8(line):
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def decode_line(line, encoding):
    """Return (text, as expected): a line that is not ``encoding`` is read as Windows-1252.

    Its five unassigned bytes are kept as the control characters that Latin-1 has there.

    >>> decode_line(b"Jos\\xe9", "utf-8"), decode_line(b"Jos\\xc3\\xa9", "utf-8")
    (('José', False), ('José', True))
    """
    for guess in (encoding, "cp1252"):
        try:
            return line.decode(guess), guess == encoding
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1"), False
