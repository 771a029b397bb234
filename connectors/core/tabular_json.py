"""JSON arrays and lines of JSON: found, and read element by element in flat memory."""

import codecs
import json
import re
from dataclasses import dataclass

from .encoding import WIDE, decode_line, find_bom
from .lines import BLOCK_BYTES, MAX_RECORD_BYTES, Lines, TooLong
from .tabular_csv import Trouble

SCAN_BYTES = 256 * 1024 * 1024
"""Arrays that begin further behind in an object are not looked for: a second or two."""
_DEPTH = 4
_SPACE = re.compile(r"[ \t\r\n]*")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_ESCAPED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_DECODER = json.JSONDecoder()


class NotJson(Exception):
    """The file is not JSON from ``offset`` on; there is no way to find the next record."""

    def __init__(self, offset):
        self.offset = offset
        super().__init__(offset)


@dataclass(frozen=True)
class Array:
    """A list of objects in a file: dotted path to it, byte of its first element."""

    path: str
    offset: int
    count: int | None = None


class Cursor:
    """A window on JSON text that moves forward and knows its byte offset."""

    def __init__(self, file, encoding, offset=None):
        file.seek(0)
        self.file = file
        self.encoding = encoding
        self.errors = "replace" if encoding in WIDE else "surrogateescape"
        self.offset = find_bom(file.read(4))[1] if offset is None else offset
        file.seek(self.offset)
        self.decoder = codecs.getincrementaldecoder(encoding)(self.errors)
        self.text = ""
        self.at = self._told = 0
        self.ended = False

    def more(self):
        """Read on; tell whether there was anything. Drops what was passed already."""
        if self.ended:
            return False
        if len(self.text) - self.at > MAX_RECORD_BYTES:
            raise TooLong
        self.tell()
        # Twice as much each time, so that a huge element is not parsed once a block.
        block = self.file.read(max(BLOCK_BYTES, len(self.text) - self.at))
        self.ended = not block
        self.text = self.text[self.at :] + self.decoder.decode(block, self.ended)
        self.at = self._told = 0
        return True

    def tell(self):
        """Return the byte offset of the window's position."""
        passed = self.text[self._told : self.at]
        self.offset += len(passed.encode(self.encoding, self.errors))
        self._told = self.at
        return self.offset

    def peek(self):
        """Return the next character that is no space, ``""`` at the end."""
        while True:
            self.at = _SPACE.match(self.text, self.at).end()
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def take(self, character):
        """Pass over ``character``, if it is next; tell whether it was."""
        found = self.peek() == character
        self.at += found
        return found

    def value(self):
        """Return the JSON value that is next, and its text.

        :raises NotJson: there is none
        """
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self.text, self.at)
            except (json.JSONDecodeError, RecursionError) as error:
                if isinstance(error, RecursionError) or not self.more():
                    raise NotJson(self.tell()) from error
                continue
            # A number at the end of the window may go on behind it.
            if end == len(self.text) and not self.ended and self.more():
                continue
            text, self.at = self.text[self.at : end], end
            return value, text


def find_arrays(file, encoding):
    """Return (the ``Array``s of objects of a document, whether all of it was looked at).

    The document is an array itself, or an object in which arrays stand, such as
    ``{"data": […]}`` or ``{"contacts": […], "deals": […]}``.
    """
    cursor = Cursor(file, encoding)
    found = []
    first = cursor.peek()
    if first == "[":
        cursor.take("[")
        return [Array("", cursor.tell())], True
    if first != "{":
        return found, True
    complete = _scan_object(cursor, "", 1, found)
    if complete:
        _ensure_end(cursor)
    return found, complete


def _ensure_end(cursor):
    """Two documents one behind the other are none: the second would be lost."""
    if cursor.peek():
        raise NotJson(cursor.tell())


def _scan_object(cursor, path, depth, found):
    """Collect the arrays of the object that is next; tell whether it was read to its end."""
    cursor.take("{")
    while not cursor.take("}"):
        name, _text = cursor.value()
        if not isinstance(name, str) or not cursor.take(":"):
            raise NotJson(cursor.tell())
        inner = f"{path}.{name}" if path else name
        following = cursor.peek()
        if following == "[":
            cursor.take("[")
            if not _scan_array(cursor, inner, found):
                return False
        elif following == "{" and depth < _DEPTH:
            if not _scan_object(cursor, inner, depth + 1, found):
                return False
        else:
            cursor.value()
        cursor.take(",")
    return True


def _scan_array(cursor, path, found):
    start = cursor.tell()
    objects, count = False, 0
    while not cursor.take("]"):
        value, _text = cursor.value()
        objects = objects or isinstance(value, dict)
        cursor.take(",")
        count += 1
        if cursor.offset > SCAN_BYTES:
            if objects:
                found.append(Array(path, start))
            return False
    if objects:
        found.append(Array(path, start, count))
    return True


def read_elements(file, encoding, array, position=None):
    """Yield ``(object or Trouble, position)`` for an array; a position is (offset, number).

    :raises NotJson: the file breaks off or is damaged: nothing behind can be found
    :raises TooLong: an element is longer than ``MAX_RECORD_BYTES``
    """
    offset, number = position or (array.offset, 0)
    cursor = Cursor(file, encoding, offset)
    while not cursor.take("]"):
        value, text = cursor.value()
        number += 1
        if not cursor.take(",") and cursor.peek() != "]":
            raise NotJson(cursor.tell())
        yield _as_record(value, text, encoding, number), (cursor.tell(), number)
    if not array.path:
        _ensure_end(cursor)


def read_json_lines(file, encoding, tally, position=None):
    """Yield ``(object or Trouble, position)`` for lines of JSON; blank lines are passed over."""
    offset, number = position or (0, 0)
    lines = Lines(file, encoding, tally, offset=offset, number=number)
    for text in lines:
        lines.record_start = lines.offset
        if text.strip():
            try:
                value = json.loads(text)
            except (json.JSONDecodeError, RecursionError):
                value = Trouble("bad_json", {"line": lines.number})
            else:
                value = _as_record(value, text, encoding, lines.number)
            yield value, (lines.offset, lines.number)


def _as_record(value, text, encoding, number):
    if not isinstance(value, dict):
        return Trouble("not_an_object", {"line": number})
    if not text.isascii() and encoding not in WIDE:
        if _UNSTORABLE.search(text):
            data = text.encode(encoding, "surrogateescape")
            value = json.loads(decode_line(data, encoding)[0])
    if "\\u" in text and _ESCAPED.search(text):
        value = _storable(value)
    return value


def _storable(value):
    """Return a value without what PostgreSQL cannot store: NUL and halves of a pair."""
    if isinstance(value, str):
        return _UNSTORABLE.sub(lambda m: "" if m[0] == "\0" else "\ufffd", value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    return value
