"""What a file is by its first bytes, and what of an archive may be believed."""

import re
from pathlib import PurePosixPath

from .encoding import WIDE, detect_encoding
from .errors import ConfigurationError

MAX_MEMBERS = 500_000
MAX_UNPACKED = 100 * 1024**3
BOMB_RATIO = 200
"""CSV and JSON pack to a tenth, seldom to a fiftieth; a bomb to a thousandth."""
BOMB_BYTES = 64 * 1024 * 1024
"""Below this size a high ratio does no harm."""
TABLE_SUFFIXES = {".csv", ".tsv", ".tab", ".json", ".ndjson", ".jsonl", ".xlsx"}
TABLE_SUFFIXES |= {".xlsm", ".xls"}
ATTACHMENT_FOLDERS = {"attachments", "documents", "files", "media", "uploads"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\f\r\x1b"))


def sniff(name, start):
    """Return the kind of a file by its first bytes, its suffix where these leave a choice.

    :raises ConfigurationError: it is empty, protected, or of no kind that can be read
    """
    if not start:
        raise ConfigurationError("file_empty", name=name)
    if start.startswith(_OLE):
        protected = "EncryptedPackage".encode("utf-16-le") in start
        code = "file_encrypted" if protected else "old_excel"
        raise ConfigurationError(code, name=name)
    if start.startswith(b"PK"):
        # Within an archive; on disk it was looked into already.
        if name.lower().endswith((".xlsx", ".xlsm")):
            return "xlsx"
        raise ConfigurationError("zip_nested", name=name)
    encoding, _certain = detect_encoding(start)
    controls = len(start) - len(start.translate(None, _CONTROLS))
    if encoding not in WIDE and controls > max(16, len(start) // 20):
        raise ConfigurationError("file_unknown", name=name)
    text = start.decode(encoding, "ignore").lstrip("\ufeff \t\r\n\0")
    if not text:
        raise ConfigurationError("file_empty", name=name)
    suffix = PurePosixPath(name.lower()).suffix
    if suffix in {".ndjson", ".jsonl"}:
        return "ndjson"
    if suffix in {".csv", ".tsv", ".tab"} or text[0] not in "[{":
        if text[:200].lower().startswith(("<!doctype html", "<html", "<?xml")):
            raise ConfigurationError("file_unknown", name=name)
        return "csv"
    # {"a": 1} on a line of its own, and another behind it.
    return "ndjson" if re.match(r"\{.*\}[ \t]*[\r\n]+\s*\{", text) else "json"


def guard_archive(name, members, *, ratio=BOMB_RATIO):
    """Refuse what would fill disk or memory, by what the archive says of itself.

    Python's ``zipfile`` never gives more of a member than it states.

    :raises ConfigurationError: it is a bomb
    """
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED:
        raise ConfigurationError("zip_bomb", name=name, size=unpacked >> 20)
    if unpacked > BOMB_BYTES and unpacked > packed * ratio:
        raise ConfigurationError("zip_bomb", name=name, size=unpacked >> 20)


def safe_name(member):
    """Return the name of a member with no way out of its folder.

    >>> from zipfile import ZipInfo
    >>> safe_name(ZipInfo("../../etc/passwd"))
    'etc/passwd'
    """
    name = member.filename
    if not member.flag_bits & 0x800:
        # Not marked as UTF-8, yet most programs write it so.
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = member.filename
    parts = name.replace("\\", "/").split("/")
    parts = [part for part in parts if part not in ("", ".", "..")]
    return "/".join(part for part in parts if not re.fullmatch("[A-Za-z]:", part))


def is_table(name):
    """Tell whether a member of an archive holds records rather than being a document."""
    path = PurePosixPath(name.lower())
    if ATTACHMENT_FOLDERS.intersection(path.parts[:-1]):
        return False
    return path.suffix in TABLE_SUFFIXES or (
        path.suffix == ".txt" and len(path.parts) == 1
    )
