"""Faults of reading, which no payload shows: a file each, and how its fix is undone.

The fix is undone while the file is read and while it is verified, as it was before there
was one; the second look at the file alone may tell what is wrong.
"""

import io
import re
import zipfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from unittest.mock import patch

import openpyxl

from ...connectors.core import layout, tabular, tabular_csv, tabular_rows, tabular_xlsx


@dataclass(frozen=True)
class ReadingFault:
    """``make`` gives (name, bytes) of a file, ``undo`` the time in which it is read wrongly."""

    case: str
    sentence: str
    make: object
    undo: object
    found_by: tuple


def make_book(rows, formats=None, merged=(), name="contacts.xlsx"):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place, pattern in (formats or {}).items():
        book.active[place].number_format = pattern
    for block in merged:
        book.active.merge_cells(block)
    content = io.BytesIO()
    book.save(content)
    return name, content.getvalue()


def make_formulas():
    """Return a workbook as XlsxWriter leaves it: a 0 for the result of each formula."""
    rows = [["Deal ID", "Deal Name", "Qty", "Price", "Amount"]]
    rows += [[1, "Tiles", 10, 25.5, "=C2*D2"], [2, "Grout", 4, 100, "=C3*D3"]]
    rows += [[3, "Samples", 4, 0, 0]]
    name, content = make_book(rows, name="deals.xlsx")
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as book,
        zipfile.ZipFile(made, "w") as changed,
    ):
        for part in book.namelist():
            data = book.read(part)
            if part.startswith("xl/worksheets/"):
                data = re.sub(rb"</f>\s*<v\s*/>|</f>\s*<v></v>", b"</f><v>0</v>", data)
            changed.writestr(part, data)
    return name, made.getvalue()


BLOCKS = (
    ("Company", "Person", None, "Email"),
    (None, "First Name", "Last Name", None),
    ("Alpha Example", "Vera", "Example", "vera@example.com"),
    (None, "Otto", "Example", "otto@example.com"),
    ("Beta Example", "Ann", "Example", "ann@example.com"),
    (None, "Bea", "Example", "bea@example.com"),
)
MERGED = ("A5:A6", "A3:A4", "D1:D2", "B1:C1", "A1:A2")
# As PHP's fputcsv writes it: behind a backslash a quote is not doubled.
PHP = r'''Id,Name,Email,Notes
1,Ana,ana@norte.example,"say ""hi"""
2,Bo,bo@norte.example,"path \"C:\" end"
3,Cid,cid@norte.example,"C:\"
4,Dora,dora@norte.example,"x ""y"" z"
5,Eva,eva@norte.example,"tail \""
6,Fay,fay@norte.example,plain
'''


@contextmanager
def without_blocks():
    def fill(rows, _blocks, number):
        return ((row, place) for row, place in rows if place[1] > number)

    with (
        patch.object(tabular, "fill_merged", fill),
        patch.object(tabular_rows, "fill_merged", fill),
    ):
        yield


@contextmanager
def without_second_headings():
    def join(_above, header, _below, *_behind):
        return list(header), False

    with patch.object(layout, "join_headers", join):
        yield


@contextmanager
def with_results_believed():
    read = tabular_xlsx.read_parts

    def believe(archive):
        parts = read(archive)
        parts.recalculates = False
        return parts

    with patch.object(tabular_xlsx, "read_parts", believe):
        yield


@contextmanager
def with_plain_quotes():
    with ExitStack() as undone:
        undone.enter_context(
            patch.object(tabular_csv, "_backslashes", lambda _text, _quote: ("", False))
        )
        undone.enter_context(
            patch.object(tabular_csv, "double_quotes", lambda line, _dialect: line)
        )
        yield


@contextmanager
def without_formats():
    with patch.object(tabular_xlsx, "read_formats", lambda _archive: []):
        yield


READING = (
    ReadingFault(
        "a01",
        "leading zeros of a number format: gone before the payload",
        lambda: make_book(
            [["Id", "Name", "Zip"], [1, "Ana", 1069], [2, "Bo", 4109]],
            {"C2": "00000", "C3": "00000"},
        ),
        without_formats,
        ("zeros_lost",),
    ),
    ReadingFault(
        "c14",
        "merged cells: the block's value for its first row alone",
        lambda: make_book(BLOCKS, merged=MERGED),
        without_blocks,
        ("block_lost",),
    ),
    ReadingFault(
        "c14b",
        "headings in two rows: the second became a contact",
        lambda: make_book(BLOCKS, merged=MERGED),
        without_second_headings,
        ("headings_read",),
    ),
    ReadingFault(
        "d_fx",
        "formulas that nobody computed: 0 for each",
        make_formulas,
        with_results_believed,
        ("not_computed",),
    ),
    ReadingFault(
        "d_bs",
        "backslashes of PHP: quotes moved, the next row swallowed",
        lambda: ("contacts.csv", PHP.encode()),
        with_plain_quotes,
        ("signs_lost",),
    ),
)
