"""The query options of the Web API: what they ask for, and what it refuses."""

import json
import re
from dataclasses import dataclass
from urllib.parse import unquote, unquote_plus

OPTIONS = frozenset(
    "$select $filter $orderby $top $expand $count $apply $skiptoken $deltatoken".split()
)
BAD_QUERY, BAD_ARGUMENT, NO_ATTRIBUTE = "0x80060888", "0x80040203", "0x80041103"


class Refused(Exception):
    """The request is answered with an error."""

    def __init__(self, status, code, message):
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


def parse_options(text):
    """Return the options of a raw query string by name.

    Option names may be percent-encoded and blanks written as ``+``, as Microsoft's own
    client does.
    """
    options = {}
    for part in filter(None, text.split("&")):
        name, _equals, value = part.partition("=")
        name = unquote(name)
        if name.startswith("$") and name not in OPTIONS:
            raise Refused(400, BAD_QUERY, f"The query parameter {name} is not supported")  # fmt: skip
        options[name] = unquote_plus(value)
    return options


def select_of(table, text):
    """Return the properties named by ``$select``; all of a table without one."""
    if not text:
        return [c.wire_name for c in table.columns.values() if c.is_selectable]
    names = [name.strip() for name in text.split(",")]
    for name in names:
        column = table.by_wire_name.get(name)
        if column is None or not column.is_selectable:
            raise Refused(400, BAD_QUERY, f"Could not find a property named '{name}' on type 'Microsoft.Dynamics.CRM.{table.name}'.")  # fmt: skip
    return names


@dataclass
class Expand:
    """One navigation property with the options in its parentheses."""

    name: str
    options: dict


def split_outside(text, separator):
    """Split at a separator that stands outside of parentheses and quotes."""
    parts, depth, quoted, start = [], 0, "", 0
    for place, sign in enumerate(text):
        if quoted:
            quoted = "" if sign == quoted else quoted
        elif sign in "'\"":
            quoted = sign
        elif sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
        elif sign == separator and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def expands_of(text):
    """Return the ``Expand``s of an option; at most 15."""
    found = []
    for part in split_outside(text, ",") if text else ():
        name, _open, inner = part.strip().partition("(")
        options = {}
        for option in split_outside(inner.removesuffix(")"), ";") if inner else ():
            key, _equals, value = option.partition("=")
            if key.strip() not in ("$select", "$filter", "$orderby", "$top", "$expand"):
                raise Refused(400, BAD_QUERY, f"{key} is not allowed in $expand")
            options[key.strip()] = value.strip()
        found.append(Expand(name, options))
    if len(found) > 15:
        raise Refused(400, BAD_QUERY, "The number of $expand is above 15")
    return found


_TOKEN = re.compile(
    r"""\s*(?:(?P<text>'(?:[^']|'')*')|(?P<list>\[[^\]]*\])
    |(?P<number>-?\d+(?:\.\d+)?(?![\w\-:.]))
    |(?P<word>[\w.:+\-@/]+(?:'[^']*')?)|(?P<sign>[(),=]))""",
    re.VERBOSE,
)
_COMPARE = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "gt": lambda a, b: a is not None and b is not None and a > b,
    "ge": lambda a, b: a is not None and b is not None and a >= b,
    "lt": lambda a, b: a is not None and b is not None and a < b,
    "le": lambda a, b: a is not None and b is not None and a <= b,
}
_TEXT = {
    "contains": lambda a, b: b in a,
    "startswith": lambda a, b: a.startswith(b),
    "endswith": lambda a, b: a.endswith(b),
}


class Filter:
    """A ``$filter``: call it with a row.

    value_of: ``(row, path) → value``; refuses a path that does not exist
    children_of: ``(row, collection) → (rows, value_of)``; refuses one that does not exist
    """

    def __init__(self, text, value_of, children_of=None):
        self.value_of = value_of
        self.children_of = children_of
        self._tokens = self._split(text)
        self._place = 0
        self._test = self._any()
        if self._peek() is not None:
            raise self._wrong()

    def __call__(self, row):
        return self._test(row)

    def _wrong(self):
        return Refused(400, BAD_QUERY, "Syntax error in the filter expression")

    def _split(self, text):
        tokens, place = [], 0
        while place < len(text.rstrip()):
            found = _TOKEN.match(text, place)
            if not found:
                raise self._wrong()
            tokens.append((found.lastgroup, found[found.lastgroup]))
            place = found.end()
        return tokens

    def _peek(self):
        return self._tokens[self._place][1] if self._place < len(self._tokens) else None

    def _next(self, wanted=None):
        if self._place >= len(self._tokens):
            raise self._wrong()
        kind, text = self._tokens[self._place]
        if wanted is not None and text != wanted:
            raise self._wrong()
        self._place += 1
        return kind, text

    def _any(self):
        tests = [self._all()]
        while self._peek() == "or":
            self._next()
            tests.append(self._all())
        return lambda row: any(test(row) for test in tests)

    def _all(self):
        tests = [self._one()]
        while self._peek() == "and":
            self._next()
            tests.append(self._one())
        return lambda row: all(test(row) for test in tests)

    def _one(self):
        _kind, text = self._next()
        if text == "not":
            inner = self._one()
            return lambda row: not inner(row)
        if text == "(":
            inner = self._any()
            self._next(")")
            return inner
        if text in _TEXT:
            return self._text_function(_TEXT[text])
        if text.endswith("/any") and self._peek() == "(":
            return self._any_child(text.removesuffix("/any"))
        if text == "Microsoft.Dynamics.CRM.In":
            return self._is_in()
        return self._comparison(text)

    def _any_child(self, collection):
        """Read ``(o:o/<property> <operator> <value>)``."""
        if self.children_of is None:
            raise self._wrong()
        self._next("(")
        variable, _colon, path = self._next()[1].partition(":")
        operator = self._next()[1]
        if operator not in _COMPARE or not path.startswith(f"{variable}/"):
            raise self._wrong()
        compare, wanted = _COMPARE[operator], self._literal()
        self._next(")")
        name = path.removeprefix(f"{variable}/")
        _rows, value_of = self.children_of({}, collection)
        value_of({}, name)

        def test(row):
            rows, value_of = self.children_of(row, collection)
            return any(compare(value_of(child, name), wanted) for child in rows)

        return test

    def _text_function(self, function):
        self._next("(")
        path = self._next()[1]
        self._next(",")
        wanted = self._literal().lower()
        self._next(")")
        return lambda row: function(str(self.value_of(row, path) or "").lower(), wanted)

    def _is_in(self):
        self._next("(")
        self._next("PropertyName")
        self._next("=")
        path = self._literal()
        self._next(",")
        self._next("PropertyValues")
        self._next("=")
        wanted = set(json.loads(self._next()[1]))
        self._next(")")
        return lambda row: self.value_of(row, path, True) in wanted

    def _comparison(self, path):
        operator = self._next()[1]
        if operator not in _COMPARE:
            raise self._wrong()
        compare, wanted = _COMPARE[operator], self._literal()
        fold = isinstance(wanted, str)

        def test(row):
            found = self.value_of(row, path)
            if fold and isinstance(found, str):
                return compare(found.lower(), wanted.lower())
            return compare(found, wanted)

        self.value_of({}, path)
        return test

    def _literal(self):
        kind, text = self._next()
        if kind == "text":
            return text[1:-1].replace("''", "'")
        if kind == "number":
            return float(text) if "." in text else int(text)
        words = {"null": None, "true": True, "false": False}
        if text in words:
            return words[text]
        # An enumeration is written with its type: Microsoft.…OwnershipTypes'UserOwned'
        return text.split("'")[1] if "'" in text else text


def order_of(text):
    """Return (property, descending) of each column in ``$orderby``."""
    pairs = []
    for part in text.split(",") if text else ():
        words = part.split()
        if len(words) > 2 or words[1:] not in ([], ["asc"], ["desc"]):
            raise Refused(400, BAD_QUERY, "Syntax error in $orderby")
        pairs.append((words[0], words[1:] == ["desc"]))
    return pairs
