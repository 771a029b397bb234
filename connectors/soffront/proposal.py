"""Put the fields of this installation in the place of the parts that the profile names."""

from dataclasses import replace

from ..core.errors import FatalError
from ..core.sentences import _lt
from ..mapping.custom import extend, keys_of
from ..mapping.vocabulary import Step, custom_field, field, labelled
from . import mappings, mappings_common
from .custom_objects import hang_on, object_mappings
from .forms import name_of
from .responses import member
from .streams import STREAMS

_PATHS = {stream.name: stream.path for stream in STREAMS}
_ALONGSIDE = frozenset(
    {"labelled", "lookup_several_by", "lookup_several", "lookup_first", "as_object"}
)
"""Steps with one argument for each source: it goes where its source goes."""
_WITH_CUSTOM_FIELDS = {
    "companies": "company",
    "contacts": "contact",
    "leads": "lead",
    "deals": "deal",
    "tickets": "ticket",
    "defects": "defect",
}


def propose_lists():
    return mappings.VALUE_LISTS


def propose_mappings(catalog, *, zone):
    """Return the profile for one installation, with its own fields as custom fields.

    :param zone: of the server, for times that are written without one
    """
    available = {stream.name for stream in catalog.streams()}
    proposer = _Proposer(catalog, zone, available)
    found = []
    for item in mappings.MAPPINGS:
        if item.stream in available and (proposed := proposer.mapping(item)):
            found.append(proposed)
    objects = object_mappings(catalog, lambda step: proposer.convert(step, ()))
    return (*hang_on(found, objects), *objects)


def _with_notes(fields, rest):
    """Return the fields with more paragraphs in the notes: name → label."""
    notes = next((item for item in fields if item.target == "@note"), None)
    if notes is None or not isinstance(notes.source, tuple):
        before = () if notes is None else ((notes.source, ""),)
        added = field("@note", (*(s for s, _l in before), *rest), labelled(*(l for _s, l in before), *rest.values()))  # noqa: E741  # fmt: skip
    else:
        (labels,) = notes.steps[0].arguments
        step = Step("labelled", ([*labels, *([label] for label in rest.values())],))
        added = replace(notes, source=(*notes.source, *rest), steps=(step,))
    return (*(item for item in fields if item.target != "@note"), added)


class _Proposer:
    def __init__(self, catalog, zone, available):
        self.catalog = catalog
        self.zone = zone
        self.order = catalog.api.endpoints["dates"]["order"]
        self.available = available

    def mapping(self, item):
        """Return a mapping with real names, None where nothing tells when it applies."""
        when = []
        for condition in item.when:
            if found := self._condition(item.stream, condition):
                when.append(found)
            elif {mappings_common.CALLED, mappings_common.MAILED} & set(item.when[:1]):
                # What no field calls open has been made, and is history.
                if condition == mappings_common.NOT_DONE or condition in item.when[:1]:
                    return None
            # Nothing is never one of some values. Without a field for the kind,
            # everything is what needs no deciding.
            elif not condition.negate and condition != mappings_common.UNDECIDED:
                return None
        fields = [
            found for entry in item.fields if (found := self._field(item.stream, entry))
        ]
        known = self._names(item.stream)
        proposed = replace(
            item,
            fields=tuple(fields),
            when=tuple(when),
            after=tuple(name for name in item.after if name in self.available),
            ignored=self._ignored(item, known),
        )
        if item.stream in _WITH_CUSTOM_FIELDS and known:
            proposed = self._with_custom_fields(proposed)
        return self._with_the_rest(proposed) if known else proposed

    def _ignored(self, item, known):
        """Return what is left out, under the names that it has here."""
        reasons = {**item.ignored, **mappings.OF_STREAM.get(item.stream, {})}
        if not known:
            return reasons
        aliases = self.catalog.rules(_PATHS[item.stream]).get("fields", {})
        named = {
            (self._real(item.stream, name) if name in aliases else name): why
            for name, why in reasons.items()
        }
        return {name: why for name, why in named.items() if name in known}

    def _with_the_rest(self, item):
        """Put every field that nothing else takes into the notes, under its label."""
        taken = {name for name in item.ignored}
        for entry in (*item.fields, *item.when):
            source = entry.source
            taken |= set(source if isinstance(source, tuple) else [source])
        taken |= {name for name in self._names(item.stream) if self._is_left(name)}
        form = self.catalog.form_of(_PATHS[item.stream])
        rest = {
            name_of(row): str(member(row, "LabelText") or name_of(row))
            for row in form.rows
            if name_of(row) not in taken
        }
        if not rest:
            return item
        return replace(item, fields=_with_notes(item.fields, rest))

    @staticmethod
    def _is_left(name):
        return name.casefold() in {key.casefold() for key in mappings.IGNORED}

    def _names(self, stream):
        path = _PATHS[stream]
        if self.catalog.rules(path).get("default_columns"):
            return set()
        try:
            return set(self.catalog.form_of(path).names)
        except FatalError as error:
            if error.code not in ("refused", "forbidden"):
                raise
            # Whoever reads the stream will hear why; the others go on.
            return set()

    def _real(self, stream, part):
        """Return the name of the field that plays a part, None if there is none."""
        if part.startswith("_"):
            return part
        path = _PATHS[stream]
        rules = self.catalog.rules(path)
        aliases = rules.get("fields", {}).get(part, ())
        if part == "modified":
            aliases = rules.get("modified", ())
        if not self._names(stream):
            # No description is to be had: what was seen elsewhere has to do.
            return next(iter(aliases), None)
        return self.catalog.form_of(path).find(aliases)

    def _condition(self, stream, condition):
        name = self._real(stream, condition.source)
        return replace(condition, source=name) if name else None

    def _field(self, stream, entry):
        """Return a field with real names; None where the installation has no source."""
        if entry.source is None:
            return entry
        parts = entry.source if isinstance(entry.source, tuple) else (entry.source,)
        names = [self._real(stream, part) for part in parts]
        instead = mappings.INSTEAD.get((stream, entry.target))
        if not any(names) and instead and instead is not entry:
            return self._field(stream, instead)
        kept = [name is not None for name in names]
        steps = [self.convert(step, kept) for step in entry.steps]
        if not any(kept):
            if not entry.required:
                return None
            # Something must fill it: the consultant sees that nothing does yet.
            names, kept = list(parts), [True] * len(parts)
            steps = [self.convert(step, kept) for step in entry.steps]
        source = tuple(name for name in names if name)
        if not isinstance(entry.source, tuple):
            source = source[0]
        return replace(entry, source=source, steps=tuple(steps))

    def convert(self, step, kept):
        """Return a step as this installation needs it.

        :param kept: which of the sources of its field there are
        """
        name, arguments = step.name, step.arguments
        if name == "datetime_as":
            return Step(name, (self.order, self.zone))
        if name == "date_as":
            return Step(name, (self.order,))
        if name in _ALONGSIDE:
            pairs = zip(arguments[0], kept, strict=True)
            wanted = [argument for argument, keep in pairs if keep]
            if name == "lookup_several_by":
                wanted = [[s, self._member(s, part)] for s, part in wanted]
            return Step(name, (wanted, *arguments[1:]))
        return step

    def _member(self, stream, part):
        return (self._real(stream, part) or "") if part else ""

    def _with_custom_fields(self, item):
        """Offer every field that is neither mapped, nor hidden, nor the product's own."""
        mapped = set()
        for entry in item.fields:
            source = entry.source
            mapped |= set(source if isinstance(source, tuple) else [source])
        path = _PATHS[item.stream]
        form, targets = self.catalog.form_of(path), []
        keys = keys_of(item, _WITH_CUSTOM_FIELDS[item.stream])
        hidden = form.hidden()
        ignored = {
            name: _lt("hidden in Soffront's own forms") for name in hidden - mapped
        }
        for found in form.described(self.catalog.samples(path)):
            if not found.custom or found.path in mapped | hidden:
                continue
            steps = [self.convert(s, ()) for s in mappings.CUSTOM_STEPS[found.kind]]
            targets.append(
                custom_field(
                    keys.take(found.path.lower()),
                    found.path,
                    *steps,
                    label=found.label,
                    kind=found.kind,
                    options=found.options,
                )
            )
        return extend(item, targets, ignored=ignored)
