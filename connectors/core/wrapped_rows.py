"""Rows of delimited text that became a single cell, quotes around the whole of each.

Excel opens a text with commas in one column where its own separator is the semicolon, and
saves it so: ``"1,""Ana"",Faro"`` beside ``2,Rui,Porto``.
"""

import csv
import io

_MOSTLY = 0.9


def unwrapped(row, dialect):
    """Return the cells that a row holds, itself where it is more than a single cell.

    :param dialect: ``tabular_csv.Dialect``
    """
    if len(row) != 1 or dialect.delimiter not in row[0]:
        return row
    try:
        return next(dialect.reader(io.StringIO(row[0], newline="")), row)
    except csv.Error:
        return row


def are_wrapped(rows, dialect):
    """Tell whether the rows of a single cell hold rows of the width that all have.

    :param rows: those of a sample, as they were read by the dialect
    """
    inner = [unwrapped(row, dialect) for row in rows]
    widths = [len(row) for row in inner]
    if not rows or widths[0] < 2 or all(len(row) > 1 for row in rows):
        return False
    changed = [n for n, row in zip(widths, rows, strict=True) if n > len(row)]
    same = sum(width == widths[0] for width in widths)
    return all(n == widths[0] for n in changed) and same >= _MOSTLY * len(rows)
