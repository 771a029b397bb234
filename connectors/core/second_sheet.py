"""A sheet of a workbook as its raw XML has it (ECMA-376), apart from the reader's code.

Two number formats lose something where they are ignored: ``00000`` and ``0%``. Dates are
left out. A cell may be more than its text, which its ``kind`` says.
"""

import io
import re
import zipfile

from lxml import etree

# In any namespace: "Strict Open XML" has its own.
_MAIN = "{*}"
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_RANGE = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


class Block(str):
    """The value of merged cells, in each of their rows."""

    kind = "block"


class Continued(Block):
    """The same in the rows below the first."""

    kind = "continued"


class Uncomputed(str):
    """A formula whose result is 0 in a workbook that asks to be computed when opened.

    Such a writer (XlsxWriter, EPPlus, PhpSpreadsheet without its calculation) stores 0
    for every formula: 18.2.2 ``calcPr``, ``fullCalcOnLoad``.
    """

    kind = "uncomputed"


def rows_of(content, sheet):
    """Yield (number, cells as texts) of the rows of a sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        texts, formats = _shared(book), _formats(book)
        workbook = etree.fromstring(book.read("xl/workbook.xml"))
        tree = etree.fromstring(book.read(_path_of(book, workbook, sheet)))
    uncomputed = _find_uncomputed(workbook, tree)
    blocks, number = _Blocks(tree), 0
    for row in tree.iter(f"{_MAIN}row"):
        number = int(row.get("r") or number + 1)
        values = []
        for cell in row.iter(f"{_MAIN}c"):
            place = _column(cell.get("r") or "")
            values += [""] * (place - len(values))
            text = "" if cell in uncomputed else _shown(cell, texts, formats)
            values.append(Uncomputed("") if cell in uncomputed else text)
        yield number, blocks.fill(number, values)


def _find_uncomputed(workbook, tree):
    """Return the cells of formulas that no program has computed."""
    asks = any(
        each.get("fullCalcOnLoad") in ("1", "true", "on")
        for each in workbook.iter(f"{_MAIN}calcPr")
    )
    found = set()
    for formula in tree.iter(f"{_MAIN}f") if asks else ():
        cell = formula.getparent()
        value = cell.find(f"{_MAIN}v")
        if cell.get("t", "n") == "n" and value is not None:
            if re.fullmatch(r"-?0+(\.0*)?", (value.text or "").strip()):
                found.add(cell)
    return found


class _Blocks:
    """The merged cells that take several rows; the first column stands for each."""

    def __init__(self, tree):
        self.begins, self.open = {}, {}
        for merged in tree.iter(f"{_MAIN}mergeCell"):
            if found := _RANGE.fullmatch(merged.get("ref") or ""):
                left, top, _right, bottom = found.groups()
                if int(bottom) > int(top):
                    begun = self.begins.setdefault(int(top), [])
                    begun.append((_column(left), int(bottom)))

    def fill(self, number, values):
        self.open = {c: each for c, each in self.open.items() if each[0] >= number}
        for column, (_bottom, text) in self.open.items():
            values += [""] * (column + 1 - len(values))
            values[column] = values[column] or Continued(text)
        for column, bottom in self.begins.get(number, ()):
            if column < len(values) and values[column]:
                self.open[column] = (bottom, values[column])
                values[column] = Block(values[column])
        return values


def _path_of(book, workbook, sheet):
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
