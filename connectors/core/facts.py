"""What is counted of a column while all of its values pass by, and what follows from it."""

from collections import Counter
from dataclasses import dataclass, field

from .cleaning import (
    ERRORS,
    NOTHING,
    NOTHING_BESIDE_VALUES,
    PAGE,
    decode_words,
    find_entities,
    strip_armor,
    strip_escapes,
)
from .encoding import read_twice
from .identifiers import (
    as_long_salesforce_id,
    as_plain_guid,
    is_record_id,
    is_salesforce_id,
)
from .shapes import NATIVE, make_shape, shape_of
from .xlsx_cells import UNCOMPUTED, Day

DISTINCT_ROWS = 1000
"""So many values at most are compared with each other to tell an id."""
KEPT_VALUES = 50
_ARMOR = frozenset("'’=\t\r")
_AROUND = (*_ARMOR, "_x00", "::::", PAGE)
"""Without any of these a text is what it looks like."""
_WORDS = NOTHING | ERRORS | NOTHING_BESIDE_VALUES
_OF_IDS = frozenset((15, 18, 36, 38))
"""Lengths of texts."""
_ODD = frozenset(("00", "30", "59"))
"""Seconds that many moments share for good reasons."""


@dataclass
class ColumnFacts:
    """Counts of the values of a column. All of it is JSON, in ``as_json``.

    :param nothing: words and errors that stand for nothing → number
    :param aside: what stands for nothing only beside values → number
    :param encoded: cells with encoded words of a mail header
    :param misread: cells whose encoding a program before has mistaken
    :param escaped: cells with HTML entities; ``bare`` those with an ampersand alone,
        ``tagged`` those with markup
    :param listed: texts of lists; ``listed_ids`` of them are ids
    :param seconds: of moments with a time, the seconds → number; ``eves`` of them are
        in the last minute of a day, ``before_five`` in the last one of five minutes,
        ``behind_five`` in the first one; ``shown_days`` are shown as a day alone
    """

    filled: int = 0
    shapes: Counter = field(default_factory=Counter)
    containers: Counter = field(default_factory=Counter)
    booleans: int = 0
    nothing: Counter = field(default_factory=Counter)
    aside: Counter = field(default_factory=Counter)
    armored: int = 0
    encoded: int = 0
    misread: int = 0
    escaped: int = 0
    bare: int = 0
    tagged: int = 0
    seconds: Counter = field(default_factory=Counter)
    eves: int = 0
    before_five: int = 0
    behind_five: int = 0
    shown_days: int = 0
    currencies: Counter = field(default_factory=Counter)
    links: Counter = field(default_factory=Counter)
    salesforce: int = 0
    shortened: int = 0
    floated: int = 0
    uncomputed: int = 0
    listed: int = 0
    listed_ids: int = 0
    values: dict = field(default_factory=dict)
    distinct: bool = True
    _seen: set = field(default_factory=set)

    def add_all(self, values):
        """Count cells as they stand in the file; empty ones are passed over."""
        texts = [value for value in values if type(value) is str]
        counted = Counter(texts)
        counted.pop("", None)
        if counted:
            self._add_texts(counted.items())
        if len(texts) < len(values):
            for value in values:
                if value is not None and type(value) is not str:
                    self._add_other(value)

    def _add_texts(self, counted):
        """Count texts, pairs (text, number): what none of them has is looked for in none."""
        together = "\n".join(text for text, _number in counted)
        is_wrapped = any(sign in together for sign in _AROUND)
        is_wide, has_signs = not together.isascii(), "&" in together
        has_floats, is_compared, found = ".0" in together, True, {}
        for value, number in counted:
            text = self._add_plain(value, number) if is_wrapped else value.strip()
            if len(text) < 12 and (not text or text in _WORDS):
                self._add_word(text, number)
                continue
            if is_wide and not text.isascii():
                plain = read_twice(text)
                self.misread += number * (plain != text)
                text = plain
            if has_signs:
                self._add_signs(text, number)
            shape = shape_of(text)
            found[shape] = found.get(shape, 0) + number
            if has_floats or shape.kind == "iso" or len(text) in _OF_IDS:
                self._add_particular(value, text, shape, number)
            if is_compared:
                is_compared = self._compare(text, number)
        for shape, number in found.items():
            self.shapes[shape] += number
            self.filled += number

    def _add_word(self, text, number):
        if text in NOTHING or text in ERRORS:
            self.nothing[text] += number
        elif text:
            self.aside[text] += number

    def _add_particular(self, value, text, shape, number):
        """Count what only dates and ids show."""
        if len(text) in (36, 38):
            self.armored += number * (as_plain_guid(text) != text)
        if shape.kind == "iso":
            self._add_moment(value, text, number)
        if text[-2:] == ".0":
            self.floated += number * text[:-2].isdigit()
        if len(text) in (15, 18) and is_salesforce_id(text):
            self.salesforce += number
            self.shortened += number * (as_long_salesforce_id(text) != text)

    def _add_other(self, value):
        if isinstance(value, str):
            self._add_texts([(value, 1)])
            link = getattr(value, "link", "")
            if link and (len(self.links) < KEPT_VALUES or link in self.links):
                self.links[link] += 1
        elif isinstance(value, bool):
            self.filled += 1
            self.booleans += 1
        elif isinstance(value, int | float):
            self.filled += 1
            whole = isinstance(value, int) or value.is_integer()
            self.shapes[NATIVE[whole]] += 1
            self._compare(str(value), 1)
            if currency := getattr(value, "currency", ""):
                self.currencies[currency] += 1
        elif value is UNCOMPUTED:
            self.uncomputed += 1
        elif value:
            self.filled += 1
            kind = _container(value)
            self.containers[kind] += 1
            if kind == "values":
                self.listed += len(value)
                self.listed_ids += sum(map(is_record_id, value))
                for text in value:
                    if isinstance(text, str) and text:
                        self._add_signs(self._add_plain(text, 1), 1)

    def _add_plain(self, value, number):
        """Count what an export wrote around a text; return the text alone."""
        plain = value
        if (
            value[0] in _ARMOR
            or value[-1] == "\t"
            or "_x00" in value
            or "::::" in value
            or value.endswith(PAGE)
        ):
            plain = strip_armor(strip_escapes(value))
            self.armored += number * (len(plain) != len(value))
        if "=?" in plain:
            # Decoded like armor, and told by the value that comes out.
            self.encoded += number * (decode_words(plain) != plain)
            plain = decode_words(plain)
        return plain.strip()

    def _add_signs(self, text, number):
        if "&" in text:
            entities, bare, tagged = find_entities(text)
            self.escaped += number * bool(entities)
            self.bare += number * bare
            self.tagged += number * tagged

    def _add_moment(self, value, text, number):
        self.shown_days += number * isinstance(value, Day)
        if len(text) == 19:
            if len(self.seconds) < 3 or text[17:] in self.seconds:
                self.seconds[text[17:]] += number
            self.eves += number * (text[11:16] == "23:59")
            self.before_five += number * (text[15] in "49")
            self.behind_five += number * (text[15] in "05")

    def _compare(self, text, number):
        """Tell whether further texts are to be compared as well."""
        is_open = self.distinct and len(self._seen) < DISTINCT_ROWS
        if is_open:
            before = len(self._seen)
            self._seen.add(text)
            self.distinct = number == 1 and len(self._seen) > before
        if len(self.values) < KEPT_VALUES:
            if len(text) <= 200:
                self.values.setdefault(text)
            return True
        return is_open

    def close(self):
        """Forget the values that only further ones would be compared with."""
        self._seen = set()

    # -- what follows ------------------------------------------------------------

    @property
    def needs_work(self):
        """Reading changes values of the column."""
        return bool(
            self.armored
            or self.encoded
            or self.misread
            or self.nothing
            or self.blank_words
            or self.is_escaped
            or self.is_salesforce
            or self.is_floated
            or self.shift
        )

    @property
    def is_escaped(self):
        """HTML entities stand for their signs: the column was escaped as a whole."""
        return self.escaped > 0 and self.escaped >= self.bare and not self.tagged

    @property
    def is_salesforce(self):
        """All values are ids of Salesforce, some of them in their short form."""
        return self.shortened > 0 and self.salesforce == self.filled

    @property
    def is_floated(self):
        """All values are whole numbers with ".0" behind them.

        pandas writes the numbers of a column so in which one is missing.
        """
        return self.floated > 0 and self.floated == self.filled

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
        if self.eves >= MOSTLY_EVES * number and second not in ("00", "59"):
            return 60 - int(second)
        if len(self.values) < FEW_MOMENTS or second in _ODD:
            # What was entered by a program in one go bears one moment, and it is right.
            return 0
        # People write 10:00 and 10:15: what was a minute of theirs is the better guess.
        early = self.before_five >= MOSTLY_EVES * number
        late = self.behind_five >= MOSTLY_EVES * number
        if early or (int(second) > 30 and not late):
            return 60 - int(second)
        return -int(second)

    def plus(self, other):
        """Return the counts of both: a table may stand in several files."""
        both = ColumnFacts(filled=self.filled + other.filled)
        both.shapes = self.shapes + other.shapes
        both.values = dict.fromkeys([*self.values, *other.values][:KEPT_VALUES])
        for name in _PLAIN:
            setattr(both, name, getattr(self, name) + getattr(other, name))
        both.distinct = self.distinct and other.distinct
        for name in _COUNTERS:
            setattr(both, name, getattr(self, name) + getattr(other, name))
        return both

    # -- kept between batches -----------------------------------------------------

    def as_json(self):
        return {
            "filled": self.filled,
            "shapes": [[shape.as_list(), n] for shape, n in self.shapes.items()],
            "values": list(self.values),
            **{name: getattr(self, name) for name in _PLAIN},
            **{name: dict(getattr(self, name)) for name in _COUNTERS},
        }

    @classmethod
    def from_json(cls, data):
        facts = cls(filled=data["filled"])
        facts.shapes = Counter({make_shape(*shape): n for shape, n in data["shapes"]})
        facts.values = dict.fromkeys(data["values"])
        # Whatever was compared before is enough to tell an id.
        facts._seen = set(range(DISTINCT_ROWS))
        for name in _PLAIN:
            # What was counted before an update lacks what is counted since.
            setattr(facts, name, data.get(name, 0))
        for name in _COUNTERS:
            setattr(facts, name, Counter(data.get(name) or {}))
        return facts


MOSTLY_EVES = 0.9
FEW_MOMENTS = 5
_PLAIN = (
    "booleans",
    "armored",
    "encoded",
    "misread",
    "escaped",
    "bare",
    "tagged",
    "eves",
    "before_five",
    "behind_five",
    "shown_days",
)
_PLAIN += ("salesforce", "shortened", "floated", "uncomputed", "distinct")
_PLAIN += ("listed", "listed_ids")
_COUNTERS = ("containers", "nothing", "aside", "seconds", "currencies", "links")


def _container(value):
    if isinstance(value, dict):
        return "object"
    inner = any(isinstance(item, dict | list) for item in value)
    return "objects" if inner else "values"


def dump_columns(columns):
    return {name: facts.as_json() for name, facts in columns.items()}


def load_columns(data):
    return {name: ColumnFacts.from_json(item) for name, item in data.items()}
