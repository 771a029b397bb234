"""Find what is wrong with a profile before anybody loads with it."""

import re
from itertools import combinations

from . import vocabulary
from .transforms import TRANSFORMS

SPECIAL_TARGETS = frozenset(
    re.findall(r"^``(@\w+)``", vocabulary.__doc__, re.MULTILINE)
)
"""The targets that the loaders know: the table in the vocabulary is their one list."""
_CUSTOM = "@custom."


def lint_profile(mappings, value_lists, streams):
    """Return a sentence for every mistake; an empty list for a sound profile.

    :param mappings: ``Mapping``s
    :param value_lists: ``ValueList``s
    :param streams: the ``Stream``s of the source
    """
    names = {stream.name for stream in streams}
    lists = {item.name for item in value_lists}
    faults = [f"Value list {name} stands twice." for name in _twice(value_lists)]
    for item in mappings:
        faults += _of_mapping(item, names, lists)
    faults += _clashes(mappings)
    known = [(item.stream, item.part, item.model, item.key) for item in mappings]
    faults += [
        f"{stream} → {model}: two mappings have the key {key!r}. Plans and updates "
        "could not tell them apart."
        for stream, part, model, key in sorted(set(known))
        if known.count((stream, part, model, key)) > 1
    ]
    after = {}
    for item in mappings:
        after.setdefault(item.stream, set()).update(item.after)
    faults += [f"{' after '.join(loop)}: this has no start." for loop in cycles(after)]
    return faults


def lint_streams(streams):
    """Return a sentence for every mistake in what a source says it lists."""
    names = [stream.name for stream in streams]
    faults = [f"Stream {name} stands twice." for name in _twice(streams)]
    for stream in streams:
        needed = [*stream.depends_on, *filter(None, [stream.derived_from])]
        faults += [
            f"{stream.name} needs {name}, which is no stream."
            for name in needed
            if name not in names
        ]
        if not re.fullmatch(r"[a-z][a-z0-9_]*", stream.name):
            faults.append(f"{stream.name} is no name in snake case.")
    graph = {stream.name: set(stream.depends_on) for stream in streams}
    return faults + [f"{' needs '.join(loop)}: a circle." for loop in cycles(graph)]


def _twice(items):
    names = [item.name for item in items]
    return sorted({name for name in names if names.count(name) > 1})


def _of_mapping(item, names, lists):
    title = f"{item.stream} → {item.model}"
    if item.stream not in names:
        yield f"{title}: there is no stream {item.stream}."
    for name in item.after:
        if name not in names:
            yield f"{title}: comes after {name}, which is no stream."
    targets = [entry.target for entry in item.fields]
    for target in sorted(set(targets)):
        if targets.count(target) > 1:
            yield f"{title}: {target} is filled twice."
    for condition in item.when:
        if condition.value_list and condition.value_list not in lists:
            yield f"{title}: there is no value list {condition.value_list}."
    for entry in item.fields:
        yield from _of_field(f"{title}, {entry.target}", entry, item, names, lists)


def _of_field(title, entry, item, names, lists):
    if entry.target.startswith(_CUSTOM):
        keys = {custom.key for custom in item.custom_fields}
        if entry.target.removeprefix(_CUSTOM) not in keys:
            yield f"{title}: the custom field is not described."
    elif entry.target.startswith("@") and entry.target not in SPECIAL_TARGETS:
        yield f"{title}: no loader knows this target."
    if entry.source is None and not {s.name for s in entry.steps} & {"constant"}:
        yield f"{title}: nothing fills it."
    for step in entry.steps:
        if step.name not in TRANSFORMS:
            yield f"{title}: there is no step {step.name}."
        for name in _streams_of(step):
            if name not in names:
                yield f"{title}: looks up {name}, which is no stream."
        for name in lists_of(step):
            if name not in lists:
                yield f"{title}: there is no value list {name}."


def lists_of(step):
    """Return the value lists that a step asks."""
    if step.name in ("value_map", "stage_moves"):
        return step.arguments[:1]
    if step.name == "stages_entered":
        return step.arguments[1:2]
    if step.name in ("outcome", "progress"):
        flags = ("won", "lost", "closed", "done")
        return [role for role in step.arguments[0] if role not in flags]
    return ()


def _streams_of(step):
    """Return the streams that the arguments of a step name."""
    if step.name in ("lookup", "lookup_all", "lookup_by", "stage_steps"):
        return step.arguments[:1]
    if step.name in ("lookup_first", "lookup_several"):
        return step.arguments[0]
    if step.name == "lookup_several_by":
        return [
            stream
            for name, _member, *more in step.arguments[0]
            for stream in (more[0]["streams"].values() if name == "*" else [name])
            if stream
        ]
    if step.name == "lookup_typed":
        _member, otherwise, streams = step.arguments
        return (otherwise, *streams.values())
    return ()


def _clashes(mappings):
    """Two mappings of one stream and part must never both apply to a record.

    What is optional stands before what takes its records where its app is missing.
    """
    for one, other in combinations(mappings, 2):
        if one.optional:
            continue
        if (one.stream, one.part) != (other.stream, other.part):
            continue
        if not any(_exclude(a, b) for a in one.when for b in other.when):
            yield (
                f"{one.stream} → {one.model} and → {other.model} may both apply: "
                "give one of them a part, or conditions that exclude each other."
            )


def _exclude(one, other):
    if (one.source, one.value_list) != (other.source, other.value_list):
        return False
    if one.negate and other.negate:
        return False
    if not one.negate and not other.negate:
        return bool(one.values and other.values) and not (
            set(one.values) & set(other.values)
        )
    allowed, denied = (other, one) if one.negate else (one, other)
    # "Anything at all" denied leaves only records that have nothing there.
    return not denied.values or (
        bool(allowed.values) and set(allowed.values) <= set(denied.values)
    )


def cycles(graph):
    """Return the circles of a graph, each as the names on its way.

    >>> cycles({"a": {"b"}, "b": {"a"}, "c": {"a", "c"}})
    [['a', 'b', 'a'], ['c', 'c']]
    """
    found, done = [], set()

    def visit(name, way):
        if name in way:
            found.append([*way[way.index(name) :], name])
        elif name not in done:
            for following in sorted(graph.get(name, ())):
                visit(following, [*way, name])
            done.add(name)

    for name in graph:
        visit(name, [])
    return found
