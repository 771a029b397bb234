"""Records as a workbook to be corrected: a sheet for each object, a row for each record."""

import io
import zipfile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

MARK = "crm_migration"
FIXED = 2
"""Columns before those that can be corrected: the id in the source, and what is wrong."""
WIDTHS = (18, 60, 28)
MAX_TEXT = 32_000
"""Characters of a cell; a workbook takes 32,767."""
MAX_UNPACKED = 200_000_000
"""Bytes that the parts of an uploaded workbook may have together."""
_GREY = PatternFill("solid", start_color="FFEEEEEE")


class NoWorkbook(ValueError):
    """What was uploaded is no workbook, or none that was made here."""


def make_workbook(job_id, sheets, heads):
    """Return the bytes of an XLSX file.

    :param sheets: list of ``(stream, title, columns, rows)``; a column is
        ``(key, label)``, a row ``[source id, what is wrong, text, …]``
    :param heads: labels of the two fixed columns
    """
    book = Workbook(write_only=True)
    for stream, title, columns, rows in sheets:
        sheet = book.create_sheet(as_title(title, book.sheetnames))
        widths = [*WIDTHS[:FIXED], *(WIDTHS[-1] for _column in columns)]
        for number, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        # The keys stand above their labels, where nobody sorts them away.
        sheet.row_dimensions[1].hidden = True
        sheet.freeze_panes = "C3"
        sheet.append([f"{MARK}:{job_id}:{stream}", "", *(key for key, _l in columns)])
        sheet.append(
            [
                _as_cell(sheet, text, bold=True)
                for text in (*heads, *(label for _key, label in columns))
            ]
        )
        for row in rows:
            sheet.append(
                [
                    _as_cell(sheet, text, fixed=place < FIXED)
                    for place, text in enumerate(row)
                ]
            )
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read_workbook(raw, job_id):
    """Yield ``(stream, source id, {key: text})`` of every row.

    :raises NoWorkbook: it is none, or one of another migration
    """
    for sheet in _open(raw).worksheets:
        rows = sheet.iter_rows(values_only=True)
        keys = [as_text(value) for value in next(rows, ())]
        mark, number, stream = [*(keys[:1] or [""])[0].split(":", 2), "", ""][:3]
        if (mark, number) != (MARK, str(job_id)):
            raise NoWorkbook
        next(rows, None)
        for row in rows:
            source_id, *texts = map(as_text, row)
            if source_id:
                pairs = zip(keys[FIXED:], texts[FIXED - 1 :], strict=False)
                yield stream, source_id, {key: text for key, text in pairs if key}


def _open(raw):
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
                raise NoWorkbook
        return load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError):
        raise NoWorkbook from None


def as_text(value):
    """Return what a cell says, as it was given out or typed.

    >>> as_text(" Ana "), as_text(7.0), as_text(True), as_text(None)
    ('Ana', '7', 'True', '')
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(value)


def clean(text):
    """Return a text that a cell can hold.

    >>> clean("a\\x0bb\\r\\nc "), clean(None)
    ('ab\\nc', '')
    """
    text = "" if text is None else str(text)
    text = ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n"))
    return text.strip()[:MAX_TEXT]


def _as_cell(sheet, text, *, bold=False, fixed=False):
    cell = WriteOnlyCell(sheet, clean(text))
    # Never a formula, and never a number that loses its zeros, whatever the source says.
    cell.data_type, cell.number_format = "s", "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    if fixed:
        cell.fill = _GREY
    return cell


def as_title(text, taken):
    """Return a name that a sheet can have, and that no other has."""
    plain = "".join(" " if sign in "[]:*?/\\" else sign for sign in text)
    plain = plain.strip(" '")[:28] or MARK
    number, title = 1, plain
    while title.casefold() in {name.casefold() for name in taken}:
        number += 1
        title = f"{plain} {number}"
    return title
