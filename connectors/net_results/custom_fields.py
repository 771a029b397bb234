"""Fields that a customer made in Net-Results: what they are, and how they are mapped."""

import re

from ..core.source import SourceField
from ..mapping.custom import extend, keys_of
from ..mapping.vocabulary import (
    custom_field,
    date,
    datetime,
    decimal,
    strip,
    url,
)
from .responses import member

_KINDS = {
    "text": ("char", (strip,)),
    "number": ("float", (decimal,)),
    "date": ("date", (date,)),
    "datetime": ("datetime", (datetime,)),
    "lookup": ("char", (strip,)),
    "website": ("char", (url,)),
}
"""Stored types as the product names them; a reference to a custom object stays text."""


def describe(definition, endpoint):
    """Return the ``SourceField`` of a definition; an unknown type counts as text."""
    key = str(member(definition, endpoint["id"]))
    label = str(member(definition, endpoint["fields"]["name"]) or key)
    kind, _steps = _of(definition, endpoint)
    return SourceField(f"_custom.{key}", label, kind, custom=True)


def _of(definition, endpoint):
    name = str(member(definition, endpoint["fields"]["type"]) or "")
    return _KINDS.get(re.sub(r"[\W_]", "", name).lower(), ("char", (strip,)))


def with_custom_fields(mappings, definitions, endpoint):
    """Return the profile with a proposed field on contacts for every definition."""
    return tuple(
        extend(item, _targets(keys_of(item, "netresults"), definitions, endpoint))
        if item.stream == "contacts"
        else item
        for item in mappings
    )


def _targets(keys, definitions, endpoint):
    for definition in definitions:
        field = describe(definition, endpoint)
        kind, steps = _of(definition, endpoint)
        name = re.sub(r"\W", "_", field.path.rpartition(".")[2].lower())
        yield custom_field(
            keys.take(name), field.path, *steps, label=field.label, kind=kind
        )
