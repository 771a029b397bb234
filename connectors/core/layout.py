"""How a table is to be read: encoding, dialect and header found in a sample of it."""

import re
from dataclasses import dataclass, replace

from . import tabular_csv
from .encoding import detect_encoding, find_bom, known_encoding
from .errors import ConfigurationError
from .source import Finding
from .tabular_csv import Dialect

SAMPLE_BYTES = 262_144
TYPED_ROWS, TYPED_BYTES = 1000, 4 * 1024 * 1024
"""How much of a table is looked at to tell what its columns hold."""
HEADER_WITHIN = 20
"""Rows among which the header is looked for: titles and filters may stand above it."""


@dataclass(frozen=True)
class Layout:
    """How a table is to be read.

    :param header_row: row of the sheet, or line of the file, with the header; 0: none
    :param above: the last row or line above the first record
    :param columns: names of the columns, unique and never empty
    :param sample: rows of the sample as dicts
    """

    encoding: str = ""
    dialect: Dialect = Dialect()
    header_row: int = 0
    above: int = 0
    columns: tuple[str, ...] = ()
    sample: tuple[dict, ...] = ()
    findings: tuple[Finding, ...] = ()


def finding(level, code, text, **data):
    return Finding(level, code, text.format(**data), data)


def csv_layout(file, key, name, options):
    """Return the ``Layout`` of delimited text.

    :raises ConfigurationError: an option cannot be meant
    """
    data = file.read(SAMPLE_BYTES)
    encoding, findings = find_encoding(key, data, options)
    text = data[find_bom(data)[1] :].decode(encoding, "replace").replace("\0", "")
    if len(data) == SAMPLE_BYTES:
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text
    # Old Macs end lines with CR alone, which Python's csv takes for a fault.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    dialect = tabular_csv.detect_dialect(text)
    for option in ("delimiter", "quote"):
        if options.get(option) is not None:
            dialect = replace(dialect, **{option: options[option]})
    if len(dialect.delimiter) != 1 or len(dialect.quote) > 1:
        raise ConfigurationError(
            "bad_setting", setting=name, reason="delimiter or quote"
        )
    rows, lines = tabular_csv.sample_rows(text, dialect)
    if len(data) == SAMPLE_BYTES and len(rows) > 1:
        # The sample may end within a quoted cell.
        rows, lines = rows[:-1], lines[:-1]
    # Excel's own way to name the delimiter.
    skipped = int(
        bool(rows) and re.match(r"sep=.\s*$", text.split("\n", 1)[0]) is not None
    )
    layout = with_header(rows, lines, skipped, findings, name, options)
    return replace(layout, encoding=encoding, dialect=dialect)


def with_header(rows, lines, skipped, findings, name, options):
    """Return the ``Layout`` that rows of cells have.

    :param lines: line or row of the file on which each of the rows ends
    :param skipped: rows at the top that are none
    :raises ConfigurationError: there is no such header row
    """
    place = _header_place(rows, lines, skipped, name, options)
    body = rows[place + 1 :] if place is not None else rows[skipped:]
    width = tabular_csv.common_width(body)
    names = list(rows[place]) if place is not None else [None] * width
    while len(names) > 1 and not filled(names[-1]):
        if any(filled(cell) for row in body for cell in row[len(names) - 1 :][:1]):
            break
        names.pop()
    columns, notes = name_columns(name, names)
    line = lines[place] if place is not None else 0
    if place is None and rows:
        text = "{name} has no header: its columns are numbered."
        notes = [finding("warning", "header_missing", text, name=name)]
    elif line > 1 + skipped:
        text = "The header of {name} is in row {row}; what stands above is left out."
        notes.append(finding("warning", "header_below", text, name=name, row=line))
    return Layout(
        header_row=line,
        above=line or (lines[0] if skipped else 0),
        columns=columns,
        sample=tuple(
            dict(zip(columns, row, strict=False)) for row in body[:TYPED_ROWS]
        ),
        findings=(*findings, *notes),
    )


def _header_place(rows, lines, skipped, name, options):
    """Return which of the rows is the header, None if there is none."""
    wanted = options.get("header_row")
    if wanted in (None, ""):
        found = find_header(rows[skipped:HEADER_WITHIN])
        return found + skipped - 1 if found else None
    if str(wanted) == "0":
        return None
    # A header with line ends in its cells ends further below than it begins.
    below = [
        place
        for place, line in enumerate(lines)
        if str(wanted).isdigit() and line >= int(wanted)
    ]
    if not below:
        raise ConfigurationError("bad_setting", setting=name, reason="header_row")
    return below[0]


def filled(cell):
    """Tell whether a cell holds anything but blanks."""
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def find_header(rows):
    """Return the number of the header among ``rows``, from 1; 0 if there is none."""
    width = max((len(row) for row in rows), default=0)
    common = max(tabular_csv.common_width(rows), 1)
    for number, row in enumerate(rows, 1):
        count = sum(map(filled, row))
        wide_enough = count * 2 > min(common, width) and (count > 1 or common == 1)
        if wide_enough:
            return number if tabular_csv.looks_like_header(row) else 0
    return 0


def name_columns(name, cells):
    """Return (unique names of the columns, what a reader should know)."""
    names, findings, used = [], [], set()
    for number, cell in enumerate(cells, 1):
        base = " ".join(str(cell).split()) if filled(cell) else f"Column {number}"
        unique, count = base, 1
        while unique in used:
            count += 1
            unique = f"{base} ({count})"
        if count > 1:
            text = "{name} has several columns {column}; one is now {unique}."
            data = {"name": name, "column": base, "unique": unique}
            findings.append(finding("warning", "header_repeated", text, **data))
        used.add(unique)
        names.append(unique)
    return tuple(names), findings


def find_encoding(name, data, options):
    """Return (encoding, findings) by the option or by the sample.

    :raises ConfigurationError: the encoding asked for does not exist
    """
    if wanted := options.get("encoding"):
        encoding = known_encoding(wanted)
        if not encoding:
            raise ConfigurationError("bad_setting", setting=name, reason="encoding")
        # The width of a unit, not its order, is what a mark may correct.
        generic = encoding in ("utf-16", "utf-32", "utf-8-sig")
        return (detect_encoding(data)[0] if generic else encoding), []
    encoding, certain = detect_encoding(data)
    if certain:
        return encoding, []
    text = "{name} does not say its encoding; {encoding} is taken."
    return encoding, [
        finding("warning", "encoding_guessed", text, name=name, encoding=encoding)
    ]
