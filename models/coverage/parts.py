"""A cell that a person has split: each part of it stands in a field of its own."""

from .verdicts import FIELD, NOTES


def look_for_parts(probes, value, path, case):
    """Look for each part of a cell that several lines share; None where one is nowhere.

    :param probes: pairs (id of the mapping, ``Probe``)
    """
    found = set()
    for mapping_id, probe in probes:
        if not probe.declared.part or mapping_id not in case.parts:
            continue
        if piece := _take(probe.declared.part, value):
            kind = probe.look(piece, path, case, case.parts[mapping_id])
            if not kind:
                return None
            found.add(kind)
    return next((kind for kind in (NOTES, FIELD) if kind in found), None)


def _take(part, value):
    """Return the part of a cell that a line takes, None where it has none.

    >>> _take([",", 2, 2], "Doe, Jane"), _take([" ", 2, 2], "12345 Bad Ems"), _take([",", 2, 2], "Doe")
    ('Jane', 'Bad Ems', None)
    """
    mark, number, count, *from_end = part
    divide = str(value).rsplit if any(from_end) else str(value).split
    pieces = divide(mark if mark.strip(" ") else None, count - 1)
    return pieces[number - 1].strip() if number <= len(pieces) else None
