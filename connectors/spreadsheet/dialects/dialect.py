"""What a dialect can say of a vendor's exports, and how a table is told to be one of them."""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath

from ...core.sentences import _lt
from ...mapping.values import fold_words

COUNTED = _lt("Counted anew by Odoo.")
STAMPED = _lt("Odoo notes by itself who changes what.")
_PREFIX = re.compile(r"\s[-:]\s")
_DATED = r"(?:[\W_]*\d.*)?"


def squeeze(text):
    return fold_words(text).replace(" ", "")


def _either(text):
    return text.split("|")


@dataclass(frozen=True)
class Sign:
    """What shows that a program wrote a table: all that is given must hold.

    :param headers: columns that must be there, letter by letter; ``Stage|Phase``: either
    :param pattern: what headers fully match, the ``share`` of them or, without, one
    :param file: what is searched in the name of the file, in small letters, without folders
    :param sheet: the same in the name of the sheet
    :param values: column → what all its values fully match, one at least
    """

    headers: tuple = ()
    pattern: str = ""
    share: float = 0
    file: str = ""
    sheet: str = ""
    values: dict = field(default_factory=dict, hash=False)

    def holds(self, table):
        names = {name.strip() for name in table.layout.columns}
        if not all(names.intersection(_either(text)) for text in self.headers):
            return False
        if self.pattern:
            count = sum(bool(re.fullmatch(self.pattern, name)) for name in names)
            if not count or count < self.share * len(names):
                return False
        if self.file and not re.search(self.file, _file_of(table)):
            return False
        if self.sheet and not re.search(self.sheet, table.part.casefold()):
            return False
        return all(_all_match(table, *pair) for pair in self.values.items())


def _file_of(table):
    return PurePosixPath(table.item.key).name.casefold()


def _all_match(table, name, pattern):
    columns = (column for column in table.columns if column.name.strip() == name)
    texts = [str(text) for column in columns for text in column.values]
    return bool(texts) and all(re.fullmatch(pattern, text) for text in texts)


@dataclass(frozen=True)
class Habit:
    """What a dialect says of one column.

    :param means: a name by which the templates know it, empty for none of them, None
        where the column's own name says it well
    :param zone: in which instants are written that do not say it themselves
    :param separator: what stands between several values in a cell
    :param unit: in which a duration is counted
    :param scale: what a probability is multiplied by to be a percentage
    :param outcomes: words → ``Won``, ``Lost`` or ``Open``
    :param reason: why nothing of it is brought over
    :param fields: ``Field``s that come before those of the template of its table
    """

    means: str | None = None
    zone: str = ""
    separator: str = ""
    unit: str = ""
    scale: int = 0
    outcomes: dict = field(default_factory=dict, hash=False)
    reason: str = ""
    fields: tuple = ()


@dataclass(frozen=True)
class Further:
    """Another partner that a row tells of besides the one that it is.

    :param part: ``delivery``, ``other`` or ``person``
    :param type: of an address below the partner; empty for a person in a company
    :param columns: target → column
    """

    part: str
    label: str
    columns: dict = field(default_factory=dict, hash=False)
    type: str = ""


def delivery_address(**columns):
    """Return the ``Further`` of a place to deliver to, by target."""
    return Further("delivery", _lt("Delivery addresses"), columns, "delivery")


def other_address(**columns):
    return Further("other", _lt("Second addresses"), columns, "other")


SHIPPED_TO = delivery_address(
    street="Shipping Street|Shipping Address",
    city="Shipping City",
    zip="Shipping Postal Code|Shipping Code",
    state_id="Shipping State",
    country_id="Shipping Country",
)
OTHER = other_address(
    street="Other Street",
    city="Other City",
    zip="Other Zip",
    state_id="Other State",
    country_id="Other Country",
)
"""Both as many programs call their columns."""


def person(**columns):
    return Further("person", _lt("Contacts"), columns)


@dataclass(frozen=True)
class Dialect:
    """The habits of one vendor's exports.

    Names of columns are compared without case, blanks and punctuation, and without an
    object before them (``Deal - Value``); ``a|b``: either.

    :param vendor: whose program writes so, as people call it
    :param files: what its files are called and look like, for people
    :param signs: each of them alone shows that a table is one
    :param objects: object → what the whole name of its file or sheet is, day and number
        behind it aside, as a regular expression in small letters
    :param shown_by: object → headers of which all show that a table holds it
    :param prefixes: first signs of an id → the object that it is of
    :param columns: object, or ``*`` for any → column → a name that the templates know, or
        ``""`` for a column that is none of what its own name says
    :param keys: object → column that tells the rows apart
    :param zone: in which instants are written that do not say it themselves
    :param separators: column, or ``*`` for any → what stands between several values in a
        cell
    :param units: column → unit of a duration
    :param scales: column → what a probability is multiplied by to be a percentage
    :param outcomes: object → word → ``Won``, ``Lost`` or ``Open``, as it is written
    :param id_prefix: what stands before ids, where some tables of a set leave it out
    :param stored_as: how the files of a list of attachments are called, made of the
        ``{digits}`` of the id and ``{columns}``
    :param somewhere: object → column that names a record of one of several objects, where
        nothing says of which: that table counts in which it is found
    :param fields: object → ``Field``s as templates have them, which come before these
    :param further: object → ``Further``s
    :param superfluous: column → why nothing of it is brought over; a name that begins
        with ``^`` is a regular expression that the column's fully matches
    """

    vendor: str
    files: str
    signs: tuple
    objects: dict = field(default_factory=dict, hash=False)
    shown_by: dict = field(default_factory=dict, hash=False)
    prefixes: dict = field(default_factory=dict, hash=False)
    columns: dict = field(default_factory=dict, hash=False)
    keys: dict = field(default_factory=dict, hash=False)
    zone: str = ""
    separators: dict = field(default_factory=dict, hash=False)
    units: dict = field(default_factory=dict, hash=False)
    scales: dict = field(default_factory=dict, hash=False)
    outcomes: dict = field(default_factory=dict, hash=False)
    id_prefix: str = ""
    stored_as: str = ""
    somewhere: dict = field(default_factory=dict, hash=False)
    fields: dict = field(default_factory=dict, hash=False)
    further: dict = field(default_factory=dict, hash=False)
    superfluous: dict = field(default_factory=dict, hash=False)

    def recognizes(self, table):
        return any(sign.holds(table) for sign in self.signs)

    # -- which object a table holds -----------------------------------------------

    def object_of(self, table):
        """Return the object that a table of this dialect holds, None where others tell."""
        return (
            self.object_of_name(table)
            or self._object_of_headers(table)
            or self._object_of_ids(table)
        )

    def object_of_name(self, table):
        stem = _file_of(table).partition(".")[0]
        for text in filter(None, (table.part.casefold(), stem)):
            for known, pattern in self.objects.items():
                if re.fullmatch(rf"(?:{pattern}){_DATED}", text):
                    return known
        return None

    def _object_of_headers(self, table):
        names = set(map(squeeze, table.layout.columns))
        for known, headers in self.shown_by.items():
            if all(names & set(map(squeeze, _either(text))) for text in headers):
                return known
        return None

    def _object_of_ids(self, table):
        if not self.prefixes:
            return None
        columns = [c for c in table.columns if squeeze(c.name) == "id"]
        found = {
            next((k for p, k in self.prefixes.items() if str(text).startswith(p)), None)
            for column in columns
            for text in column.values
        }
        return found.pop() if len(found) == 1 else None

    def key_of(self, table, known):
        """Return the column that tells the rows apart, None where others tell."""
        wanted = set(map(squeeze, _either(self.keys.get(known, ""))))
        names = table.layout.columns
        return next((name for name in names if squeeze(name) in wanted), None)

    def column_somewhere(self, group):
        """Return the column of a group that names a record of one of several tables."""
        wanted = set(map(squeeze, _either(self.somewhere.get(group.known, ""))))
        names = group.tables[0].layout.columns
        return next((name for name in names if squeeze(name) in wanted), None)

    # -- what its columns mean ----------------------------------------------------

    def mark(self, columns, known):
        """Return ``Column``s that know what this dialect says of them."""
        return tuple(
            replace(column, habit=self._habit_of(column.name, known))
            for column in columns
        )

    def _habit_of(self, name, known):
        keys = [squeeze(name), squeeze(_PREFIX.split(name, maxsplit=1)[-1])]

        def said(table, otherwise):
            return next((table[key] for key in keys if key in table), otherwise)

        reason = said(self._tables["superfluous"], "") or self._why_not(name)
        means = said(self._means.get(known, {}), said(self._means.get("*", {}), None))
        return Habit(
            means="" if reason else means,
            zone=self.zone,
            separator=said(self._tables["separators"], self.separators.get("*", "")),
            unit=said(self._tables["units"], ""),
            scale=said(self._tables["scales"], 0),
            outcomes=self.outcomes.get(known, {}),
            reason=reason,
            fields=self.fields.get(known, ()),
        )

    def _why_not(self, name):
        patterns = ((p, r) for p, r in self.superfluous.items() if p.startswith("^"))
        return next((r for p, r in patterns if re.fullmatch(p, name)), "")

    @cached_property
    def _means(self):
        return {known: _by_key(names) for known, names in self.columns.items()}

    @cached_property
    def _tables(self):
        names = ("separators", "units", "scales", "superfluous")
        return {name: _by_key(getattr(self, name)) for name in names}


def _by_key(table):
    return {
        squeeze(each): value
        for text, value in table.items()
        for each in ([] if text.startswith("^") else _either(text))
    }
