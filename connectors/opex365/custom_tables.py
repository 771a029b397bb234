"""Tables that a customer or a vendor made: a model of its own for each, by its metadata.

Those that are activities become notes where they belong: Odoo has a place for what
happened, and none for a further kind of it.
"""

from dataclasses import replace

from ..core.sentences import _lt
from ..mapping.custom import Keys
from ..mapping.parts import Step
from ..mapping.vocabulary import (
    constant,
    custom_field,
    custom_object,
    field,
    labelled,
    lookup_all,
    mapping,
    owner,
    strip,
)
from .custom_columns import AS_FIELDS, as_link, as_target, is_copy, kept_otherwise
from .mappings_parts import ACTIVITY_AFTER, NOTE_DATE, NOWHERE, STAMPS, THREAD, TIMES
from .platform import is_platform
from .streams import is_wanted

AFTER = ("users", "companies", "contacts", "deals")
_OF_RECORD = ("statecode", "statuscode")
"""Columns that the platform gives to every table: here they are all that tells."""
_STAMPS = frozenset({"createdon", "modifiedon"})
_WORDS = ("subject", "description")
_OWN = "_transactioncurrencyid_value", "_ownerid_value"


def object_mappings(catalog, metadata):
    """Return a ``Mapping`` for every added table that is no activity."""
    models = Keys("x")
    return tuple(
        _as_object(kind, models.take(kind.table), catalog, metadata)
        for kind in catalog.objects.values()
    )


def activity_mappings(catalog, metadata):
    """Return a ``Mapping`` to notes for every added activity."""
    return tuple(
        _as_note(kind, metadata.described(kind.table))
        for kind in catalog.happenings.values()
    )


def hang_on_objects(mappings, names):
    """Return the mappings with records of custom objects among what things hang on.

    :param names: streams of the custom objects
    """
    known = dict.fromkeys(names)
    more = {name: name for name in known}
    return tuple(_hang_on(item, more) for item in mappings) if more else mappings


def _hang_on(item, more):
    fields = tuple(
        replace(entry, steps=tuple(_extend_step(step, more) for step in entry.steps))
        if entry.target == "@thread"
        else entry
        for entry in item.fields
    )
    if fields == item.fields:
        return item
    return replace(item, fields=fields, after=(*item.after, *more))


def _extend_step(step, more):
    if step.name != "lookup_typed":
        return step
    member, otherwise, streams = step.arguments
    return Step(step.name, (member, otherwise, {**streams, **more}))


# -- objects -----------------------------------------------------------------------


def _as_object(kind, model, catalog, metadata):
    table = metadata.tables[kind.table]
    columns = metadata.described(kind.table)
    targets = []
    names_of_files = {f"{c.name}_name" for c in columns if c.kind == "FileType"}
    keys = Keys("", ["name", "active", "migration_notes"])
    if any(column.name == "ownerid" for column in columns):
        targets.append(
            custom_field(
                keys.take("owner"), "_owner", owner,
                label=_lt("Owner"), kind="reference", relation="users",
            )
        )  # fmt: skip
    targets += [
        as_target(keys.take(column.name), column, catalog.objects_by_table)
        for column in columns
        if _is_field(column, table) and column.name not in names_of_files
    ]
    if any(column.name == "transactioncurrencyid" for column in columns):
        targets.append(
            custom_field(
                keys.take("currency"), "_labels._transactioncurrencyid_value", strip,
                label=_lt("Currency"),
            )
        )  # fmt: skip
    targets += _relations(kind, keys, catalog, metadata)
    return custom_object(
        kind.name,
        model,
        *([field("x_name", table.primary_name, strip)] if table.primary_name else ()),
        *STAMPS,
        *targets,
        label=table.label,
        after=AFTER,
        ignored=kept_otherwise(columns, catalog.objects_by_table),
    )


def _is_field(column, table):
    if column.name in (table.id, table.primary_name) or column.name in _STAMPS:
        return False
    if column.name in _OF_RECORD:
        return True
    if column.wire_name in _OWN or is_platform(column.wire_name):
        return False
    if not is_wanted(table.name, column.name) or is_copy(column):
        return False
    return column.is_lookup or column.kind in AS_FIELDS


def _relations(kind, keys, catalog, metadata):
    """Return what the rows are related to, many to many, as far as it is brought over."""
    for navigation, other in metadata.relations(kind.table).items():
        if other not in metadata.tables:
            continue
        stream = as_link((other,), catalog.objects_by_table)
        if stream:
            yield custom_field(
                keys.take(navigation),
                navigation,
                lookup_all(stream, metadata.tables[other].id),
                label=metadata.tables[other].label,
                kind="references",
                relation=stream,
            )


# -- activities --------------------------------------------------------------------


def _as_note(kind, columns):
    own = [column for column in columns if _is_told(column)]
    paths = (
        ("_labels.activitytypecode", "Activity"),
        *((name, "") for name in _WORDS),
        *((_path_of(column), column.label or column.name) for column in own),
        ("_labels.statuscode", "Status"),
        ("_about", "Regarding"),
    )
    return mapping(
        kind.name,
        "mail.message",
        field("@subtype", None, constant("note")),
        field(
            "body",
            tuple(path for path, _label in paths),
            labelled(*(label for _path, label in paths)),
            required=True,
        ),
        NOTE_DATE,
        THREAD,
        NOWHERE,
        *STAMPS,
        after=ACTIVITY_AFTER,
        ignored={
            **TIMES,
            **{c.wire_name: _lt("told by its words") for c in own if c.options},
            **{c.wire_name: _lt("kept by its name") for c in own if c.is_lookup},
            "statuscode": _lt("told by its words"),
        },
    )


def _is_told(column):
    name = column.wire_name
    if name in (*_WORDS, *_OF_RECORD, *TIMES, *_STAMPS) or is_platform(name):
        return False
    return column.is_lookup or column.kind in AS_FIELDS


def _path_of(column):
    """Words for choices; of flags and of what forms fill in only what says something.

    What the platform has by itself is told by its name: none has the prefix of a maker.
    """
    if column.is_lookup or ("_" in column.name and column.options):
        return f"_labels.{column.wire_name}"
    return f"_says.{column.wire_name}" if column.options else column.wire_name
