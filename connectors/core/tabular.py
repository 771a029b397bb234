"""Tables in files: layout found in a sample and correctable, rows read on from any place.

A ``Table`` is a CSV file, a sheet, a list in a JSON file, or a file of JSON lines. What
was found is in its ``Layout``; every value can be overridden by the file's options.
"""

from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from . import tabular_csv, tabular_json, tabular_xlsx
from .columns import inspect_columns
from .encoding import detect_encoding, find_bom, known_encoding
from .errors import ConfigurationError, FatalError
from .lines import MAX_RECORD_BYTES, TooLong
from .source import Finding
from .tabular_csv import Dialect, Trouble

SAMPLE_BYTES = 262_144
TYPED_ROWS = 1000
HEADER_WITHIN = 20
"""Rows among which the header is looked for: titles and filters may stand above it."""
MAX_OPEN_QUOTES = 50
"""So many quotation marks left open mean that quotes are no quotes in this file."""
OPTIONS = (
    "encoding",
    "delimiter",
    "quote",
    "header_row",
    "sheet",
    "stream",
    "primary_key",
    "date_order",
    "decimal_mark",
    "short_rows",
)


@dataclass(frozen=True)
class Layout:
    """How a table is to be read.

    :param header_row: number of the header among the rows that are not blank, from 1;
        0: there is none
    :param columns: names of the columns, unique and never empty
    :param sample: rows of the sample as dicts
    """

    encoding: str = ""
    dialect: Dialect = Dialect()
    header_row: int = 0
    columns: tuple[str, ...] = ()
    sample: tuple[dict, ...] = ()
    findings: tuple[Finding, ...] = ()


def finding(level, code, text, **data):
    return Finding(level, code, text.format(**data), data)


class Table:
    """One table of a file.

    :param files: ``archive.Files``
    :param part: name of the sheet, path of the list; empty where there is but one
    :param options: what the consultant corrected, see ``OPTIONS``
    """

    def __init__(self, files, item, *, part="", array=None, options=None, hidden=False):
        self.files = files
        self.item = item
        self.part = part
        self.array = array
        self.hidden = hidden
        self.options = dict(options or {})
        self.tally = Counter()

    @property
    def name(self):
        return f"{self.item.key}#{self.part}" if self.part else self.item.key

    @property
    def has_header(self):
        return self.item.kind in ("csv", "xlsx")

    @cached_property
    def layout(self):
        """Return the ``Layout``, from the beginning of the table.

        :raises ConfigurationError: the file or its options cannot be read
        """
        with closing(self.files.open(self.item)) as file:
            if self.item.kind == "csv":
                return self._csv_layout(file)
            if self.item.kind == "xlsx":
                return self._xlsx_layout(file)
            return self._json_layout(file)

    @cached_property
    def columns(self):
        """Return the ``Column``s with the kinds that the sample shows."""
        return inspect_columns(
            self.layout.columns,
            self.layout.sample,
            date_order=self.options.get("date_order") or "",
            decimal_mark=self.options.get("decimal_mark") or "",
        )

    def _csv_layout(self, file):
        data = file.read(SAMPLE_BYTES)
        encoding, findings = find_encoding(self.item.key, data, self.options)
        text = data[find_bom(data)[1] :].decode(encoding, "replace").replace("\0", "")
        if len(data) == SAMPLE_BYTES:
            text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text
        # Old Macs end lines with CR alone, which Python's csv takes for a fault.
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        dialect = tabular_csv.detect_dialect(text)
        for option in ("delimiter", "quote"):
            if self.options.get(option) is not None:
                dialect = replace(dialect, **{option: self.options[option]})
        if len(dialect.delimiter) != 1 or len(dialect.quote) > 1:
            raise ConfigurationError(
                "bad_setting", setting=self.name, reason="delimiter or quote"
            )
        rows = tabular_csv.sample_rows(text, dialect)
        if rows and rows[0][0].startswith("sep=") and text.startswith("sep="):
            skipped = 1
        else:
            skipped = 0
        layout = self._with_header(rows, skipped, findings)
        return replace(layout, encoding=encoding, dialect=dialect)

    def _xlsx_layout(self, file):
        try:
            rows = tabular_xlsx.read_sheet(file, self.part)
            rows = [row for row, _position in islice(rows, TYPED_ROWS)]
            seen = tabular_xlsx.inspect_sheet(file, self.part)
        except tabular_xlsx.Broken:
            raise ConfigurationError("zip_broken", name=self.name) from None
        findings = list(_sheet_findings(self.name, self.hidden, seen, rows))
        return self._with_header(rows, 0, findings)

    def _json_layout(self, file):
        data = file.read(SAMPLE_BYTES)
        encoding, findings = find_encoding(self.item.key, data, self.options)
        rows = []
        try:
            for row, _position in islice(self._values(file, encoding), TYPED_ROWS):
                if isinstance(row, dict):
                    rows.append(row)
        except (tabular_json.NotJson, TooLong):
            # Reading will say where; what stands before that place is usable.
            findings.append(
                finding("warning", "file_damaged", "{name} is damaged.", name=self.name)
            )
        columns = tuple(dict.fromkeys(name for row in rows for name in row))
        return Layout(
            encoding, columns=columns, sample=tuple(rows), findings=tuple(findings)
        )

    def _values(self, file, encoding, position=None):
        if self.item.kind == "json":
            return tabular_json.read_elements(file, encoding, self.array, position)
        return tabular_json.read_json_lines(file, encoding, self.tally, position)

    def _with_header(self, rows, skipped, findings):
        wanted = self.options.get("header_row")
        found = find_header(rows[skipped:HEADER_WITHIN])
        row = (found + skipped if found else 0) if wanted in (None, "") else int(wanted)
        if not 0 <= row <= len(rows):
            raise ConfigurationError(
                "bad_setting", setting=self.name, reason="header_row"
            )
        body = rows[row:] if row else rows[skipped:]
        width = tabular_csv.common_width(body) if body else 0
        names = list(rows[row - 1]) if row else [None] * width
        while (
            len(names) > 1
            and not _filled(names[-1])
            and not any(
                _filled(cell) for line in body for cell in line[len(names) - 1 :][:1]
            )
        ):
            names.pop()
        columns, notes = name_columns(self.name, names)
        findings = [*findings, *(notes if row else [])]
        if not row and rows:
            text = "{name} has no header: its columns are numbered."
            findings.append(finding("warning", "header_missing", text, name=self.name))
        if row > 1 + skipped:
            text = (
                "The header of {name} is its row {row}; what stands above is left out."
            )
            findings.append(
                finding("warning", "header_below", text, name=self.name, row=row)
            )
        sample = [dict(zip(columns, line, strict=False)) for line in body[:TYPED_ROWS]]
        return Layout(
            header_row=row or (-skipped if skipped else 0),
            columns=columns,
            sample=tuple(sample),
            findings=tuple(findings),
        )

    def read_rows(self, position=None):
        """Yield ``(dict or Trouble, position behind it)``; None: from the first row on.

        The second number of a position is the line, row or element in the file.

        :raises FatalError: nothing behind this place can be read
        """
        with closing(self.files.open(self.item)) as file:
            try:
                if self.has_header:
                    yield from self._read_cells(file, position)
                else:
                    yield from self._values(file, self.layout.encoding, position)
            except TooLong:
                limit = MAX_RECORD_BYTES >> 20
                raise FatalError("line_too_long", name=self.name, limit=limit) from None
            except tabular_json.NotJson as error:
                raise FatalError(
                    "file_damaged", name=self.name, offset=error.offset
                ) from None
            except tabular_xlsx.Broken:
                raise FatalError("zip_broken", name=self.name) from None

    def _read_cells(self, file, position):
        layout = self.layout
        if self.item.kind == "csv":
            rows = tabular_csv.read_rows(
                file, layout.encoding, layout.dialect, self.tally, position
            )
        else:
            rows = tabular_xlsx.read_sheet(file, self.part, position)
        above = abs(layout.header_row) if position is None else 0
        columns, width = layout.columns, len(layout.columns)
        # A sheet leaves out the empty cells at the end of a row; a text file does not.
        short = self.item.kind == "xlsx" or self.options.get("short_rows") == "accept"
        open_quotes = 0
        for row, place in rows:
            if isinstance(row, Trouble):
                open_quotes += row.code == "unterminated_quote"
                if open_quotes > MAX_OPEN_QUOTES:
                    raise FatalError(row.code, name=self.name, **row.data)
                yield row, place
            elif len(row) == width:
                if any(map(_filled, row)):
                    if above:
                        above -= 1
                    else:
                        yield dict(zip(columns, row, strict=True)), place
            elif any(map(_filled, row)):
                if above:
                    above -= 1
                else:
                    yield self._fit(row, columns, short, place), place

    def _fit(self, row, columns, short, place):
        """Return a row of another length: what is missing or too much may be empty."""
        found, expected = len(row), len(columns)
        if found > expected and not any(map(_filled, row[expected:])):
            return dict(zip(columns, row, strict=False))
        if found < expected and short:
            return dict.fromkeys(columns) | dict(zip(columns, row, strict=False))
        data = {"line": place[1], "found": found, "expected": expected}
        return Trouble("line_length", data)


def _filled(cell):
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def find_header(rows):
    """Return the number of the header among ``rows``, from 1; 0 if there is none."""
    width = max((len(row) for row in rows), default=0)
    common = max(tabular_csv.common_width(rows), 1)
    for number, row in enumerate(rows, 1):
        filled = sum(map(_filled, row))
        wide_enough = filled * 2 > min(common, width) and (filled > 1 or common == 1)
        if wide_enough:
            return number if tabular_csv.looks_like_header(row) else 0
    return 0


def name_columns(name, cells):
    """Return (unique names of the columns, what a reader should know)."""
    names, findings, used = [], [], set()
    for number, cell in enumerate(cells, 1):
        base = " ".join(str(cell).split()) if _filled(cell) else f"Column {number}"
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


def _sheet_findings(name, hidden, seen, rows):
    if hidden:
        yield finding(
            "warning", "sheet_hidden", "{name} is hidden in Excel.", name=name
        )
    if seen["uncomputed"]:
        text = "{count} formulas of {name} have no value: open it in Excel and save it."
        count = seen["uncomputed"]
        yield finding("warning", "formulas", text, name=name, count=count)
    if seen["merged"]:
        text = (
            "{name} has merged cells ({ranges}): only the first of each has the value."
        )
        ranges = ", ".join(seen["merged"][:5])
        yield finding("warning", "merged_cells", text, name=name, ranges=ranges)
    if any(
        cell in tabular_xlsx.EXCEL_ERRORS
        for row in rows
        for cell in row
        if isinstance(cell, str)
    ):
        text = "{name} shows errors of Excel such as #N/A as values."
        yield finding("warning", "excel_errors", text, name=name)


def list_tables(files, options):
    """Return (tables, findings for files that give none).

    :param options: ``{name of a file or table: {option: value}}``
    """
    tables, findings = [], []
    for item in files.items():
        try:
            if item.error:
                raise item.error
            if item.kind != "attachment":
                tables += _tables_of(files, item, options)
        except (ConfigurationError, FatalError) as error:
            findings.append(
                Finding("blocking", error.code, error.sentence, dict(error.data))
            )
    return tables, findings


def _tables_of(files, item, options):
    own = options.get(item.key) or {}

    def table(part="", **more):
        merged = {**own, **(options.get(f"{item.key}#{part}") or {})}
        return Table(files, item, part=part, options=merged, **more)

    if item.kind in ("csv", "ndjson"):
        return [table()]
    with closing(files.open(item)) as file:
        if item.kind == "xlsx":
            return _sheets(item, file, own.get("sheet"), table)
        encoding, _findings = find_encoding(item.key, file.read(SAMPLE_BYTES), own)
        try:
            arrays, _complete = tabular_json.find_arrays(file, encoding)
        except (tabular_json.NotJson, TooLong) as error:
            offset = getattr(error, "offset", 0)
            raise ConfigurationError(
                "file_damaged", name=item.key, offset=offset
            ) from None
        if not arrays:
            raise ConfigurationError("file_no_table", name=item.key)
        alone = len(arrays) == 1
        return [table("" if alone else array.path, array=array) for array in arrays]


def _sheets(item, file, wanted, table):
    try:
        sheets = tabular_xlsx.list_sheets(file)
    except tabular_xlsx.TooBig as error:
        limit = error.limit >> 20
        raise ConfigurationError("file_too_big", name=item.key, limit=limit) from None
    except tabular_xlsx.Broken:
        raise ConfigurationError("zip_broken", name=item.key) from None
    names = [sheet.name for sheet in sheets]
    if wanted:
        wanted = [wanted] if isinstance(wanted, str) else list(wanted)
        for name in wanted:
            if name not in names:
                raise ConfigurationError("sheet_missing", name=item.key, sheet=name)
    return [
        table(sheet.name, hidden=sheet.hidden)
        for sheet in sheets
        if not wanted or sheet.name in wanted
    ]


__all__ = ["OPTIONS", "Layout", "Table", "find_header", "list_tables"]
