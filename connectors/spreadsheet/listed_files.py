"""Lists of files that are called something else: *Deal files*, *Dokumente 2024*."""

from pathlib import PurePosixPath

from .bodies import LISTED_FILES, Bodies
from .guessing import Guess
from .headings import OBJECTS
from .names import fold, singular
from .objects import OBJECT_NAMES
from .options import key_of_table

_LIKELY = 85
_MORE = ("file", "datei", "dateien", "fichier", "archivo", "arquivo", "plik", "bestand")
_WORDS = frozenset(
    singular(word)
    for text in (*OBJECT_NAMES[LISTED_FILES], *OBJECTS[LISTED_FILES].split(";"), *_MORE)
    for word in [fold(text)]
    if " " not in word
)


def find_lists(groups, items, present):
    """Take tables that nobody knows for lists of files, where they are called so and are.

    :param items: files of the archives that are no tables
    :param present: objects of which there are tables
    """
    for group in groups if items else ():
        if group.known is None and not group.label and _is_called_so(group):
            if _names_files(group, Bodies(items)):
                table = group.tables[0]
                group.known, group.guess = LISTED_FILES, Guess(LISTED_FILES, _LIKELY)
                group.key = key_of_table(table, group.known, present, group.dialect)


def _is_called_so(group):
    table = group.tables[0]
    texts = (table.part, PurePosixPath(table.item.key).stem)
    words = {singular(word) for text in texts for word in fold(text or "").split()}
    return bool(words & _WORDS)


def _names_files(group, bodies):
    """Tell whether at least half of the first rows name a file that is there."""
    rows = [row for row in group.tables[0].sample if isinstance(row, dict)]
    found = [row for row in rows if bodies.find(group.key_of(row), row)]
    return bool(found) and 2 * len(found) >= len(rows)
