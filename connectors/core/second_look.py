"""A second look at a table, independent of the reader: what a plain reading finds there.

Nothing here is shared with ``tabular*``: CSV through Python's own ``csv``, workbooks
through the raw XML of the sheet, with the two number formats that lose something where
they are ignored (``00000`` and ``0%``). A verification compares what is found with what
was staged: fewer rows, fewer filled cells in a column, or a sampled cell that no
payload holds mean that reading lost or changed something.
"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field

from lxml import etree

MOST_BYTES = 64 * 1024 * 1024
"""Larger files are not looked at twice: it would take longer than reading them."""
MOST_ROWS = 20_000
SAMPLED = 200
# In any namespace: "Strict Open XML" has its own.
_MAIN = "{*}"
UNREADABLE = (
    *(csv.Error, etree.XMLSyntaxError, zipfile.BadZipFile),
    *(LookupError, ValueError),
)
"""What a file that is put together in another way raises: it is not looked at twice."""
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass
class SecondLook:
    """What stands in one table.

    :param rows: rows with anything in them below the headings
    :param filled: column → how many of its cells have anything in them
    :param cells: sampled (row below the headings, column, text as shown)
    :param is_whole: all rows were looked at
    :param set_aside: rows that reading left out and told of: totals, repeated headings
    """

    name: str
    rows: int = 0
    filled: dict = field(default_factory=dict)
    cells: list = field(default_factory=list)
    is_whole: bool = True
    set_aside: int = 0


def look_at(name, content, columns, sheet="", area=None):
    """Return the ``SecondLook`` at a file, None where it cannot be had this way.

    :param content: bytes of a CSV file or an XLSX workbook
    :param columns: names of the columns, by which the line of headings is found
    :param area: (first line, last line or None, left, right or None) of one of several
        tables
    """
    if len(content) > MOST_BYTES:
        return None
    try:
        rows = _sheet(content, sheet) if content[:2] == b"PK" else _csv(content)
        return _summed(name, _within(rows, area), columns)
    except UNREADABLE:
        return None


def _within(rows, area):
    first, last, left, right = area or (0, None, 0, None)
    for line, row in rows:
        if line >= first and (last is None or line <= last):
            yield row[left:right]


def _csv(content):
    text = _decoded(content)
    plain = re.sub(r'"[^"]*"', "", text[:4096])
    delimiter = max(",;\t|", key=plain.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for row in reader:
        yield reader.line_num, row


def _decoded(content):
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _summed(name, rows, columns):
    wanted = {column.strip().lower() for column in columns}
    look, headings, number = SecondLook(name), None, 0
    for row in rows:
        texts = [text.strip() if text else "" for text in row]
        if headings is None:
            found = [text.lower() in wanted for text in texts]
            if sum(found) and sum(found) * 2 >= len(wanted):
                headings = texts
            continue
        if not any(texts):
            continue
        number += 1
        if number > MOST_ROWS:
            look.is_whole = False
            break
        _count(look, number, headings, texts)
    if headings is None:
        return None
    look.rows = min(number, MOST_ROWS)
    return look


def _count(look, number, headings, texts):
    twice = {name for name in headings if headings.count(name) > 1}
    for column, text in zip(headings, texts, strict=False):
        if not text or not column or column in twice:
            continue
        look.filled[column] = look.filled.get(column, 0) + 1
        if len(look.cells) < SAMPLED and (number < 20 or number % 97 == 0):
            look.cells.append((number, column, text))


def _sheet(content, sheet):
    """Yield (number, cells as texts) of the rows of a sheet, dates left out."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        texts = _shared(book)
        formats = _formats(book)
        path = _path_of(book, sheet)
        tree = etree.fromstring(book.read(path))
        number = 0
        for row in tree.iter(f"{_MAIN}row"):
            number = int(row.get("r") or number + 1)
            values = []
            for cell in row.iter(f"{_MAIN}c"):
                place = _column(cell.get("r") or "")
                values += [""] * (place - len(values))
                values.append(_shown(cell, texts, formats))
            yield number, values


def _path_of(book, sheet):
    workbook = etree.fromstring(book.read("xl/workbook.xml"))
    relations = etree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target") for each in relations}
    sheets = list(workbook.iter(f"{_MAIN}sheet"))
    found = next((each for each in sheets if each.get("name") == sheet), sheets[0])
    references = [v for k, v in found.attrib.items() if k.endswith("}id")]
    target = targets[references[0]]
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _shared(book):
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    tree = etree.fromstring(book.read("xl/sharedStrings.xml"))
    return ["".join(_runs(item)) for item in tree.iter(f"{_MAIN}si")]


def _runs(item):
    for text in item.iter(f"{_MAIN}t"):
        if etree.QName(text.getparent()).localname != "rPh":
            escaped = text.text or ""
            yield _ESCAPE.sub(lambda found: chr(int(found[1], 16)), escaped)


def _formats(book):
    """Return, by style, the format of a number."""
    if "xl/styles.xml" not in book.namelist():
        return []
    tree = etree.fromstring(book.read("xl/styles.xml"))
    own = {
        each.get("numFmtId"): each.get("formatCode") or ""
        for each in tree.iter(f"{_MAIN}numFmt")
    }
    built_in = {"0": "", "1": "0", "2": "0.00", "9": "0%", "10": "0.00%"}
    styles = tree.find(f"{_MAIN}cellXfs")
    return [
        own.get(xf.get("numFmtId"), built_in.get(xf.get("numFmtId"), "date"))
        for xf in (styles if styles is not None else ())
    ]


def _column(reference):
    letters = re.match("[A-Z]*", reference)[0]
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return max(number - 1, 0)


def _shown(cell, texts, formats):
    kind = cell.get("t")
    if kind == "inlineStr":
        return "".join(_runs(cell))
    value = cell.find(f"{_MAIN}v")
    if value is None or value.text is None:
        return ""
    if kind == "s":
        return texts[int(value.text)]
    if kind in ("str", "b", "e", "d"):
        return "" if kind in ("e", "d", "b") else value.text
    style = int(cell.get("s") or 0)
    pattern = formats[style] if style < len(formats) else ""
    if re.fullmatch("0{2,}", pattern):
        return value.text.zfill(len(pattern))
    if re.fullmatch(r"0(?:\.0+)?%", pattern):
        return f"{float(value.text) * 100:g}"
    # What is shown as a date, in thousands or with a text is judged elsewhere.
    return value.text if pattern in ("", "0", "0.00", "General") else ""
