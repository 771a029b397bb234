"""Owners as a table to be filled in: who takes over from whom, as XLSX or CSV."""

import csv
import io

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from .record_workbook import NoWorkbook, _as_cell, _open, as_text, clean

WIDTHS = (18, 30, 34, 34, 14, 34)
FORMULAS = ("=", "+", "-", "@", "\t")
"""What a program for tables would take for a formula, at the beginning of a CSV cell."""
ENCODINGS = ("utf-8-sig", "cp1252")


def make_owner_workbook(heads, rows):
    """Return the bytes of an XLSX file with one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(heads[1][:28])
    for number, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_as_cell(sheet, head, bold=True) for head in heads])
    last = len(heads) - 1
    for row in rows:
        sheet.append(
            [
                _as_cell(sheet, text, fixed=place < last)
                for place, text in enumerate(row)
            ]
        )
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def make_owner_csv(heads, rows):
    """Return the bytes of a CSV file that every program for tables opens."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(heads)
    writer.writerows([[_as_harmless(clean(text)) for text in row] for row in rows])
    return buffer.getvalue().encode("utf-8-sig")


def _as_harmless(text):
    """Return a text that no program takes for a formula.

    >>> _as_harmless("=1+1"), _as_harmless("Ana")
    ("'=1+1", 'Ana')
    """
    return f"'{text}" if text.startswith(FORMULAS) else text


def read_owners(raw, keys, users):
    """Return ``(number of the row, key, text of the new user)`` of every row.

    :param keys: names that the column of the keys may have
    :param users: the same of the column that was filled in
    :raises NoWorkbook: it is neither, or lacks one of the columns
    """
    rows = _read_xlsx(raw) if raw[:2] == b"PK" else _read_csv(raw)
    heads = [text.casefold() for text in next(rows, [])]
    places = []
    for names in (keys, users):
        wanted = {name.casefold() for name in names}
        found = [place for place, head in enumerate(heads) if head in wanted]
        if not found:
            raise NoWorkbook
        places.append(found[0])
    filled = []
    for number, row in enumerate(rows, 2):
        texts = [row[place] if place < len(row) else "" for place in places]
        if any(texts):
            filled.append((number, *(text.removeprefix("'") for text in texts)))
    return filled


def _read_xlsx(raw):
    for row in _open(raw).worksheets[0].iter_rows(values_only=True):
        yield [as_text(value) for value in row]


def _read_csv(raw):
    for encoding in ENCODINGS:
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise NoWorkbook
    first = text.partition("\n")[0]
    sign = max(",;\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
            yield [clean(cell) for cell in row]
    except csv.Error:
        raise NoWorkbook from None
