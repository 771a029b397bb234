"""What a file is by its first bytes, and what of an archive may be believed."""

import re
import unicodedata
from pathlib import PurePosixPath

from .encoding import WIDE, detect_encoding, find_bom
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
GZIP = b"\x1f\x8b"
_NAMED = (
    (re.compile(rb"From [^\r\n]{3,200}\r?\n(?:>?[\w-]+:|\r?\n)"), "file_mailbox"),
    (
        re.compile(
            rb"(?:(?:Return-Path|Received|From|To|Subject|Date|Message-ID"
            rb"|MIME-Version|Delivered-To): [^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){3}",
            re.I,
        ),
        "file_mailbox",
    ),
    (re.compile(rb"!BDN"), "file_mailbox"),
    (re.compile(rb"%PDF-"), "file_document"),
    (re.compile(rb"\{\\rtf"), "file_document"),
    (
        re.compile(rb"(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE html|<html|<table)", re.I),
        "file_page",
    ),
    (
        re.compile(
            rb"(?:--|/\*|SET |CREATE |INSERT |DROP |USE |BEGIN;)[^\r\n]*\r?\n", re.I
        ),
        "file_sql",
    ),
)
"""What is no table, by how it begins: what it is called when it is refused."""
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
        if name.lower().endswith((".doc", ".ppt", ".msg", ".msi")):
            code = "file_mailbox" if name.lower().endswith(".msg") else "file_document"
        raise ConfigurationError(code, name=name)
    begin = start[find_bom(start)[1] :].lstrip()
    for pattern, code in _NAMED:
        if pattern.match(begin) and (
            code != "file_sql" or name.lower().endswith(".sql")
        ):
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
        if text[:200].lower().startswith("<?xml"):
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
    """Return the name of a member with no way out of its folder, in readable letters.

    >>> from zipfile import ZipInfo
    >>> safe_name(ZipInfo("../../etc/passwd"))
    'etc/passwd'
    """
    name = member.filename
    if not member.flag_bits & 0x800:
        name = read_name(name)
    parts = name.replace("\\", "/").split("/")
    parts = [part for part in parts if part not in ("", ".", "..")]
    return "/".join(part for part in parts if not re.fullmatch("[A-Za-z]:", part))


def read_name(name):
    """Return a name of a ZIP that is not marked as UTF-8, which ``zipfile`` takes for 437.

    Most programs write UTF-8 all the same; Explorer writes the code page of the DOS
    window, which is 850 in Western Europe, others that of Windows.

    >>> read_name("S\u255eo1.pdf"), read_name("M\u00fcller.pdf")
    ('S\xe3o1.pdf', 'M\xfcller.pdf')
    """
    if name.isascii():
        return name
    try:
        data = name.encode("cp437")
    except UnicodeError:
        return name
    guesses = []
    for encoding in ("utf-8", "cp850", "cp437", "cp1252", "cp866", "cp852"):
        try:
            guesses.append(data.decode(encoding))
        except UnicodeError:
            continue
        if encoding == "utf-8":
            return guesses[0]
    return max(guesses, key=_readable)


def _readable(name):
    """Rate a name: letters of one script, capitals only where a word begins."""
    score = 0
    for place, char in enumerate(name):
        if char.isascii():
            continue
        before = name[place - 1] if place else " "
        after = name[place + 1 : place + 2]
        beside = [c for c in (before, after) if c.isalpha()]
        if not char.isalpha() or unicodedata.category(char) == "Lo":
            score -= 2
            continue
        script = unicodedata.name(char, "").split(" ")[0]
        alike = all(unicodedata.name(c, "").startswith(script) for c in beside)
        capital = char.isupper() and before.islower()
        score += 1 if alike and not capital else -1
    return score


def is_table(name, more=frozenset()):
    """Tell whether a member of an archive holds records rather than being a document.

    :param more: suffixes that do besides those of tables
    """
    path = PurePosixPath(name.lower().removesuffix(".gz"))
    if ATTACHMENT_FOLDERS.intersection(path.parts[:-1]):
        return False
    return path.suffix in TABLE_SUFFIXES | more or (
        path.suffix == ".txt" and len(path.parts) == 1
    )


def is_archive(name):
    """Tell whether a member of an archive is one itself, and no document of a record."""
    path = PurePosixPath(name.lower())
    if ATTACHMENT_FOLDERS.intersection(path.parts[:-1]):
        return False
    return path.suffix == ".zip" or (path.suffix == ".gz" and is_table(name))
