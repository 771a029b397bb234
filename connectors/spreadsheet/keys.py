"""Which ids of a stream came before: a set for small files, beyond that a file on disk.

An export of ten million rows must not cost memory, nor a pass of its own before the
first page, nor be begun anew with every batch. What is kept are numbers, no values.
"""

import hashlib
import json
import os
import sqlite3
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from ..core.errors import ConfigurationError
from ..core.sentences import _lt

SMALL_BYTES = 1024 * 1024
"""Files of together less are compared in memory, and read again to go on."""
XLSX_PACKED = 30
"""A workbook's rows take as many times the room that they take in the file."""
KEPT_SECONDS = 7 * 24 * 3600
"""Age at which what an abandoned job left behind is removed."""
COMMIT_ROWS = 50_000
"""After a crash so many rows at most are read once more, to know their ids."""
_CATCH_UP_ROWS = 5000


def as_number(key):
    """Return 64 bits for an id; those that are numbers stay what they are, in order.

    >>> as_number("12"), as_number("012") < 0, as_number("a") == as_number("a")
    (12, True, True)
    """
    if key.isascii() and key.isdigit() and len(key) <= 18 and key[0] != "0":
        return int(key)
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8)
    return -1 - (int.from_bytes(digest.digest(), "big") >> 1)


class SeenKeys:
    """The ids of the rows behind a position, which is ``{"table", "row", …}``.

    :param folder: where the file stays from one batch to the next; None: a folder of
        our own below the system's temporary one
    """

    def __init__(self, group, folder=None):
        self._keys = set()
        self._recent, self._uncommitted = [], 0
        self._times = {}
        self._database = self._file = self._private = None
        self.position = {"table": 0, "row": 0}
        if not _is_small(group):
            self._file = Path(folder or own_folder(), _name_of(group))
            self._open()

    def _open(self):
        try:
            self._connect(self._file)
        except sqlite3.OperationalError:
            # Somebody else reads the same files just now.
            self._private = tempfile.TemporaryDirectory(prefix="crm_migration_")
            self._connect(Path(self._private.name, "keys"))
        except sqlite3.DatabaseError:
            self._file.unlink()
            self._connect(self._file)

    def _connect(self, path):
        database = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = OFF")
            database.execute("PRAGMA cache_size = -8192")
            database.execute(
                "CREATE TABLE IF NOT EXISTS seen"
                " (key INTEGER PRIMARY KEY, place INTEGER, row INTEGER)"
            )
            database.execute("CREATE TABLE IF NOT EXISTS position (text TEXT)")
            found = database.execute("SELECT text FROM position").fetchone()
            database.execute("BEGIN IMMEDIATE")
        except sqlite3.Error:
            database.close()
            raise
        self._database = database
        if found:
            self.position = json.loads(found[0])

    def forget_behind(self, position):
        """Forget what came behind a position: it will be read once more."""
        place, row = position["table"], position["row"]
        if (self.position["table"], self.position["row"]) > (place, row):
            if self._database:
                self._database.execute(
                    "DELETE FROM seen WHERE (place, row) > (?, ?)", (place, row)
                )
            self._commit(position)

    def is_new(self, key, place, row):
        """Remember an id; tell whether it is there for the first time."""
        number = as_number(key)
        if self._database:
            values = (number, place, row)
            found = self._database.execute(
                "INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", values
            )
            new = found.rowcount == 1
        else:
            new = number not in self._keys
            self._keys.add(number)
        if new:
            self._recent.append(number)
        return new

    def claim(self, key, place, row):
        """Remember an id that several rows may have; return it with its number then.

        The number begins where the last row of the same id ended, as far as this
        process has seen it.
        """
        if self.is_new(key, place, row):
            return key
        times = self._times.get(key, 1) + 1
        while not self.is_new(f"{key}-{times}", place, row):
            times += 1
        self._times[key] = times
        return f"{key}-{times}"

    def mark(self, position):
        """Take note that everything remembered stands before ``position``."""
        self.position = position
        self._uncommitted += len(self._recent)
        self._recent.clear()
        if self._uncommitted >= COMMIT_ROWS:
            self._commit(position)

    def _commit(self, position):
        self.position, self._uncommitted = position, 0
        if self._database:
            self._database.execute("DELETE FROM position")
            self._database.execute(
                "INSERT INTO position VALUES (?)", (json.dumps(position),)
            )
            self._database.execute("COMMIT")
            self._database.execute("BEGIN IMMEDIATE")

    def close(self, *, done=False):
        """Give the file back; ``done``: nobody will go on from here."""
        if self._database:
            try:
                if not done:
                    # Of a page that nobody took.
                    self._database.executemany(
                        "DELETE FROM seen WHERE key = ?", [(k,) for k in self._recent]
                    )
                    self._commit(self.position)
            except sqlite3.Error:
                # What is not kept is read once more.
                done = True
            self._database.close()
            if done and not self._private:
                self._file.unlink(missing_ok=True)
        if self._private:
            self._private.cleanup()
        self._database = self._private = None


def catch_up(seen, group, target, key_of, ensure_time, *, several=False):
    """Remember the ids between what ``seen`` knows and ``target``.

    :param key_of: values of a row → its id, or an empty text
    :param several: rows may have the same id, and each gets a number then
    :raises RetryableError: there are more than the batch has time for
    """
    seen.forget_behind(target)
    remember = seen.claim if several else seen.is_new
    start = seen.position
    for place in range(start["table"], target["table"] + 1):
        position, row = None, 0
        if place == start["table"] and start["row"]:
            position, row = (start["offset"], start["number"]), start["row"]
        last = target["row"] if place == target["table"] else None
        table = group.tables[place]
        rows = group.read_rows(table, position) if row != last else ()
        for values, behind in rows:
            row += 1
            if isinstance(values, dict) and (key := key_of(values)):
                remember(key, place, row)
            if row == last:
                break
            if row % _CATCH_UP_ROWS == 0:
                seen.mark(place_of(place, row, behind))
                ensure_time()
        table.tally.clear()
    seen.mark(target)


@contextmanager
def disk_trouble_told():
    """Say what hinders us to keep ids on disk.

    :raises ConfigurationError: ``bad_setting``
    """
    try:
        yield
    except sqlite3.Error as error:
        # Only a full or read-only disk is left to be the reason.
        raise ConfigurationError(
            "bad_setting", setting=_lt("Temporary folder"), reason=str(error)
        ) from None


def place_of(table, row, behind):
    """Return the position behind a row as a checkpoint holds it."""
    offset, number = behind
    return {"table": table, "row": row, "offset": offset, "number": number}


def _is_small(group):
    packed = (XLSX_PACKED if t.item.kind == "xlsx" else 1 for t in group.tables)
    sizes = (table.item.size for table in group.tables)
    return sum(map(int.__mul__, sizes, packed)) < SMALL_BYTES


def _name_of(group):
    facts = [group.key]
    for table in group.tables:
        found = os.stat(table.item.path)
        facts += [table.name, table.item.path, found.st_size, found.st_mtime_ns]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32] + ".keys"


def own_folder():
    """Return a folder that is nobody else's, without what is too old."""
    folder = Path(tempfile.gettempdir(), f"crm_migration-{os.getuid()}")
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if found.st_uid != os.getuid() or found.st_mode & 0o777 != 0o700:
        # Somebody was here before us: then nothing is kept between batches.
        return tempfile.mkdtemp(prefix="crm_migration_")
    for path in folder.glob("*.keys*"):
        try:
            if path.stat().st_mtime < time.time() - KEPT_SECONDS:
                path.unlink()
        except OSError:
            continue
    return folder
