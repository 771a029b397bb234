"""The conversions behind the steps of a mapping: pure functions, one value in, one out.

Each takes the value, then the step's arguments. A value that cannot be converted
raises ``BadValue``; ``apply.py`` collects these as problems of the record, so that
nothing is lost silently and nothing else of the record suffers.
"""

# Importing a theme registers its conversions.
from . import (
    contact,
    dates,
    durations,
    markup,
    merge_tags,
    numbers,
    outcomes,
    parties,
    references,
    several,
    stages,
    structure,
    text,
)
from .values import TRANSFORMS, BadValue, as_key, is_blank

THEMES = (
    *(text, contact, several, markup, numbers, dates, durations),
    *(structure, references, parties, outcomes, stages, merge_tags),
)

__all__ = ["THEMES", "TRANSFORMS", "BadValue", "as_key", "is_blank"]
