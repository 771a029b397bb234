"""Delimited text: the dialect found in a sample, and rows that can be read on from any byte."""

import csv
import io
import math
import re
from dataclasses import dataclass, replace

from .lines import MAX_RECORD_BYTES, Lines, TooLong
from .wrapped_rows import are_wrapped, unwrapped

DELIMITERS = (",", ";", "\t", "|", "~", "^", "¦", "\x1f")
"""The last ones are those of old systems, which write texts with all the others in them."""
SAMPLE_ROWS = 500
_END = "\ue000end\ue000"
"""Sent behind the last line: what it ends up in tells whether a quotation is open."""
_VALUE = re.compile(
    r"[-+(]?[\d\s.,'%€$£/:-]+\)?|\S+@\S+\.\S+|https?://\S+|\d{4}-\d\d-\d\d[T ].*"
    r"|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|true|false|yes|no"
)

# Commas of a list: "Wolf, Anna", "Alpha, Inc."; a number or an address behind one is a cell.
_WRITTEN = re.compile(r"[^,]*(?:, [^,]+)*(?<!, )")
_CELL_BEHIND = re.compile(r", (?:[\d.]+|\S+@\S+)$")
_DECIMAL = re.compile(r"[-+]?[\d.'\u00a0\u202f ]*\d(?:,\d{1,4})?")
_ADDRESS = r"[^\s@,;|]+@[^\s@,;|]+"
_ADDRESSES = re.compile(rf"https?://\S+|{_ADDRESS}(?:\s*[,;|]\s*{_ADDRESS})*[,;|]?")
"""A cell of nothing but addresses, whatever stands between or within them."""
_SYMBOLS = frozenset("€$£¥#%№")
"""What may stand for a name in a header."""
_LETTER = re.compile(r"[a-zA-Z]")
_DOUBLED = re.compile(rb'[^,;\t|\r\n"]""[^,;\t|\r\n"]')

# The default of 128 KiB is less than one long e-mail. The limit is the process's, not
# ours alone: it is only ever raised.
csv.field_size_limit(max(csv.field_size_limit(), MAX_RECORD_BYTES))


@dataclass(frozen=True)
class Dialect:
    """How cells are told apart. ``quote`` empty: they are not quoted at all.

    ``php``: quotes behind a backslash are not doubled, those behind anything else are, as
    PHP's ``fputcsv`` writes by default (its parameter ``escape``). ``spaced``: blanks
    stand before the quotes, ``"1", "Ana"``, and are of no cell. ``wrapped``: some rows
    are a single cell, see ``wrapped_rows``.
    """

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    php: bool = False
    spaced: bool = False
    wrapped: bool = False

    def reader(self, lines):
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote or None,
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            escapechar=self.escape or None,
            doublequote=not self.escape,
            skipinitialspace=self.spaced,
        )


@dataclass(frozen=True)
class Trouble:
    """Why a row cannot be used: a code of ``errors.SENTENCES`` and its data."""

    code: str
    data: dict


def detect_dialect(text):
    """Return the ``Dialect`` of a sample, which may end within a row."""
    lines = text.splitlines(True)
    named = re.match(r"sep=(.)\s*$", lines[0].strip("\n\r")) if lines else None
    quote = _detect_quote(text)
    escape, php = _backslashes(text, quote) if quote else ("", False)
    own = Dialect(DELIMITERS[-1], quote, escape, php, _is_spaced(lines, quote))
    if named:
        return replace(own, delimiter=named[1])
    if is_list(lines):
        return own
    every = [replace(own, delimiter=sign) for sign in DELIMITERS]
    best = max(every, key=lambda dialect: _consistency(text, dialect))
    if not quote or f"{quote}{quote}" not in text:
        return best
    # Without a delimiter outside of quotes any may stand within them.
    for dialect in [best] if _consistency(text, best) else every:
        rows, _lines = sample_rows(text, dialect)
        if are_wrapped(rows, dialect) and looks_like_header(
            unwrapped(rows[0], dialect)
        ):
            return replace(dialect, wrapped=True)
    return best


def _is_spaced(lines, quote):
    """Tell whether blanks stand before the quotes of cells, in most lines that have any."""
    quoted = [line for line in lines if quote and quote in line]
    found = [line for line in quoted if re.search(rf"[,;|\t] +{quote}", line)]
    # What stands between such quotes is a whole cell.
    cell = rf"[,;|\t] +{quote}[^{quote}\r\n]*{quote}"
    whole = [line for line in found if re.search(rf"{cell} *(?:[,;|\t]|\r?\n?$)", line)]
    return len(found) * 2 > len(quoted) and len(whole) * 2 > len(found)


def is_list(lines):
    """Tell whether these are of one column, whose commas are of its cells.

    Programs that separate by semicolons leave them as they are: ``Wolf, Anna``, ``12,50``.
    Addresses below one name are of one column, too, whatever stands between them.
    """
    cells = filter(None, map(str.strip, lines))
    name = next(cells, "")
    if any(sign in name for sign in DELIMITERS) or not is_name(name):
        return False
    cells = list(cells)
    text = "\n".join(cells)
    # A sample may end within a cell.
    ended = cells if lines[-1].endswith(("\n", "\r")) else cells[:-1] or cells
    if '"' not in text and all(map(_ADDRESSES.fullmatch, ended)):
        return any(sign in text for sign in DELIMITERS)
    if "," not in text or any(sign in text for sign in ('"', *DELIMITERS[1:])):
        return False
    if all(map(_DECIMAL.fullmatch, cells)):
        return True
    written = all(map(_WRITTEN.fullmatch, cells))
    return written and not any(map(_CELL_BEHIND.search, cells))


def _detect_quote(text):
    if '"' in text:
        return '"'
    lines = text.count("\n") + 1
    # A quoted cell has two of them.
    if text.count("'") * 2 <= lines:
        return '"'
    quoted = len(re.findall(r"(?m)(?:^|[,;\t|])'[^'\r\n]*'(?=[,;\t|\r\n]|$)", text))
    return "'" if quoted * 4 > lines else '"'


def _backslashes(text, quote):
    """Return (what escapes quotes, whether backslashes only keep them from being doubled)."""
    if f"\\{quote}" not in text:
        return "", False
    runs = re.findall(rf"\\({quote}+)(?=[^,;\t|\r\n{quote}])", text)
    inside = [run for run in runs if len(run) % 2]
    doubled = re.findall(
        rf"(?<=[^\\,;\t|\r\n{quote}]){quote}{quote}(?=[^,;\t|\r\n{quote}])", text
    )
    if len(doubled) * 10 > len(inside):
        return "", bool(inside)
    return ("\\" if inside else ""), False


def late_backslashes(file):
    """Return what ``Dialect`` calls ``escape`` and ``php``, by all lines of a file."""
    found, size = [], {True: 0, False: 0}
    for block in iter(lambda: file.readlines(1 << 20), []):
        for line in (
            block if any(b'\\"' in one or b'""' in one for one in block) else ()
        ):
            escaped = b'\\"' in line
            if size[escaped] < 1 << 17 and (escaped or _DOUBLED.search(line)):
                found.append(line[:4096])
                size[escaped] += len(found[-1])
        if size[True] > 1 << 17:
            break
    text = b"".join(found).decode("latin-1")
    return _backslashes(text, '"')


def double_quotes(line, dialect):
    r"""Return a line in which the quotes behind backslashes are doubled like others.

    In standard text a run of quotes within a cell is even and one that ends it odd; PHP
    leaves out the double of the first one behind a backslash.

    >>> double_quotes(r'2,"path \"C:\" end"', Dialect())
    '2,"path \\""C:\\"" end"'
    >>> double_quotes(r'3,"C:\"', Dialect())
    '3,"C:\\"'
    """
    sign = dialect.quote

    def doubled(found):
        run, behind = found[1], line[found.end() : found.end() + 1]
        ends = behind in ("", "\r", "\n", dialect.delimiter)
        if (len(run) % 2 == 0) is ends and (not ends or dialect.php):
            run += sign
        return "\\" + run

    return re.sub(rf"\\({re.escape(sign)}+)", doubled, line)


def keep_backslashes(line, dialect):
    r"""Return a line in which the backslashes that escape nothing are doubled.

    The ``\N`` of MySQL's ``INTO OUTFILE`` stands for nothing, that of ``C:\New`` for
    itself: without its backslash each would be a letter that nobody wrote.

    >>> keep_backslashes(r'1,"a \"b\" \\ C:\New",\N', Dialect(escape="\\"))
    '1,"a \\"b\\" \\\\ C:\\\\New",\\\\N'
    """
    escaped = (dialect.quote, dialect.escape, dialect.delimiter, "\r", "\n", "")
    return re.sub(
        r"\\(.?)",
        lambda m: m[0] if m[1] in escaped else f"\\\\{m[1]}",
        line,
        flags=re.DOTALL,
    )


def _consistency(text, dialect):
    """Rate a dialect: the share of rows of one width counts more than the width."""
    if dialect.delimiter not in text:
        return 0
    rows, _lines = sample_rows(text, dialect)
    width = common_width(rows)
    if width < 2:
        return 0
    first = next(row for row in rows if len(row) == width)
    share = sum(len(row) == width for row in rows) / len(rows)
    return share**2 * math.log2(width + 1) * (1 if looks_like_header(first) else 0.4)


def sample_rows(text, dialect):
    """Return (rows, number of the line on which each ends) of a sample.

    Its blank lines are left out, and a last row that the sample cuts.
    """
    rows, lines = [], []
    source = io.StringIO(text, newline="")
    reader = dialect.reader(_doubling(source, dialect))
    try:
        for row in reader:
            if any(map(str.strip, row)):
                rows.append(unwrapped(row, dialect) if dialect.wrapped else row)
                lines.append(reader.line_num)
            if len(rows) > SAMPLE_ROWS:
                break
    except csv.Error:
        # A dialect that does not fit; its rows so far are rated.
        return rows, lines
    return rows, lines


def _doubling(lines, dialect):
    if not dialect.quote:
        return lines
    if dialect.escape:
        return (
            keep_backslashes(text, dialect) if "\\" in text else text for text in lines
        )
    mark = "\\" + dialect.quote
    return (double_quotes(text, dialect) if mark in text else text for text in lines)


def common_width(rows):
    """Return the number of cells that most rows have, the larger of two equals."""
    widths = [len(row) for row in rows]
    return max(set(widths), key=lambda width: (widths.count(width), width), default=0)


def looks_like_header(row):
    """Tell whether these are names of columns: short, not repeated, no values."""
    named = lettered = 0
    for cell in row:
        text = "" if cell is None else str(cell).strip()
        if text:
            # Most rows have a value among their first cells.
            if not _can_be_name(text):
                return False
            named += 1
            lettered += _has_letter(text)
    return lettered * 2 > named


def is_name(text):
    """Tell the same of a single text: values have no letters, or a form of their own.

    >>> is_name("E-Mail"), is_name("ana@example.com"), is_name("%"), is_name(" ")
    (True, False, False, False)
    """
    cell = text.strip()
    return _has_letter(cell) and _can_be_name(cell)


def _has_letter(cell):
    if cell.isascii():
        return _LETTER.search(cell) is not None
    return any(map(str.isalpha, cell))


def _can_be_name(cell):
    length = len(cell)
    if length > 100:
        return False
    # Excel breaks a long name within its cell; more lines are a text.
    if "\n" in cell and cell.count("\n") > (2 if length <= 40 else 0):
        return False
    if _has_letter(cell):
        return not _VALUE.fullmatch(cell.lower())
    return cell in _SYMBOLS


def read_rows(file, encoding, dialect, tally, position=None):
    """Yield ``(row or Trouble, position behind it)``; blank lines are passed over.

    A position is ``(offset, line)``, the start where None. A quotation that is never
    closed costs its first line: reading goes on with the line behind it.

    :raises TooLong: a single line is longer than ``MAX_RECORD_BYTES``
    """
    offset, line = position or (0, 0)
    while True:
        lines = Lines(file, encoding, tally, offset=offset, number=line)
        resume = yield from _rows_until_trouble(lines, dialect)
        if resume is None:
            return
        offset, line = resume


def _rows_until_trouble(lines, dialect):
    """Yield as ``read_rows`` does; return where to start again, None at the end."""
    feed = _Feed(lines)
    reader = dialect.reader(_doubling(feed, dialect))
    while True:
        lines.record_start, start = lines.offset, lines.number
        feed.first_end = None
        try:
            row = next(reader)
        except TooLong:
            if feed.first_end is None:
                raise
            yield Trouble("unterminated_quote", {"line": start + 1}), feed.first_end
            return feed.first_end
        except csv.Error as error:
            end = (lines.offset, lines.number)
            yield Trouble("bad_line", {"line": start + 1, "reason": str(error)}), end
            return end
        if row and row[-1].endswith(_END):
            if row == [_END]:
                return None
            yield Trouble("unterminated_quote", {"line": start + 1}), feed.first_end
            return feed.first_end
        if row:
            row = unwrapped(row, dialect) if dialect.wrapped else row
            yield row, (lines.offset, lines.number)


class _Feed:
    """The lines for one reader; knows where the first line of the present record ends."""

    def __init__(self, lines):
        self.lines = lines
        self.first_end = None
        self.ended = False

    def __iter__(self):
        return self

    def __next__(self):
        try:
            text = next(self.lines)
        except StopIteration:
            if self.ended:
                raise
            self.ended = True
            return _END
        if self.first_end is None:
            self.first_end = (self.lines.offset, self.lines.number)
        # A file may end without a line end; the mark needs a line of its own.
        return text if text[-1:] in "\r\n" else text + "\n"
