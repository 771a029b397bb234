"""Fields that a customer made in Concord: what they are, and how they are mapped."""

from ..core.errors import ForbiddenError
from ..core.source import SourceField
from ..mapping.custom import extend, keys_of
from ..mapping.vocabulary import (
    boolean,
    custom_field,
    date,
    datetime,
    decimal,
    each,
    integer,
    join,
    split,
    strip,
)
from .listing import ListReader
from .unsorted import read_whole

RESOURCES = ("contacts", "companies", "deals", "products")

# The key of an option in the data is its id: alone, or in a list of objects.
_KEYS = (each("id"), join(","), split(","))
_KINDS = {
    "Text": ("char", (strip,)),
    "Textarea": ("text", (strip,)),
    "Email": ("char", (strip,)),
    "Url": ("char", (strip,)),
    "Timezone": ("char", (strip,)),
    "ColorSwatch": ("char", (strip,)),
    "Number": ("integer", (integer,)),
    "Numeric": ("float", (decimal,)),
    "Boolean": ("boolean", (boolean,)),
    "Date": ("date", (date,)),
    "DateTime": ("datetime", (datetime,)),
    "Select": ("selection", (strip,)),
    "Radio": ("selection", (strip,)),
    "MultiSelect": ("multi_selection", _KEYS),
    "Checkbox": ("multi_selection", _KEYS),
}
_PREFIX = {
    "contacts": "contact",
    "companies": "company",
    "deals": "deal",
    "products": "product",
}


def read_definitions(api):
    """Return the definitions as ``/custom-fields`` gives them.

    Only a super admin may ask for that list; the forms of the records tell others at
    least of the fields that they see.
    """
    try:
        return read_whole(ListReader(api, "custom-fields", "custom_fields"))[0]
    except ForbiddenError:
        return [
            {"resource_name": resource, **field["customField"]}
            for resource in RESOURCES
            for field in _form_fields(api, resource)
            if isinstance(field, dict) and field.get("customField")
        ]


def _form_fields(api, resource):
    fields = api.get(f"{resource}/create-fields", stream="custom_fields").data
    return fields if isinstance(fields, list) else []


def describe(definition):
    """Return the ``SourceField`` of a definition; an unknown type counts as text."""
    kind, _steps = _KINDS.get(definition.get("field_type"), ("char", (strip,)))
    options = tuple(
        (str(option["id"]), str(option.get("name") or option["id"]))
        for option in definition.get("options") or ()
    )
    label = definition.get("label") or definition["field_id"]
    return SourceField(definition["field_id"], label, kind, options, custom=True)


def with_custom_fields(mappings, definitions):
    """Return the profile with a proposed field for every definition."""
    return tuple(
        _extended(item, [d for d in definitions if d["resource_name"] == item.stream])
        if item.stream in _PREFIX and not item.part
        else item
        for item in mappings
    )


def _extended(item, definitions):
    keys, targets = keys_of(item, _PREFIX[item.stream]), []
    for definition in definitions:
        field = describe(definition)
        name = field.path.removeprefix("cf_")
        _kind, steps = _KINDS.get(definition.get("field_type"), ("char", (strip,)))
        targets.append(
            custom_field(
                keys.take(name, definition.get("id")),
                field.path,
                *steps,
                label=field.label,
                kind=field.kind,
                options=field.options,
            )
        )
    return extend(item, targets)
