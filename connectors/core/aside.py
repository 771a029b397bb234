"""Rows that are no records: totals, footers of a report, a header or a table once more."""

import re
from collections import deque

from .headers import filled
from .shapes import shape_of
from .tabular_csv import is_name, looks_like_header
from .xlsx_cells import UNCOMPUTED, Total

TAIL_ROWS = 40
"""So many of the last rows are looked at for a footer."""
EXAMPLES = 5
LONGEST_LABEL = 60
TYPED_ROWS = 2000
"""So many rows tell where numbers, days and addresses stand in a table."""
_TOTAL = re.compile(
    r"(?:(?:grand|sub|page|overall|running|table)[ -]?)?(?:totals?|sums?)"
    r"|(?:zwischen|gesamt|end)?summen?|(?:ins)?gesamt(?:betrag|ergebnis)?|ergebnis"
    r"|(?:sous-?)?tota(?:l|ux)(?: g[ée]n[ée]ral)?|somme"
    r"|averages?|durchschnitt|mittelwert|moyenne|promedio"
    r"|(?:sub)?total(?: general| geral)?|suma(?: total)?|soma|totale(?: generale)?"
    r"|(?:sub)?totaal|razem|suma końcowa|celkem|součet|összesen|итого|всего|合計|总计|總計",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:(?:grand )?totals?|(?:total |record |row )?counts?|(?:total )?(?:records?|rows?)"
    r"|total (?:number of )?\w+(?= ?[:=])|number of (?:records|rows)|anzahl(?: datensätze)?|nombre|registros|average|mittelwert)"
    r"\s*[:=(]?\s*\(?\d[\d.,' ]*(?:records?|rows?|einträge|datensätze)?\)?\.?",
    re.IGNORECASE,
)
_BEGINNINGS = frozenset(
    """
    gra sub pag ove run tab tot sum zwi ges end ins erg sou som ave dur mit moy pro raz cel
    rec row cou num anz nom reg
    """.split()
)
"""With what the words of the two above begin, as far as they have these letters."""
# "Total: 3 contacts", "Liczba rekordów: 3": what is counted stands on either side.
_COUNTING = re.compile(
    r"total|totaux|totals|totale|gesamt|insgesamt|summe|suma|soma|razem|celkem|itogo"
    r"|count|number|anzahl|nombre|número|numero|liczba|aantal|antal|antall|počet|итого|всего"
    r"|records?|rows?|datensätze|registros|rekordów",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\(?(?:[^\W\d]{1,3}|[^\w\s(]{1,3})?\s?\d[\d.,' \xa0]*[^\W\d]{0,20}[€$£%]?\)?\.?"
)
_MOST_WORDS = 4
_FOOTER = re.compile(
    r"generated (?:by|on|at)|confidential|copyright|©|\(c\)|all rights reserved|exported"
    r"|report (?:run|generated|as of)|run (?:by|on|date)\b|as of |filter(?:ed|s)?\b.*[:=]"
    r"|page \d|seite \d|erstellt (?:am|von|durch)|vertraulich|stand[: ]|gedruckt|printed"
    r"|source:|quelle|gener(?:ado|ato|ated|é)|gerado|confiden[ct]i|end of (?:report|file|list)"
    r"|^\(?\d[\d.,]* (?:records?|rows?|entries|results?|einträge|datensätze|zeilen"
    r"|enregistrements?|lignes?|registros?|filas?|linhas?|registri|righe|rijen|wierszy|rader)\b"
    r"|^(?:showing|displaying)\b.*\d\b.* of \d"
    r"|record count|total records|rows? exported|page\(s\)|created (?:by|on|with) |--- ?end",
    re.IGNORECASE,
)


_EMPTY = (None, "")
_ENTRY = object()
"""Marks a row of which only its entry was kept from the batch before."""


SUM = "sum"
"""Instead of a yes: the row has no label, and numbers that add up what is above."""


def _number_of(cell):
    """Return a cell as number, None for any other; text as computers write numbers."""
    if isinstance(cell, str):
        try:
            return float(cell) if cell[:1] in "-0123456789" else None
        except ValueError:
            return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    return None


def cells_of(row):
    """Return (place, cell) of the cells that hold something."""
    return [
        (place, cell)
        for place, cell in enumerate(row)
        if cell is not None and (not isinstance(cell, str) or cell.strip())
    ]


def is_total(row):
    """Tell whether a row adds up others: its label, and numbers alone beside it.

    >>> is_total(["Total", 1500, None]), is_total(["7", "Total", "500"])
    (True, False)
    >>> is_total(["Total", "", "Porto"]), is_total(["Grand Total (12 records)", "1,200.00"])
    (False, True)
    """
    label = row[0] if row else None
    if label in _EMPTY:
        label = next((cell for cell in row if cell not in _EMPTY), None)
    if isinstance(label, str):
        if len(label) > LONGEST_LABEL or not is_label(label):
            return False
        cells = cells_of(row)[1:]
        return bool(cells) and all(_is_number(cell) for _place, cell in cells)
    if not isinstance(label, Total) and label is not UNCOMPUTED:
        return False
    cells = cells_of(row)
    return len(cells) > 1 and all(isinstance(cell, Total) for _place, cell in cells)


def is_label(cell):
    """Tell whether a text names a sum.

    >>> is_label("Gesamtsumme:"), is_label("Total Energies SE"), is_label("Total (3)")
    (True, False, True)
    """
    if not isinstance(cell, str):
        return False
    # Nearly all cells are none, and that their first letters tell.
    if (start := cell.lstrip()[:3].lower()).isascii() and start not in _BEGINNINGS:
        return False
    text = cell.strip().rstrip(":").strip()
    bare = re.sub(r"\s*\(.*\)$", "", text)
    return bool(_TOTAL.fullmatch(bare) or _COUNTED.fullmatch(text))


def tells_a_count(text):
    """Tell whether a line says how many records there are, or what they come to.

    >>> tells_a_count("Total: 3 contacts"), tells_a_count("Liczba rekordów: 3")
    (True, True)
    >>> tells_a_count("Total: see below"), tells_a_count("Number 12")
    (False, False)
    """
    name, *amount = re.split("[:=]", text, maxsplit=1)
    words = name.split()
    return (
        bool(amount)
        and 0 < len(words) <= _MOST_WORDS
        and any(map(_COUNTING.fullmatch, words))
        and _AMOUNT.fullmatch(amount[0].strip()) is not None
    )


def _is_number(cell):
    if isinstance(cell, str):
        return shape_of(cell.strip()).number or re.fullmatch(
            r"[-+(]?(?:[A-Z]{1,3})?[^\w\s]{0,3}\s?[-\d.,'\s%]*\d[\d.,'\s]*.{0,5}",
            cell.strip(),
        )
    return cell is UNCOMPUTED or (
        isinstance(cell, int | float) and not isinstance(cell, bool)
    )


class Aside:
    """Watches all rows of a table for those that are no records.

    Its state is JSON, ``state``, so that watching can go on in the next batch.

    :param header: the cells of the header
    :param searched: up to this line ``areas`` have looked for further tables
    """

    def __init__(self, header, state=None, searched=0):
        self.searched = searched
        self.header = [_text(cell) for cell in header or ()]
        state = state or {}
        self.rows = state.get("rows", 0)
        self.several = state.get("several", 0)
        self.typed = state.get("typed", {})
        self.second = state.get("second")
        self.examples = state.get("examples", [])
        self.left_out = state.get("left_out", 0)
        self.typed_rows = state.get("typed_rows", 0)
        self.sums = state.get("sums", {})
        self._uncounted = []
        last = [(e[0], (_ENTRY, e), e[3], e[4]) for e in state.get("last", ())]
        self._last = deque(last, maxlen=TAIL_ROWS)

    @property
    def state(self):
        self._count_up()
        return {
            "rows": self.rows,
            "several": self.several,
            "typed": self.typed,
            "second": self.second,
            "examples": self.examples,
            "left_out": self.left_out,
            "typed_rows": self.typed_rows,
            "sums": self.sums,
            "last": self._entries(),
        }

    def add(self, row, line, gap):
        """Watch a row, a list of cells; tell whether it is a record.

        :param gap: an empty row stands above it
        """
        if self.second:
            return False
        total = is_total(row)
        if gap and line > self.searched and self.rows > 1 and not total:
            if self._begins_a_table(cells_of(row)):
                self.second = line
                return False
        self.rows += 1
        self._last.append((line, row, bool(gap), total or self._adds_up(row)))
        if total or self.is_header(row):
            self._leave_out(line, cells_of(row))
            return False
        if self.rows > TYPED_ROWS:
            both = len(row) > 1 and row[0] and row[1]
            self.several += bool(both) or sum(map(bool, row)) > 1
            return True
        self.several += sum(map(filled, row)) > 1
        self.typed_rows += 1
        self._uncounted.append(row)
        return True

    def _count_up(self):
        """Count the values of the columns: few tables have a row that asks for them."""
        for place, cell in (pair for row in self._uncounted for pair in cells_of(row)):
            if not isinstance(cell, str) or not is_name(cell):
                self.typed[str(place)] = self.typed.get(str(place), 0) + 1
            if (number := _number_of(cell)) is not None:
                self.sums[str(place)] = self.sums.get(str(place), 0) + number
        self._uncounted.clear()

    def _adds_up(self, row):
        """Return ``SUM`` where a row without a label has the sums of all above alone."""
        if self.rows > TYPED_ROWS or self.typed_rows < 2 or row[0] not in (None, ""):
            return False
        self._count_up()
        cells = cells_of(row)
        for place, cell in cells:
            number, total = _number_of(cell), self.sums.get(str(place))
            if not number or total is None or abs(number - total) > 0.005:
                return False
        return SUM if cells else False

    def _leave_out(self, line, cells):
        self.left_out += 1
        if len(self.examples) < EXAMPLES:
            texts = filter(None, (_text(cell)[:40] for _place, cell in cells[:4]))
            self.examples.append([line, " | ".join(texts)])

    def _entries(self):
        """Return (line, filled cells, the text of a single one, gap, total) of the last rows."""
        entries = []
        for line, row, gap, total in self._last:
            if isinstance(row, list | tuple) and row and row[0] is _ENTRY:
                entries.append(row[1])
                continue
            cells = cells_of(row)
            only = cells[0][1] if len(cells) == 1 else None
            text = only.strip()[:200] if isinstance(only, str) else ""
            if total == SUM:
                text = " | ".join(_text(cell) for _place, cell in cells)[:200]
            entries.append([line, len(cells), text, gap, total])
        return entries

    def is_none(self, row):
        """Tell whether a row is no record wherever it stands."""
        return is_total(row) or self.is_header(row)

    def is_header(self, row):
        """Tell whether a row repeats the header, as joined files and printed pages do."""
        if len(self.header) < 2 or not row:
            return False
        first = row[0]
        if type(first) is str and first.lstrip()[:1] != self.header[0][:1]:
            return False
        if _text(first) != self.header[0]:
            return False
        texts = [_text(cell) for cell in row]
        return texts[: len(self.header)] == self.header and any(self.header)

    def _begins_a_table(self, cells):
        """Tell whether these are names where numbers, days or addresses stood before."""
        if len(cells) < 2 or not all(isinstance(cell, str) for _p, cell in cells):
            return False
        if not looks_like_header([cell for _place, cell in cells]):
            return False
        self._count_up()
        usual = max(1, self.typed_rows * 0.9)
        return any(self.typed.get(str(place), 0) >= usual for place, _cell in cells)

    def find_end(self):
        """Return the line of the last record, None where no footer stands behind it.

        No row is added any more: what only the next ones could ask for is not counted.
        """
        self._uncounted.clear()
        run = []
        for entry in reversed(self._entries()):
            _line, count, text, _gap, total = entry
            if not (total or (count == 1 and text)):
                break
            run.insert(0, entry)
        if self.several < 0.9 * max(1, self.rows - len(run) - self.left_out):
            # A list of names alone, where a single cell is a whole record.
            run = [entry for entry in run if entry[4]]
        for place, (_line, _count, text, gap, total) in enumerate(run):
            is_told = is_label(text) or tells_a_count(text) or _FOOTER.search(text)
            if gap or total or is_told:
                for line, _count, text, _gap, total in run[place:]:
                    if not total or total == SUM:
                        self._leave_out(line, [(0, text)])
                return run[place][0] - 1
        return None


def _text(cell):
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if cell is None or cell is UNCOMPUTED:
        return ""
    return " ".join(str(cell).split())
