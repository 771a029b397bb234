"""Several tables in one sheet or text file: where each of them begins and ends.

People put tables below and beside each other. A table has a header of its own; a block of
sums, a comment or a line of a report is none and stays with the table that it stands at.
"""

import re
from dataclasses import dataclass, replace
from itertools import islice

from openpyxl.utils import get_column_letter

from .aside import cells_of, is_label, is_total
from .headers import as_names, filled, is_answer
from .subitems import Side, find_first, is_child, is_header
from .tabular_csv import Trouble, is_name, looks_like_header

SEARCHED_ROWS = 3000
"""Further tables are looked for among so many rows: nobody writes one below more by hand.

What begins behind them is told of by ``aside.Aside`` and not read."""
_MOSTLY = 0.9


@dataclass(frozen=True)
class Area:
    """One of several tables.

    :param start: position behind which its rows begin
    :param first: row or line of its first row
    :param last: row or line of its last row; None: to the end
    :param left: how many columns stand before its first one
    :param right: the last of its columns, from 1; None: whatever a row has
    :param title: the line above its header, empty without one
    :param place: where it begins: ``row 12``, ``E3``
    :param is_again: a table before it has the same title
    :param side: ``Side`` of the items or the subitems whose rows alternate there
    """

    start: tuple
    first: int
    last: int | None
    left: int
    right: int | None
    title: str
    place: str
    is_again: bool = False
    side: Side | None = None

    @property
    def name(self):
        if self.is_again:
            return f"{self.title} ({self.place})"
        return self.title or self.place

    def cut(self, row):
        """Return the cells of a row that belong to this table."""
        return row[self.left : self.right]


@dataclass(frozen=True)
class _Row:
    line: int
    cells: list
    gap: bool
    before: tuple

    def within(self, left, right):
        """Return (place, cell) of the filled cells there."""
        found = cells_of(self.cells[:right] if right < len(self.cells) else self.cells)
        return [pair for pair in found if pair[0] >= left] if left else found


def find_areas(rows, knows):
    """Return the ``Area``s of a sheet, nothing where it is one table.

    :param rows: ``(cells, position behind the row)`` from the first row on
    :param knows: tells ``headings(texts)``, whether they are names of columns;
        ``columns(texts)``, whether those of an object; ``title(text)``, whether its name
    """
    found, before, last = [], (0, 0), None
    for cells, position in islice(rows, SEARCHED_ROWS):
        if isinstance(cells, Trouble) or not any(map(filled, cells)):
            continue
        if not found and re.fullmatch(r"sep=.", str(cells[0]).strip()):
            continue
        line = position[1]
        gap = last is not None and line > last + 1
        gap = gap and line - _lines_within(cells) > last + 1
        found.append(_Row(line, list(cells), gap, before))
        before, last = position, line
    width = max((len(row.cells) for row in found), default=0)
    place = find_first([row.cells for row in found])
    if place is not None:
        return _told_apart(_beside_subitems(found, place, width, knows))
    areas = _divide(found, 0, width, knows)
    if len(areas) < 2:
        return ()
    return _told_apart(_as_area(*area, width) for area in _with_ends(areas, found))


def _beside_subitems(rows, place, width, knows):
    """Yield the areas of items, then that of the subitems that stand among them.

    :param place: of their first header, right below the first item that has any
    """
    item, header = rows[place - 1 : place + 1]
    items = [r for r in rows if not is_header(r.cells) and not is_child(r.cells)]
    own, below = (Side(kind, header.line) for kind in (False, True))
    for area in _with_ends(_divide(items, 0, width, knows), items):
        yield replace(_as_area(*area, width), side=own)
    title = " ".join(header.cells[0].split())
    begin = f"row {header.line}"
    yield Area(item.before, header.line, None, 0, None, title, begin, side=below)


def _told_apart(areas):
    """Return the areas, none of them with the name of another one.

    By its name an area is known wherever something is kept of it.
    """
    found, titles = [], set()
    for area in areas:
        found.append(replace(area, is_again=bool(area.title) and area.title in titles))
        titles.add(area.title)
    return tuple(found)


def _lines_within(cells):
    texts = [cell for cell in cells if isinstance(cell, str) and len(cell) > 1]
    return sum(t.count("\n") + t.count("\r") - t.count("\r\n") for t in texts)


def _divide(rows, left, right, knows):
    """Return (rows, left, right, title) of each table, beside each other first."""
    for gap in _gaps(rows, left, right):
        parts = [(left, gap), (gap + 1, right)]
        if _stand_apart(rows, parts, knows):
            return [
                a for part in parts for a in _divide(_of(rows, *part), *part, knows)
            ]
    bands = _bands(rows, left, right, knows)
    if len(bands) == 1:
        return [(rows, left, right, _title_above(rows, left, right))]
    found = []
    for band, title in bands:
        inner = _divide(band, left, right, knows)
        if len(inner) == 1:
            inner = [(band, left, right, title or inner[0][3])]
        found += inner
    return found


def _of(rows, left, right):
    """Return the rows that have anything there, each with whether a gap is above it."""
    found, gap = [], False
    for row in rows:
        gap = gap or row.gap
        if row.within(left, right):
            found.append(replace(row, gap=gap and bool(found)))
            gap = False
        else:
            gap = True
    return found


def _gaps(rows, left, right):
    used = set()
    for row in rows:
        used.update(place for place, _cell in row.within(left, right))
        if len(used) == right - left:
            return
    if used:
        for place in range(min(used) + 1, max(used)):
            if place not in used:
                yield place


def _stand_apart(rows, parts, knows):
    """Tell whether what stands beside an empty column is a table of its own.

    The same header twice says so, titles that name objects, or the columns of an object
    on both sides over other numbers of rows; else the empty column is just that: a
    billing address may stand beside a shipping address.
    """
    heads, titles = [], []
    for left, right in parts:
        own = _of(rows, left, right)
        place = _header_of(own, left, right)
        if place is None or place + 1 >= len(own):
            return False
        names = [text for _place, text in own[place].within(left, right)]
        heads.append((len(own) - place, own[-1].line, names))
        titles.append(_title(own, place, left, right))
    (count, end, names), (other_count, other_end, others) = heads
    if [*map(_folded, names)] == [*map(_folded, others)]:
        return True
    if all(title and knows.title(title) for title in titles):
        return True
    differ = count != other_count and end != other_end
    return differ and knows.columns(names) and knows.columns(others)


def _folded(text):
    return " ".join(str(text).split()).casefold()


def _header_of(rows, left, right):
    """Return the place of the header among the first rows, None without one."""
    for place, row in enumerate(rows[:20]):
        cells = row.within(left, right)
        if _can_be_header(cells, rows[place + 1 : place + 4]):
            return place
        if len(cells) > 1:
            return None
    return None


def _can_be_header(cells, below):
    texts = [cell for _place, cell in cells]
    return (
        len(texts) > 1
        and all(isinstance(text, str) for text in texts)
        and looks_like_header(_names_of(cells, below))
        and not all(map(is_label, texts))
        and len({_folded(text) for text in texts}) > 1
    )


def _names_of(cells, below):
    texts = [cell for _place, cell in cells]
    if not any(map(is_answer, texts)):
        return texts
    under = [dict(enumerate(row.cells)) for row in below]
    places = [place for place, _cell in cells]
    return as_names(texts, [[found.get(p) for p in places] for found in under])


def _bands(rows, left, right, knows):
    """Return [(rows, title)] of the tables that stand below each other."""
    bands, begun = [], 0
    typed, header, title = _Typed(left, right), None, ""
    for place, row in enumerate(rows):
        cells = row.within(left, right)
        if _begins(rows, place, cells, typed, header, (left, right), knows):
            top, name = place, ""
            if header is not None:
                top, name = _top_of(rows, place, begun, left, right)
                bands.append((rows[begun:top], title))
            begun, title = top, name
            header, typed = cells, _Typed(left, right)
        elif header is None and _can_be_header(cells, rows[place + 1 : place + 4]):
            header, title = cells, _title(rows, place, left, right)
        elif header is not None:
            typed.add(row)
    bands.append((rows[begun:], title))
    return bands


class _Typed:
    """Which columns of a table have values, looked at where a row may be a header."""

    def __init__(self, left, right):
        self.rows, self._sides = 0, (left, right)
        self._counts, self._waiting = {}, []

    def add(self, row):
        self.rows += 1
        self._waiting.append(row)

    def find_usual(self):
        """Return the places of the columns that have values in nearly all rows."""
        for row in self._waiting:
            for column, cell in row.within(*self._sides):
                if _is_value(cell):
                    self._counts[column] = self._counts.get(column, 0) + 1
        self._waiting.clear()
        enough = max(1, self.rows * _MOSTLY)
        return {column for column, count in self._counts.items() if count >= enough}


def _begins(rows, place, cells, typed, header, sides, knows):
    """Tell whether a row is the header of another table than the rows above it."""
    if not typed.rows or place + 1 >= len(rows):
        return False
    if not _can_be_header(cells, rows[place + 1 : place + 4]):
        return False
    below = rows[place + 1].within(*sides)
    if len(below) < 2 or is_total([cell for _place, cell in below]):
        return False
    texts = [cell for _place, cell in cells]
    if _same(cells, header):
        # Repeated on every page; below a title it is the next of several tables.
        return bool(rows[place].gap or _apart(rows, place, sides)) and bool(
            _title(rows, place, *sides)
        )
    usual = typed.find_usual()
    # "Bia Example, , unknown" is a person like the one below who has a number.
    continues = any(column in usual and _is_value(cell) for column, cell in below)
    breaks = any(column in usual for column, _cell in cells)
    titled = _apart(rows, place, sides)
    named = knows.headings(texts)
    if not (rows[place].gap or titled):
        return breaks and named
    return named or (breaks and not continues and _is_closed(cells))


def _is_value(cell):
    return not isinstance(cell, str) or not is_name(cell)


def _is_closed(cells):
    """Tell whether no cell is empty between the first and the last one."""
    return cells[-1][0] - cells[0][0] + 1 == len(cells)


def _apart(rows, place, sides):
    """Tell whether a title stands right above, and a gap above that."""
    above = rows[place - 1]
    return above.gap and _is_single(above, *sides)


def _same(cells, header):
    return [_folded(t) for _p, t in cells] == [_folded(t) for _p, t in header]


def _top_of(rows, place, begun, left, right):
    """Return (place of the first row that belongs to a header, its title)."""
    title = _title(rows, place, left, right)
    if not title or place - 1 <= begun:
        return place, ""
    top = place - 1
    while (
        top - 1 > begun and not rows[top].gap and _is_single(rows[top - 1], left, right)
    ):
        top -= 1
    return top, title


def _is_single(row, left, right):
    cells = row.within(left, right)
    return len(cells) == 1 and isinstance(cells[0][1], str)


def _title(rows, place, left, right):
    """Return the line above a header, empty where that belongs to what stands above it."""
    if place < 1 or not _is_single(rows[place - 1], left, right):
        return ""
    above = rows[place - 1]
    ((_place, text),) = above.within(left, right)
    if is_label(text) or (rows[place].gap and not above.gap and place > 1):
        return ""
    return " ".join(text.split())[:60].rstrip(":").strip()


def _title_above(rows, left, right):
    place = _header_of(rows, left, right)
    return _title(rows, place, left, right) if place else ""


def _with_ends(areas, rows):
    """Yield the areas with the last row of each, and whether the sheet goes on there."""
    final = rows[-1].line
    for own, left, right, title in areas:
        last = own[-1].line
        yield own, left, right, title, None if last == final else last


def _as_area(rows, left, right, title, last, width):
    first = rows[0]
    beside = left > 0 or right < width
    place = (
        f"{get_column_letter(left + 1)}{first.line}" if beside else f"row {first.line}"
    )
    return Area(
        first.before,
        first.line,
        last,
        left,
        right if right < width else None,
        title,
        place,
    )
