"""Lists of attachments whose contents lie in the archive as files of their own.

Salesforce's weekly export has ``Attachment.csv`` and a folder ``Attachments`` of files
without an ending (seen in a public repository's copy of one). Guesses, for neither an
archive nor the vendor's own page was found that says so: that such a file is named by the
id of its row, and that ``ContentVersion`` and ``Document`` have such folders as well. So
no folder's name is relied on: a file is found by its own name, wherever it lies.

Tools that load attachments name the file by its path, in the column ``Body`` (Jetstream,
Salesforce's Data Loader; third parties' manuals).
"""

import re
from collections import Counter

from ..core.columns import Column
from ..core.errors import FatalError
from ..core.identifiers import as_long_salesforce_id, is_salesforce_id

FILE = "_contents"
"""Member with the reference to the contents of a row."""
_LONGEST = 300
LISTED_FILES = "attachments"
"""The object whose rows are files; their contents lie in the archive."""


def give_bodies(groups, items):
    """Give lists of files the contents that lie beside them in the archive.

    :param items: files of the archives that are no tables
    :return: set, the keys of those that rows stand for
    """
    claimed = set()
    for group in groups:
        if group.known != LISTED_FILES:
            continue
        stored_as = group.dialect.stored_as if group.dialect else ""
        if (
            items
            and (found := Bodies(items, stored_as))
            and (keys := found.claimed(group))
        ):
            group.bodies = found
            claimed |= keys
        else:
            # A list of files that are not there: nobody can do anything with it.
            group.known = None
    return claimed


class Bodies:
    """Finds the file that holds the contents of a row.

    :param items: files of the archives that are no tables
    :param stored_as: how a vendor calls them, see ``Dialect``
    """

    def __init__(self, items, stored_as=""):
        self.stored_as = stored_as
        self._by_stem, self._by_path, doubled = {}, {}, Counter()
        for item in items:
            key = item.key.removesuffix(item.again)
            inside, name = _plain(key.removeprefix(f"{item.archive}/")), item.name
            for key in {_long(name), _long(name.partition(".")[0])}:
                doubled[key] += 1
                self._by_stem[key] = item
            parts = inside.split("/")
            for place in range(len(parts)):
                path = "/".join(parts[place:])
                self._by_path[path] = None if path in self._by_path else item
        for key, count in doubled.items():
            if count > 1:
                del self._by_stem[key]

    def find(self, source_id, values):
        """Return the item that is named by the id of a row, or by one of its cells."""
        if found := self._by_stem.get(_long(source_id)):
            return found
        if self.stored_as:
            if found := self._by_path.get(self._name_of(source_id, values)):
                return found
        for value in values.values():
            if isinstance(value, str) and 0 < len(value) <= _LONGEST:
                if found := self._by_path.get(_plain(value)):
                    return found
        return None

    def _name_of(self, source_id, values):
        name = self.stored_as.replace("{digits}", re.sub(r"\D", "", source_id))
        for column, value in values.items():
            name = name.replace(f"{{{column}}}", str(value))
        return _plain(name)

    def claimed(self, group):
        """Return the keys of the items that rows of a group stand for."""
        keys = set()
        for table in group.tables:
            try:
                for values, _position in table.read_rows():
                    if isinstance(values, dict):
                        if item := self.find(group.key_of(values), values):
                            keys.add(item.key)
            except FatalError:
                continue  # reading the table says so
            finally:
                table.tally.clear()
        return keys

    def add_to(self, source_id, values):
        """Return the values of a row with the reference to its contents, if they are there."""
        item = self.find(source_id, values)
        if item is None:
            return values
        name = item.name
        inside = item.key.removeprefix(f"{item.archive}/")
        # The newer export comes in an archive of another name.
        path = inside if self._by_path.get(_plain(inside)) is item else item.key
        return {**values, FILE: {"path": path, "name": name, "size": item.size}}


def _plain(path):
    return path.strip().replace("\\", "/").removeprefix("./").lstrip("/").casefold()


def _long(text):
    text = text.strip()
    return as_long_salesforce_id(text) if is_salesforce_id(text) else text.casefold()


FILE_COLUMN = Column(FILE)
