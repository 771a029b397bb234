"""Columns that a customer or a vendor made: what they are, and how they are mapped."""

from ..core.sentences import _lt
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
    lookup_several_by,
    split,
    strip,
)
from .streams import DAYS, is_wanted
from .tables import DAY, FLOATING, LOCAL_DAY

# Kind of column: (kind of field, steps)
AS_FIELDS = {
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
EXTENDED = {
    ("companies", "res.partner"),
    ("contacts", "res.partner"),
    ("leads", "crm.lead"),
    ("deals", "crm.lead"),
}
"""Streams and models that custom columns become fields of; a note has none."""
_DERIVED_FROM = ("_base",)
_BECOME = {
    "account": "companies",
    "contact": "contacts",
    "opportunity": "deals",
}
"""Tables of the product whose rows become one thing in every Odoo: a lookup to them is a
link. Of any other, a product without an app for it, the name is kept."""
_OF_PEOPLE = frozenset({"companies", "contacts"})
"""Streams that become one and the same model."""


def describe(columns):
    """Return the ``SourceField``s of the columns of a table."""
    fields = []
    for column in columns:
        kind = AS_FIELDS.get(column.kind, ("char", ()))[0]
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


def with_custom_fields(
    mappings, columns_of, *, is_foreign, objects=None, relations_of=None
):
    """Return the profile with a proposed field for every column of a customer.

    :param columns_of: ``stream → columns``, those that have them
    :param is_foreign: tells what Microsoft's own add-ons made
    :param objects: table → stream of the tables that get a model of their own
    :param relations_of: ``(stream, Keys) → fields`` for relations many to many
    """
    return tuple(
        _extended(
            item, columns_of(item.stream), is_foreign, objects or {}, relations_of
        )
        if (item.stream, item.model) in EXTENDED and not item.part
        else item
        for item in mappings
    )


def _extended(item, columns, is_foreign, objects, relations_of):
    targets, keys = [], keys_of(item, _PREFIX[item.stream])
    names_of_files = {f"{c.name}_name" for c in columns if c.kind == "FileType"}
    for column in columns:
        if not column.custom or is_foreign(column.name):
            continue
        if column.name in names_of_files:
            continue
        if not is_wanted("", column.name) or is_copy(column):
            continue
        if column.is_lookup or column.kind in AS_FIELDS:
            targets.append(as_target(keys.take(column.name), column, objects))
    if relations_of:
        targets += relations_of(item.stream, keys)
    kept = kept_otherwise(columns, objects)
    kept = {n: w for n, w in kept.items() if n not in item.ignored}
    return extend(item, targets, ignored=kept)


def is_copy(column):
    """Tell whether a column is the amount of another one in the base currency."""
    return column.name.endswith(_DERIVED_FROM) and column.kind == "MoneyType"


def kept_otherwise(columns, objects):
    """Return {property: why} of custom columns that are no field: links and files."""
    kept = {}
    for column in columns:
        if column.custom and column.is_lookup and not as_link(column.targets, objects):
            kept[column.wire_name] = _lt("kept by its name")
        elif column.meaning == FLOATING:
            kept[column.wire_name] = _lt("kept as the hour that it is in every zone")
        elif column.kind == "FileType":
            kept |= dict.fromkeys(
                (column.name, f"{column.name}_name"), _lt("the file itself is attached")
            )
    return kept


def as_link(tables, objects):
    """Return the stream whose records a lookup to these tables leads to, None without.

    >>> as_link(("account", "contact"), {}), as_link(("opex_hall",), {"opex_hall": "halls"})
    ('companies', 'halls')
    >>> as_link(("account", "opex_hall"), {"opex_hall": "halls"}), as_link(("team",), {})
    (None, None)
    """
    streams = [objects.get(table) or _BECOME.get(table) for table in tables]
    if not streams or None in streams:
        return None
    return streams[0] if len(streams) == 1 or _OF_PEOPLE.issuperset(streams) else None


def as_target(key, column, objects):
    """Return the proposal for a column.

    :param objects: table → stream of the tables that get a model of their own
    """
    label = column.label or column.name
    if column.is_lookup:
        return _as_lookup(key, column, label, objects)
    kind, steps = AS_FIELDS[column.kind]
    path = column.wire_name
    if column.meaning in (DAY, LOCAL_DAY):
        kind, steps = "date", (day_as_written if column.meaning == DAY else local_date,)
    elif column.meaning == FLOATING:
        path = f"_local.{path}"
    options = column.options if kind in ("selection", "multi_selection") else ()
    return custom_field(key, path, *steps, label=label, kind=kind, options=options)


def _as_lookup(key, column, label, objects):
    """A link where the record comes over; the name besides, for where it does not."""
    name = f"_labels.{column.wire_name}"
    stream = as_link(column.targets, objects)
    if not stream:
        return custom_field(
            key, name, strip, label=label, lossy=_lt("the name is kept, not the link")
        )
    if len(column.targets) == 1:
        paths = (column.wire_name, name)
        pairs = ((stream, ""), (stream, "name", {"label": label}))
    else:
        paths = (column.wire_name, f"_tables.{column.wire_name}")
        streams = {table: _BECOME[table] for table in column.targets}
        pairs = (("*", "", {"streams": streams, "at": 1}), ("", ""))
    return custom_field(
        key, paths, lookup_several_by(*pairs), label=label, kind="reference", relation=stream
    )  # fmt: skip
