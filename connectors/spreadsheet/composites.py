"""Columns that are parts of one field: ``Name / First Name``, ``Name / Last Name``."""

from collections import Counter


def parts_of_composites(headers):
    """Return name → what it is in a composite of several columns, as Twenty has them.

    ``PLZ / Ort`` alone is none: nothing else is headed ``PLZ / …``.

    >>> parts_of_composites({n: n for n in ("Name / First Name", "Name / Last Name", "A / B")})
    {'Name / First Name': 'First Name', 'Name / Last Name': 'Last Name'}
    """
    parted = {name: text.partition(" / ") for name, text in headers.items()}
    counts = Counter(whole for whole, between, _part in parted.values() if between)
    return {
        name: part for name, (whole, _b, part) in parted.items() if counts[whole] > 1
    }
