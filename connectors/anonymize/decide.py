"""Decide what each member of a stream holds: by the profile, its name, its description."""

from contextlib import suppress

from ..core.errors import ConnectorError
from .kinds import (
    BIRTHDAY,
    KEEP,
    KEPT_STEPS,
    LINKING_STEPS,
    LISTED_MODELS,
    NAME,
    REFERENCE,
    SPECIAL,
    TEXT,
    is_label,
    kind_of_name,
    kind_of_target,
)

_DESCRIBED = {
    **dict.fromkeys(("boolean", "date", "datetime", "integer", "float"), KEEP),
    **dict.fromkeys(("monetary", "selection", "multi_selection"), KEEP),
    **dict.fromkeys(("reference", "references"), REFERENCE),
    **dict.fromkeys(("text", "html"), TEXT),
}
_OF_THINGS = {KEEP, *SPECIAL} - {NAME}
_ORDER = (*sorted(SPECIAL - {NAME}), NAME, KEEP, REFERENCE, TEXT)
"""Of a member of which several things are made: what counts first."""
MOST_CHOICES = 500


def plain_path(path):
    """Return a path without the places of lists in it.

    >>> plain_path("phones.0.number")
    'phones.number'
    """
    return ".".join(part for part in str(path).split(".") if not part.isdecimal())


class Decisions:
    """What is known of the members of each stream; the rest is told by names.

    :param source: the ``Source``
    :param known: what was decided before, stream → path → [kind, choices]: it stays, so
        that a value that comes again is replaced by the same one. Filled further
    """

    def __init__(self, source, known):
        self.source, self.known = source, known
        self._mappings = None
        self._kinds = {}

    def get(self, stream, path):
        """Return (kind or None, values that stay as they are).

        :param stream: empty: of no stream, a member of an object within a text
        """
        found = self._kinds.get((stream, path))
        if found is None:
            if stream and stream not in self.known:
                self.known[stream] = self._learn(stream)
            members = self.known.get(stream) or {}
            found = self._kinds[stream, path] = self._decide(members, path)
        return found

    def _decide(self, members, path):
        leaf = path.rpartition(".")[2]
        found = own = members.get(path)
        if not found and path.startswith("_"):
            # What a connector says besides of a member, in an object of its own.
            found = members.get(leaf)
        around = path.rpartition(".")[0]
        if not (found and found[0]) and is_label(leaf) and around:
            # ``industry.name``, ``phones.0.number``: it is known what such a thing is.
            found = members.get(around) or (kind_of_name(around.rpartition(".")[2]), ())
            found = found if found[0] in _OF_THINGS else own
        kind, choices = found or (None, ())
        named = kind_of_name(leaf)
        if named in SPECIAL - {NAME} and (kind != KEEP or named == BIRTHDAY):
            if kind not in SPECIAL:
                kind = named
        return kind or named, frozenset(choices)

    def _learn(self, stream):
        found, choices = {}, {}
        for mapping in self._get_mappings():
            if mapping.stream == stream:
                for path, kind in self._kinds_of(mapping):
                    found.setdefault(path, set()).add(kind)
                for path, values in _constants_of(mapping):
                    choices.setdefault(path, set()).update(values)
        kinds = {
            path: next(kind for kind in _ORDER if kind in those)
            for path, those in found.items()
            if those - {None}
        }
        self._describe(stream, kinds, choices)
        return {
            path: [kinds.get(path), sorted(choices.get(path, ()))[:MOST_CHOICES]]
            for path in {*kinds, *choices}
        }

    def _describe(self, stream, kinds, choices):
        """Add what the source itself says of its members."""
        described = ()
        for definition in self.source.get_streams():
            if definition.name == stream:
                kinds.setdefault(plain_path(definition.primary_key), REFERENCE)
                with suppress(ConnectorError):
                    described = self.source.describe(definition)
        for item in described:
            path = plain_path(item.path)
            # Of files the kind was guessed by what stands there: a phone is a whole number.
            if not self.source.takes_files and item.kind in _DESCRIBED:
                kinds.setdefault(path, _DESCRIBED[item.kind])
            if item.options:
                values = (str(text) for option in item.options for text in option)
                choices.setdefault(path, set()).update(values)

    def _get_mappings(self):
        if self._mappings is None:
            self._mappings = self.source.get_mappings()
            lists = self.source.get_value_lists()
            self._lists = {item.name: item for item in lists}
        return self._mappings

    def _kinds_of(self, mapping):
        for field in mapping.fields:
            kind = self._kind_of_field(field, mapping)
            sources = (
                field.source if isinstance(field.source, tuple) else [field.source]
            )
            for source in filter(None, sources):
                path = plain_path(source)
                yield path, kind
                for step in field.steps:
                    if step.name == "rows":
                        yield from self._kinds_of_rows(path, *step.arguments, mapping)

    def _kinds_of_rows(self, path, columns, mapping):
        for column in columns:
            own = column["source"]
            for source in filter(None, own if isinstance(own, list) else [own]):
                kind = kind_of_target(column["target"], mapping.model)
                yield f"{path}.{plain_path(source)}", kind

    def _kind_of_field(self, field, mapping):
        kind = kind_of_target(field.target, mapping.model)
        if kind in SPECIAL - {NAME}:
            return kind
        for step in field.steps:
            if step.name in KEPT_STEPS:
                return KEEP
            if step.name in LINKING_STEPS:
                return KEEP if kind == KEEP else REFERENCE
            if step.name == "value_map":
                return self.kind_of_list(step.arguments[0])
        return kind

    def kind_of_list(self, name):
        """Return whether the values of a list stay: those of a closed one, or of things."""
        self._get_mappings()
        item = self._lists.get(name)
        if item and (item.choices or item.words or item.model in LISTED_MODELS):
            return KEEP
        return NAME


def _constants_of(mapping):
    """Yield (path, texts) that a profile compares values with: the source's own words."""
    for condition in mapping.when:
        paths = condition.source
        for path in paths if isinstance(paths, tuple) else (paths,):
            yield plain_path(path), {str(value) for value in condition.values}
    for field in mapping.fields:
        sources = field.source if isinstance(field.source, tuple) else (field.source,)
        for path in map(plain_path, filter(None, sources)):
            for step in field.steps:
                if step.name == "replace_values":
                    yield path, {str(key) for key in step.arguments[0]}
                elif step.name == "pick":
                    member, value, _wanted = step.arguments
                    yield f"{path}.{member}", {str(value)}
                elif step.name == "lookup_typed":
                    yield f"{path}.{step.arguments[0]}", set(step.arguments[2])
