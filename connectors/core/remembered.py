"""What was found out about a file, for as long as it stays the same: facts, never rows."""

import os
from collections import OrderedDict
from threading import Lock

LIMIT = 512
"""Tables of which something is remembered by a process; the one asked for last stays."""


class Remembered:
    """Answers about tables, the same for whoever opens the same file again."""

    def __init__(self, limit=LIMIT):
        self._limit, self._answers, self._lock = limit, OrderedDict(), Lock()

    def get(self, key, find):
        """Return what ``find`` returned for the key; a key of None is never known."""
        if key is None:
            return find()
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        answer = find()
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > self._limit:
                self._answers.popitem(last=False)
        return answer


def identity_of(table):
    """Return what changes with the bytes of a table, or how they are to be read.

    None where its file is not there: whoever reads it says so.
    """
    item = table.item
    try:
        found = os.stat(item.path)
    except OSError:
        return None
    member = item.member
    packed = (member.filename, member.CRC, member.header_offset) if member else ()
    options = sorted((name, str(value)) for name, value in table.options.items())
    return (
        *(os.fspath(item.path), item.kind, packed, table.part, tuple(options)),
        *(found.st_dev, found.st_ino, found.st_size),
        *(found.st_mtime_ns, found.st_ctime_ns),
    )
