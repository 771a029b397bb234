"""Mappings proposed for the columns that the files really have."""

import re
from dataclasses import replace

from ..core.sentences import _lt
from ..mapping.lint import lists_of
from ..mapping.moments import SERIAL
from ..mapping.vocabulary import Step, coalesce, each
from .columns import Columns
from .completing import complete
from .evidence import fits, is_serial_day, separators_of
from .mappings import COMPUTED, TEMPLATES, VALUE_LISTS
from .names import checksum_of_untouchable, divide, fold, squeeze
from .particular import PARTICULAR
from .references import refer, refer_to_several

_SUPERFLUOUS = dict.fromkeys(map(squeeze, COMPUTED), _lt("Counted anew by Odoo."))
"""What a column is called without its prefix → why nothing of it is brought over."""
_OWNERS = ("user_id", "@author")
_GATHERED = {*_OWNERS, "@closed_at", "company_name", "partner_name", "website"}
_PEOPLE = ("users", "companies", "contacts")
_KINDS = ("type", "label", "kind", "primary", "is_primary", "isPrimary", "default")
"""Members beside an address or a number in a list of objects."""
_OWNERS_PART = re.compile(r" (?:id|name|full name|e ?mail)$")
# Objects in the order in which they are loaded: each may refer to those before it.
ORDER = tuple(TEMPLATES)


def propose(stream, known, columns, streams, rows=()):
    """Return the mapping for a stream of a known object.

    :param known: key of ``TEMPLATES``
    :param columns: the stream's ``Column``s by name
    :param streams: ``{object: (its stream, its columns by name)}`` that can be referred to
    :param rows: the first rows as dicts
    """
    template = TEMPLATES[known]
    found = Columns(columns, known, rows)
    fields = {}
    own = next((c.habit.fields for c in columns.values() if c.habit), ())
    for item in (*own, *template.fields):
        if item.target not in fields and (
            present := present_field(item, found, streams)
        ):
            fields[item.target] = present
            found.take(item.target, _without_hints(present))
    fields = complete(known, fields, found, streams)
    # A column stands first where its own value goes, then where it is but a hint.
    fields = dict(
        sorted(
            fields.items(), key=lambda pair: _without_hints(pair[1]) != pair[1].source
        )
    )
    after = {
        stream_name
        for name in _referred(fields.values(), streams)
        for known_name, (stream_name, _columns) in streams.items()
        if stream_name == name and ORDER.index(known_name) < ORDER.index(known)
    }
    ignored = dict(template.ignored)
    for name, column in columns.items():
        reason = column.habit and column.habit.reason
        if reason := reason or _SUPERFLUOUS.get(squeeze(divide(name)[1])):
            ignored[name] = reason
    for item in fields.values():
        if item.steps and item.steps[0].name in ("first_email", "first_phone"):
            for name in (item.source,) if isinstance(item.source, str) else item.source:
                for kind in kinds_beside(name):
                    if kind in columns:
                        ignored[kind] = _lt("Odoo has no kinds of addresses.")
                if columns[name].shape == "objects":
                    for member in _KINDS:
                        ignored[f"{name}.{member}"] = _lt(
                            "Odoo has no kinds of addresses."
                        )
    if checksum := checksum_of_untouchable(columns):
        ignored[checksum] = _lt(
            "By it Dynamics knows whether a row was changed in Excel."
        )
    return replace(
        template,
        stream=stream,
        fields=tuple(fields.values()),
        after=tuple(sorted(after)),
        ignored=ignored,
    )


def kinds_beside(name):
    """Return what Google calls the columns that say of which kind an address is.

    >>> kinds_beside("E-mail 1 - Value"), kinds_beside("Email")
    (('E-mail 1 - Label', 'E-mail 1 - Type'), ())
    """
    bare = name.removesuffix(" - Value")
    return () if bare == name else (f"{bare} - Label", f"{bare} - Type")


def _without_hints(item):
    """Return the columns of a field but those that only tell one of several records."""
    if not item.steps or item.steps[0].name != "lookup_several_by":
        return item.source
    pairs = item.steps[0].arguments[0]
    hints = {
        place
        for _stream, _member, *options in pairs
        for place in (options[0].get("hints", {}) if options else {}).values()
        # What names a record itself is more than a hint at another one.
        if not pairs[place][0]
    }
    return tuple(name for n, name in enumerate(item.source) if n not in hints)


def _referred(fields, streams):
    for item in fields:
        for step in item.steps:
            if step.name == "addresses":
                # Who is known by an address is found among those loaded before.
                yield from (streams[k][0] for k in _PEOPLE if k in streams)
            if step.name in ("lookup", "lookup_by"):
                yield step.arguments[0]
            elif step.name == "lookup_several_by":
                for stream, _member, *options in step.arguments[0]:
                    named = options[0].get("streams") if options else None
                    # "*": another column, or the first signs of an id, say which.
                    yield from named.values() if named else (stream,)
            elif step.name == "lookup_prefixed":
                yield from step.arguments[0].values()


def present_field(item, found, streams):
    """Return a template's field for the columns that are there, None if there are none."""
    if item.source is None:
        return item
    first = item.steps[0].name if item.steps else ""
    if first in PARTICULAR:
        return PARTICULAR[first](item, found)
    if isinstance(item.source[0], tuple):
        return _of_several(item, found, streams)
    column = found.find(item)
    if column is None:
        return None
    if item.target in _GATHERED and (several := _gather(item, column, found)):
        return several
    source, steps = _as_one_value(column, item.steps)
    steps = source and fit_steps(steps, column, streams, found)
    if steps is None:
        return None
    # Where the loader reads the names of a cell, none is cut.
    lossy = "" if len(steps) < len(item.steps) else item.lossy
    return replace(item, source=source, steps=steps, lossy=lossy)


def _gather(item, first, found):
    """Return the field with every column that may say it, the first filled one counting."""
    columns = [
        column
        for _name, column in found.named(item.source)
        if column.shape == ""
        and found.is_free(column, item.target)
        and (_are_written_alike(column, first) or _is_same_owner(item, column, first))
        and fits(item, column)
    ]
    if len(columns) < 2:
        return None
    if item.target in _OWNERS:
        # By what is surest others are found; the name tells who that is.
        columns.sort(key=lambda column: not _is_surer_than_a_name(column))
    steps = fit_steps(item.steps, first, {}, found)
    names = tuple(column.name for column in columns)
    return replace(item, source=names, steps=(coalesce, *steps))


def _are_written_alike(one, other):
    return (one.kind, one.date_order) == (other.kind, other.date_order)


def _is_same_owner(item, one, other):
    """Tell whether one column has the id and the other the name of who owns a record."""
    stems = {_OWNERS_PART.sub("", fold(each.name)) for each in (one, other)}
    return item.target in _OWNERS and len(stems) == 1


def _is_surer_than_a_name(column):
    return column.looks_like_email or fold(column.name).endswith((" id", " email"))


def _of_several(item, found, streams):
    columns = [found.find(item, names) for names in item.source]
    columns = [c if c and c.shape != "objects" else None for c in columns]
    if item.steps[0].name == "lookup_several_by":
        return refer_to_several(item, columns, found, streams)
    if item.steps[0].name == "addresses":
        return _with_roles(item, columns)
    sources = tuple(dict.fromkeys(column.name for column in columns if column))
    return replace(item, source=sources) if sources else None


def _with_roles(item, columns):
    """Return a field of addresses: a role for each column that is there."""
    roles, *more = item.steps[0].arguments
    there = [pair for pair in zip(columns, roles, strict=True) if pair[0]]
    if not there:
        return None
    step = Step("addresses", ([role for _column, role in there], *more))
    return replace(item, source=tuple(c.name for c, _role in there), steps=(step,))


def _as_one_value(column, steps):
    """Return (source, steps) for a column that may hold a list; source None: no way."""
    if steps and steps[0].name == "rows":
        return (column.name if column.shape == "objects" else None), steps
    several = steps and steps[0].name == "split"
    if column.shape == "objects":
        # Tags and their like; of other objects nobody can tell which member is meant.
        return (column.name, (each("name"), *steps)) if several else (None, steps)
    if column.shape == "values" and not several:
        return f"{column.name}.0", steps
    return column.name, steps


def fit_steps(steps, column, streams, found):
    """Adapt the steps to how the column is written; None if they lead nowhere."""
    fitted = []
    for step in steps:
        if step.name in ("lookup", "lookup_by"):
            step = refer(step, column, streams)
            if step is None:
                return None
        elif step.name == "date" and is_serial_day(column):
            step = Step("date_as", (SERIAL,))
        elif step.name == "datetime" and is_serial_day(column):
            step = Step("datetime_as", (SERIAL, found.zone_of(column)))
        elif step.name == "date" and column.date_order[:3] in ("dmy", "mdy"):
            step = Step("date_as", (column.date_order,))
        elif step.name == "datetime" and column.date_order[:3] in ("dmy", "mdy"):
            step = Step("datetime_as", (column.date_order, found.zone_of(column)))
        elif step.name == "datetime" and found.zone_of(column):
            step = Step("datetime", (found.zone_of(column),))
        elif step.name == "decimal" and found.mark_of(column):
            step = Step("decimal_as", (found.mark_of(column),))
        elif step.name == "split":
            if column.kind == "json":
                continue
            step = Step("split", (separators_of(column),))
        fitted.append(step)
    if _splits_names(fitted):
        # A name may have a comma in it: whoever loads knows the names, and reads it.
        fitted = fitted[1:]
    return tuple(fitted)


def _splits_names(steps):
    return [step.name for step in steps[:2]] == ["split", "lookup_by"] and steps[
        1
    ].arguments[1] != "email"


def lists_used_by(mappings):
    """Return the value lists by which mappings understand words."""
    used = {
        name
        for mapping in mappings
        for field in mapping.fields
        for step in field.steps
        for name in lists_of(step)
    }
    return tuple(values for values in VALUE_LISTS if values.name in used)
