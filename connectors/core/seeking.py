"""Find one row of a long list that is sorted by a number, in a few calls.

For systems that page by places and have no condition on the id. A row that a single call
brings may have other members than one of the list; this one is of the list itself.
"""

from dataclasses import dataclass

ATTEMPTS = 3
"""Searches until we give up on a list whose rows move all the time."""
MAX_PARTS = 64
"""Parts asked for in one search; halving alone would do for any list with half of them."""


class Unsorted(Exception):
    """The list does not keep the order that was asked for."""


@dataclass
class Part:
    """Some rows of a list, one after the other.

    :param start: place of the first of them, from 0
    :param count: how many there are, those without a number included
    :param pairs: (number, row) of each that has one
    :param total: rows of the whole list, None where nobody tells
    """

    start: int
    count: int
    pairs: list
    total: int | None = None


def seek(read, number):
    """Return the row with a number, None where the list has none.

    Asks for where it should be if no number were left out, then nearer. That it is not
    there is proven by two rows without anything between them.

    :param read: place → ``Part`` of the list that holds it, empty beyond the end
    :raises Unsorted: the numbers do not rise, or rows move under our hands

    >>> numbers = [2, 3, 5, 7, 11, 13, 17, 19]
    >>> def read(place):
    ...     rows = numbers[place : place + 2]
    ...     return Part(place, len(rows), [(n, f"row {n}") for n in rows])
    >>> seek(read, 13), seek(read, 12), seek(read, 99)
    ('row 13', None, None)
    """
    for _attempt in range(ATTEMPTS):
        found, is_sure = _Search(read, number).run()
        if is_sure:
            return found
    raise Unsorted


class _Search:
    """``low``: places before it hold smaller numbers; ``high``: from there on larger ones."""

    def __init__(self, read, number):
        self._read, self._number = read, number
        self._low, self._high, self._total = 0, None, None
        self._below = self._above = None  # (place, number) of rows that were seen
        self._turn = 0

    def run(self):
        """Return ``(the row or None, whether that is certain)``."""
        while self._high is None or self._low < self._high:
            place = self._guess()
            part = self._ask(place)
            if (row := _row_of(part, self._number)) is not None:
                return row, True
            if self._is_around(part):
                return None, True
            if part.start + part.count <= place:
                # A page that ends before the place that it was to hold is the last one.
                self._high = part.start + part.count
        return self._look_between()

    def _ask(self, place):
        part = self._read(place)
        numbers = [number for number, _row in part.pairs]
        if numbers != sorted(numbers) or (part.count and not numbers):
            raise Unsorted
        if self._turn > MAX_PARTS or (
            numbers and self._is_behind(part.start, numbers[0])
        ):
            raise Unsorted
        self._total = part.total if self._total is None else self._total
        return part

    def _is_behind(self, place, number):
        """Tell whether a number stands behind a larger one; deletions do not do that."""
        return bool(self._below) and place > self._below[0] and number < self._below[1]

    def _is_around(self, part):
        """Note where the number must be; tell whether these rows leave no room for it."""
        end = part.start + part.count
        if not part.pairs:
            self._high = part.start
        elif part.pairs[0][0] > self._number:
            self._high, self._above = part.start, (part.start, part.pairs[0][0])
        elif part.pairs[-1][0] < self._number:
            self._low, self._below = end, (end - 1, part.pairs[-1][0])
        else:
            return True
        return False

    def _guess(self):
        self._turn += 1
        if self._below is None:
            return 0
        place, number = self._below
        if self._high is None:
            # Numbers rise by at least one: it cannot be further away than that.
            furthest = place + self._number - number
            last = self._total - 1 if self._total else 2 * self._low
            return max(self._low, min(furthest, last))
        if self._above is None or self._turn % 2:
            return (self._low + self._high) // 2
        above, larger = self._above
        between = (above - place) * (self._number - number) // (larger - number)
        return min(max(self._low, place + between), self._high - 1)

    def _look_between(self):
        """Read the row before the gap once more: others may have moved up into it."""
        if not self._low:
            return None, True
        part = self._ask(self._low - 1)
        row = _row_of(part, self._number)
        is_before = bool(part.pairs) and part.pairs[0][0] < self._number
        return row, row is not None or is_before


def _row_of(part, number):
    return next((row for found, row in part.pairs if found == number), None)
