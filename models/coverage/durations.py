"""How long something took, read a second time: apart from ``connectors/mapping``."""

import re
from itertools import product

from .alike import read_numbers

UNITS = (1, 1 / 60, 1 / 3600, 1 / 3_600_000, 24)
"""Hours, minutes, seconds, milliseconds and days, in hours."""
CLOSE = 0.009
"""Hours, half a minute: Odoo keeps the end of a meeting to the minute."""
MOST = 4
"""Parts of a duration: days, hours, minutes, seconds."""


def has_hours(values, found):
    """Tell whether the parts of a duration, in whatever units, are the hours found.

    >>> has_hours(["1", 30], 1.5), has_hours(["1 h 30"], 1.5), has_hours(["0:15"], 0.25)
    (True, True, True)
    >>> has_hours([3600], 1), has_hours(["PT1H30M"], 1.5), has_hours(["1:30"], 2)
    (True, True, False)
    >>> has_hours(["01:30:00.000"], 1.5)
    True
    """
    readings = [read_hours(value) for value in values]
    return (
        0 < len(readings) <= MOST
        and all(readings)
        and any(abs(sum(parts) - found) < CLOSE for parts in product(*readings))
    )


def read_hours(value):
    """Return every number of hours that a value can mean."""
    hours = {number * unit for number in read_numbers(value) for unit in UNITS}
    # "1:30:00.000": parts of a second are no part of their own.
    plain = re.sub(r"(?<=:\d\d)[.,]\d+$", "", str(value).strip())
    numbers = [int(text) for text in re.findall(r"\d+", plain)]
    if 1 < len(numbers) <= MOST:
        for units in (
            (1, 1 / 60, 1 / 3600),
            (24, 1, 1 / 60, 1 / 3600),
            (1 / 60, 1 / 3600),
        ):
            if len(numbers) <= len(units):
                hours.add(sum(n * u for n, u in zip(numbers, units, strict=False)))
    return hours
