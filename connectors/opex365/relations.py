"""Relations many to many that a customer added between tables of the product's own.

One to a table of the customer's own is told by that table; one between accounts, contacts
and opportunities stands on neither, and no column tells of it.
"""

from ..core.source import SourceField
from ..mapping.vocabulary import custom_field, lookup_all

RELATED = frozenset({"companies", "contacts", "deals"})
"""Streams whose records may be an end of such a relation."""
_ENDS = {"account": "companies", "contact": "contacts", "opportunity": "deals"}


def ends_of(metadata, table):
    """Yield (navigation property, table at the other end) of the added relations."""
    for navigation, other in metadata.added_relations(table).items():
        if (
            other in _ENDS
            and metadata.has(other)
            and not metadata.is_foreign(navigation)
        ):
            yield navigation, other


def describe_relations(metadata, table):
    """Return the ``SourceField``s of what a row is related to."""
    return tuple(
        SourceField(navigation, metadata.tables[other].label, "json", custom=True)
        for navigation, other in ends_of(metadata, table)
    )


def as_fields(metadata, table, keys):
    """Yield the proposal of a field for each relation.

    :param keys: ``Keys`` of the mapping
    """
    for navigation, other in ends_of(metadata, table):
        described = metadata.tables[other]
        yield custom_field(
            keys.take(navigation.lower()),
            navigation,
            lookup_all(_ENDS[other], described.id),
            label=described.label,
            kind="references",
            relation=_ENDS[other],
        )
