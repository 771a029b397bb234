"""How a table is to be read: encoding, dialect and header found in a sample of it."""

import re
from dataclasses import dataclass, replace

from . import tabular_csv
from .cleaning import find_entities, strip_armor, strip_escapes, unescape_entities
from .code_pages import known_encoding
from .encoding import detect_encoding, find_bom, read_twice
from .errors import ConfigurationError
from .file_sentences import FILE_SENTENCES
from .headers import as_names, filled, join_headers
from .sentences import Finding, _lt
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
    :param header: cells of the header as they stand in the file
    :param raw: rows of the sample as they stand in the file, lists or dicts
    :param repeats: names of the columns that bear one name in the header, in groups
    """

    encoding: str = ""
    dialect: Dialect = Dialect()
    header_row: int = 0
    above: int = 0
    columns: tuple[str, ...] = ()
    header: tuple = ()
    raw: tuple = ()
    repeats: tuple[tuple[str, ...], ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def sample(self):
        """Return the rows of the sample as dicts, each value as it stands in the file."""
        return tuple(
            row if isinstance(row, dict) else dict(zip(self.columns, row, strict=False))
            for row in self.raw
        )


finding = FILE_SENTENCES.finding


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
    text = re.sub("^\ufeff+", "", text, flags=re.MULTILINE)
    dialect = tabular_csv.detect_dialect(text)
    for option in ("delimiter", "quote"):
        if options.get(option) is not None:
            dialect = replace(dialect, **{option: options[option]})
    if len(dialect.delimiter) != 1 or len(dialect.quote) > 1:
        raise ConfigurationError(
            "bad_setting", setting=name, reason=_lt("delimiter or quote")
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
    header = list(rows[place]) if place is not None else []
    notes, double = [], False
    if place is not None:
        below, first = [*rows[place + 1 : place + 3], [], []][:2]
        above = rows[place - 1] if place > skipped else []
        header, double = join_headers(above, header, below, first)
    body = rows[place + 1 + double :] if place is not None else rows[skipped:]
    width = tabular_csv.common_width(body)
    names = header if place is not None else [None] * width
    while len(names) > 1 and not filled(names[-1]):
        if any(filled(cell) for row in body for cell in row[len(names) - 1 :][:1]):
            break
        names.pop()
    columns, repeats, notes = name_columns(name, names)
    line = lines[place] if place is not None else 0
    if place is None and rows:
        notes = [finding("warning", "header_missing", name=name)]
    elif any(map(filled, (c for row in rows[skipped : place or 0] for c in row))):
        notes.append(finding("warning", "header_below", name=name, row=line))
    if double:
        notes.append(finding("passed", "header_double", name=name, row=line))
    above = lines[place + double] if place is not None else 0
    return Layout(
        header_row=line,
        above=above or (lines[0] if skipped else 0),
        columns=columns,
        header=tuple(rows[place]) if place is not None else (),
        repeats=repeats,
        raw=tuple(body[:TYPED_ROWS]),
        findings=(*findings, *notes),
    )


def with_guess(layout, name, encoding):
    """Return a layout that says that its encoding was guessed, where it was."""
    if not encoding:
        return layout
    guess = _guessed(name, encoding)
    return replace(layout, findings=(guess, *layout.findings))


def _header_place(rows, lines, skipped, name, options):
    """Return which of the rows is the header, None if there is none."""
    wanted = options.get("header_row")
    if wanted in (None, ""):
        found = find_header(rows[skipped:HEADER_WITHIN], lines[skipped:HEADER_WITHIN])
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


def find_header(rows, lines=()):
    """Return the number of the header among ``rows``, from 1; 0 if there is none.

    :param lines: line or row of the file on which each of the rows ends
    """
    rows = _without_empty_columns(rows)
    rows = [as_names(row, rows[place:]) for place, row in enumerate(rows, 1)]
    width = max((len(row) for row in rows), default=0)
    common = max(tabular_csv.common_width(rows), 1)
    if common == 1 and (below := _below_titles(rows)):
        return below
    for number, row in enumerate(rows, 1):
        count = sum(map(filled, row))
        wide_enough = count * 2 > min(common, width) and (count > 1 or common == 1)
        if wide_enough and not (
            count < common and _stands_above(rows, lines, number, common)
        ):
            return number if tabular_csv.looks_like_header(row) else 0
    return 0


def _without_empty_columns(rows):
    """Return the rows without the columns in which nobody has written anything.

    Excel saves as CSV what is formatted, too: a table of two columns ends in ``,,,``.
    """
    filled_in = sorted(
        {n for row in rows for n, cell in enumerate(row) if filled(cell)}
    )
    return [[row[n] for n in filled_in if n < len(row)] for row in rows]


def _below_titles(rows):
    """Return the number of a header with few rows below more lines of a title, 0 for none.

    A list of one column has nothing beside it, a comment below it two cells at most.
    """
    counts = [sum(map(filled, row)) for row in rows]
    place = next((place for place, count in enumerate(counts) if count > 1), 0)
    wide = counts[place:]
    if not place or len(wide) < 2 or wide[0] < 3 or min(wide[:2]) < 2:
        return 0
    if not tabular_csv.looks_like_header(rows[place]):
        return 0
    mostly = sum(count > 1 for count in wide) * 2 > len(wide)
    return place + 1 if mostly else 0


def _stands_above(rows, lines, number, common):
    """Tell whether a row is of a title: ``Report: | Open deals``, a header below it."""
    row = rows[number - 1]
    first = str(next(filter(filled, row), "")).strip()
    apart = lines[number : number + 1] and lines[number] > lines[number - 1] + 1
    if not (apart or first.endswith(":") or not tabular_csv.looks_like_header(row)):
        return False
    return any(
        sum(map(filled, below)) >= common and tabular_csv.looks_like_header(below)
        for below in rows[number:]
    )


def name_columns(name, cells):
    """Return (unique names of the columns, groups that bear one name, findings)."""
    names, groups, used = [], {}, set()
    for number, cell in enumerate(cells, 1):
        base = _name_of(cell) or f"Column {number}"
        unique, count = base, 1
        while unique in used:
            count += 1
            unique = f"{base} ({count})"
        used.add(unique)
        names.append(unique)
        groups.setdefault(base, []).append(unique)
    repeats = tuple(tuple(group) for group in groups.values() if len(group) > 1)
    findings = []
    for group in repeats:
        data = {"name": name, "column": group[0], "unique": group[1]}
        data["count"] = len(group)
        findings.append(finding("warning", "header_repeated", **data))
    return tuple(names), repeats, findings


def _name_of(cell):
    """Return the name that a cell of the header gives, without what an export adds."""
    if not filled(cell):
        return ""
    text = read_twice(strip_armor(strip_escapes(str(cell).strip("\ufeff "))))
    if find_entities(text)[0]:
        text = unescape_entities(text)
    return " ".join(text.split())


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
    return encoding, [_guessed(name, encoding)]


def _guessed(name, encoding):
    return finding("warning", "encoding_guessed", name=name, encoding=encoding)
