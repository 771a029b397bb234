"""What the columns of a table hold: kind, order of dates, decimal mark, key."""

import re
from dataclasses import dataclass, replace

from .file_sentences import FILE_SENTENCES
from .shapes import SEPARATORS

MOSTLY = 0.95
"""Share of the values that must agree before a column is said to be of a kind."""
PARTLY = 0.5
"""Share from which on the values of a kind are read as they are written."""
_KEY_NAMES = (
    "id",
    "record id",
    "external id",
    "source id",
    "uuid",
    "guid",
    "gguid",
    "_id",
)
_NUMBERED = 4
_NUMBER_NAME = re.compile(
    r"(?:^|[^a-z])(?:nr|no|num|nº|n°|n|№|id|#|key|code|ref)\.?$"
    r"|(?:nummer|nr\.?|number|numero|número|numéro|numer|номер|編號|编号|番号|código|codigo"
    r"|codice|kennziffer|kod|kód|cód|číslo|sorszám|код|序号|コード)$",
    re.IGNORECASE,
)
# Letters of day, month and year in the languages of Europe: dd/mm/yyyy, TT.MM.JJJJ.
_ORDER_NAMED = re.compile(
    r"(?<![^\W_])(?P<first>d{1,2}|t{1,2}|j{1,2}|g{1,2}|m{1,2})(?P<sign>[./-])(?:d{1,2}|m{1,2})"
    r"(?P=sign)(?:y{2,4}|j{2,4}|a{2,4}|r{2,4})(?![^\W_])",
    re.IGNORECASE,
)
_UNKNOWN_KEY = re.compile(r"do not modify (?!row checksum|modified on)")


@dataclass(frozen=True)
class Column:
    """A column as its values show it, all of them once the table was surveyed.

    :param kind: as in ``SourceField.kind``, ``char`` where nothing else holds
    :param date_order: ``dmy``, ``mdy`` or ``ymd`` of a date, else empty; ``dmy:pl`` where
        only a language says which month a name is
    :param decimal_mark: ``.`` or ``,`` of a number written as text, else empty
    :param doubtful: code of what the sample leaves open, else empty
    :param shape: what a value of kind ``json`` is: ``object``, ``values`` or ``objects``
    :param nested: the name is a path to a member of an object
    :param separators: of ``shapes.SEPARATORS``, those that stand within values
    :param values: the first distinct texts, some dozens
    :param currency_of: the column whose currency this one says, from formats of cells
    :param same_as: the column that bore the same name in the header, before this one
    :param uncomputed: it is empty because nobody has computed its formulas
    :param habit: what is known of it by the program that wrote the file, None for nothing
    :param headed: what it is called by what it holds, where its own name says less
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
    uncomputed: bool = False
    habit: object = None
    headed: str = ""


def judge(
    name, facts, *, date_order="", decimal_mark="", usual_mark="", usual_order=""
):
    """Return the ``Column`` that the ``ColumnFacts`` show.

    :param date_order: the consultant's word, taken where the values leave it open
    :param decimal_mark: the same for numbers
    :param usual_mark: what other columns of the file prove, taken before guessing
    :param usual_order: the same for the order of dates
    """
    shapes = facts.shapes
    total = sum(shapes.values())
    if facts.containers:
        ids = 0 < facts.listed == facts.listed_ids
        shape = _shape_of(facts.containers)
        return Column(name, "json", shape=shape, looks_like_id=ids)
    if facts.booleans and not total:
        return Column(name, "boolean")
    if not total:
        return Column(name, uncomputed=facts.uncomputed > 0)

    def count(test):
        return sum(number for shape, number in shapes.items() if test(shape))

    def mostly(test):
        return count(test) >= MOSTLY * total

    several = {place for shape in shapes for place in shape.separators}
    more = {
        "separators": tuple(SEPARATORS[int(place)] for place in sorted(several)),
        "values": tuple(facts.values),
    }
    if mostly(lambda s: s.kind == "uuid"):
        return Column(name, looks_like_id=True, **more)
    if mostly(lambda s: s.kind == "email"):
        return Column(name, looks_like_email=True, **more)
    if mostly(lambda s: s.kind in ("iso", "day")):
        return _judge_dates(name, shapes, date_order, usual_order, more)
    # 007 and 0351 21 000: leading zeros, spaces in twos and threes of a phone number.
    coded = count(lambda s: s.coded) * 20 > total
    if mostly(lambda s: s.number) and not coded:
        return _judge_numbers(name, facts, decimal_mark, usual_mark, more)
    if mostly(lambda s: s.kind == "boolean"):
        return Column(name, "boolean", **more)
    if mostly(lambda s: s.html):
        return Column(name, "html", **more)
    kind = "text" if any(shape.long for shape in shapes) else "char"
    if count(lambda s: s.kind in ("iso", "day")) >= PARTLY * total:
        # "TBD" among days: the others are read by the order that they prove.
        found = _judge_dates(name, shapes, date_order, usual_order, more)
        return replace(found, kind=kind)
    if count(lambda s: s.number) >= PARTLY * total and not coded:
        found = _judge_numbers(name, facts, decimal_mark, usual_mark, more)
        mark = "" if found.doubtful else found.decimal_mark
        return Column(name, kind, decimal_mark=mark, **more)
    return Column(name, kind, **more)


def usual_mark(facts):
    """Return the decimal mark that the columns of a file prove, empty where they differ."""
    found = {
        shape.mark
        for column in facts
        for shape in column.shapes
        if shape.number and shape.mark in (".", ",")
    }
    return found.pop() if len(found) == 1 else ""


def usual_order(facts):
    """Return the order of day and month that the columns of a file prove, if they agree."""
    found = {
        shape.order
        for column in facts
        for shape in column.shapes
        if shape.kind == "day" and shape.order in ("dmy", "mdy")
    }
    return found.pop() if len(found) == 1 else ""


def _shape_of(containers):
    for shape in ("object", "objects"):
        if containers.get(shape):
            return shape
    return "values"


def order_named(name):
    """Return the order of day and month that the name of a column says, else empty.

    >>> order_named("Birthday (MM/DD/YYYY)"), order_named("Datum TT.MM.JJJJ")
    ('mdy', 'dmy')
    >>> order_named("Date jj/mm/aaaa"), order_named("Added by"), order_named("mm dd")
    ('dmy', '', '')
    """
    found = _ORDER_NAMED.search(name)
    return ("mdy" if found["first"][0] in "mM" else "dmy") if found else ""


def _judge_dates(name, shapes, wanted, usual, more):
    days = {s: n for s, n in shapes.items() if s.kind in ("iso", "day")}
    kind = "datetime" if any(shape.time for shape in days) else "date"
    proven = {order: 0 for order in ("dmy", "mdy", "ymd", "")}
    for shape, number in days.items():
        proven[shape.order] += number
    first, second, open_ = proven["dmy"], proven["mdy"], proven[""]
    if language := _language_of(days):
        order = "mdy" if second and not first else "dmy"
        return Column(name, kind, f"{order}:{language}", **more)
    if not (first or second or open_):
        return Column(name, kind, "ymd", **more)
    if first and not second:
        return Column(name, kind, "dmy", **more)
    if second and not first:
        return Column(name, kind, "mdy", **more)
    if not first:
        wanted = wanted or order_named(name)
    doubtful = "" if wanted else "mixed_dates" if first else "ambiguous_dates"
    # Only the dot is never used where the month comes first.
    dotted = any(shape.dotted for shape in days)
    if dotted and not first and not second:
        return Column(name, kind, wanted or "dmy", **more)
    if usual and not first and not second:
        # One program wrote all columns of the file.
        return Column(name, kind, wanted or usual, **more)
    likely = "dmy" if first >= second else "mdy"
    return Column(name, kind, wanted or likely, doubtful=doubtful, **more)


def _language_of(days):
    """Return the language of the months where only it says which one is meant.

    Empty where none hangs on it, or the other months of the column do not tell either.
    """
    if not any(shape.vague for shape in days):
        return ""
    groups = [set(shape.months.split()) for shape in days if shape.months]
    common = set.intersection(*groups)
    return common.pop() if len(common) == 1 else ""


def _judge_numbers(name, facts, wanted, usual, more):
    shapes = {s: n for s, n in facts.shapes.items() if s.number}
    if all(shape.whole for shape in shapes):
        return Column(name, "integer", looks_like_id=facts.distinct, **more)
    kind = "monetary" if any(shape.money for shape in shapes) else "float"
    votes = {mark: 0 for mark in (".", ",", ".?", ",?")}
    for shape, number in shapes.items():
        if shape.mark:
            votes[shape.mark] += number
    comma, point = votes[","], votes["."]
    if bool(comma) != bool(point):
        return Column(name, kind, decimal_mark="," if comma else ".", **more)
    if comma:
        mark = wanted or ("," if comma >= point else ".")
        doubtful = "" if wanted else "mixed_numbers"
        return Column(name, kind, decimal_mark=mark, doubtful=doubtful, **more)
    if not votes[".?"] and not votes[",?"]:
        return Column(name, kind, decimal_mark=wanted or usual or ".", **more)
    # Three digits behind the sign of every one: it groups thousands, unless the other
    # columns of the file say what it is.
    doubtful = "" if wanted or usual else "ambiguous_numbers"
    if votes[".?"] and votes[",?"]:
        doubtful = "" if wanted else "mixed_numbers"
    likely = "," if votes[".?"] >= votes[",?"] else "."
    mark = wanted or usual or likely
    return Column(name, kind, decimal_mark=mark, doubtful=doubtful, **more)


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


def find_key(columns, rows, objects=(), others=(), called=None):
    """Return the column whose values tell the rows apart, None if there is none.

    :param objects: what a row is (``contact``, ``person``), for ``contact_id``
    :param others: what the rows of other tables are: a column named after one of them
        is a reference, also where it tells these rows apart by chance
    :param called: function: name of a column → what it is called in English, squeezed
    """
    called = called or (lambda _name: ())
    own = {f"{name}id" for name in objects}
    foreign = {f"{name}id" for name in others} - own
    ranked = sorted(
        (rank, place, column.name)
        for place, column in enumerate(columns)
        if (rank := _key_rank(column, own, foreign, place, called(column.name)))
        is not None
    )
    for rank, _place, name in ranked:
        values = [row.get(name) for row in rows]
        filled = [str(value).strip() for value in values if value not in (None, "")]
        # An empty or repeated id here and there is reported with its line instead.
        if not rows:
            return name
        needed = MOSTLY * len(values)
        if rank >= _NUMBERED:
            # A row that came twice, to the letter, says nothing against its number.
            needed = len({tuple(map(str, row.values())) for row in rows})
            filled = filled if len(filled) == len(values) else ()
        if filled and len(set(filled)) >= needed:
            return name
    return None


def _key_rank(column, own, foreign, place, called):
    name = column.name
    plain = re.sub(r"[\W_]+", " ", name).strip().lower()
    if plain in _KEY_NAMES or name == "_id":
        return 0
    # Worksheets of Dynamics 365 begin with the id of the row, in a hidden column.
    if _UNKNOWN_KEY.match(plain) and place == 0 and column.looks_like_id:
        return 0
    squeezed = plain.replace(" ", "")
    names = {squeezed, *called}
    if "recordid" in names:
        return _NUMBERED
    if names & own:
        return 1
    if any(one.endswith(other) for one in names for other in foreign):
        return None
    # account_id, accountId, AcctID
    if plain.endswith(" id") or re.search(r"[a-z]I[dD]$", name):
        return 2 if not own else 3 if place == 0 else None
    # People number their lists in the first column.
    return _NUMBERED if place == 0 and _NUMBER_NAME.search(name.strip()) else None


def doubts(name, columns):
    """Return a warning for every column of the file that the sample leaves open."""
    for column in columns:
        if code := column.doubtful:
            if code == "mixed_dates" and column.date_order == "mdy":
                code = "mixed_dates_month"
            data = {"name": name, "column": column.name}
            data["mark"] = f"“{column.decimal_mark}”" if column.decimal_mark else ""
            yield FILE_SENTENCES.finding("warning", code, **data)
