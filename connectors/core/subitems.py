"""Rows of subitems among those of the items they belong to, as Monday exports boards.

Below an item stands a header of their own, then they do, each with its first cell empty::

    Name     | Subitems | Status
    Mill     | Dam      | New
    Subitems | Name     | Owner
             | Dam      | Ana
    Wheel    |          | Won
"""

import re
from dataclasses import dataclass

from .headers import filled

_NAMED = re.compile(
    "subitems|subelementos|subitens|subelementi|sous-éléments|unterelemente|subitemler"
    "|サブアイテム|子项目",
    re.IGNORECASE,
)
PARENT = "Parent Item"
"""Name of the column with the item above, in the place of the cells that are empty."""


@dataclass(frozen=True)
class Side:
    """One of the two kinds of rows.

    :param below: subitems, else items
    :param first: line of the first header of subitems
    """

    below: bool
    first: int

    def choose(self, rows, behind=0):
        """Yield the rows of this side; subitems have the name of the item above.

        :param rows: pairs (cells, position), of subitems from their first header on or
            before it; what is no list of cells passes
        :param behind: no row up to this line is wanted
        """
        parent = None
        for row, place in rows:
            if not isinstance(row, list):
                is_wanted = True
            elif is_header(row):
                is_wanted = self.below and place[1] == self.first
                row = [PARENT, *row[1:]]
            elif is_child(row):
                is_wanted = self.below
                row = [parent, *row[1:]]
            else:
                is_wanted = not self.below
                parent = row[0] if filled(row[0]) else parent
            if is_wanted and place[1] > behind:
                yield row, place


def is_header(row):
    """Tell whether a row is the header of subitems."""
    first = row[0] if len(row) > 1 and filled(row[1]) else None
    return isinstance(first, str) and _NAMED.fullmatch(first.strip()) is not None


def is_child(row):
    """Tell whether a row is a subitem, where there are any: the sums of a group are none."""
    return len(row) > 1 and not filled(row[0]) and filled(row[1])


def find_first(rows):
    """Return the place of the first header of subitems, None where there are none.

    :param rows: lists of cells
    """
    for place, row in enumerate(rows[:-1]):
        if place and is_header(row) and is_child(rows[place + 1]):
            return place
    return None
