"""Lines of address cards and calendars (RFC 5545, 6350; vCard 2.1), read by their signs alone.

vobject, which Odoo has, ends a text of version 2.1 at its first comma, and refuses a whole
file for one picture that is damaged (``findings/``). Here a line that is none is kept as
it is written, and every other one is read.
"""

import base64
import binascii
import quopri
import re
from dataclasses import dataclass, field

from .encoding import WIDE, decode_line, detect_encoding, find_bom

_LINE = re.compile(
    rb"(?:([\w.-]+)\.)?([\w-]+)((?:;(?:\"[^\"]*\"|[^\":])*)?):(.*)", re.DOTALL
)
_PARAMS = re.compile(r";([^=;\"]+)(?:=((?:\"[^\"]*\"|[^;\"])*))?")
_WORDS = re.compile(r"\"([^\"]*)\"|([^,\"]+)")
_QUOTED = re.compile(rb"[^:]*quoted-printable[^:]*:", re.IGNORECASE)
_BASE64 = re.compile(
    rb"[^:]*(?:;base64|encoding=\"?b(?:ase64)?\b)[^:]*:", re.IGNORECASE
)
_BYTES = re.compile(rb"[A-Za-z0-9+/=]+")
_OLD = re.compile(rb"VERSION:(?:1\.0|2\.1)\s*", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([nN,;:\\])")
_ESCAPED_OLD = re.compile(r"\\([,;:\\])")
_BEHIND = re.compile(r" \S")
"""How a text goes on behind its semicolon."""
_ENCODINGS = {"QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT"}


@dataclass(frozen=True)
class Line:
    """A line: its name in capitals, its parameters in capitals → words.

    :param old: it is of version 2.1, where only separators bear a backslash
    """

    name: str
    params: dict
    value: str
    group: str = ""
    old: bool = False

    @property
    def kinds(self):
        return {word.upper() for word in self.params.get("TYPE", ())}

    @property
    def is_bytes(self):
        words = {word.upper() for word in self.params.get("ENCODING", ())}
        return bool(words & {"B", "BASE64"}) or bool(
            re.match("data:[^,]*;base64,", self.value)
        )

    @property
    def is_preferred(self):
        return "PREF" in self.kinds or self.params.get("PREF") == ["1"]

    def plain(self, text=None):
        """Return the value, or a part of it, without its escapes."""
        text = self.value if text is None else text
        pattern = _ESCAPED_OLD if self.old else _ESCAPED
        text = pattern.sub(lambda m: "\n" if m[1] in "nN" else m[1], text)
        return text.replace("\r\n", "\n").strip()

    def parts(self, separator=";"):
        """Return the parts of the value; a separator behind a backslash is none.

        >>> Line("N", {}, r"a\\;b;c\\\\;d").parts()
        ['a;b', 'c\\\\', 'd']
        """
        return [self.plain(part) for part in self._divide(separator)]

    def parts_of(self, count, open_part):
        """Return the parts of a value that has ``count`` of them.

        Of more, some are of one text, whose semicolons the writer did not escape (vcf,
        ``findings/``): those with a blank before them, else those from ``open_part`` on,
        the place of a part; None: the rest are parts of their own.
        """
        parts = self._divide(";")
        apart = [place for place in range(1, len(parts)) if _BEHIND.match(parts[place])]
        if apart and len(apart) == len(parts) - count:
            for place in reversed(apart):
                parts[place - 1 : place + 1] = [";".join(parts[place - 1 : place + 1])]
        while len(parts) > count and not parts[-1].strip():
            parts.pop()
        if len(parts) > count and open_part is not None:
            end = open_part + 1 + len(parts) - count
            parts[open_part:end] = [";".join(parts[open_part:end])]
        return [self.plain(part) for part in parts]

    def _divide(self, separator):
        divided = re.sub(
            rf"(\\.)|{separator}", lambda m: m[1] or "\0", self.value, flags=re.DOTALL
        )
        return divided.split("\0")

    def size(self):
        """Return how many bytes are written here, 0 where they are damaged."""
        text = self.value.rpartition("base64,")[2] if "," in self.value else self.value
        try:
            return len(base64.b64decode("".join(text.split()), validate=True))
        except (binascii.Error, ValueError):
            return 0


@dataclass
class Component:
    """What stands between BEGIN and END.

    :param unread: lines within that are none
    """

    name: str
    lines: list = field(default_factory=list)
    inner: list = field(default_factory=list)
    unread: list = field(default_factory=list)


def read_components(data):
    """Return the ``Component``s of a file; one that never ends is what was read of it."""
    top = Component("")
    path = [top]
    for line in _read_lines(data):
        here = path[-1]
        if isinstance(line, str):
            here.unread.append(line)
        elif line.name == "BEGIN":
            name = line.value.strip().upper()
            if name == here.name == "VCARD":
                # The one before was cut off.
                path.pop()
            path.append(Component(name))
            path[-2].inner.append(path[-1])
        elif line.name == "END":
            name = line.value.strip().upper()
            if name in [each.name for each in path[1:]]:
                while path.pop().name != name:
                    pass
        else:
            here.lines.append(line)
    return top.inner


def _read_lines(data):
    """Yield each ``Line``, or the text of what is none."""
    encoding, _certain = detect_encoding(data)
    data = data[find_bom(data)[1] :]
    if encoding in WIDE:
        data, encoding = data.decode(encoding, "replace").encode(), "utf-8"
    old = False
    for raw in _unfold(data):
        found = _LINE.fullmatch(raw)
        if not found:
            text = decode_line(raw, encoding)[0].strip()
            if text:
                yield text
            continue
        if found[2].upper() == b"BEGIN":
            old = False
        old = old or bool(_OLD.fullmatch(raw))
        yield _as_line(found, encoding, old)


def _unfold(data):
    """Yield the lines as they are meant: goes on what begins with a space, or ends with
    the soft break of quoted-printable; of bytes, also what is nothing but such."""
    whole, old = None, False
    for raw in data.splitlines():
        if whole is not None and _is_open(whole):
            whole = whole.rstrip()[:-1] + raw
        elif whole is not None and raw[:1] in (b" ", b"\t") and raw.strip():
            # Version 2.1 breaks a text where it has a space, which stays.
            keep = old and not _BASE64.match(whole)
            whole += raw if keep else raw[1:]
        elif whole is not None and _BYTES.fullmatch(raw) and _BASE64.match(whole):
            whole += raw
        elif raw.strip():
            if whole is not None:
                yield whole
            whole = raw
            old = not raw.upper().startswith(b"BEGIN:") and (
                old or bool(_OLD.fullmatch(raw))
            )
    if whole is not None:
        yield whole


def _is_open(whole):
    return whole.rstrip().endswith(b"=") and bool(_QUOTED.match(whole))


def _as_line(found, encoding, old):
    group, name, params, value = found.groups()
    params = _read_params(decode_line(params, encoding)[0])
    charset = params.get("CHARSET", [encoding])[0]
    if "QUOTED-PRINTABLE" in map(str.upper, params.get("ENCODING", ())):
        value = quopri.decodestring(value)
        if "CHARSET" not in params:
            charset = "utf-8"
    try:
        text = value.decode(charset)
    except (LookupError, UnicodeDecodeError):
        text = decode_line(value, encoding)[0]
    # Underscores are Lotus Notes' own.
    name = name.decode("ascii", "replace").upper().replace("_", "-")
    return Line(
        name, params, text, (group or b"").decode("utf-8", "replace").lower(), old
    )


def _read_params(text):
    """
    >>> _read_params(';CELL;TYPE="voice,work";PREF=1')
    {'TYPE': ['CELL', 'voice', 'work'], 'PREF': ['1']}
    """
    params = {}
    for name, words in _PARAMS.findall(text):
        key = name.strip().upper()
        if not words:
            bare = "ENCODING" if key in _ENCODINGS else "TYPE"
            params.setdefault(bare, []).append(name.strip())
            continue
        found = params.setdefault(key, [])
        for quoted, plain in _WORDS.findall(words):
            several = quoted.split(",") if key == "TYPE" else [quoted or plain]
            found += filter(None, map(str.strip, several if quoted else [plain]))
    return params
