"""The parts of a profile: plain data, which ``vocabulary.py`` has the words for."""

from dataclasses import dataclass
from dataclasses import field as dataclass_field

REF = "$ref"
"""``{"$ref": [stream, source id]}``: the Odoo record that a source record became.

``{"$ref": [stream, value, member]}``: of the one whose ``member`` has this value.
``{"$ref": [stream, value, member, hints]}``: the same, and what else is known of that
record, in case several have the value: see ``references.py``."""
MAP = "$map"
"""``{"$map": [list, key]}``: what the consultant decided that a value means in Odoo."""
OWNER = "$owner"
"""``{"$owner": key}``: the user that the consultant assigned to an owner."""


@dataclass(frozen=True)
class Step:
    """One named conversion with its arguments; ``transforms.py`` holds the functions."""

    name: str
    arguments: tuple = ()

    def as_json(self):
        return [self.name, *self.arguments]


@dataclass(frozen=True)
class Condition:
    """When a mapping applies: the value at ``source`` is among ``values``.

    Of several sources the first that has a value counts. ``values`` empty means: any value at all. ``negate`` turns it round. With
    ``value_list``, the consultant's decision for the value is compared instead.
    """

    source: str | tuple[str, ...]
    values: tuple = ()
    negate: bool = False
    value_list: str | None = None

    def as_json(self):
        return {
            "source": list(self.source)
            if isinstance(self.source, tuple)
            else self.source,
            "values": list(self.values),
            "negate": self.negate,
            "list": self.value_list,
        }


@dataclass(frozen=True)
class Field:
    """What goes into one target.

    :param source: dotted path in the record (``user.email``, ``phones.0.number``),
        several of them as a tuple, or None
    :param required: without it the record cannot be loaded
    :param lossy: why something is lost on the way; shown in the review
    :param instead_of: model of another mapping of the stream that says the same; where
        that can be loaded this field is left out
    :param confidence: percent; less than 100 where the source itself is not sure
    """

    target: str
    source: str | tuple[str, ...] | None = None
    steps: tuple[Step, ...] = ()
    required: bool = False
    lossy: str = ""
    instead_of: str = ""
    confidence: int = 100


@dataclass(frozen=True)
class CustomField:
    """A field that the target does not have: proposed to the consultant, then created.

    :param kind: as in ``SourceField.kind``
    :param options: pairs (key, label) of a selection
    :param relation: of a ``reference`` or ``references``: the stream whose records it
        points to; the field leads to what they become, and is their name where they
        become several things
    """

    key: str
    label: str
    kind: str = "char"
    options: tuple[tuple[str, str], ...] = ()
    relation: str = ""


@dataclass(frozen=True)
class CustomObject:
    """A kind of record that Odoo does not have: a model is created for it.

    Its fields are the custom fields of the mapping; ``x_name`` is its name.

    :param label: what people call such records
    """

    label: str


@dataclass(frozen=True)
class ValueList:
    """A list of source values of which the consultant decides what each means in Odoo.

    :param model: the Odoo model whose records are chosen from, or None
    :param choices: pairs (value, label) to choose from where there is no model
    :param proposals: key → value proposed; the engine proposes records by name itself
    :param otherwise: proposed for every other key
    :param create: what is not found may be created under its label
    :param words: table of ``words.py`` by which a key is understood that no proposal names
    """

    name: str
    label: str
    model: str | None = None
    choices: tuple[tuple[str, str], ...] = ()
    proposals: dict[str, str] = dataclass_field(default_factory=dict)
    otherwise: str | None = None
    create: bool = False
    words: str = ""


@dataclass(frozen=True)
class Mapping:
    """How the records of a stream become records of an Odoo model.

    One stream may have several mappings. Those of different ``part`` each make a record
    of their own; the part named ``""`` is what references to the stream mean. Of those
    of one part the first whose conditions all hold counts. ``key`` tells apart what has
    part and model in common: plans and updates know a mapping by the three, so a key
    never changes once it was released.
    """

    stream: str
    model: str
    fields: tuple[Field, ...] = ()
    after: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    part: str = ""
    label: str = ""
    custom_fields: tuple[CustomField, ...] = ()
    ignored: dict[str, str] = dataclass_field(default_factory=dict)
    key: str = ""
    optional: bool = False
    """Only where the app is here; another mapping takes the records where it is not."""
    wanted: str = ""
    """The model that the profile names, where another one stands in for it."""
    needs: str = ""
    """Model on whose records these hang: without it they are left out as well."""
    custom_object: CustomObject | None = None
    """Of a model ``x_…`` that is created for these records."""


@dataclass(frozen=True)
class LeftOut:
    """Records of a stream that no mapping is meant for, and why a consultant agrees.

    :param needs: model that would take them, if this database had it
    :param is_optional: they are not out of reach: something else takes them meanwhile
    """

    stream: str
    reason: str
    when: tuple[Condition, ...] = ()
    needs: str = ""
    is_optional: bool = False


@dataclass(frozen=True)
class CustomTarget:
    """A field and the description of the custom field that it fills."""

    field: Field
    definition: CustomField
