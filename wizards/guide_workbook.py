"""The rebuild guide as a workbook: one row for each automation."""

import io

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = {
    "name": 32,
    "kind": 16,
    "is_active": 12,
    "trigger_text": 36,
    "conditions_text": 36,
    "steps_text": 60,
    "used_by_text": 24,
    "recommendation": 44,
    "why_text": 40,
    "state": 22,
    "obstacles_text": 44,
    "remarks_text": 44,
    "description": 30,
}
"""Fields of an automation → width of their column, in characters."""
MAX_TEXT = 32_000
"""Characters of a cell; a workbook takes 32,767."""


def make_workbook(guide):
    """Return the bytes of an XLSX file.

    :param guide: what ``crm.migration.job._get_guide`` returns
    """
    rows = guide["rows"]
    book = Workbook()
    sheet = book.active
    sheet.title = rows.env._("Rebuild Guide")[:31]
    fields = rows._fields
    heads = [
        fields[name].get_description(rows.env, ["string"])["string"] for name in COLUMNS
    ]
    sheet.append(heads)
    for row in rows:
        sheet.append([_as_text(row, name) for name in COLUMNS])
    for number, width in enumerate(COLUMNS.values(), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for line in sheet.iter_rows():
        for cell in line:
            # Never a formula, whatever the source calls its workflows.
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _as_text(row, name):
    field, value = row._fields[name], row[name]
    if field.type == "selection":
        value = dict(field._description_selection(row.env)).get(value)
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value or ""))
    return text[:MAX_TEXT]
