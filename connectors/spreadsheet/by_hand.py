"""How a column is converted where a person says what it becomes.

The same templates and the same look at its values as for a proposal, but for what the
column is called: that nobody recognized it is why a person chooses.
"""

from dataclasses import replace

from ..mapping.vocabulary import (
    Step,
    boolean,
    date,
    datetime,
    decimal,
    html,
    integer,
    split,
    strip,
    value_map,
)
from ..mapping.ways import OF_TYPE, Ways
from .columns import Columns
from .columns_work import STAGE
from .evidence import is_workflow, texts_of
from .mappings import TEMPLATES, VALUE_LISTS
from .names import squeeze
from .proposal import fit_steps, present_field
from .references import reference, stands_for

_TYPES = {
    "char": strip,
    "text": strip,
    "html": html,
    "boolean": boolean,
    "integer": integer,
    "float": decimal,
    "monetary": decimal,
    "date": date,
    "datetime": datetime,
    "many2many": split(","),
}
_SOME = 0.2
"""Share of the values that must name records of an object, to say that they do."""


class ByHand:
    """Of a source of tables: what its columns are converted by, whatever they become."""

    def get_ways(self, stream):
        group = self.get_groups().get(stream)
        if group is None:
            return None
        return Ways(ways_of(group, self._objects()), VALUE_LISTS)


def ways_of(group, streams):
    """Return ``{column: {target: (source, steps)}}`` for the tables of an object.

    :param streams: ``{object: (stream, columns by name)}`` that can be referred to
    """
    whole = Columns(group.columns, group.known, group.tables[0].sample)
    template = TEMPLATES.get(group.known)
    items = {}
    for item in template.fields if template else ():
        if item.source is not None:
            items.setdefault(item.target, []).append(item)
    return {
        column.name: dict(_ways_of_column(column, items, whole, streams))
        for column in group.columns.values()
        if column.shape != "object"
    }


def _ways_of_column(column, items, whole, streams):
    alone = _Alone(column, whole)
    for target, candidates in items.items():
        if way := _way(candidates, column, alone, streams):
            yield target, (way.source, way.steps)
    for name, step in _TYPES.items():
        source = f"{column.name}.0" if column.shape == "values" else column.name
        if name == "many2many" or column.shape == "objects":
            source = column.name
        steps = fit_steps((step,), column, streams, alone)
        yield OF_TYPE + name, (source, steps)
    for known in filter(TEMPLATES.__contains__, streams):
        member = _member_named(known, column, streams)
        if member is not None:
            step = Step("lookup_by", (streams[known][0], member))
            step = step if member else Step("lookup", (streams[known][0],))
            yield f"{OF_TYPE}many2one:{streams[known][0]}", (column.name, (step,))


class _Alone(Columns):
    """A column as if the table had no other, found under any name."""

    def __init__(self, column, whole):
        super().__init__({column.name: column}, whole.known, whole.rows)
        self.zone = whole.zone
        self._column = column
        self.is_called = False

    def named(self, names):
        found = list(super().named(names))
        if found or not self.is_called:
            return found
        return [(name, self._column) for name in names[:1]]


def _way(candidates, column, alone, streams):
    """Return the field of a template for one column: as it is called, or in spite of it."""
    for alone.is_called in (False, True):
        for item in candidates:
            if alone.is_called and isinstance(item.source[0], tuple):
                found = _of_several(item, column, alone, streams)
            else:
                found = present_field(item, alone, streams)
            if found and _is_sound(found, column):
                return _with_outcomes(found, column, alone)
    for item in candidates:
        if not isinstance(item.source[0], tuple) and column.shape != "objects":
            if steps := fit_steps(item.steps, column, streams, alone):
                return replace(item, source=column.name, steps=steps)
    return None


def _is_sound(found, column):
    """Tell whether a field takes what the column has, and nothing that is not there."""
    names = (found.source,) if isinstance(found.source, str) else found.source
    return {name.removesuffix(".0") for name in names if name} == {column.name}


def _with_outcomes(found, column, alone):
    """Tell won and lost by stages where the column has them, as a proposal does."""
    if found.steps != (value_map("deal_states"),):
        return found
    alone.is_called = False
    is_stage = any(alone.named(STAGE)) or (column.values and is_workflow(column))
    return replace(found, steps=(value_map("stage_outcomes"),)) if is_stage else found


def _of_several(item, column, alone, streams):
    """Return a field that takes several columns for the one that is there."""
    first = item.steps[0]
    if first.name == "lookup_several_by":
        return _refer(item, column, streams)
    if first.name == "addresses":
        roles, *more = first.arguments
        step = Step("addresses", (roles[:1], *more))
        return replace(item, source=(column.name,), steps=(step,))
    if first.name == "full_name":
        return replace(item, source=column.name, steps=(Step("strip"),))
    if first.name in ("outcome", "progress"):
        flag = column.kind == "boolean"
        role = "won" if first.name == "outcome" else "done"
        if not flag and first.name == "outcome":
            return None
        step = Step(first.name, ([role if flag else first.name],))
        return replace(item, source=(column.name,), steps=(step,))
    return None


def _refer(item, column, streams):
    """Return a reference to the object whose records the values name, else the likeliest."""
    pairs = []
    for known, member in item.steps[0].arguments[0]:
        if known in streams:
            pair = reference(column, known, member, streams)
            if pair and (known, pair) not in pairs:
                pairs.append((known, pair))
    if not pairs:
        return None
    ranked = sorted(
        range(len(pairs)), key=lambda n: (-_overlap(column, *pairs[n], streams), n)
    )
    stream, name = pairs[ranked[0]][1]
    options = [{"label": column.name}] if name and name != "email" else []
    step = Step("lookup_several_by", ([[stream, name, *options]],))
    return replace(item, source=(column.name,), steps=(step, *item.steps[1:]))


def _overlap(column, known, pair, streams):
    """Return which share of the values stands in the column that they are looked up in."""
    own = {squeeze(text) for text in texts_of(column)}
    columns = streams[known][1]
    if pair[1]:
        names = [name for name in pair[1].split(" + ") if name in columns]
    else:
        names = [name for name in columns if stands_for(known, name)]
    theirs = {squeeze(t) for name in names for t in texts_of(columns[name])}
    return len(own & theirs) / len(own) if own else 0


def _member_named(known, column, streams):
    """Return the member by which an object's records are named in a column, None if not."""
    for member in ("email", "name") if column.looks_like_email else ("name", "email"):
        pair = reference(column, known, member, streams)
        if pair and _overlap(column, known, pair, streams) >= _SOME:
            return pair[1]
    return None
