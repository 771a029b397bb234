"""Files as they were given: what each is by its content, and ZIP archives opened safely.

Nothing of an archive is trusted: neither names (they never become paths on this disk)
nor sizes. Only the member that is read is unpacked, into a folder that ``close`` removes.
"""

import errno
import gzip
import hashlib
import os
import re
import shutil
import tempfile
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from . import cards
from .errors import ConfigurationError, ConnectorError
from .file_kinds import (
    BOMB_BYTES,
    BOMB_RATIO,
    GZIP,
    guard_archive,
    is_archive,
    is_table,
    safe_name,
    sniff,
)
from .sentences import _lt
from .tabular_xlsx import Broken, TooBig, Workbook

SNIFF_BYTES = 65_536
MAX_TABLE_BYTES = 8 * 1024**3
MAX_DEPTH = 2
"""Archives within archives beyond that are named, not opened."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_DROSS = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)")
_UNZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError)
_UNZIP_ERRORS += (UnicodeError,)
"""RuntimeError: encrypted, or packed in a way that Python does not know; UnicodeError: a
name that is not in the encoding it claims."""


@dataclass
class Item:
    """A file, or a member of an archive.

    :param key: name as the user knows it; of a member ``archive.zip/folder/name.csv``
    :param kind: ``csv``, ``json``, ``ndjson``, ``xlsx``, ``attachment``, or ``""``
        together with ``error``
    :param again: what stands behind the key where another file has the same name
    """

    key: str
    kind: str = ""
    path: str = ""
    size: int = 0
    archive: str = ""
    member: zipfile.ZipInfo | None = field(default=None, repr=False)
    error: ConnectorError | None = None
    again: str = ""

    @property
    def name(self):
        """Return what the file itself is called."""
        return self.key.rpartition("/")[2].removesuffix(self.again)


class Files:
    """The files of a job; lists them, archives unpacked, and opens what they hold.

    :param files: list of ``{"name", "path"}``
    :param folder: where members are unpacked for good, so that the next batch finds
        them; None: a folder that ``close`` removes
    """

    def __init__(self, files, folder=None):
        self.files = files
        self.folder = folder
        self._folder = None
        self._unpacked = {}
        self._workbook = None
        self._items = None

    def items(self):
        """Return an ``Item`` for every file and every member; a bad one has an error."""
        if self._items is None:
            self._items = [item for file in self.files for item in self._list(file)]
            _make_unique(self._items)
        return self._items

    def _list(self, file):
        item = Item(
            file["name"], path=str(file["path"]), archive=file.get("archive", "")
        )
        try:
            item.size = Path(item.path).stat().st_size
            with open(item.path, "rb") as stream:
                start = stream.read(SNIFF_BYTES)
            if start.startswith(_ZIP):
                return self._list_archive(item)
            if start.startswith(GZIP):
                return self._list_gzip(item)
            if cards.can_read(start):
                return self._list_cards(item)
            item.kind = sniff(item.key, start)
            return [item]
        except OSError:
            item.error = ConfigurationError("missing_file", name=item.key)
        except ConnectorError as error:
            item.error = error
        return [item]

    def _list_gzip(self, item):
        """Return the items of a file packed by gzip, which is unpacked for good.

        :raises ConfigurationError: it is damaged, or too big
        """
        key = item.key
        inner = key[:-3] if key.lower().endswith(".gz") else key
        if key.lower().endswith(".tgz") or inner.lower().endswith(".tar"):
            raise ConfigurationError("file_unknown", name=key)
        packed = self._on_disk(item)
        path = self._unpacked_beside(packed, "gz")
        if not path.exists():
            self._gunzip(key, packed, path)
        return self._list({"name": inner, "path": str(path), "archive": key})

    def _list_cards(self, item):
        """Return the items of address cards or a calendar, kept as lines of JSON.

        :raises ConfigurationError: it is too big, or holds none
        """
        if item.size > cards.MAX_BYTES:
            limit = cards.MAX_BYTES >> 20
            raise ConfigurationError("file_too_big", name=item.key, limit=limit)
        whole, items = Path(self._on_disk(item)), []
        for behind, rows in cards.read_lines(whole.read_bytes()).items():
            path = self._unpacked_beside(whole, f"cards{behind}")
            text = cards.as_json_lines(rows)
            path.write_text(text, encoding="utf-8")
            key, size = f"{item.key}{behind}", path.stat().st_size
            each = Item(key, "ndjson", str(path), size, archive=item.archive)
            items += [each] if rows else []
        if not items:
            raise ConfigurationError("file_no_table", name=item.key)
        return items

    def _gunzip(self, key, packed, path):
        partial = path.with_name(f"{path.name}.{os.getpid()}")
        size, limit = 0, max(BOMB_BYTES, os.stat(packed).st_size * BOMB_RATIO)
        try:
            with gzip.open(packed) as stream, open(partial, "wb") as copy:
                while block := stream.read(1024 * 1024):
                    size += len(block)
                    if size > min(limit, MAX_TABLE_BYTES):
                        raise ConfigurationError("zip_bomb", name=key, size=size >> 20)
                    copy.write(block)
            partial.replace(path)
        except _UNZIP_ERRORS:
            raise ConfigurationError("zip_broken", name=key) from None
        finally:
            partial.unlink(missing_ok=True)

    def _unpacked_beside(self, path, kind):
        found = os.stat(path)
        facts = f"{path} {found.st_size} {found.st_mtime_ns} {kind}"
        named = hashlib.sha256(facts.encode("utf-8", "replace")).hexdigest()[:32]
        return Path(self._room(), named)

    def _room(self):
        if not self.folder and not self._folder:
            self._folder = tempfile.mkdtemp(prefix="crm_migration_")
        return self.folder or self._folder

    def _list_archive(self, item, depth=0):
        """Return the items of an archive, those of archives within it as well.

        :raises ConfigurationError: it is damaged, or would fill disk or memory
        """
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
        items = []
        for member in members:
            if member.filename and not member.is_dir():
                if not _DROSS.search(member.filename):
                    items += self._list_member(item, member, depth)
        return items

    def _list_member(self, archive, member, depth):
        item = self._as_item(archive, member)
        if item.error or item.kind not in ("zip", "gz", "cards"):
            return [item]
        try:
            if depth >= MAX_DEPTH:
                raise ConfigurationError("zip_nested", name=item.key)
            if item.kind == "cards":
                return self._list_cards(item)
            if item.kind == "gz":
                return self._list_gzip(item)
            inner = Item(item.key, path=str(self._on_disk(item)))
            found = self._list_archive(inner, depth + 1)
        except ConnectorError as error:
            item.error = error
            return [item]
        except _UNZIP_ERRORS:
            item.error = ConfigurationError("zip_broken", name=item.key)
            return [item]
        if any(one.kind not in ("", "attachment") or one.error for one in found):
            return found
        # Documents alone: it is a document itself.
        item.kind = "attachment"
        return [item]

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
            if is_archive(name) and self.peek(item).startswith((*_ZIP, GZIP)):
                item.kind = "gz" if self.peek(item).startswith(GZIP) else "zip"
            elif is_table(name, cards.SUFFIXES) and cards.can_read(self.peek(item)):
                item.kind = "cards"
            elif not is_table(name):
                item.kind = "attachment"
            elif member.file_size > MAX_TABLE_BYTES:
                raise ConfigurationError(
                    "file_too_big", name=item.key, limit=MAX_TABLE_BYTES >> 20
                )
            else:
                item.kind = sniff(item.key, self.peek(item))
        except ConnectorError as error:
            item.error = error
        return item

    def peek(self, item, size=SNIFF_BYTES):
        """Return the first bytes of an item, without unpacking the rest.

        :raises ConfigurationError: it is gone or damaged
        """
        if item.member is None or _disk_name(item) in self._unpacked:
            with self.open(item) as stream:
                return stream.read(size)
        try:
            with zipfile.ZipFile(item.path) as archive:
                with archive.open(item.member) as stream:
                    return stream.read(size)
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
        except _UNZIP_ERRORS as error:
            if getattr(error, "errno", None) == errno.ENOSPC:
                raise ConfigurationError(
                    "bad_setting",
                    setting=_lt("Temporary folder"),
                    reason=_lt("the disk is full"),
                ) from None
            raise ConfigurationError("zip_broken", name=item.key) from None

    def workbook(self, item):
        """Return the ``Workbook`` of an item; the one used last is kept open.

        :raises ConfigurationError: it is gone, damaged, or does not fit in memory
        """
        if self._workbook is None or self._workbook[0] != item.key:
            self._workbook = None
            try:
                self._workbook = (item.key, Workbook(self.open(item)))
            except TooBig as error:
                limit = error.limit >> 20
                raise ConfigurationError(
                    "file_too_big", name=item.key, limit=limit
                ) from None
            except Broken:
                raise ConfigurationError("zip_broken", name=item.key) from None
        return self._workbook[1]

    def _on_disk(self, item):
        if item.member is None:
            return item.path
        # Two files, or two members of one, may bear the same name.
        name = _disk_name(item)
        if name not in self._unpacked:
            target = Path(self._room(), name)
            if not target.exists():
                self._unpack(item, target)
            self._unpacked[name] = target
        return self._unpacked[name]

    def _unpack(self, item, target):
        partial = target.with_name(f"{target.name}.{os.getpid()}")
        with zipfile.ZipFile(item.path) as archive:
            with archive.open(item.member) as stream, open(partial, "wb") as copy:
                shutil.copyfileobj(stream, copy, 1024 * 1024)
        # Whoever else finds the file finds all of it.
        partial.replace(target)

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
        self._folder, self._unpacked, self._workbook = None, {}, None


def _disk_name(item):
    # The member's own name never becomes a path.
    named = hashlib.sha256(item.key.encode("utf-8", "replace")).hexdigest()[:24]
    return f"{named}-{item.member.CRC:08x}-{item.member.file_size}"


def _make_unique(items):
    seen = Counter()
    for item in items:
        seen[item.key] += 1
        if seen[item.key] > 1:
            item.again = f" ({seen[item.key]})"
            item.key += item.again
