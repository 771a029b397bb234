"""Stretches of a profile that every CRM has: an address, who made it when, lists of places.

Each returns fields of the vocabulary, or a mapping; a source says what its members are
called.
"""

from ..core.sentences import _lt
from .vocabulary import (
    ValueList,
    datetime,
    field,
    lookup,
    lookup_parent,
    mapping,
    owner,
    strip,
    value_map,
)

COUNTRIES = ValueList("countries", _lt("Countries"), model="res.country")
STATES = ValueList("states", _lt("States and regions"), model="res.country.state")
LANGUAGES = ValueList("languages", _lt("Languages"), model="res.lang")


def address(
    *, street=None, street2=None, city=None, zip=None, state=None, country=None, text=strip
):  # fmt: skip
    """Return the fields of an address, in the order in which Odoo shows them.

    >>> [item.target for item in address(city="town", country="country.name")]
    ['city', 'country_id']

    :param street2: a source; with a ready ``field`` where it takes other steps
    :param text: the step for what is plain text
    """
    named = (("street", street), ("street2", street2), ("city", city), ("zip", zip))
    texts = [
        source if hasattr(source, "target") else field(target, source, text)
        for target, source in named
        if source
    ]
    places = (("state_id", state, "states"), ("country_id", country, "countries"))
    lists = [
        field(target, source, value_map(values))
        for target, source, values in places
        if source
    ]
    return (*texts, *lists)


def audit(*, created=None, updated=None, creator=None, editor=None, instant=datetime):
    """Return the fields of who made and changed a record when.

    >>> [item.target for item in audit(created="made_at", creator="made_by")]
    ['@created_at', '@created_by']

    :param instant: the step for what is an instant
    """
    instants = (("@created_at", created), ("@updated_at", updated))
    people = (("@created_by", creator), ("@updated_by", editor))
    return (
        *(field(target, source, instant) for target, source in instants if source),
        *(field(target, source, owner) for target, source in people if source),
    )


def tagged_contacts(stream, tags, label):
    """Return the mapping of rows below a tag, of which each names a contact that has it.

    >>> tagged_contacts("members", "segments", "Members").after
    ('segments', 'contacts')

    :param tags: the stream that the tags come of
    """
    return mapping(
        stream,
        "res.partner",
        field("category_id", "_parent", lookup_parent, required=True),
        field("@onto", "contact_id", lookup("contacts"), required=True),
        after=(tags, "contacts"),
        label=label,
    )
