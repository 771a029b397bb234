"""Further partners that stand in the row of one: a second address, the person to ask for.

Odoo has one address for a partner; another one is a partner below it, of a type of its
own. One that says the same as the first is none.
"""

from dataclasses import dataclass, replace

from ..core.columns import Column
from ..core.sentences import _lt
from ..mapping.steps import (
    constant,
    first_email,
    first_phone,
    lookup,
    strip,
    value_map,
)
from ..mapping.values import as_key, is_blank
from ..mapping.vocabulary import field, is_set, mapping
from .columns import Columns
from .columns_people import CITY, STREET, ZIP
from .dialects import Habit
from .dialects.dialect import squeeze

MEMBERS = {part: f"_{part}" for part in ("delivery", "other", "person")}
"""Part of a row → member that says whether there is one."""
_FIRST = {"street": STREET, "city": CITY, "zip": ZIP}
_STEPS = {
    "state_id": (value_map("states"),),
    "country_id": (value_map("countries"),),
    "email": (first_email,),
    "phone": (first_phone,),
}
_TELLING = (*_FIRST, "name")
"""Targets of which one must be filled: a country alone is no address."""
_TOLD = _lt("told by a partner below this one, where it is another one")


@dataclass(frozen=True)
class _Part:
    """A ``Further`` of a dialect with the columns that are there, and those of the first."""

    further: object
    columns: dict
    first: dict

    def is_in(self, values):
        """Tell whether a row has it, and says more by it than by its own columns."""
        own = {target: _text(values.get(name)) for target, name in self.columns.items()}
        if not any(own.get(target) for target in _TELLING):
            return False
        same = [own[target] == _text(values.get(n)) for target, n in self.first.items()]
        return not same or not all(same)


def _text(value):
    return "" if is_blank(value) else " ".join(as_key(value).split()).casefold()


def find_further(group):
    """Return the ``FurtherPartners`` of a group, None where its rows have none."""
    wanted = group.dialect.further.get(group.known, ()) if group.dialect else ()
    names = {squeeze(name): name for name in group.tables[0].layout.columns}
    found = Columns({c.name: c for c in group.tables[0].columns}, group.known)
    parts = []
    for further in wanted:
        columns = {
            target: names[key]
            for target, text in further.columns.items()
            for key in map(squeeze, text.split("|"))
            if key in names
        }
        first = {
            target: column.name
            for target, words in _FIRST.items()
            if further.type and target in columns
            for column in [next((c for _n, c in found.named(words)), None)]
            if column and column.name not in columns.values()
        }
        if set(columns) & set(_TELLING):
            parts.append(_Part(further, columns, first))
    return FurtherPartners(parts) if parts else None


class FurtherPartners:
    """What rows have besides the partner that they are.

    :param parts: list of ``_Part``
    """

    def __init__(self, parts):
        self.parts = parts

    def describe(self, columns):
        """Return the columns with one for each part, and those of the parts out of the way."""
        told = {name for part in self.parts for name in part.columns.values()}
        found = [
            replace(c, habit=replace(c.habit or Habit(), means="", reason=_TOLD))
            if c.name in told
            else c
            for c in columns
        ]
        return (*found, *(self._member(part) for part in self.parts))

    def _member(self, part):
        return Column(MEMBERS[part.further.part], "boolean", habit=Habit(means=""))

    def add_to(self, values):
        there = {MEMBERS[p.further.part]: True for p in self.parts if p.is_in(values)}
        return {**values, **there} if there else values

    def take(self, item, group):
        """Return the mappings of the parts.

        :param item: ``Mapping`` of the partners that the rows are
        """
        own = {each.target: each for each in item.fields}
        return tuple(self._mapping(part, item, own, group) for part in self.parts)

    def _mapping(self, part, item, own, group):
        fields = [
            field("is_company", None, constant(False)),
            field("parent_id", group.key, lookup(group.name), required=True),
            *(
                field(target, name, *_STEPS.get(target, (strip,)))
                for target, name in part.columns.items()
            ),
        ]
        if part.further.type:
            fields.append(field("type", None, constant(part.further.type)))
            fields += [own["name"]] if "name" in own else []
        fields += [own["@created_at"]] if "@created_at" in own else []
        return mapping(
            item.stream,
            "res.partner",
            *fields,
            after=item.after,
            when=(*item.when, is_set(MEMBERS[part.further.part])),
            part=part.further.part,
            label=part.further.label,
        )
