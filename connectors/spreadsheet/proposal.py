"""Mappings proposed for the columns that the files really have."""

import re
from dataclasses import replace

from ..mapping.vocabulary import Step, each
from .names import squeeze
from .profile import COMPUTED, TEMPLATES

_COMPUTED = set(map(squeeze, COMPUTED))
# Objects that only hold together what belongs to the record itself.
CONTAINERS = {"properties", "fields", "attributes", "values", "address"}
# Objects in the order in which they are loaded: each may refer to those before it.
ORDER = tuple(TEMPLATES)


def propose(stream, known, columns, streams):
    """Return the mapping for a stream of a known object.

    :param known: key of ``TEMPLATES``
    :param columns: the stream's ``Column``s by name
    :param streams: ``{object: (its stream, its columns by name)}`` that can be referred to
    """
    template = TEMPLATES[known]
    by_name = _by_name(columns)
    fields, taken = [], set()
    for item in template.fields:
        if item.target not in taken:
            found = _present(item, by_name, columns, streams)
            if found:
                fields.append(found)
                taken.add(item.target)
    after = {
        stream_name
        for name in _referred(fields)
        for known_name, (stream_name, _columns) in streams.items()
        if stream_name == name and ORDER.index(known_name) < ORDER.index(known)
    }
    ignored = {
        name: "Counted anew by Odoo." for name in columns if squeeze(name) in _COMPUTED
    }
    return replace(
        template,
        stream=stream,
        fields=tuple(fields),
        after=tuple(sorted(after)),
        ignored=ignored,
    )


def _by_name(columns):
    """Return the columns by what they can be called: what is nearer to the top counts.

    ``company.name`` is a company name; the ``name`` of ``properties`` just a name.
    """
    found = {}
    for column in sorted(columns.values(), key=lambda column: column.name.count(".")):
        if column.shape != "object":
            found.setdefault(squeeze(column.name), column.name)
    for column in columns.values():
        if _zone_of(column.name):
            found.setdefault(squeeze(column.name.rpartition("(")[0]), column.name)
        first, _dot, rest = column.name.partition(".")
        if column.nested and column.shape != "object" and first in CONTAINERS:
            found.setdefault(squeeze(rest), column.name)
    return found


def _zone_of(name):
    """Return the zone that a column names, None without one.

    >>> _zone_of("Created At (UTC)"), _zone_of("Due (Europe/Lisbon)"), _zone_of("A (2)")
    ('UTC', 'Europe/Lisbon', None)
    """
    found = re.search(r"\((UTC|GMT|[A-Z]\w+/[\w/+-]+)\)$", name)
    return found and found[1]


def _referred(fields):
    for item in fields:
        for step in item.steps:
            if step.name in ("lookup", "lookup_by"):
                yield step.arguments[0]
            elif step.name == "lookup_several_by":
                yield from (stream for stream, _member in step.arguments[0])


def _present(item, by_name, columns, streams):
    """Return a template's field for the columns that are there, None if there are none."""
    if item.source is None:
        return item
    if not isinstance(item.source[0], tuple):
        column = _first(item.source, by_name)
        if column is None:
            return None
        source, steps = _as_one_value(columns[column], item.steps)
        steps = source and _fit_steps(steps, columns[column], streams)
        return None if steps is None else replace(item, source=source, steps=steps)
    found = [_first(names, by_name) for names in item.source]
    found = [c if c and columns[c].shape != "objects" else None for c in found]
    if item.steps[0].name == "lookup_several_by":
        return _several(item, found, columns, streams)
    sources = tuple(column for column in found if column)
    return replace(item, source=sources) if sources else None


def _as_one_value(column, steps):
    """Return (source, steps) for a column that may hold a list; source None: no way."""
    several = steps and steps[0].name == "split"
    if column.shape == "objects":
        # Tags and their like; of other objects nobody can tell which member is meant.
        return (column.name, (each("name"), *steps)) if several else (None, steps)
    if column.shape == "values" and not several:
        return f"{column.name}.0", steps
    return column.name, steps


def _first(names, by_name):
    keys = map(squeeze, names)
    return next((by_name[key] for key in keys if key in by_name), None)


def _several(item, found, columns, streams):
    """Keep of several references those whose column and whose stream are there.

    A column is named once: ``Contact`` is an id, an e-mail or a name, not all three.
    """
    sources, pairs = [], []
    for column, (known, member) in zip(found, item.steps[0].arguments[0], strict=True):
        if column and known in streams and column not in sources:
            pair = _reference(columns[column], known, member, streams)
            if pair:
                sources.append(column)
                pairs.append(list(pair))
    if not sources:
        return None
    return replace(
        item,
        source=tuple(sources),
        steps=(Step("lookup_several_by", (pairs,)), *item.steps[1:]),
    )


def _reference(column, known, member, streams):
    """Return (stream, member) by which the values of a column are found; "" is the id."""
    stream, target = streams[known]
    if column.looks_like_id or column.kind == "integer":
        return stream, ""
    if not member:
        return stream, ""
    wanted = "email" if column.looks_like_email else member
    name = member_of(known, wanted, target)
    return (stream, name) if name else None


def member_of(known, target, columns):
    """Return the column that a stream's template takes for a target, None without one.

    A name made of several columns cannot be compared; an e-mail address then can.
    """
    own = {name: column for name, column in columns.items() if not column.nested}
    by_name = _by_name(own)
    for item in TEMPLATES[known].fields:
        if item.target == target and item.source and isinstance(item.source[0], str):
            if column := _first(item.source, by_name):
                return column
    return None


def _fit_steps(steps, column, streams):
    """Adapt the steps to how the column is written; None if they lead nowhere."""
    fitted = []
    for step in steps:
        if step.name in ("lookup", "lookup_by"):
            known = step.arguments[0]
            if known not in streams:
                return None
            member = step.arguments[1] if step.name == "lookup_by" else ""
            pair = _reference(column, known, member, streams)
            if not pair:
                return None
            stream, name = pair
            step = (
                Step("lookup_by", (stream, name)) if name else Step("lookup", (stream,))
            )
        elif step.name == "date" and column.date_order in ("dmy", "mdy"):
            step = Step("date_as", (column.date_order,))
        elif step.name == "datetime" and column.date_order in ("dmy", "mdy"):
            step = Step("datetime_as", (column.date_order, _zone_of(column.name)))
        elif step.name == "datetime" and _zone_of(column.name):
            step = Step("datetime", (_zone_of(column.name),))
        elif step.name == "decimal" and column.decimal_mark:
            step = Step("decimal_as", (column.decimal_mark,))
        elif step.name == "split" and column.kind == "json":
            continue
        fitted.append(step)
    return tuple(fitted)
