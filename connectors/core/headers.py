"""Headers: those that take two rows, groups above, names below; names like values."""

from .tabular_csv import looks_like_header

_ANSWERS = frozenset(("yes", "no", "true", "false"))


def filled(cell):
    """Tell whether a cell holds anything but blanks."""
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def as_names(row, below):
    """Return a row for ``looks_like_header``: a word of yes and no above others is a name.

    "No" stands for a number in the header of many a list.

    :param below: the rows that follow

    >>> as_names(["No", "Name"], [[1, "Ana"]]), as_names(["No", "Ana"], [["Yes", "Rui"]])
    (['No.', 'Name'], ['No', 'Ana'])
    """
    places = [place for place, cell in enumerate(row) if is_answer(cell)]
    if not places:
        return row
    names = list(row)
    for place in places:
        cells = [other[place] for other in below if len(other) > place]
        cells = [cell for cell in cells if cell not in (None, "")]
        if cells and not any(map(is_answer, cells)):
            names[place] = f"{row[place]}."
    return names


def is_answer(cell):
    """Tell whether a cell is a word of yes and no."""
    if isinstance(cell, bool):
        return True
    return isinstance(cell, str) and cell.strip().lower() in _ANSWERS


def join_headers(above, header, below, first=()):
    """Return (names of the columns, whether the row below belongs to the header).

    A row below completes a header if it has names exactly where that leaves a gap, and
    under the name that stands before the gap: ``Company, Person, , Email`` above
    ``, First Name, Last Name,``. It may have names under others as well (``Contact``
    above ``Email``), if those of the ``first`` row behind it are no names any more. A row
    above gives its names to those that the header has twice.
    """
    header = _to_width(header, max(len(header), len(below)))
    if _completes(header, below, first):
        groups = _groups(header, below)
        names = [
            cell if filled(cell) else header[place]
            for place, cell in enumerate(_to_width(below, len(header)))
        ]
        return _told_apart(names, groups), True
    titles = sum(map(filled, above))
    if titles > 1 and looks_like_header(above):
        return _told_apart(list(header), _spread(above, len(header))), False
    return list(header), False


def _completes(header, below, first):
    below = _to_width(below, len(header))
    gaps = [place for place, cell in enumerate(header) if not filled(cell)]
    if not gaps or not filled(header[0]) or not looks_like_header(below):
        return False
    # A column without a name in a table whose first row has an empty cell is no group.
    behind = any(map(filled, first)) and not looks_like_header(first)
    alone = behind and not all(map(filled, below))
    for place, cell in enumerate(below):
        following = place + 1 < len(header) and not filled(header[place + 1])
        in_group = not filled(header[place]) or following
        if filled(cell) != in_group and not (alone and filled(cell)):
            return False
    return all(isinstance(cell, str) for cell in below if filled(cell))


def _groups(header, below):
    """Return the name of the group above each column, None where it stands alone."""
    spread = _spread(header, len(header))
    return [
        spread[place] if filled(cell) else None
        for place, cell in enumerate(_to_width(below, len(header)))
    ]


def _spread(cells, width):
    spread, last = [], None
    for cell in _to_width(cells, width):
        last = cell if filled(cell) else last
        spread.append(last)
    return spread


def _told_apart(names, groups):
    """Put the group before the names that are there more than once."""
    plain = [" ".join(str(name).split()).casefold() for name in names]
    return [
        f"{group} {name}"
        if filled(group) and filled(name) and plain.count(key) > 1
        else name
        for name, key, group in zip(names, plain, groups, strict=True)
    ]


def _to_width(cells, width):
    return [*cells[:width], *[None] * (width - len(cells))]
