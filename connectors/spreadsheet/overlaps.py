"""Which columns refer to the records of another table, by the values they have in common.

Names of columns mislead, and those of a home-made sheet say nothing: what a column holds is
compared with the ids of the other tables, and with the names of their records where it holds
no ids. A column whose own name agrees with its values is left to that.
"""

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ..core.identifiers import is_salesforce_id
from ..core.tabular_csv import Trouble
from .columns import Columns
from .columns_links import OF_TYPE
from .evidence import texts_of
from .mappings import TEMPLATES
from .names import fold, names_of_columns, object_of, squeeze
from .numbered import are_numbers
from .reading import ROW_NUMBER, key_text
from .references import NAMED_ANYWHERE, member_of
from .sureness import names_of

MOST_ROWS = 20_000
MOST_BYTES = 8 * 1024 * 1024
"""Of larger tables names alone tell: their ids do not fit into a moment."""
_NEARLY_ALL = 0.9
_MANY_NAMES = 0.8
_ENOUGH = 3
_ENOUGH_NUMBERS = 10
_LARGE = 0.3
"""Share of the ids that plain numbers must use: grades from 1 to 5 are ids of everything."""

HEADERS = {
    "companies": ("company id", "company"),
    "contacts": ("contact id", "contact"),
    "deals": ("deal id", "deal"),
    "leads": ("lead id", "lead"),
    "products": ("product id", "product"),
    "projects": ("project id", "project"),
    "tickets": ("ticket id", "ticket"),
}
"""Object → what a column with its ids, and one with its names, is called."""


@dataclass
class Held:
    """The ids and names of the records of a table."""

    group: object
    ids: set = field(default_factory=set)
    names: set = field(default_factory=set)


def head_by_overlap(groups):
    """Give each column that refers to another table the name under which it is found.

    :param groups: ``Group``s, all of whose rows were looked at
    """
    tables = [group for group in groups if group.known in HEADERS]
    held = [each for group in tables if (each := _hold(group))]
    for group in groups:
        others = [each for each in held if each.group is not group]
        if others and group.known in TEMPLATES:
            found = _find_headers(group, others)
            if len(held) == len(tables):
                # With a table whose ids are not known no other one is the only one.
                found |= _find_any(group, others)
            group.headed = found
            group.forget()


def _find_any(group, others):
    """Return column → the name that its ids give it, where it may be of any object.

    ``Parent ID`` is one of the deals where no other table has all of its ids. Where
    several have them, the name of the table tells: *Deal attachments*.
    """
    found, headed = Columns(group.columns, group.known), {}
    if any(texts_of(column) for _name, column in found.named(OF_TYPE)):
        return headed
    for _name, column in found.named(_names_of_any(group.known)):
        ids = {key_text(value) for value in column.values} - {""}
        told = column.habit and column.habit.means is not None
        # What Salesforce's ids are of stands in each of them.
        if not ids or told or column.name == group.key:
            continue
        places = [
            each.group.known
            for each in others
            if each.group.known in NAMED_ANYWHERE
            and len(ids & each.ids) >= _NEARLY_ALL * len(ids)
        ]
        if len(places) > 1:
            places = [place for place in places if place in _objects_named(group)]
        if len(places) == 1 and not all(map(is_salesforce_id, ids)):
            headed[column.name] = HEADERS[places[0]][0]
    return headed


def _names_of_any(known):
    """Return what columns are called that may hold ids of records of any object."""
    return [
        name
        for item in TEMPLATES[known].fields
        if item.target == "@thread" and item.steps[0].name == "lookup_several_by"
        for names, (of, _by) in zip(
            item.source, item.steps[0].arguments[0], strict=True
        )
        if of == "*"
        for name in names
    ]


def _objects_named(group):
    """Return the objects that the name of a table speaks of, word by word."""
    name = PurePosixPath(group.tables[0].name).stem
    return {object_of(word) for word in fold(name).split()}


def _hold(group):
    if sum(table.item.size for table in group.tables) > MOST_BYTES:
        return None
    held, named = Held(group), member_of(group.known, "name", group.columns)
    by_id = group.key if group.key != ROW_NUMBER else None
    if not by_id and named not in group.columns:
        return None
    names = set()
    for table in group.tables:
        for values, _position in group.read_rows(table):
            if isinstance(values, Trouble):
                continue
            if len(held.ids) >= MOST_ROWS:
                return None
            if by_id and (text := key_text(values.get(by_id))):
                held.ids.add(text)
            names.add(key_text(values.get(named)))
    held.names = {_fold(text) for text in names if text}
    return held


def _fold(text):
    return " ".join(text.casefold().split())


def _find_headers(group, others):
    """Return column → the name that its values give it."""
    found = {}
    columns = [
        column
        for column in group.columns.values()
        if not column.nested and column.name != group.key and len(column.values) > 1
    ]
    meant = {column.name: _meant_by(column.name, group.known) for column in columns}
    for column in columns:
        known, header = _refers_to(column, others)
        if not known or known == group.known:
            continue
        agrees = meant[column.name] == known
        # "Firma" with the numbers of the companies, not with their names.
        numbered = agrees and header == HEADERS[known][0] and column.kind != "integer"
        numbered = numbered and are_numbers(column)
        claimed = meant[column.name] or squeeze(column.name) in _all_names(group.known)
        claimed = claimed and not _contradicts(column, meant[column.name], others)
        if (agrees or claimed) and not numbered:
            continue
        rivals = [name for name in columns if meant[name.name] == known]
        if header == HEADERS[known][1] and rivals:
            # An id, or a column that is called so, comes before a name.
            continue
        found[column.name] = header
    return found


def _refers_to(column, others):
    """Return (object, name for the column) of the only table that has its values."""
    by_id = [each for each in others if _has_ids(column, each.ids)]
    if len(by_id) == 1:
        known = by_id[0].group.known
        return known, HEADERS[known][0]
    if by_id:
        return None, ""
    by_name = [each for each in others if _has_names(column, each.names)]
    if len(by_name) == 1:
        known = by_name[0].group.known
        return known, HEADERS[known][1]
    return None, ""


def _has_ids(column, ids):
    values = {key_text(value) for value in column.values} - {""}
    if (
        not ids
        or len(values) < _ENOUGH
        or len(values & ids) < _NEARLY_ALL * len(values)
    ):
        return False
    if not all(value.isdigit() and len(value) < 6 for value in values):
        return True
    return len(values) >= _ENOUGH_NUMBERS and len(values) >= _LARGE * len(ids)


def _has_names(column, names):
    values = {_fold(key_text(value)) for value in column.values} - {""}
    shared = values & names
    return len(shared) >= _ENOUGH and len(shared) >= _MANY_NAMES * len(values)


def _contradicts(column, meant, others):
    """Tell whether none of the values is of the object that the column's name speaks of."""
    values = {key_text(value) for value in column.values} - {""}
    theirs = [each for each in others if each.group.known == meant]
    return bool(meant) and not any(
        values & each.ids or {_fold(value) for value in values} & each.names
        for each in theirs
    )


def _meant_by(name, known):
    """Return the object to which a column of that name refers, None for none."""
    keys = set(names_of_columns([name], known))
    for each, headers in HEADERS.items():
        if any(squeeze(header) in keys for header in headers):
            return each
    return None


def _all_names(known):
    own, others = names_of(known, None)
    return own | others
