"""What is counted of a column while all of its values pass by, and what follows from it."""

from collections import Counter
from dataclasses import dataclass, field

from .cleaning import (
    ERRORS,
    NOTHING,
    NOTHING_BESIDE_VALUES,
    find_entities,
    strip_armor,
    strip_escapes,
)
from .identifiers import is_salesforce_id
from .shapes import NATIVE, Shape, shape_of
from .xlsx_cells import UNCOMPUTED, Day

DISTINCT_ROWS = 1000
"""So many values at most are compared with each other to tell an id."""
KEPT_VALUES = 50
_ODD = frozenset(("00", "30", "59"))
"""Seconds that many moments share for good reasons."""


@dataclass
class ColumnFacts:
    """Counts of the values of a column. All of it is JSON, in ``as_json``.

    :param nothing: words and errors that stand for nothing → number
    :param aside: what stands for nothing only beside values → number
    :param escaped: cells with HTML entities; ``bare`` those with an ampersand alone,
        ``tagged`` those with markup
    :param seconds: of moments with a time, the seconds → number; ``eves`` of them are
        in the last minute of a day, ``shown_days`` are shown as a day alone
    """

    filled: int = 0
    shapes: Counter = field(default_factory=Counter)
    containers: Counter = field(default_factory=Counter)
    booleans: int = 0
    nothing: Counter = field(default_factory=Counter)
    aside: Counter = field(default_factory=Counter)
    armored: int = 0
    escaped: int = 0
    bare: int = 0
    tagged: int = 0
    seconds: Counter = field(default_factory=Counter)
    eves: int = 0
    shown_days: int = 0
    currencies: Counter = field(default_factory=Counter)
    salesforce: int = 0
    uncomputed: int = 0
    values: dict = field(default_factory=dict)
    distinct: bool = True
    _seen: set = field(default_factory=set)

    def add(self, value):
        """Count a cell as it stands in the file."""
        if value is None:
            return
        if isinstance(value, str):
            self._add_text(value)
        elif isinstance(value, bool):
            self.filled += 1
            self.booleans += 1
        elif isinstance(value, int | float):
            self.filled += 1
            whole = isinstance(value, int) or value.is_integer()
            self.shapes[NATIVE[whole]] += 1
            self._compare(str(value))
            if currency := getattr(value, "currency", ""):
                self.currencies[currency] += 1
        elif value is UNCOMPUTED:
            self.uncomputed += 1
        elif value:
            self.filled += 1
            self.containers[_container(value)] += 1

    def _add_text(self, value):
        plain = strip_armor(strip_escapes(value))
        text = plain.strip()
        if not text:
            return
        if len(text) < 12:
            if text in NOTHING or text in ERRORS:
                self.nothing[text] += 1
                return
            if text in NOTHING_BESIDE_VALUES:
                self.aside[text] += 1
                return
        self.filled += 1
        if len(plain) != len(value):
            self.armored += 1
        if "&" in text:
            entities, bare, tagged = find_entities(text)
            self.escaped += bool(entities)
            self.bare += bare
            self.tagged += tagged
        shape = shape_of(text)
        self.shapes[shape] += 1
        if shape.kind == "iso":
            self._add_moment(value, text)
        self._compare(text)
        if is_salesforce_id(text):
            self.salesforce += 1

    def _add_moment(self, value, text):
        self.shown_days += isinstance(value, Day)
        if len(text) == 19:
            if len(self.seconds) < 3 or text[17:] in self.seconds:
                self.seconds[text[17:]] += 1
            self.eves += text[11:16] == "23:59"

    def _compare(self, text):
        if len(self._seen) < DISTINCT_ROWS and self.distinct:
            before = len(self._seen)
            self._seen.add(text)
            self.distinct = len(self._seen) > before
        if len(self.values) < KEPT_VALUES and len(text) <= 200:
            self.values.setdefault(text)

    # -- what follows ------------------------------------------------------------

    @property
    def is_escaped(self):
        """HTML entities stand for their signs: the column was escaped as a whole."""
        return self.escaped > 0 and self.escaped >= self.bare and not self.tagged

    @property
    def is_salesforce(self):
        """All values are ids of Salesforce, of 15 or 18 signs."""
        return 0 < self.salesforce == self.filled

    @property
    def blank_words(self):
        """Words people write for nothing stand beside values, and mean nothing."""
        return bool(self.aside) and self.filled > 0

    @property
    def shift(self):
        """Seconds by which a program wrote all moments of the column wrong, 0 if none.

        SheetJS lost the odd seconds of a zone's local mean time for years: a day became
        23:59:16 of the day before. Then all moments have the same odd seconds.
        """
        if len(self.seconds) != 1:
            return 0
        ((second, number),) = self.seconds.items()
        if second in _ODD:
            return 0
        if self.eves >= MOSTLY_EVES * number:
            return 60 - int(second)
        if number < 5:
            return 0
        return 60 - int(second) if int(second) > 30 else -int(second)

    # -- kept between batches -----------------------------------------------------

    def as_json(self):
        return {
            "filled": self.filled,
            "shapes": [[shape.as_list(), n] for shape, n in self.shapes.items()],
            "values": list(self.values),
            "seen": [] if not self.distinct else list(self._seen),
            **{name: getattr(self, name) for name in _PLAIN},
            **{name: dict(getattr(self, name)) for name in _COUNTERS},
        }

    @classmethod
    def from_json(cls, data):
        facts = cls(filled=data["filled"])
        facts.shapes = Counter({Shape(*shape): n for shape, n in data["shapes"]})
        facts.values = dict.fromkeys(data["values"])
        facts._seen = set(data["seen"])
        for name in _PLAIN:
            setattr(facts, name, data[name])
        for name in _COUNTERS:
            setattr(facts, name, Counter(data[name]))
        return facts


MOSTLY_EVES = 0.9
_PLAIN = ("booleans", "armored", "escaped", "bare", "tagged", "eves", "shown_days")
_PLAIN += ("salesforce", "uncomputed", "distinct")
_COUNTERS = ("containers", "nothing", "aside", "seconds", "currencies")


def _container(value):
    if isinstance(value, dict):
        return "object"
    inner = any(isinstance(item, dict | list) for item in value)
    return "objects" if inner else "values"


def add_column(columns, name, value):
    """Count a cell of a column that may be met for the first time."""
    facts = columns.get(name)
    if facts is None:
        facts = columns[name] = ColumnFacts()
    facts.add(value)


def dump_columns(columns):
    return {name: facts.as_json() for name, facts in columns.items()}


def load_columns(data):
    return {name: ColumnFacts.from_json(item) for name, item in data.items()}
