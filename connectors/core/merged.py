"""Merged cells of a sheet: each row of a block has the value of the block."""

from openpyxl.utils import get_column_letter


def as_range(block):
    """
    >>> as_range((3, 1, 4, 2))
    'A3:B4'
    """
    top, left, bottom, right = block
    return f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"


def blocks_below(merged, above):
    """Return the blocks of several rows that stand below the header."""
    return sorted(block for block in merged if above < block[0] < block[2])


def first_row_of(merged, number):
    """Return behind which row to begin so as to know the blocks that reach beyond ``number``."""
    tops = [top for top, _left, bottom, _right in merged if top <= number < bottom]
    return min(tops, default=number + 1) - 1


def fill_merged(rows, blocks, number):
    """Yield the rows behind ``number`` with the values of the blocks they belong to.

    Only the first column of a block is filled: a title across a table is no value of
    all its columns.

    :param rows: pairs (list of cells, (0, row number))
    :param blocks: (first row, first column, last row, last column), from 1, in order
    """
    begun, values = 0, {}
    for row, place in rows:
        line = place[1]
        while begun < len(blocks) and blocks[begun][0] <= line:
            top, left, bottom, _right = blocks[begun]
            inside = top == line and left <= len(row)
            values[left] = (bottom, row[left - 1] if inside else None)
            begun += 1
        for left in [left for left, (bottom, _v) in values.items() if bottom < line]:
            del values[left]
        for left, (_bottom, value) in values.items():
            if value is not None:
                row += [None] * (left - len(row))
                if row[left - 1] is None:
                    row[left - 1] = value
        if line > number:
            yield row, place
