"""What the columns of a table hold, by a sample: kind, order of dates, decimal mark, key."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from .source import Finding

MOSTLY = 0.95
"""Share of the values that must agree before a column is said to be of a kind."""
_ISO = re.compile(r"\d{4}-\d\d?-\d\d?(?P<time>[T ]\d\d?:\d\d.*)?$")
_DAY = re.compile(
    r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?P<time>,?[T ]+\d{1,2}[:.]\d\d.*)?$"
)
_NUMBER = re.compile(
    r"\(?[-+]?(?:[A-Z]{3}|[€$£¥])?[ \u00a0]?[-+]?\d[\d.,'\u00a0\u202f ]*"
    r"(?:[ \u00a0]?(?:[A-Z]{3}|[€$£¥%]))?-?\)?$"
)
_BOOLEANS = {"true", "false", "yes", "no", "y", "n", "t", "f"}
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+$")
_KEY_NAMES = ("id", "record id", "external id", "source id", "uuid", "guid", "_id")


@dataclass(frozen=True)
class Column:
    """A column as a sample shows it.

    :param kind: as in ``SourceField.kind``, ``char`` where nothing else holds
    :param date_order: ``dmy``, ``mdy`` or ``ymd`` of a date, else empty
    :param decimal_mark: ``.`` or ``,`` of a number written as text, else empty
    :param doubtful: code of what the sample leaves open, else empty
    :param shape: what a value of kind ``json`` is: ``object``, ``values`` or ``objects``
    :param nested: the name is a path to a member of an object
    :param separators: what stands between several values of one cell, as seen
    :param values: the first distinct texts, some dozens
    :param currency_of: the column whose currency this one says, from formats of cells
    :param same_as: the column that bore the same name in the header, before this one
    """

    name: str
    kind: str = "char"
    date_order: str = ""
    decimal_mark: str = ""
    doubtful: str = ""
    looks_like_id: bool = False
    looks_like_email: bool = False
    shape: str = ""
    nested: bool = False
    separators: tuple = ()
    values: tuple = ()
    currency_of: str = ""
    same_as: str = ""


SEPARATORS = (" ::: ", "|##|", ";", "|", "\n", ",")
"""What stands between several values of one cell."""


def inspect_columns(names, rows, *, date_order="", decimal_mark=""):
    """Return a ``Column`` for each name.

    :param rows: list of dicts
    :param date_order: the consultant's word, taken where the sample leaves it open
    :param decimal_mark: the same for numbers
    """
    return tuple(
        _with_values(_inspect(name, values, date_order, decimal_mark), map(str, values))
        for name in names
        for values in [[row.get(name) for row in rows]]
    )


def _with_values(column, texts):
    texts = [text.strip() for text in texts if text.strip() not in ("", "None")]
    return replace(
        column,
        values=tuple(dict.fromkeys(texts))[:50],
        separators=tuple(
            separator
            for separator in SEPARATORS
            if any(separator in text.strip(separator) for text in texts)
        ),
    )


def _inspect(name, values, date_order, decimal_mark):
    values = [value for value in values if value not in (None, "", [], {})]
    if not values:
        return Column(name)
    if any(isinstance(value, dict | list) for value in values):
        return Column(name, "json", shape=_shape_of(values))
    if all(isinstance(value, bool) for value in values):
        return Column(name, "boolean")
    texts = [str(value).strip() for value in values]
    texts = [text for text in texts if text]
    if not texts:
        return Column(name)
    if _most(texts, _UUID.match):
        return Column(name, looks_like_id=True)
    if _most(texts, _EMAIL.match):
        return Column(name, looks_like_email=True)
    if _most(texts, lambda text: _ISO.match(text) or _DAY.match(text)):
        return _inspect_dates(name, texts, date_order)
    if _most(texts, _NUMBER.match) and not _is_code(texts):
        return _inspect_numbers(name, texts, decimal_mark)
    if _most(texts, lambda text: text.lower() in _BOOLEANS):
        return Column(name, "boolean")
    if _most(texts, lambda text: re.search(r"</?(p|div|br|span|table)\b", text)):
        return Column(name, "html")
    if any("\n" in text or len(text) > 250 for text in texts):
        return Column(name, "text")
    return Column(name)


def _shape_of(values):
    if any(isinstance(value, dict) for value in values):
        return "object"
    items = [item for value in values if isinstance(value, list) for item in value]
    return "objects" if any(isinstance(i, dict | list) for i in items) else "values"


def with_members(rows, depth=3):
    """Return the rows with the members of their objects beside these, under their paths.

    >>> with_members([{"id": 1, "company": {"name": "Acme"}}])
    [{'id': 1, 'company': {'name': 'Acme'}, 'company.name': 'Acme'}]
    """

    def members(path, value, left):
        yield path, value
        if isinstance(value, dict) and left:
            for name, inner in value.items():
                yield from members(f"{path}.{name}", inner, left - 1)

    return [
        {
            path: inner
            for name, value in row.items()
            for path, inner in members(name, value, depth - 1)
        }
        for row in rows
    ]


def _most(texts, test):
    return sum(bool(test(text)) for text in texts) >= MOSTLY * len(texts)


def _inspect_dates(name, texts, wanted):
    found = [_ISO.match(text) or _DAY.match(text) for text in texts]
    kind = "datetime" if any(m and m["time"] for m in found) else "date"
    days = [_DAY.match(text) for text in texts if not _ISO.match(text)]
    days = [match for match in days if match]
    if not days or all(len(match[1]) == 4 for match in days):
        return Column(name, kind, "ymd")
    pairs = [(int(m[1]), int(m[2])) for m in days if len(m[1]) < 4]
    first = sum(12 < one <= 31 for one, _two in pairs)
    second = sum(12 < two <= 31 for _one, two in pairs)
    if first and not second:
        return Column(name, kind, "dmy")
    if second and not first:
        return Column(name, kind, "mdy")
    doubtful = "" if wanted else "mixed_dates" if first else "ambiguous_dates"
    # Only the dot is never used where the month comes first.
    dotted = "." in days[0][0][:3]
    if dotted and not first and not second:
        return Column(name, kind, wanted or "dmy")
    likely = "dmy" if first >= second else "mdy"
    return Column(name, kind, wanted or likely, doubtful=doubtful)


def _is_code(texts):
    # 007 and 0351 21 000: leading zeros, spaces in twos and threes of a phone number.
    coded = sum(bool(re.match(r"[+]|0\d|\d{2,4} \d{2} ", text)) for text in texts)
    return coded * 20 > len(texts)


def _inspect_numbers(name, texts, wanted):
    plain = [re.sub(r"[^\d.,]", "", text) for text in texts]
    if all(text.lstrip("+-").isdigit() for text in texts):
        distinct = len(set(plain)) == len(plain)
        return Column(name, "integer", looks_like_id=distinct)
    votes = Counter(mark for text in plain if (mark := _mark_of(text)))
    money = any(re.search(r"[A-Z]{3}|[€$£¥]", text) for text in texts)
    kind = "monetary" if money else "float"
    if len(votes) == 1:
        return Column(name, kind, decimal_mark=next(iter(votes)))
    if not any("," in text or "." in text for text in plain):
        return Column(name, kind, decimal_mark=wanted or ".")
    doubtful = "" if wanted else "mixed_numbers" if votes else "ambiguous_numbers"
    likely = votes.most_common(1)[0][0] if votes else "."
    return Column(name, kind, decimal_mark=wanted or likely, doubtful=doubtful)


def _mark_of(digits):
    """Return the decimal mark that a number proves, None where it could be either.

    >>> _mark_of("1.234,5"), _mark_of("1,234,567"), _mark_of("12.5"), _mark_of("1,234")
    (',', '.', '.', None)
    """
    signs = re.findall(r"[.,]", digits)
    if len(set(signs)) == 2:
        return signs[-1]
    if len(signs) > 1:
        return "," if signs[0] == "." else "."
    if signs and not re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits):
        return signs[0]
    return None


def find_key(columns, rows, objects=()):
    """Return the column whose values tell the rows apart, None if there is none.

    :param objects: what a row is (``contact``, ``person``), for ``contact_id``; the
        ids of other objects are references then, unless they stand first
    """
    own = {f"{name}id" for name in objects}
    ranked = sorted(
        (rank, place, column.name)
        for place, column in enumerate(columns)
        if (rank := _key_rank(column.name, own, place)) is not None
    )
    for _rank, _place, name in ranked:
        values = [row.get(name) for row in rows]
        filled = [str(value).strip() for value in values if value not in (None, "")]
        # An empty or repeated id here and there is reported with its line instead.
        if not rows or (filled and len(set(filled)) >= MOSTLY * len(values)):
            return name
    return None


def _key_rank(name, own, place):
    plain = re.sub(r"[\W_]+", " ", name).strip().lower()
    if plain in _KEY_NAMES or name == "_id":
        return 0
    if plain.replace(" ", "") in own:
        return 1
    # account_id, accountId, AcctID
    if plain.endswith(" id") or re.search(r"[a-z]I[dD]$", name):
        return 2 if not own else 3 if place == 0 else None
    return None


def doubts(name, columns):
    """Return a warning for every column of the file that the sample leaves open."""
    texts = {
        "ambiguous_dates": "Day and month cannot be told apart in {column} of {name}; "
        "{order} is taken.",
        "mixed_dates": "Some dates of {column} in {name} have the day first, some the month.",
        "ambiguous_numbers": "The decimal mark of {column} in {name} cannot be told.",
        "mixed_numbers": "Some numbers of {column} in {name} have a decimal comma, some a point.",
    }
    for column in columns:
        if column.doubtful:
            data = {"name": name, "column": column.name}
            data["order"] = column.date_order
            text = texts[column.doubtful].format(**data)
            yield Finding("warning", column.doubtful, text, data)
