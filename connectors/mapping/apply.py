"""Apply a mapping to a record: pure, ``(mapping, data) → values and problems``."""

import re
from dataclasses import dataclass, field

from .dates import instant_in_words, keep_written_length
from .transforms import TRANSFORMS, BadValue, as_key, is_blank
from .values import (
    PLAIN_BEGINS,
    InPart,
    as_objects,
    as_text,
    is_written_null,
    transform,
)

# These also act on nothing at all; every other step is skipped for a blank value.
_ON_BLANK = {"constant", "default"}
# These know of the job's time zone where the profile names none.
_IN_ZONE = {
    *("datetime", "local_date", "datetime_as", "moment", "moment_of_end"),
    *("stage_moves", "stages_entered"),
}
# So do these, where they meet an instant that should be a day or is put in words.
_DAYS = {
    "date": 1,
    "date_as": 2,
    "period": 2,
    "span": 2,
    "labelled": 2,
    "html_table": 2,
    "rows": 2,
}

MAX_KNOWN = 5000
"""Texts that a field remembers; a column that has more rarely has one twice."""

_PLAIN = frozenset([str, int, float, bool])
_KEPT = frozenset([str, type(None)])
"""What is equal to nothing of another type, as 1 is to True and to 1.0."""

LEFTOVERS = "@leftovers"
"""In a row: pairs (member, text) of what had no place; as on the record itself."""


@dataclass(frozen=True)
class Problem:
    """A value that did not arrive: where, why, and what it was.

    :param level: ``error`` if the record cannot be loaded without it, else ``warning``
    """

    target: str
    source: str
    code: str
    level: str
    value: object = None
    data: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """``values`` by target, JSON; references in them are left for who knows the id map."""

    values: dict
    problems: tuple[Problem, ...] = ()


def get_value(data, path):
    """Return what stands at a dotted path, None where there is nothing.

    A member whose name itself has dots wins: ``{"a.b": 1}``.

    >>> get_value({"user": {"email": "a@b.c"}, "phones": [{"number": "1"}]}, "phones.0.number")
    '1'
    >>> get_value({"user": {"a.b": 1}}, "user.a.b"), get_value({"a": [1]}, "a.²")
    (1, None)
    """
    more = True
    while more:
        if isinstance(data, dict) and path in data:
            return data[path]
        part, more, path = path.partition(".")
        if isinstance(data, dict):
            data = data.get(part)
        # Not isdigit, which also takes "²".
        elif isinstance(data, list) and re.fullmatch("[0-9]{1,9}", part):
            data = data[int(part)] if int(part) < len(data) else None
        else:
            return None
    return data


def applies(mapping, data, decisions=None):
    """Tell whether all conditions of a mapping (JSON form) hold for a record.

    :param decisions: ``{(list, key): decision}`` for conditions on a value list
    """
    for condition in mapping["when"]:
        if not _holds(condition, data, decisions or {}):
            return False
    return True


def _holds(condition, data, decisions):
    source = condition["source"]
    paths = source if isinstance(source, list | tuple) else [source]
    value = next(
        (v for v in (get_value(data, p) for p in paths) if not is_blank(v)), None
    )
    if not condition["values"]:
        found = not is_blank(value)
    else:
        key = "" if is_blank(value) else as_key(value)
        if condition.get("list"):
            key = decisions.get((condition["list"], key), "")
        found = key in map(as_key, condition["values"])
    return found is not condition["negate"]


def prepare(fields, zone=None):
    """Return fields in the form that ``apply`` works through, for many records.

    :param fields: list of ``{"target", "source", "steps", "required"}``, JSON form
    :param zone: IANA name for instants without an offset
    """
    return PreparedFields(Prepared(item, zone) for item in fields)


class PreparedFields(tuple):
    """What ``apply`` works through."""


class Prepared:
    """One field, with its steps looked up; remembers what texts have become."""

    def __init__(self, item, zone):
        self.target, source = item["target"], item["source"]
        self.several = isinstance(source, list | tuple)
        self.source = source
        self.path = source if type(source) is str else None
        self.label = ", ".join(source) if self.several else source or ""
        self.required = bool(item.get("required"))
        self.steps = [_prepare_step(zone, *step) for step in item["steps"]]
        self.zone, self.as_written = _read_as_written(self.steps, item["steps"])
        self.known = {}

    def get_raw(self, data):
        if self.path is not None:
            return data[self.path] if self.path in data else get_value(data, self.path)
        return [get_value(data, each) for each in self.source] if self.several else None

    def convert(self, raw):
        """Return the value, None for a blank one; of a text, or of nothing, it is kept.

        :raises BadValue: it cannot be converted
        """
        value = _convert(raw, self.steps)
        if is_blank(value):
            value = None
        # Nobody can change these; a list or an object belongs to its record.
        elif type(value) not in _PLAIN:
            return value
        if type(raw) in _KEPT:
            if len(self.known) >= MAX_KNOWN:
                self.known.clear()
            self.known[raw] = value
        return value

    def refuse(self, error, raw, zone):
        """Return the problem of a value that cannot be converted, and the part that can.

        :param error: ``BadValue``
        """
        if self.required:
            return self.tell(error.code, "error", raw, zone, error.data), None
        code, part = error.code, None
        if isinstance(error, InPart):
            code, part = error.in_part, error.part
        part = None if is_blank(part) else part
        return self.tell(code, "warning", raw, zone, error.data), part

    def tell(self, code, level, raw, zone, data=None):
        """Return a ``Problem`` of this field."""
        text = _as_told(raw, self.several, zone)
        return Problem(self.target, self.label, code, level, text, data or {})


def _prepare_step(zone, name, *arguments):
    """Return the function behind a step, its arguments, and whether it acts on nothing."""
    if name in _IN_ZONE and arguments and arguments[-1] is None:
        arguments = (*arguments[:-1], zone)
    elif len(arguments) < _DAYS.get(name, 0):
        arguments = (*arguments, zone)
    return TRANSFORMS[name], arguments, name in _ON_BLANK


def _read_as_written(steps, names):
    """Return (zone, steps) of what reads instants in a zone: the steps read them in UTC."""
    zone, found = None, []
    for (function, arguments, on_blank), (name, *_given) in zip(
        steps, names, strict=True
    ):
        if name in _IN_ZONE and arguments and arguments[-1]:
            zone, arguments = arguments[-1], (*arguments[:-1], "UTC")
        found.append((function, arguments, on_blank))
    return zone, found


def apply(fields, data, *, zone=None):
    """Return the values that ``data`` gives for ``fields``, and what went wrong.

    :param fields: as ``prepare`` takes them, or what it returned
    :param zone: as ``prepare`` takes it
    """
    values, problems = {}, []
    if type(fields) is not PreparedFields:
        fields = prepare(fields, zone)
    for item in fields:
        raw = data[item.path] if item.path in data else item.get_raw(data)
        value = item.known.get(raw, item) if type(raw) in _KEPT else item
        if value is item:
            try:
                value = item.convert(raw)
            except BadValue as error:
                problem, value = item.refuse(error, raw, zone)
                problems.append(problem)
                if value is None:
                    continue
        target = item.target
        if value is None:
            if item.required:
                problems.append(item.tell("required", "error", raw, zone))
        elif target in values and values[target] != value:
            # Two lines of one target: neither of them may go without a word.
            problems.append(item.tell("filled_twice", "warning", raw, zone))
        else:
            values[target] = value
    if "start" in values and "stop" in values:
        _keep_length(fields, data, values)
    return Outcome(values, tuple(problems))


def _keep_length(fields, data, values):
    """Let a meeting take as long as is written, also where the clock skips an hour."""
    begin, end = (
        next((item for item in fields if item.target == target and item.zone), None)
        for target in ("start", "stop")
    )
    if begin and end:
        values["stop"] = keep_written_length(
            *(values["start"], values["stop"], begin.zone),
            lambda: [_convert(i.get_raw(data), i.as_written) for i in (begin, end)],
        )


@transform
def rows(value, fields, zone=None):
    """Return a list of rows within a record, each by its own fields.

    What a row says that cannot be converted stands in its ``@leftovers``.

    :param fields: in JSON form, as ``apply`` takes them
    :raises BadValue: it is no list of rows

    >>> rows([{"n": 2}, {}], [{"target": "quantity", "source": "n", "steps": []}])
    [{'quantity': 2}]
    """
    found, fields = [], prepare(fields, zone)
    for data in as_objects(value):
        outcome = apply(fields, data, zone=zone)
        left = [[p.source, p.value] for p in outcome.problems if not is_blank(p.value)]
        row = {**outcome.values, **({LEFTOVERS: left} if left else {})}
        if row:
            found.append(row)
    return found or None


def _as_told(raw, several, zone=None):
    """Return a value as people read it: of several sources those that have one.

    >>> _as_told([None, "n/a", ""], True), _as_told(["a", "b"], False), _as_told(5, False)
    ('n/a', 'a, b', 5)
    >>> _as_told(["2025-03-06T10:00:00Z", "2025-03-05T09:30:00Z"], True, "Europe/Berlin")
    '2025-03-06 11:00, 2025-03-05 10:30'
    """
    if not several and not isinstance(raw, list):
        return raw
    found = [value for value in raw if not is_blank(value)]
    if any(isinstance(value, list | dict) for value in found):
        return found[0] if len(found) == 1 else found
    # An instant that is told beside others is one that a person compares.
    return ", ".join(instant_in_words(as_text(value), zone) for value in found) or None


def _convert(value, steps):
    says_something = type(value) is str and value[:1] in PLAIN_BEGINS
    if steps and not says_something:
        value = _without_nulls(value)
    for function, arguments, acts_on_blank in steps:
        if says_something or acts_on_blank or not is_blank(value):
            value = function(value, *arguments)
        says_something = False
    return value


def _without_nulls(value):
    """Return the value, None where a program wrote only that there is nothing."""
    if isinstance(value, str):
        return None if is_written_null(value) else value
    if isinstance(value, list):
        return [_without_nulls(part) for part in value]
    return value


def as_json(mapping):
    """Return a ``Mapping`` in the form that the engine stores and ``apply`` takes."""
    return {
        "stream": mapping.stream,
        "model": mapping.model,
        "part": mapping.part,
        "key": mapping.key,
        "label": mapping.label,
        "after": list(mapping.after),
        "when": [condition.as_json() for condition in mapping.when],
        "fields": [
            {
                "target": item.target,
                "source": list(item.source)
                if isinstance(item.source, tuple)
                else item.source,
                "steps": [step.as_json() for step in item.steps],
                "required": item.required,
                "lossy": item.lossy,
                "confidence": item.confidence,
            }
            for item in mapping.fields
        ],
        "wanted": mapping.wanted,
        "custom_fields": [
            {
                "key": item.key,
                "label": item.label,
                "kind": item.kind,
                "options": [list(option) for option in item.options],
                "relation": item.relation,
            }
            for item in mapping.custom_fields
        ],
        "ignored": dict(mapping.ignored),
        "object_label": mapping.custom_object.label if mapping.custom_object else "",
    }
