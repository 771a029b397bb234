"""Invented files and what is read of them."""

import io

import openpyxl


def records(source, stream):
    pages = source.read_pages(source.get_stream(stream), None)
    return [record.data for page in pages for record in page.records]


def told(source):
    return {finding.code: finding for finding in source.check().findings}


def sheet(rows, formats=None, title="Sheet1", change=None):
    """Return a workbook with these rows; ``formats``: cell → number format."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for cell, code in (formats or {}).items():
        book.active[cell].number_format = code
    if change:
        change(book.active)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
