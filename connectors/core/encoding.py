"""How the bytes of a text file become characters: detection, and decoding that never fails."""

import codecs
import re

import chardet

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
_FOREIGN_SHARE = 0.2
"""Above this share of bytes beyond ASCII the text is in no Latin script."""
_LATIN = {None, "cp1250", "cp1252", "iso8859-1", "iso8859-2", "iso8859-9", "cp1254"}
_SYMBOL_IN_WORD = re.compile(r"[A-Za-z][¡-¿Œœ][a-z]|[£¥¦§©¯][a-z]{2}|[a-z]{2}[³¹¿œ]")


def find_bom(data):
    """Return (encoding, length of the mark), (None, 0) where there is none."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name, len(mark)
    return None, 0


def known_encoding(name):
    """Return Python's name of an encoding, None if Python does not know it as text."""
    try:
        info = codecs.lookup(name)
    except (LookupError, TypeError):
        return None
    # rot13, hex and their like are codecs as well.
    return info.name if getattr(info, "_is_text_encoding", True) else None


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
    beyond_ascii = sum(byte > 127 for byte in data)
    # Line by line, so that what chardet makes of a cut last character does not count.
    guessed = known_encoding(chardet.detect(b"\n".join(lines))["encoding"] or "")
    if guessed in _LATIN:
        western, central = _oddities(data, "cp1252"), _oddities(data, "cp1250")
        # chardet knows the code page from 5 on; Odoo 19 also runs with 4.
        sure = guessed == "cp1250" or (western >= 3 and not central)
        if sure and western > central:
            return "cp1250", False
    if guessed and beyond_ascii > len(b"".join(lines)) * _FOREIGN_SHARE:
        return guessed, False
    return "cp1252", False


def _is_utf8(line):
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _oddities(data, encoding):
    return len(_SYMBOL_IN_WORD.findall(data.decode(encoding, "replace")))


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
