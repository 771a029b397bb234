"""Workbooks and archives, made of rows and of files."""

import io
import zipfile

import openpyxl


def book(rows, formats=None, title="Sheet1"):
    """Return the bytes of a workbook; ``formats``: cell → number format."""
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    for cell, pattern in (formats or {}).items():
        made.active[cell].number_format = pattern
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def packed(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", ".").replace("--", "/"), data)
    return content.getvalue()
