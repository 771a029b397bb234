"""Which records pass a filter: a domain over their columns as one condition in SQL.

A domain is written as Odoo writes it, ``[["Status", "=", "open"], ["Amount", ">", 10]]``
with ``"|"``, ``"&"`` and ``"!"`` before what they join, on the columns of the source.
What is compared is what was staged: a list passes where one of its values does.
"""

import json
import re

from odoo.tools import SQL

from ...connectors.mapping.numbers import FALSE, TRUE

COMPARISONS = ("<", "<=", ">", ">=")
LISTS = ("in", "not in")
EMPTY = ("empty", "not empty")
OPERATORS = ("=", "!=", *COMPARISONS, "ilike", "not ilike", *LISTS, *EMPTY)
JOINS = {"&": 2, "|": 2, "!": 1}

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

NUMBER_SQL = r"^\s*-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?\s*$"
DAY_SQL = r"^\s*\d{4}-\d\d-\d\d(?!\d)"
PLAIN = {"number": NUMBER_SQL, "day": DAY_SQL}
"""What is compared as it is; anything else is read as the mapping reads the column."""


def is_condition(part):
    return isinstance(part, list | tuple) and len(part) == 3


def find_mistake(domain):
    """Return the code of what a domain cannot mean and the part that has it, or None.

    >>> find_mistake([["a", "=", 1]]), find_mistake(["|", ["a", "=", 1], ["b", "empty", None]])
    (None, None)
    >>> find_mistake([["a", "like", 1]])
    ('operator', ['a', 'like', 1])
    >>> find_mistake(["|", ["a", "=", 1]]), find_mistake([["a", ">", "soon"]])
    (('shape', '|'), ('value', ['a', '>', 'soon']))
    >>> find_mistake({"a": 1}), find_mistake([["a", "in", []]])
    (('shape', {'a': 1}), ('value', ['a', 'in', []]))
    >>> find_mistake([["a", "ilike", " "]])
    ('value', ['a', 'ilike', ' '])
    """
    if not isinstance(domain, list | tuple):
        return "shape", domain
    waiting = 0
    for part in reversed(domain):
        if isinstance(part, str) and part in JOINS:
            if waiting < JOINS[part]:
                return "shape", part
            waiting -= JOINS[part] - 1
            continue
        if not is_condition(part) or not isinstance(part[0], str) or not part[0]:
            return "shape", part
        if part[1] not in OPERATORS:
            return "operator", part
        if not _can_be_value(part[1], part[2]):
            return "value", part
        waiting += 1
    return None


def _can_be_value(operator, value):
    if operator in EMPTY:
        return True
    if operator in LISTS:
        return (
            isinstance(value, list | tuple) and bool(value) and all(map(_is_one, value))
        )
    if operator in COMPARISONS:
        return kind_of(value) in ("number", "day")
    return _is_one(value) and str(value).strip() != ""


def _is_one(value):
    return isinstance(value, str | int | float)


def kind_of(value):
    """Return as what a value is compared.

    >>> [kind_of(value) for value in (True, 1.5, "2024-02-29", "2024-02-29 10:00", "12")]
    ['flag', 'number', 'day', 'text', 'text']
    """
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, int | float):
        return "number"
    return "day" if DAY.fullmatch(str(value).strip()) else "text"


def get_wanted(domain):
    """Return the pairs (column, kind) that conditions compare as numbers or days.

    >>> get_wanted(["|", ["a", ">", 1], ["a", "in", ["2024-01-01", "x"]]]) == {("a", "number"), ("a", "day")}
    True
    """
    pairs = set()
    for part in filter(is_condition, domain):
        if part[1] not in (*EMPTY, "ilike", "not ilike"):
            values = part[2] if part[1] in LISTS else [part[2]]
            pairs |= {(part[0], kind_of(value)) for value in values}
    return {pair for pair in pairs if pair[1] in PLAIN}


def as_condition(domain, odd=None):
    """Return the condition on ``record.payload`` that holds for what passes.

    :param domain: without mistakes
    :param odd: (column, kind) → {text: number or day} of what is not plainly written
    """
    stack = []
    for part in reversed(domain):
        if is_condition(part):
            stack.append(_as_one(*part, odd or {}))
        elif part == "!":
            stack.append(SQL("(NOT %s)", stack.pop()))
        else:
            joined = SQL(" OR ") if part == "|" else SQL(" AND ")
            stack.append(SQL("(%s)", joined.join([stack.pop(), stack.pop()])))
    return SQL("(%s)", SQL(" AND ").join(reversed(stack))) if stack else SQL("TRUE")


def _as_one(path, operator, value, odd):
    if operator in EMPTY:
        test, is_negative = SQL("btrim(one.text) <> ''"), operator == "empty"
    elif operator in COMPARISONS:
        test, is_negative = _compare(path, operator, value, odd), False
    elif operator in ("ilike", "not ilike"):
        test = SQL("strpos(lower(one.text), lower(%s)) > 0", _as_text(value))
        is_negative = operator == "not ilike"
    elif kind_of(value) == "flag" and operator not in LISTS:
        test = SQL("lower(btrim(one.text)) = ANY(%s)", sorted(TRUE))
        is_negative = value is not (operator == "=")
    else:
        values = value if operator in LISTS else [value]
        test = SQL(" OR ").join(_equals(path, each, odd) for each in values)
        is_negative = operator in ("!=", "not in")
    found = SQL("EXISTS (SELECT FROM %s AS one WHERE %s)", get_values(path), test)
    return SQL("(NOT %s)", found) if is_negative else found


def get_values(path):
    """Return the subquery of the texts at a dotted path, one row for each of a list.

    A member whose name itself has dots counts as well.
    """
    ways = [[path]] if "." not in path else [[path], path.split(".")]
    queries = (
        SQL(
            "SELECT node #>> '{}' AS text"
            " FROM jsonb_path_query(record.payload, %s::jsonpath) AS node",
            as_jsonpath(way),
        )
        for way in ways
    )
    return SQL("(%s)", SQL(" UNION ALL ").join(queries))


def as_jsonpath(members):
    """Return a path of JSON in its lax form, which goes into lists by itself.

    >>> as_jsonpath(["a", "b"]), as_jsonpath(["phones", "0", 'say "x"'])
    ('$."a"."b"[*]', '$."phones"[0]."say \\\\"x\\\\""[*]')
    """
    first, *rest = members
    steps = [f".{json.dumps(first)}"]
    for member in rest:
        is_place = re.fullmatch("[0-9]{1,9}", member)
        steps.append(f"[{int(member)}]" if is_place else f".{json.dumps(member)}")
    return f"${''.join(steps)}[*]"


def _as_text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip()


def _equals(path, value, odd):
    kind, text = kind_of(value), _as_text(value)
    if kind == "flag":
        words = sorted(TRUE if value else FALSE)
        return SQL("lower(btrim(one.text)) = ANY(%s)", words)
    same = SQL("lower(btrim(one.text)) = lower(%s)", text)
    if kind == "text":
        return same
    return SQL("%s OR %s", same, _compare(path, "=", value, odd))


def _compare(path, operator, value, odd):
    """Return the comparison of a text: plainly written, else as it was read."""
    kind = kind_of(value)
    known = odd.get((path, kind), {})
    holds = HOLDS[operator]
    wanted = value if kind == "number" else value.strip()
    passing = sorted(text for text, read in known.items() if holds(read, wanted))
    plain = {
        "number": SQL("one.text::numeric %s %s", SQL(operator), wanted),
        "day": SQL("left(btrim(one.text), 10) %s %s", SQL(operator), wanted),
    }[kind]
    return SQL(
        "(CASE WHEN one.text = ANY(%s) THEN %s WHEN one.text ~ %s THEN %s ELSE FALSE END)",
        sorted(known),
        SQL("one.text = ANY(%s)", passing),
        PLAIN[kind],
        plain,
    )


HOLDS = {
    "=": lambda one, other: one == other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}
