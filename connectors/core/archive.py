"""Files as they were given: what each is by its content, and ZIP archives opened safely.

Nothing of an archive is trusted: neither names (they never become paths on this disk)
nor sizes. Only the member that is read is unpacked, into a folder that ``close`` removes.
"""

import re
import shutil
import tempfile
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from .encoding import WIDE, detect_encoding
from .errors import ConfigurationError, ConnectorError

SNIFF_BYTES = 65_536
MAX_MEMBERS = 500_000
MAX_UNPACKED = 100 * 1024**3
MAX_TABLE_BYTES = 8 * 1024**3
BOMB_RATIO = 200
"""CSV and JSON pack to a tenth, seldom to a fiftieth; a bomb to a thousandth."""
BOMB_BYTES = 64 * 1024 * 1024
"""Below this size a high ratio does no harm."""
TABLE_SUFFIXES = {".csv", ".tsv", ".tab", ".json", ".ndjson", ".jsonl", ".xlsx"}
TABLE_SUFFIXES |= {".xlsm", ".xls"}
ATTACHMENT_FOLDERS = {"attachments", "documents", "files", "media", "uploads"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DROSS = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)")
_UNZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError)
_UNZIP_ERRORS += (NotImplementedError,)
"""RuntimeError: encrypted; NotImplementedError: a packing method unknown to Python."""


@dataclass
class Item:
    """A file, or a member of an archive.

    :param key: name as the user knows it; of a member ``archive.zip/folder/name.csv``
    :param kind: ``csv``, ``json``, ``ndjson``, ``xlsx``, ``attachment``, or ``""``
        together with ``error``
    """

    key: str
    kind: str = ""
    path: str = ""
    size: int = 0
    archive: str = ""
    member: zipfile.ZipInfo | None = field(default=None, repr=False)
    error: ConnectorError | None = None


class Files:
    """The files of a job; lists them, archives unpacked, and opens what they hold.

    :param files: list of ``{"name", "path"}``
    """

    def __init__(self, files):
        self.files = files
        self._folder = None
        self._unpacked = {}
        self._items = None

    def items(self):
        """Return an ``Item`` for every file and every member; a bad one has an error."""
        if self._items is None:
            self._items = [item for file in self.files for item in self._list(file)]
            _make_unique(self._items)
        return self._items

    def _list(self, file):
        item = Item(file["name"], path=str(file["path"]))
        try:
            item.size = Path(item.path).stat().st_size
            with open(item.path, "rb") as stream:
                start = stream.read(SNIFF_BYTES)
            if not start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
                item.kind = sniff(item.key, start)
                return [item]
            return self._list_archive(item)
        except OSError:
            item.error = ConfigurationError("missing_file", name=item.key)
        except ConnectorError as error:
            item.error = error
        return [item]

    def _list_archive(self, item):
        try:
            with zipfile.ZipFile(item.path) as archive:
                members = archive.infolist()
        except _UNZIP_ERRORS:
            raise ConfigurationError("zip_broken", name=item.key) from None
        names = {member.filename for member in members}
        if "[Content_Types].xml" in names:
            if not any(name.startswith("xl/") for name in names):
                raise ConfigurationError("file_unknown", name=item.key)
            item.kind = "xlsx"
            guard_archive(item.key, members, ratio=BOMB_RATIO * 2)
            return [item]
        if "mimetype" in names and "content.xml" in names:
            raise ConfigurationError("file_unknown", name=item.key)
        guard_archive(item.key, members)
        return [
            self._as_item(item, member)
            for member in members
            if not member.is_dir() and not _DROSS.search(member.filename)
        ]

    def _as_item(self, archive, member):
        name = safe_name(member)
        item = Item(
            f"{archive.key}/{name}",
            size=member.file_size,
            path=archive.path,
            archive=archive.key,
            member=member,
        )
        try:
            if member.flag_bits & 1:
                raise ConfigurationError("file_encrypted", name=item.key)
            if not is_table(name):
                item.kind = "attachment"
            elif member.file_size > MAX_TABLE_BYTES:
                raise ConfigurationError(
                    "file_too_big", name=item.key, limit=MAX_TABLE_BYTES >> 20
                )
            else:
                item.kind = sniff(item.key, self._peek(item))
        except ConnectorError as error:
            item.error = error
        return item

    def _peek(self, item):
        try:
            with zipfile.ZipFile(item.path) as archive:
                with archive.open(item.member) as stream:
                    return stream.read(SNIFF_BYTES)
        except _UNZIP_ERRORS:
            raise ConfigurationError("zip_broken", name=item.key) from None

    def open(self, item):
        """Return the bytes of an item as a seekable binary file.

        :raises ConfigurationError: it is gone or damaged
        """
        try:
            return open(self._on_disk(item), "rb")
        except FileNotFoundError:
            raise ConfigurationError("missing_file", name=item.key) from None
        except _UNZIP_ERRORS:
            raise ConfigurationError("zip_broken", name=item.key) from None

    def _on_disk(self, item):
        if item.member is None:
            return item.path
        if item.key not in self._unpacked:
            if not self._folder:
                self._folder = tempfile.mkdtemp(prefix="crm_migration_")
            # The member's own name never becomes a path.
            target = Path(self._folder, f"{len(self._unpacked):06d}")
            with zipfile.ZipFile(item.path) as archive:
                with archive.open(item.member) as stream, open(target, "wb") as copy:
                    shutil.copyfileobj(stream, copy, 1024 * 1024)
            self._unpacked[item.key] = target
        return self._unpacked[item.key]

    def read_chunks(self, item):
        """Yield the bytes of an item without unpacking it to disk.

        :raises ConfigurationError: it is gone or damaged
        """
        try:
            with zipfile.ZipFile(item.path) as archive:
                with archive.open(item.member) as stream:
                    while chunk := stream.read(1024 * 1024):
                        yield chunk
        except _UNZIP_ERRORS:
            raise ConfigurationError("zip_broken", name=item.key) from None

    def close(self):
        """Remove what was unpacked."""
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder, self._unpacked = None, {}


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
    if b"\0" in start and encoding not in WIDE and start.count(0) * 100 > len(start):
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

    >>> safe_name(zipfile.ZipInfo("../../etc/passwd"))
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


def _make_unique(items):
    seen = Counter()
    for item in items:
        seen[item.key] += 1
        if seen[item.key] > 1:
            item.key = f"{item.key} ({seen[item.key]})"
