"""What the wizard shows of files before they are read."""

import time

from ..core.columns import doubts
from .guessing import CUSTOM
from .inventory import why_inventory
from .object_labels import list_choices
from .source import SpreadsheetSource

PREVIEW_ROWS = 10
PREVIEW_SECONDS = 10
"""Somebody waits for it: what is not looked at by then is looked at later."""


def preview(files, file_options=None):
    """Return a dict for every table, and one for every file that cannot be read.

    Keys: ``name`` (also the key of its options), ``file``, ``part``, ``stream``,
    ``object`` (what it is taken for, or None), ``confidence`` of that in percent,
    ``others`` (pairs of what else it may be and its confidence), ``choice`` (what the
    option ``object`` comes to: one of ``CHOICES``, empty), ``choices_of`` (pairs of such a
    value and its label, the likeliest first), ``asked`` (a person must say),
    ``custom_object`` (what a person calls an object of its own, else empty), ``kind``, ``encoding``, ``delimiter``,
    ``quote``, ``header_row``, ``primary_key``, ``columns`` (``name``, ``kind``,
    ``date_order``, ``decimal_mark``), ``rows`` (the first ten), ``count`` (None where
    only reading tells), ``choices`` (options of ``tabular.KEEP`` that apply),
    ``warnings`` (``Finding``s); ``error`` alone beside ``name`` where it cannot be read.
    """
    source = SpreadsheetSource(
        {"files": files, "file_options": file_options or {}},
        deadline=time.monotonic() + PREVIEW_SECONDS,
    )
    try:
        source.look_at_small_files()
        groups = source.get_groups().values()
        shown = [
            _preview(source, group, table) for group in groups for table in group.tables
        ]
        errors = [
            {"name": finding.data.get("name", ""), "error": finding}
            for finding in source.get_failures()
        ]
        return shown + errors
    finally:
        source.close()


def _likely(group):
    known = [group.known] if group.known else []
    return [*known, *(name for name, _confidence in group.guess.others)]


def _is_asked(group):
    if group.label or group.is_left_out or why_inventory(group):
        return False
    return group.guess.is_asked or not group.known


def _choice(group):
    if group.label:
        return CUSTOM
    if group.guess.is_asked and not group.tables[0].options.get("object"):
        return ""
    return group.tables[0].options.get("object") or group.known or ""


def _preview(source, group, table):
    layout = table.layout
    delimited = table.item.kind == "csv"
    warnings = [item for item in group.findings(table) if item.level != "passed"]
    return {
        "name": table.name,
        "file": table.item.key,
        "part": table.part,
        "stream": group.name,
        "object": group.known,
        "confidence": group.guess.confidence,
        "others": group.guess.others,
        "choice": _choice(group),
        "choices_of": list_choices(_likely(group)),
        "asked": _is_asked(group),
        "custom_object": group.label,
        "kind": table.item.kind,
        "encoding": layout.encoding,
        "delimiter": layout.dialect.delimiter if delimited else "",
        "quote": layout.dialect.quote if delimited else "",
        "header_row": max(layout.header_row, 0),
        "primary_key": group.key,
        "columns": [
            {
                "name": column.name,
                "kind": column.kind,
                "date_order": column.date_order,
                "decimal_mark": column.decimal_mark,
            }
            for column in table.columns
            if not column.nested
        ],
        "rows": list(table.sample[:PREVIEW_ROWS]),
        "count": source.count_table(table),
        "choices": table.choices,
        "warnings": [*warnings, *doubts(table.name, table.columns)],
    }
