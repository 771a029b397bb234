"""References to records of other tables: by id, by e-mail, by name and what else is known."""

from dataclasses import replace

from ..mapping.references import TOGETHER
from ..mapping.vocabulary import Step
from .columns import Columns
from .columns_links import (
    COMPANY,
    COMPANY_ID,
    CONTACT,
    CONTACT_EMAIL,
    CONTACT_ID,
    OF_TYPE,
)
from .columns_people import CITY, STREET, ZIP
from .evidence import id_separator, texts_of
from .mappings import TEMPLATES
from .names import id_label, object_of
from .particular import PARTICULAR

NAMED_ANYWHERE = ("deals", "leads", "contacts", "companies")
_ID_LENGTHS = {15, 18}
BELONGING = {
    known: f"_of_{known}" for known in ("deals", "leads", "contacts", "companies")
}
"""Object → member of a row with what it names of it, where the tables had to tell."""
TOLD_BY = {known: f"_told_by_{known}" for known in ("contacts", "companies")}
"""Object → member of a row with the ids of those of it that name the row."""


def refer(step, column, streams):
    """Return a lookup step for how the column names the record, None if nobody has it."""
    known = step.arguments[0]
    if known not in streams:
        return None
    member = step.arguments[1] if step.name == "lookup_by" else ""
    pair = reference(column, known, member, streams)
    if not pair:
        return None
    stream, name = pair
    if name:
        return Step("lookup_by", (stream, name))
    if column.shape == "values" or id_separator(column):
        return Step("lookup_all", (stream, ""))
    return Step("lookup", (stream,))


def reference(column, known, member, streams):
    """Return (stream, member) by which the values of a column are found; "" is the id."""
    stream, target = streams[known]
    if not member or column.looks_like_id or column.kind == "integer":
        return stream, ""
    wanted = "email" if column.looks_like_email else member
    name = member_of(known, wanted, target)
    return (stream, name) if name else None


def member_of(known, target, columns):
    """Return the column that a stream's template takes for a target, None without one.

    A name made of several columns is that of all of them: ``First Name + Last Name``.
    """
    own = {name: column for name, column in columns.items() if not column.nested}
    found = Columns(own, known)
    for item in TEMPLATES[known].fields:
        if item.target == target and item.source:
            if item.steps and item.steps[0].name == "full_name":
                return _name_of_person(PARTICULAR["full_name"](item, found))
            names = item.source if isinstance(item.source[0], str) else item.source[0]
            column = found.find(item, names)
            if column:
                return column.name
    return None


def _name_of_person(item):
    if item is None or isinstance(item.source, str):
        return item and item.source
    roles = item.steps[0].arguments[0]
    by_role = {}
    for column, role in zip(item.source, roles, strict=True):
        by_role.setdefault(role, []).append(column)
    return TOGETHER.join(by_role.get("whole") or by_role.get("part") or ()) or None


def refer_to_several(item, columns, found, streams):
    """Keep of several references those whose column and whose stream are there.

    A column is named once: ``Contact`` is an id, an e-mail or a name, not all three.
    """
    sources, pairs = _belonging(item, found, streams)
    beside = {"unless": len(sources)} if sources else {}
    for column, (known, member) in zip(
        columns, item.steps[0].arguments[0], strict=True
    ):
        if not column or column.name in sources:
            continue
        if known == "*":
            if prefixed := _by_prefix(column, streams):
                sources.append(column.name)
                pairs.append(["*", "", {"streams": prefixed}])
            elif typed := _by_type(found, streams):
                sources += [column.name, typed[0]]
                options = {"streams": typed[1], "at": len(sources) - 1}
                pairs += [["*", "", options], ["", ""]]
            elif named := _by_any_name(column, streams):
                sources.append(column.name)
                options = {"streams": {s: s for s in named}, "any": named}
                pairs.append(["*", "", options | beside])
        elif known in streams:
            pair = reference(column, known, member, streams)
            if pair:
                sources.append(column.name)
                divided = id_separator(column) if not pair[1] else None
                options = {"split": divided} if divided else {}
                if pair[1] and pair[1] != "email":
                    options["label"] = column.name
                pairs.append([*pair, *([options] if options else [])])
    for known, name in TOLD_BY.items():
        if name in found.all and known in streams and item.target != "@thread":
            sources.append(name)
            pairs.append([streams[known][0], ""])
    if not sources:
        return None
    _add_hints(sources, pairs, found, streams)
    return replace(
        item,
        source=tuple(sources),
        steps=(Step("lookup_several_by", (pairs,)), *item.steps[1:]),
    )


def _belonging(item, found, streams):
    """Return (columns, pairs) of what was found in other tables by its id."""
    there = [
        (name, [streams[known][0], ""])
        for known, name in BELONGING.items()
        if known in streams and name in found.all and not found.all[name].habit.means
        if item.target == "@thread" or known in ("contacts", "companies")
    ]
    return [name for name, _pair in there], [pair for _name, pair in there]


def _by_prefix(column, streams):
    """Return prefix → stream where ids of several objects begin with what they are of."""
    texts = texts_of(column)
    if not texts or not all(map(_may_begin_with_its_kind, texts)):
        return None
    found = {}
    for known, (stream, columns) in streams.items():
        for other in columns.values():
            ids = texts_of(other)
            if (
                stands_for(known, other.name)
                and ids
                and all(map(_may_begin_with_its_kind, ids))
            ):
                found.update({text[:3]: stream for text in ids})
    # The texts are those of the first rows: further down may stand others.
    if not any(text[:3] in found for text in texts):
        return None
    return dict(sorted(found.items()))


def _may_begin_with_its_kind(text):
    return len(text) in _ID_LENGTHS and text.isalnum()


def _by_type(found, streams):
    """Return (column, its words → stream) where a column says of what object an id is."""
    for _name, column in found.named(OF_TYPE):
        known = {text: object_of(text) for text in texts_of(column)}
        words = {t: streams[k][0] for t, k in known.items() if k in streams}
        if words:
            return column.name, words
    return None


def _by_any_name(column, streams):
    """Return stream → member, where a column names records of whatever object.

    Dynamics' *Regarding* is a deal, a person or a company, and nothing says which.
    """
    if column.looks_like_id or column.looks_like_email or column.kind != "char":
        return None
    found = {}
    for known in NAMED_ANYWHERE:
        if known in streams:
            stream, columns = streams[known]
            if member := member_of(known, "name", columns):
                found[stream] = member
    return found


def stands_for(known, name):
    """Tell whether a column is the id of the object itself: ``Opportunity ID`` of deals.

    >>> stands_for("deals", "Opportunity ID"), stands_for("deals", "Account ID")
    (True, False)
    """
    label = id_label(name)
    return squeezed_id(name) or object_of((label or "").removesuffix(" id")) == known


def squeezed_id(name):
    return name.lower() in ("id", "record id", "recordid")


_PLACES = (STREET, ZIP, CITY)
_COMPANIES = tuple(
    tuple(name for name in names if name not in CONTACT_ID)
    for names in (COMPANY_ID, COMPANY)
)
_CONTACTS = (CONTACT_ID, CONTACT_EMAIL, CONTACT)


def _add_hints(sources, pairs, found, streams):
    """Say what else is known of a record that is named, for one of several."""
    known_as = {stream: known for known, (stream, _columns) in streams.items()}
    for place, pair in enumerate(pairs):
        known = known_as.get(pair[0])
        if not pair[1] or known is None:
            continue
        theirs = Columns(streams[known][1], known)
        hints, blank = {}, []
        if known == "companies":
            kinds = [] if found.known == "companies" else [(p,) for p in _PLACES]
        else:
            kinds = [_COMPANIES, *([] if known == "contacts" else [_CONTACTS])]
        for kind in kinds:
            own, their = _say_the_same(found, theirs, kind, {sources[place]})
            if not own:
                continue
            if own.name not in sources:
                sources.append(own.name)
                pairs.append(["", ""])
            hints[their.name] = sources.index(own.name)
            if kind is _COMPANIES and own.values:
                # Where others have their company beside them, who has none is without.
                blank.append(their.name)
        if hints:
            options = {**(pair[2] if len(pair) > 2 else {}), "hints": hints}
            pairs[place] = [
                *pair[:2],
                {**options, **({"blank": blank} if blank else {})},
            ]


def _say_the_same(found, theirs, kind, but):
    """Return the column here and the one there that name the same, by id or by name.

    :param kind: what both may be called, for each way to name it
    :param but: columns here that name the record itself
    """
    for names in kind:
        own = _first(found, names, but)
        their = _first(theirs, names)
        if own and their and own.looks_like_id == their.looks_like_id:
            return own, their
    return None, None


def _first(columns, names, but=()):
    return next(
        (c for _n, c in columns.named(names) if c.name not in but and not c.nested),
        None,
    )
