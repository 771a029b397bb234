"""Columns that a customer or an add-on made on tables whose Odoo model gets no new field.

An activity, a case or a quote is told in a text: that is where such a column is told, by
its label. What an add-on of Microsoft's made of accounts, contacts, leads and deals is
told in their notes as well: it is no field that somebody here asked for.
"""

from dataclasses import replace

from ..core.sentences import _lt
from ..mapping.parts import Step
from .custom_columns import AS_FIELDS, is_copy
from .streams import is_wanted
from .vocabulary import CODE

WHOLE = "_sheet"
"""Member that tells all columns of its record by itself."""
_CHOICES = frozenset(
    {"PicklistType", "StateType", "StatusType", "MultiSelectPicklistType"}
)
_NO_TEXT = _lt("Odoo has no text on this record that could tell it")
_OF_ADD_ON = _lt("a link within an add-on of Microsoft's")
_FILE = _lt("the file itself is attached")
_BY_NAME = _lt("kept by its name")
_LOCAL = _lt("kept as the hour that it is in every zone")


def with_custom_notes(item, columns, *, is_told, is_foreign, floating=()):
    """Return a mapping that tells custom columns in its text, with those it cannot tell.

    :param columns: of its table, as ``Metadata.columns`` has them: without choices
    :param is_told: column → whether it is to be told here
    :param is_foreign: name → whether an add-on of Microsoft's made it
    :param floating: names of the columns whose instants belong to no zone
    """
    if any(entry.source == WHOLE for entry in item.fields):
        return item
    told, kept = [], {}
    files = {f"{c.name}_name" for c in columns if c.kind == "FileType"}
    for column in columns:
        name = column.wire_name
        if not column.custom or not is_told(column) or name in item.ignored:
            continue
        if not is_wanted("", column.name) or is_copy(column):
            continue
        if column.kind == "FileType" or column.name in files:
            kept[name] = _FILE
        elif column.is_lookup and is_foreign(column.name):
            kept[name] = _OF_ADD_ON
        elif column.is_lookup or column.kind in AS_FIELDS:
            told.append(column)
    found = next(filter(_is_text, item.fields), None)
    if not found:
        kept |= {column.wire_name: _NO_TEXT for column in told}
        return replace(item, ignored={**kept, **item.ignored})
    paths = [(_path_of(c, floating), c.label or c.name) for c in told]
    for column, (path, _label) in zip(told, paths, strict=True):
        if path != column.wire_name:
            kept[column.wire_name] = _reason(column, floating)
    fields = tuple(_longer(f, paths) if f is found else f for f in item.fields)
    return replace(item, fields=fields, ignored={**kept, **item.ignored})


def _reason(column, floating):
    if column.name in floating:
        return _LOCAL
    return _BY_NAME if column.is_lookup else CODE


def _is_text(entry):
    return any(step.name == "labelled" for step in entry.steps)


def _longer(entry, paths):
    labels = [[label] for _path, label in paths]
    steps = tuple(
        Step(step.name, ([*step.arguments[0], *labels], *step.arguments[1:]))
        if step.name == "labelled"
        else step
        for step in entry.steps
    )
    source = (*entry.source, *(path for path, _label in paths))
    return replace(entry, source=source, steps=steps)


def _path_of(column, floating):
    if column.kind == "BooleanType":
        return f"_says.{column.wire_name}"
    if column.is_lookup or column.kind in _CHOICES:
        return f"_labels.{column.wire_name}"
    if column.name in floating:
        return f"_local.{column.wire_name}"
    return column.wire_name
