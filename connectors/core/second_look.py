"""A second look at a table, independent of the reader: what a plain reading finds there.

Nothing here, in ``second_text`` and in ``second_sheet`` is shared with ``tabular*``. A
verification compares what is found with what was staged: fewer rows, fewer filled cells
in a column, or a cell that no payload holds mean that reading lost or changed something.
"""

import csv
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from . import second_sheet, second_text

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are not looked at twice: it would take longer than reading them."""
MAX_ROWS = 20_000
SAMPLED = 200
COUNTED_ROWS = 1000
"""So many rows are counted at once, each text of a column a single time."""
_NOTHING = re.compile(
    r"[(<\[]?(?:null|none|nil|blank|empty|leer)[)>\]]?|n\.?/?a\.?n?|k\.a\.|undefined|[-–—?.]"
    r"|- ?-{1,2}|\\n|#(?:null|n/a|nv|ref!|div/0!|value!|name\?|null!|num!|spill!)",
    re.IGNORECASE,
)
"""What may stand for nothing where a value should: whoever reads it may leave it out."""
LONGEST_NOTHING = 9
"""Signs of the longest of them."""
_PLAIN = {str}
UNREADABLE = (
    *(csv.Error, etree.XMLSyntaxError, zipfile.BadZipFile),
    *(LookupError, ValueError),
)
"""What a file that is put together in another way raises: it is not looked at twice."""


@dataclass
class SecondLook:
    """What stands in one table.

    :param rows: rows with anything in them below the headings
    :param filled: column → how many of its cells have anything in them
    :param nothing: column → how many of these hold but a word for nothing: NULL, N/A
    :param cells: sampled (row below the headings, column, text as shown)
    :param is_whole: all rows were looked at
    :param set_aside: rows that reading left out and told of: totals, repeated headings
    :param blocks: (column, text) of merged cells → how many rows they stand for
    :param quoted: sampled (column, text) of cells with quotes behind backslashes
    :param zeros: column → how many of its cells hold 0 as a value
    :param uncomputed: column → how many of its formulas no program has computed
    :param heading_rows: how many rows the headings take
    :param second_headings: texts of a row that the merged cells of the headings take in
    """

    name: str
    rows: int = 0
    filled: dict = field(default_factory=dict)
    nothing: dict = field(default_factory=dict)
    cells: list = field(default_factory=list)
    is_whole: bool = True
    set_aside: int = 0
    blocks: dict = field(default_factory=dict)
    quoted: list = field(default_factory=list)
    zeros: dict = field(default_factory=dict)
    uncomputed: dict = field(default_factory=dict)
    heading_rows: int = 1
    second_headings: list = field(default_factory=list)


def look_at(name, content, columns, sheet="", area=None):
    """Return the ``SecondLook`` at a file, None where it cannot be had this way.

    :param content: bytes of a CSV file or an XLSX workbook
    :param columns: names of the columns, by which the line of headings is found
    :param area: (first line, last line or None, left, right or None) of one of several
        tables
    """
    if len(content) > MAX_BYTES:
        return None
    try:
        is_book = content[:2] == b"PK"
        rows = (
            second_sheet.rows_of(content, sheet)
            if is_book
            else second_text.rows_of(content)
        )
        return _summed(name, _within(rows, area), columns)
    except UNREADABLE:
        return None


def _within(rows, area):
    first, last, left, right = area or (0, None, 0, None)
    for line, row in rows:
        if line >= first and (last is None or line <= last):
            yield row[left:right]


def _summed(name, rows, columns):
    wanted = {column.strip().lower() for column in columns}
    look, headings, number, is_next = SecondLook(name), None, 0, False
    counted = []
    for row in rows:
        if headings is None:
            texts = _as_headings(row)
            found = [text.lower() in wanted for text in texts]
            if sum(found) and sum(found) * 2 >= len(wanted):
                headings, is_next = texts, True
            continue
        if is_next:
            is_next, texts = False, _as_headings(row)
            if joined := _second_headings(look, headings, row, texts, wanted):
                headings, look.heading_rows = joined, 2
                continue
        if not any(map(_is_own, row)):
            continue
        number += 1
        if number > MAX_ROWS:
            look.is_whole = False
            break
        counted.append(row)
        if len(counted) == COUNTED_ROWS:
            _count(look, number, headings, counted)
            counted = []
    if headings is None:
        return None
    look.rows = min(number, MAX_ROWS)
    _count(look, look.rows, headings, counted)
    return look


def _as_headings(row):
    return [" ".join(text.split()) if text else "" for text in row]


def _is_own(cell):
    kind = getattr(cell, "kind", "")
    return kind == "uncomputed" or (kind != "continued" and bool(cell and cell.strip()))


def _second_headings(look, headings, row, texts, wanted):
    """Return the names of the columns where the headings take two rows, else None.

    Merged cells that begin in the headings take the next row in; without such, each of
    its cells must be the name of a column, and one at least below none.
    """
    width = max(len(headings), len(texts))
    above = [*headings, *[""] * (width - len(headings))]
    below = [*texts, *[""] * (width - len(texts))]
    joined, group, named, is_new = [], "", True, False
    for place in range(width):
        group, own = above[place] or group, place < len(row) and _is_own(row[place])
        names = (below[place], f"{group} {below[place]}") if own else ()
        name = next((each for each in names if each.lower() in wanted), None)
        named &= not own or name is not None
        is_new |= own and above[place].lower() not in wanted
        joined.append(name or above[place] or below[place])
    if any(getattr(cell, "kind", "") == "continued" for cell in row):
        look.second_headings = [
            t for t, c in zip(texts, row, strict=True) if _is_own(c)
        ]
        return joined
    return joined if named and is_new else None


def _count(look, last, headings, rows):
    """Count the cells of rows column by column.

    :param last: the number of the last of these rows
    """
    twice = {name for name in headings if headings.count(name) > 1}
    named = [(p, n) for p, n in enumerate(headings) if n and n not in twice]
    for place, column in named:
        texts = Counter(row[place] for row in rows if place < len(row))
        _count_texts(look, column, texts)
    for number, row in enumerate(rows, last - len(rows) + 1):
        if len(look.cells) < SAMPLED and (number < 20 or number % 97 == 0):
            cells = [(column, _text_at(row, place)) for place, column in named]
            look.cells += [(number, *cell) for cell in cells if cell[1]]
            del look.cells[SAMPLED:]
        if not _PLAIN.issuperset(map(type, row)):
            for place, column in named:
                _count_kind(look, column, row, place, len(headings))


def _text_at(row, place):
    return (row[place] or "").strip() if place < len(row) else ""


def _count_texts(look, column, texts):
    filled = nothing = zeros = 0
    for cell, number in texts.items():
        if text := (cell or "").strip():
            filled += number
            if len(text) <= LONGEST_NOTHING and _NOTHING.fullmatch(text):
                nothing += number
            if text[0] in "0." and text.strip("0.") == "":
                zeros += number
    found = ((look.filled, filled), (look.nothing, nothing), (look.zeros, zeros))
    for counts, number in found:
        if number:
            counts[column] = counts.get(column, 0) + number


def _count_kind(look, column, row, place, width):
    """Count a cell that is more than its text."""
    text = _text_at(row, place)
    kind = getattr(row[place], "kind", "") if place < len(row) else ""
    if kind == "uncomputed":
        look.uncomputed[column] = look.uncomputed.get(column, 0) + 1
    if text and kind in ("block", "continued"):
        key = (column, text)
        look.blocks[key] = look.blocks.get(key, 0) + 1
    if text and kind == "quoted" and len(row) == width and len(look.quoted) < SAMPLED:
        look.quoted.append((column, text))
