"""Tables with the headers of a vendor, and what is made of their rows."""

import csv
import io

import openpyxl

from connectors.mapping.apply import apply, as_json


def table(headers, *rows):
    """Return CSV with the headers, divided by ``", "``, and rows by header → value."""
    names = headers if isinstance(headers, list) else headers.split(", ")
    stream = io.StringIO()
    csv.writer(stream).writerows(
        [names, *([row.get(name, "") for name in names] for row in rows)]
    )
    return stream.getvalue()


def workbook(sheets):
    """Return a workbook with sheets by name → rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        own = book.create_sheet(title)
        for row in rows:
            own.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def group_of(source, name):
    """Return the group of the file or sheet of a name."""
    return next(
        group
        for group in source.get_groups().values()
        for one in group.tables
        if name in (one.name, one.item.key, one.part)
    )


def load(source, name, zone="Europe/Lisbon"):
    """Return (object, values by id) of a file, as the first mapping that takes a row has it."""
    group, found = group_of(source, name), {}
    mappings = [m for m in source.get_mappings() if m.stream == group.name]
    for page in source.read_pages(source.get_stream(group.name), None):
        assert not page.errors
        for record in page.records:
            for mapping in mappings[:1]:
                outcome = apply(as_json(mapping)["fields"], record.data, zone=zone)
                assert not outcome.problems, outcome.problems
                found[record.source_id] = outcome.values
    return group.known, found


def load_part(source, name, part):
    """Return values by id of what the rows of a file become besides."""
    group, found = group_of(source, name), {}
    [mapping] = [
        m for m in source.get_mappings() if (m.stream, m.part) == (group.name, part)
    ]
    wanted = mapping.when[-1].source
    for page in source.read_pages(source.get_stream(group.name), None):
        for record in page.records:
            if record.data.get(wanted):
                outcome = apply(as_json(mapping)["fields"], record.data)
                assert not outcome.problems, outcome.problems
                found[record.source_id] = outcome.values
    return found


def vendor_of(source, name):
    dialect = group_of(source, name).dialect
    return dialect and dialect.vendor


def ignored(source, name):
    """Return column → reason of the columns of a file that are left out."""
    group = group_of(source, name)
    return next(m.ignored for m in source.get_mappings() if m.stream == group.name)
