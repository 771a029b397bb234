"""Objects of the customer's own: each becomes a model of its own in Odoo, with its form."""

from dataclasses import replace

from ..core.errors import FatalError
from ..mapping.custom import Keys
from ..mapping.vocabulary import custom_field, custom_object, field, plain_text
from . import mappings, mappings_common

_NAMES = ("Name", "Title", "Subject")
_OWN = ("name", "active", "migration_notes")
"""Fields that every such model has anyhow."""
_STAMPS = (
    (mappings_common.CREATED, ("CreateDate", "Created", "Created On", "SubDate")),
    (
        mappings_common.UPDATED,
        ("LastMod", "ModDate", "LastModified", "ModifiedOn", "UpdateDt"),
    ),
)
"""What fields are called that tell when a record was made and changed: those of the
product's own objects (``defaults.py``)."""
_HANGING = ("notes", "media")


def object_mappings(catalog, convert):
    """Return a ``Mapping`` for every object that the product does not bring.

    :param convert: ``(step) → step`` as this installation writes its dates
    """
    models = Keys("x")
    found = []
    for stream in catalog.streams():
        if not catalog.is_custom(stream):
            continue
        try:
            form = catalog.form_of(stream.path)
        except FatalError as error:
            if error.code not in ("refused", "forbidden"):
                raise
            # Whoever reads the stream will hear why.
            continue
        model = models.take(stream.path.lower())
        found.append(_as_object(stream, model, form, catalog, convert))
    return tuple(found)


def hang_on(proposed, objects):
    """Return the mappings, notes and files behind the objects that they may hang on."""
    more = tuple(item.stream for item in objects)
    return tuple(
        replace(item, after=(*item.after, *more)) if item.stream in _HANGING else item
        for item in proposed
    )


def _as_object(stream, model, form, catalog, convert):
    columns = [
        found
        for found in form.described(catalog.samples(stream.path))
        if found.path != form.find((stream.primary_key,))
    ]
    name = _find_name(stream, columns)
    stamps = _find_stamps(form, convert)
    taken = {name, *(item.source for item in stamps)}
    keys = Keys("", _OWN)
    targets = [
        custom_field(
            keys.take(found.path.lower()),
            found.path,
            *map(convert, mappings.CUSTOM_STEPS[found.kind]),
            label=found.label,
            kind=found.kind,
            options=found.options,
        )
        for found in columns
        if found.path not in taken
    ]
    named = [field("x_name", name, plain_text)] if name else []
    return custom_object(
        stream.name, model, *named, *stamps, *targets, label=stream.label
    )


def _find_name(stream, columns):
    """Return the field that names a record: called so or as the object, else its first text."""
    texts = [found for found in columns if found.kind == "char"]
    own = (*_NAMES, stream.path, f"{stream.path} Name")
    for wanted in own:
        for found in texts:
            if wanted.casefold() in (found.path.casefold(), found.label.casefold()):
                return found.path
    return texts[0].path if texts else None


def _find_stamps(form, convert):
    return tuple(
        replace(item, source=name, steps=tuple(map(convert, item.steps)))
        for item, aliases in _STAMPS
        if (name := form.find(aliases))
    )
