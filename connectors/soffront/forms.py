"""The fields of an object as the installation itself describes them: nothing is assumed."""

import re
from functools import cached_property

from ..core.source import SourceField
from .builtin_fields import EVERYWHERE, STOCK
from .responses import as_number, member

KINDS = {
    0: "char",
    1: "float",
    2: "float",
    18: "float",
    4: "text",
    22: "text",
    5: "selection",
    9: "selection",
    16: "selection",
    11: "date",
    12: "datetime",
    15: "char",
}
"""Kind by type code; values decide between some of them, other codes count as text."""
_PASSWORD = re.compile(r"passw|pswd|\bpwd\b", re.IGNORECASE)
_TIME_OF_DAY = re.compile(r"\d{1,2}:\d\d")
_MIDNIGHT = re.compile(r"[T ]0{1,2}:00(:00(\.0+)?)?$|[T ]12:00(:00)? ?AM$", re.I)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_MAX_PARENTS = 200


def squeeze(text):
    """Return what names and labels are compared by.

    >>> squeeze("Close-Date "), squeeze("電話 番号")
    ('closedate', '電話番号')
    """
    return re.sub(r"[\W_]+", "", str(text)).casefold()


class Form:
    """One object's fields.

    :param rows: as the operation ``Fields`` gives them
    :param denied: names of fields that hold passwords
    """

    def __init__(self, api, name, rows, denied):
        self.api = api
        self.name = name
        self._denied = {field.casefold() for field in denied}
        named = [row for row in rows if str(member(row, "FieldName") or "").strip()]
        self.all_rows = named
        self.rows = [row for row in named if not self._is_denied(row)]

    def _is_denied(self, row):
        name, label = str(member(row, "FieldName")), str(member(row, "LabelText") or "")
        if name.casefold() in self._denied:
            return True
        return bool(_PASSWORD.search(name) or _PASSWORD.search(label))

    @cached_property
    def denied(self):
        """Names that no record may hold, in small letters."""
        left_out = [row for row in self.all_rows if self._is_denied(row)]
        return self._denied | {name_of(row).casefold() for row in left_out}

    @cached_property
    def names(self):
        """The fields to ask for, each once."""
        return list(
            {name_of(row).casefold(): name_of(row) for row in self.rows}.values()
        )

    def find(self, aliases):
        """Return the field that one of the aliases names, else labels; None if none does."""
        names = {name.casefold(): name for name in self.names}
        for alias in aliases:
            if alias.casefold() in names:
                return names[alias.casefold()]
        labels = {squeeze(member(r, "LabelText") or ""): name_of(r) for r in self.rows}
        found = (labels.get(squeeze(alias)) for alias in aliases)
        return next(filter(None, found), None)

    def unknown_types(self):
        """Return the names of fields whose type code says nothing to us."""
        return [
            name_of(row)
            for row in self.rows
            if as_number(member(row, "FieldType")) not in KINDS
        ]

    def described(self, samples):
        """Return the ``SourceField``s.

        :param samples: rows of the object, which tell where the type code does not
        """
        stock = {
            field.casefold() for field in STOCK.get(self.name.casefold(), EVERYWHERE)
        }
        return tuple(
            SourceField(
                name_of(row),
                str(member(row, "LabelText") or name_of(row)),
                *self._kind(row, [item.get(name_of(row)) for item in samples]),
                custom=name_of(row).casefold() not in stock,
            )
            for row in self.rows
        )

    def hidden(self):
        """Return the fields that the forms of the installation do not show."""
        return {name_of(row) for row in self.rows if member(row, "isHidden") is True}

    def _kind(self, row, values):
        """Return the kind of a field, and its options."""
        kind = KINDS.get(as_number(member(row, "FieldType")), "char")
        texts = [str(value) for value in values if value not in (None, "")]
        if kind == "selection":
            options = sorted(
                {v for group in self.values_of(row).values() for v in group}
            )
            if _are_several(texts, options):
                kind = "multi_selection"
            return kind, tuple((value, value) for value in options)
        if kind == "float" and texts and all(as_number(t) is not None for t in texts):
            kind = "integer"
        if kind in ("date", "datetime") and texts:
            timed = [
                t for t in texts if _TIME_OF_DAY.search(t) and not _MIDNIGHT.search(t)
            ]
            kind = "datetime" if timed or any("/Date(" in t for t in texts) else kind
        if kind == "text" and any(_TAG.search(text) for text in texts):
            kind = "html"
        return kind, ()

    def values_of(self, row, below=()):
        """Return the pick values of a field by value of the field it depends on.

        The key is empty where it depends on none.

        :param below: fields on the way here, lest two that depend on each other go round
        """
        listed = _split(member(row, "FieldValues"))
        if str(member(row, "ISEXTERNAL") or "N").upper() != "Y":
            return {"": listed} if listed else {}
        if not self.api.has("values"):
            return {"": listed} if listed else {}
        parent = self._depends_on(row)
        if parent is None or name_of(parent) in below:
            values = self.api.values(self.name, name_of(row), None)
            return {"": values or listed}
        groups = self.values_of(parent, (*below, name_of(row))).values()
        keys = list(dict.fromkeys(value for group in groups for value in group))
        found = {
            key: self.api.values(self.name, name_of(row), key)
            for key in keys[:_MAX_PARENTS]
        }
        return {key: values for key, values in found.items() if values}

    def _depends_on(self, row):
        """Return the row of the field that a list depends on, None if on none."""
        if not (as_number(member(row, "DEPENDFLDID")) or 0) > 0:
            return None
        wanted = str(member(row, "DEPENDFLDNAME") or "").casefold()
        found = next((r for r in self.rows if name_of(r).casefold() == wanted), None)
        return None if found is row else found


def name_of(row):
    return str(member(row, "FieldName")).strip()


def _split(text):
    return [part.strip() for part in str(text or "").split(",") if part.strip()]


def _are_several(texts, options):
    """Tell whether values are lists of options."""
    known = set(options)
    several = [text for text in texts if text not in known and len(_split(text)) > 1]
    return bool(several) and all(set(_split(text)) <= known for text in several)
