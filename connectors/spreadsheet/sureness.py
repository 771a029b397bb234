"""How sure it is that a column goes where it is proposed to go: by its name and its values."""

from dataclasses import replace
from functools import cache

from .mappings import TEMPLATES
from .names import divide, names_of_columns, squeeze

EXACT, BARE, MEANT, ONE_OF_SEVERAL = 98, 95, 92, 75
"""As a CRM calls it; but for what is around it; in another language; one of its meanings."""
PARTLY, UNFILLED = 80, 80
"""At most that sure: where only some rows go, and of what no value bears out."""


def with_confidence(mapping, columns, known):
    """Return a mapping whose fields say how sure they are.

    :param columns: ``Column``s by name
    :param known: the object of the table
    """
    fields = tuple(
        replace(item, confidence=_rate(item, mapping, columns, known))
        if item.source
        else item
        for item in mapping.fields
    )
    return replace(mapping, fields=fields)


def _rate(item, mapping, columns, known):
    paths = (item.source,) if isinstance(item.source, str) else item.source
    own = [columns[path] for path in paths if path in columns]
    # The first is what it is about; the others only help.
    best = _rate_name(own[0].name, item.target, known) if own else BARE
    if own and own[0].headed:
        # Its values are those of another table: that says more than its name.
        best = MEANT
    if own and not any(column.values or column.kind != "char" for column in own):
        best = min(best, UNFILLED)
    return min(best, PARTLY) if mapping.when else best


def _rate_name(name, target, known):
    wanted, others = names_of(known, target)
    if squeeze(name) in wanted:
        return EXACT
    if squeeze(divide(name)[1]) in wanted:
        return BARE
    keys = set(names_of_columns([name], known))
    if not keys & wanted:
        # What was found by its values, or beside others.
        return BARE if not wanted else ONE_OF_SEVERAL
    return ONE_OF_SEVERAL if keys & others - wanted else MEANT


@cache
def names_of(known, target):
    """Return what columns of a target are called, and those of the other targets."""
    own, others = set(), set()
    for item in TEMPLATES[known].fields if known in TEMPLATES else ():
        for names in item.source or ():
            for each in (names,) if isinstance(names, str) else names:
                (own if item.target == target else others).add(squeeze(each))
    return frozenset(own), frozenset(others)
