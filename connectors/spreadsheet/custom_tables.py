"""Tables of a kind that nobody knows but the consultant: they become an object of their own.

The option ``custom_object`` of a table says what its records are called. Its columns
become fields of the kind that their values show; one that names a record of another
table, by id or by name, becomes a link.
"""

import re

from ..mapping.custom import LONGEST_KEY, Keys, extend
from ..mapping.vocabulary import (
    boolean,
    custom_field,
    custom_object,
    date,
    datetime,
    decimal,
    field,
    html,
    json_text,
    lookup_several_by,
    strip,
    url,
)
from .columns import Columns
from .evidence import texts_of
from .names import fold, id_label, name_of_label, object_of, singular, squeeze
from .particular import called_a_name
from .proposal import ORDER, fit_steps, present_field
from .reading import ROW_NUMBER
from .references import reference
from .templates_common import AUDIT

_NAMES = ("name", "title", "label", "subject", "display name")
_KINDS = {
    "char": strip,
    "text": strip,
    "html": html,
    "boolean": boolean,
    "integer": decimal,
    "float": decimal,
    "monetary": decimal,
    "date": date,
    "datetime": datetime,
}
_LONGEST_NUMBER = 9
"""Digits of a whole number that every database takes; one with more is a code."""
_ONE_MODEL = frozenset(
    {"companies", "contacts", "deals", "leads", "products", "projects"}
)
"""Objects whose records are shown by a link to them."""
_ID = re.compile(r"\s+id$")


class Objects:
    """The tables of a source that are objects of their own.

    :param groups: ``Group``s with a label
    """

    def __init__(self, groups):
        self.groups = list(groups)
        models = Keys("x")
        self._models = {
            each.name: models.take(name_of_label(each.label) or each.name)
            for each in self.groups
        }

    def __bool__(self):
        return bool(self.groups)

    def propose(self, group, streams):
        """Return the ``Mapping`` of one of the tables.

        :param streams: ``{object: (stream, columns by name)}`` that can be referred to
        """
        found = Columns(group.columns, None, group.tables[0].sample)
        fields = {}
        if column := self._find_name(group, found):
            fields["x_name"] = field("x_name", column.name, strip)
            found.take("x_name", column.name)
        for item in AUDIT:
            if item.target not in fields and (
                present := present_field(item, found, streams)
            ):
                fields[item.target] = present
                found.take(item.target, present.source)
        own = {"name", "active", "migration_notes"}
        targets = list(self._columns(group, found, streams, Keys("", own)))
        after = {name for name, _columns in streams.values()}
        return custom_object(
            group.name,
            self._models[group.name],
            *fields.values(),
            *targets,
            label=group.label,
            after=sorted(after),
        )

    def refer(self, mapping, group):
        """Return the mapping of a known object with links to the tables of one's own."""
        used = {
            path
            for item in mapping.fields
            for path in (
                [item.source] if isinstance(item.source, str) else item.source or ()
            )
        }
        keys = Keys("", (each.key for each in mapping.custom_fields))
        found = Columns(group.columns, group.known)
        targets = [
            target
            for column in group.columns.values()
            if column.name not in used and not column.nested
            if (target := self._link_to_own(column, found, keys))
        ]
        return extend(mapping, targets) if targets else mapping

    def _find_name(self, group, found):
        """Return the column with the name of a record: called so, else its first text."""
        own = _singulars(group.label)
        names = (*_NAMES, group.label, own, f"{own} name")
        texts = [
            column
            for column in group.columns.values()
            if column.kind == "char" and not column.nested and not column.shape
        ]
        for name in map(squeeze, names):
            for column in texts:
                if squeeze(column.name) == name:
                    return column
        plain = [
            column
            for column in texts
            if column.values
            and column.name != group.key
            and not column.looks_like_id
            and not column.looks_like_email
        ]
        return called_a_name(found) or next(iter(plain), None)

    def _columns(self, group, found, streams, keys):
        for column in group.columns.values():
            if column.nested or column.name == ROW_NUMBER or found.is_used(column.name):
                continue
            if column.name == group.key and squeeze(column.name) == "id":
                continue
            link = None
            if column.name != group.key:
                link = self._link_to_known(column, found, keys, streams)
                link = link or self._link_to_own(column, found, keys, group)
            yield link or _as_value(column, found, keys)

    def _link_to_known(self, column, found, keys, streams):
        known = object_of(_ID.sub("", id_label(column.name) or fold(column.name)))
        if known not in streams or known not in _ONE_MODEL or known not in ORDER:
            return None
        if column.shape or column.kind not in ("char", "integer"):
            return None
        by_id = id_label(column.name) is not None
        member = "" if by_id else "email" if column.looks_like_email else "name"
        pair = reference(column, known, member, streams)
        return pair and _as_link(column, keys, *pair)

    def _link_to_own(self, column, found, keys, group=None):
        name = _ID.sub("", fold(column.name))
        for other in self.groups:
            if _singulars(name) not in (
                _singulars(other.label),
                _singulars(other.name),
            ):
                continue
            by_id = name != fold(column.name) or column.looks_like_id
            by_id = by_id or column.kind == "integer"
            named = self._find_name(other, Columns(other.columns))
            if other is group and not by_id:
                continue
            if not by_id and not named:
                continue
            return _as_link(column, keys, other.name, "" if by_id else named.name)
        return None


def _singulars(text):
    return " ".join(map(singular, fold(text.replace("_", " ")).split()))


def _as_link(column, keys, stream, member):
    steps = lookup_several_by((stream, member))
    return custom_field(
        keys.take(_key(column)), (column.name,), steps,
        label=column.name, kind="reference", relation=stream,
    )  # fmt: skip


def _key(column):
    """Return a key in letters that a field can have; of none of them, its place."""
    return name_of_label(column.name)[:LONGEST_KEY] or "column"


def _as_value(column, found, keys):
    kind, steps = column.kind, ()
    if column.kind == "json" or column.shape:
        kind, steps = "text", (json_text,)
    elif column.kind == "integer" and _is_code(column):
        kind, steps = "char", (strip,)
    elif column.kind == "char" and _is_address(column):
        kind, steps = "url", (url,)
    else:
        step = _KINDS.get(column.kind, strip)
        kind = column.kind if column.kind in _KINDS else "char"
        steps = fit_steps((step,), column, {}, found) or (strip,)
    return custom_field(
        keys.take(_key(column)), column.name, *steps, label=column.name, kind=kind
    )


def _is_code(column):
    texts = texts_of(column)
    return any(len(re.sub(r"\D", "", text)) > _LONGEST_NUMBER for text in texts)


def _is_address(column):
    texts = texts_of(column)
    return bool(texts) and all(re.match(r"https?://\S+$", text) for text in texts)
