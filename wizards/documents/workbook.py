"""A document as a workbook: a sheet for each table, written row by row."""

import io

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from ..record_workbook import as_title, clean
from .parts import AMOUNT, NUMBER

FORMULA = ("=", "+", "-", "@", "\t")
"""What a program that opens it may take for the beginning of a formula."""
FORMATS = {NUMBER: "#,##0", AMOUNT: "#,##0.00"}
_WRAP = Alignment(wrap_text=True, vertical="top")
_BOLD, _TITLE = Font(bold=True), Font(bold=True, size=14)
_GREY = PatternFill("solid", start_color="FFEEEEEE")


def make_workbook(sections, summary):
    """Return the bytes of an XLSX file.

    :param summary: title of the first sheet, which has what is in no table
    """
    book = Workbook(write_only=True)
    _write_summary(book.create_sheet(as_title(summary, [])), sections)
    for section in sections:
        for table in section.tables:
            title = as_title(table.title, book.sheetnames)
            _write_table(book.create_sheet(title), table)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write_summary(sheet, sections):
    for letter, width in (("A", 40), ("B", 90)):
        sheet.column_dimensions[letter].width = width
    for section in sections:
        sheet.append([_as_cell(sheet, section.title, font=_TITLE)])
        for text in section.texts:
            sheet.append([_as_cell(sheet, ""), _as_cell(sheet, text)])
        for label, text in section.facts:
            sheet.append([_as_cell(sheet, label), _as_cell(sheet, text)])
        for table in section.tables:
            label = _as_cell(sheet, table.title)
            sheet.append([label, _as_cell(sheet, table.count, NUMBER)])
        sheet.append([])


def _write_table(sheet, table):
    for number, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.freeze_panes = "B2"
    sheet.append(
        [_as_cell(sheet, c.label, font=_BOLD, fill=_GREY) for c in table.columns]
    )
    kinds = [column.kind for column in table.columns]
    for row in table.rows():
        sheet.append(
            [_as_cell(sheet, v, kind) for v, kind in zip(row, kinds, strict=True)]
        )
    last = get_column_letter(len(table.columns))
    sheet.auto_filter.ref = f"A1:{last}{table.count + 1}"
    if table.totals:
        cells = zip(table.totals, kinds, strict=True)
        sheet.append([_as_cell(sheet, v, kind, font=_BOLD) for v, kind in cells])


def _as_cell(sheet, value, kind="text", font=None, fill=None):
    """Return a cell that is a number where one is meant, else a text and never a formula."""
    if kind in FORMATS and isinstance(value, int | float) and value is not False:
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = FORMATS[kind]
    else:
        text = clean("" if value is None or value is False else value)
        cell = WriteOnlyCell(sheet, text)
        cell.data_type, cell.number_format = "s", "@"
        cell.alignment = _WRAP
        # The apostrophe that keeps it a text also where somebody edits the cell.
        cell.quotePrefix = text.startswith(FORMULA)
    if font:
        cell.font = font
    if fill:
        cell.fill = fill
    return cell
