"""Columns that a customer or a vendor made: what they are, and how they are mapped."""

from ..core.source import SourceField
from ..mapping.custom import extend, keys_of
from ..mapping.vocabulary import (
    boolean,
    custom_field,
    datetime,
    day_as_written,
    decimal,
    integer,
    local_date,
    split,
    strip,
)
from .streams import DAYS, is_wanted
from .tables import DAY, FLOATING, LOCAL_DAY

# Kind of column: (kind of field, steps)
_KINDS = {
    "StringType": ("char", (strip,)),
    "MemoType": ("text", (strip,)),
    "IntegerType": ("integer", (integer,)),
    "BigIntType": ("integer", (integer,)),
    "DecimalType": ("float", (decimal,)),
    "DoubleType": ("float", (decimal,)),
    "MoneyType": ("monetary", (decimal,)),
    "BooleanType": ("boolean", (boolean,)),
    "DateTimeType": ("datetime", (datetime,)),
    "PicklistType": ("selection", (strip,)),
    "StateType": ("selection", (strip,)),
    "StatusType": ("selection", (strip,)),
    "MultiSelectPicklistType": ("multi_selection", (split(","),)),
    "EntityNameType": ("char", (strip,)),
}
_REFERENCES = frozenset(
    {"LookupType", "CustomerType", "OwnerType", "UniqueidentifierType"}
)
_PREFIX = {
    "companies": "company",
    "contacts": "contact",
    "leads": "lead",
    "deals": "deal",
}
_EXTENDED = {
    ("companies", "res.partner"),
    ("contacts", "res.partner"),
    ("leads", "crm.lead"),
    ("deals", "crm.lead"),
}
"""Streams and models that custom columns become fields of; a note has none."""
_DERIVED_FROM = ("_base",)


def describe(columns):
    """Return the ``SourceField``s of the columns of a table."""
    fields = []
    for column in columns:
        kind = _KINDS.get(column.kind, ("char", ()))[0]
        if column.kind in _REFERENCES:
            kind = "reference"
        elif column.meaning in (DAY, LOCAL_DAY):
            kind = "date"
        fields.append(
            SourceField(
                column.wire_name, column.label, kind, column.options, column.custom
            )  # fmt: skip
        )
        if column.options or column.is_lookup:
            path = f"_labels.{column.wire_name}"
            fields.append(SourceField(path, column.label, "char", custom=column.custom))
            path = f"_says.{column.wire_name}"
            fields.append(SourceField(path, column.label, "char", custom=column.custom))
        if column.name in DAYS:
            path = f"_days.{column.wire_name}"
            fields.append(SourceField(path, column.label, "date"))
        if column.meaning == FLOATING:
            path = f"_local.{column.wire_name}"
            fields.append(SourceField(path, column.label, kind, custom=column.custom))
    return tuple(fields)


def with_custom_fields(mappings, columns_of, *, is_foreign):
    """Return the profile with a proposed field for every column of a customer.

    :param columns_of: ``stream → columns``, those that have them
    :param is_foreign: tells what Microsoft's own add-ons made
    """
    return tuple(
        _extended(item, columns_of(item.stream), is_foreign)
        if (item.stream, item.model) in _EXTENDED and not item.part
        else item
        for item in mappings
    )


def _extended(item, columns, is_foreign):
    targets, keys = [], keys_of(item, _PREFIX[item.stream])
    names_of_files = {f"{c.name}_name" for c in columns if c.kind == "FileType"}
    for column in columns:
        if not column.custom or is_foreign(column.name):
            continue
        if column.name in names_of_files:
            continue
        if not is_wanted("", column.name):
            continue
        if column.name.endswith(_DERIVED_FROM) and column.kind == "MoneyType":
            continue
        if column.is_lookup or column.kind in _KINDS:
            targets.append(_target(keys.take(column.name), column))
    kept = {n: w for n, w in _kept_otherwise(columns).items() if n not in item.ignored}
    return extend(item, targets, ignored=kept)


def _kept_otherwise(columns):
    """Return {property: why} of custom columns that are no field: links and files."""
    kept = {}
    for column in columns:
        if column.custom and column.is_lookup:
            kept[column.wire_name] = "kept by its name"
        elif column.kind == "FileType":
            kept |= dict.fromkeys(
                (column.name, f"{column.name}_name"), "the file itself is attached"
            )
    return kept


def _target(key, column):
    """Return the proposal for a column."""
    label = column.label or column.name
    if column.is_lookup:
        path = f"_labels.{column.wire_name}"
        return custom_field(
            key, path, strip, label=label, lossy="the name is kept, not the link"
        )
    kind, steps = _KINDS[column.kind]
    path = column.wire_name
    if column.meaning in (DAY, LOCAL_DAY):
        kind, steps = "date", (day_as_written if column.meaning == DAY else local_date,)
    elif column.meaning == FLOATING:
        path = f"_local.{path}"
    options = column.options if kind in ("selection", "multi_selection") else ()
    return custom_field(key, path, *steps, label=label, kind=kind, options=options)
