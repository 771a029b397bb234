"""Delimited text as a plain reading finds it: Python's own ``csv``, and what it cannot tell.

Where quotes stand behind backslashes that ``csv`` in strict mode refuses, the text was
written otherwise: by PHP's ``fputcsv`` (parameter ``escape``, until PHP 9), or by what
escapes quotes (MySQL's ``INTO OUTFILE``). Its cells are told apart here by the quotes
that a delimiter or a line end follows.
"""

import csv
import io
import re

DELIMITERS = ",;\t|~^¦\x1f"
_ESCAPED = re.compile(r'\\"|""')


class Quoted(str):
    """A cell with quotes behind backslashes, of a text that is not standard."""

    kind = "quoted"


def rows_of(content):
    """Yield (line on which it ends, cells) of the rows of a text, given as bytes."""
    # No database keeps this sign.
    text = _decoded(content).replace("\0", "")
    plain = re.sub(r'"[^"]*"', "", text[:4096])
    delimiter = max(DELIMITERS, key=plain.count)
    if _is_of_addresses(text) or (delimiter == "," and _is_list(text)):
        # No cell ends at such a sign; this one no list has.
        delimiter = DELIMITERS[-1]
    if '\\"' in text and not _is_standard(text, delimiter):
        yield from _told_apart(text, delimiter)
        return
    # "1", "Ana": no cell begins with the blank.
    spaced = re.search(rf'^"[^"]*"{re.escape(delimiter)} +"', text) is not None
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=spaced)
    for row in reader:
        yield reader.line_num, row


def _is_list(text):
    """Tell whether commas are of the cells of a single column: prose, or decimals."""
    name, _end, cells = text.strip().partition("\n")
    if '"' in text or any(sign in name for sign in DELIMITERS):
        return False
    if not re.search(r"[^\d\s.,'+-]", cells):
        return not re.search(r",(?!\d{1,4}\s*$)", cells, re.MULTILINE)
    table = re.search(r",(?! )|, (?:[\d.]+|\S+@\S+)\s*$", cells, re.MULTILINE)
    return table is None


def _is_of_addresses(text):
    """Tell whether there is nothing but addresses below the name of a single column."""
    name, _end, cells = text.strip().partition("\n")
    if '"' in text or "@" in name or any(sign in name for sign in DELIMITERS):
        return False
    rest = re.sub(r"(?m)^\s*https?://\S+\s*$|[^\s@,;|]+@[^\s@,;|]+", "", cells)
    return bool(cells) and not rest.strip(",;| \t\r\n")


def _decoded(content):
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _is_standard(text, delimiter):
    lines = io.StringIO(text, newline="")
    try:
        for _row in csv.reader(lines, delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        return False
    return True


def _told_apart(text, delimiter):
    place, line, row = 0, 1, []
    while place < len(text):
        cell, end = _cell_at(text, place, delimiter)
        row.append(cell)
        line += text.count("\n", place, end)
        if text[end : end + 1] == delimiter:
            place = end + 1
            if place < len(text):
                continue
            row.append("")
        yield line, row
        place = end + (2 if text[end : end + 2] == "\r\n" else 1)
        line, row = line + 1, []


def _cell_at(text, place, delimiter):
    """Return (the cell that begins there, the place behind it)."""
    if text[place] != '"':
        found = re.compile(f"[{re.escape(delimiter)}\r\n]").search(text, place)
        end = found.start() if found else len(text)
        return text[place:end], end
    at = place + 1
    while (at := text.find('"', at)) >= 0:
        end = at
        while text[end : end + 1] == '"':
            end += 1
        if text[end : end + 1] in ("", delimiter, "\r", "\n"):
            escaped = text[at - 1] == "\\" and at - 1 > place
            if _closes(end - at, escaped):
                return _unquoted(text[place + 1 : end - 1]), end
        at = end
    return text[place:], len(text)


def _closes(count, escaped):
    """Tell whether a run of quotes before a delimiter ends the cell.

    Quotes of the cell itself are doubled, but for the first one behind a backslash. A
    single one there ends a cell that ends in a backslash.
    """
    return count == 1 or count % 2 == (0 if escaped else 1)


def _unquoted(cell):
    text = _ESCAPED.sub(lambda found: found[0] if found[0][0] == "\\" else '"', cell)
    return Quoted(text) if '\\"' in text else text
