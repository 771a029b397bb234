"""The words in which a profile is written. They only build data; ``apply.py`` acts on it.

A profile lists ``mapping(stream, model, field(target, source, *steps), …)``. Targets
are fields of the Odoo model, or the following, which the loaders know:

==================  ===========================================================
``@created_at``     when the record was made, UTC
``@updated_at``     when it was last changed, UTC
``@created_by``     owner reference: who made it
``@updated_by``     owner reference: who changed it last
``@thread``         reference(s), by priority: the record a message, an activity or
                    an attachment hangs on; the others are linked from it
``@author``         owner or record reference: who wrote a message
``@partners``       references: recipients of a message, attendees of a meeting
``@addresses``      list of ``{"email", "name", "role"}``: parties known by e-mail only
``@file``           what ``Source.read_file`` needs to bring the bytes
``@files``          list of record references: attachments shown on a message
``@state``          outcome of a deal: ``open``, ``won`` or ``lost``
``@currency``       code of the currency of the deal's amount; empty: the job's
``@closed_at``      when a deal was won or lost, UTC
``@stage_history``  list of ``{"stage": reference, "at": UTC}`` in order
``@note``           text or HTML that has no field of its own; goes to the notes
``@done_at``        when an activity was done, UTC; empty while it is open
``@inline``         address of a picture in its parent's text; the attachment takes its
                    place there
``@subtype``        what a message is: ``note``, ``email``, ``call`` or ``comment``
``@duration``       hours a meeting or call takes where the source gives no end
``@custom.<key>``   a custom field to be created, described by ``custom_field``
==================  ===========================================================
"""

from dataclasses import dataclass
from dataclasses import field as dataclass_field

REF = "$ref"
"""``{"$ref": [stream, source id]}``: the Odoo record that a source record became.

``{"$ref": [stream, value, member]}``: of the one whose ``member`` has this value."""
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
    """

    target: str
    source: str | tuple[str, ...] | None = None
    steps: tuple[Step, ...] = ()
    required: bool = False
    lossy: str = ""


@dataclass(frozen=True)
class CustomField:
    """A field that the target does not have: proposed to the consultant, then created.

    :param kind: as in ``SourceField.kind``
    :param options: pairs (key, label) of a selection
    """

    key: str
    label: str
    kind: str = "char"
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ValueList:
    """A list of source values of which the consultant decides what each means in Odoo.

    :param model: the Odoo model whose records are chosen from, or None
    :param choices: pairs (value, label) to choose from where there is no model
    :param proposals: key → value proposed; the engine proposes records by name itself
    :param otherwise: proposed for every other key
    :param create: what is not found may be created under its label
    """

    name: str
    label: str
    model: str | None = None
    choices: tuple[tuple[str, str], ...] = ()
    proposals: dict[str, str] = dataclass_field(default_factory=dict)
    otherwise: str | None = None
    create: bool = False


@dataclass(frozen=True)
class Mapping:
    """How the records of a stream become records of an Odoo model.

    One stream may have several mappings: each whose conditions all hold makes a
    record of its own. ``part`` tells them apart; the one named ``""`` is what
    references to the stream mean.
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


def mapping(stream, model, *fields, after=(), when=(), part="", label="", ignored=None):
    """Describe how a stream becomes a model.

    :param after: streams that must be loaded before
    :param when: conditions, all of which must hold
    :param ignored: source path, or a pattern with ``*``, → why it is not brought over
    """
    custom = tuple(item for item in fields if isinstance(item, _CustomTarget))
    return Mapping(
        stream=stream,
        model=model,
        fields=tuple(item.field if item in custom else item for item in fields),
        after=tuple(after),
        when=(when,) if isinstance(when, Condition) else tuple(when),
        part=part,
        label=label,
        custom_fields=tuple(item.definition for item in custom),
        ignored=dict(ignored or {}),
    )


def field(target, source=None, *steps, required=False, lossy=""):
    """Fill a target from the value at ``source`` after all ``steps``."""
    return Field(target, source, tuple(steps), required, lossy)


@dataclass(frozen=True)
class _CustomTarget:
    field: Field
    definition: CustomField


def custom_field(key, source, *steps, label, kind="char", options=(), lossy=""):
    """Fill a field that is created for it: ``x_<key>`` on the target model."""
    return _CustomTarget(
        Field(f"@custom.{key}", source, tuple(steps), lossy=lossy),
        CustomField(key, label, kind, tuple(options)),
    )


def is_one_of(source, *values, value_list=None):
    return Condition(source, values, value_list=value_list)


def is_none_of(source, *values, value_list=None):
    return Condition(source, values, negate=True, value_list=value_list)


def is_set(source):
    return Condition(source)


def is_unset(source):
    return Condition(source, negate=True)


def constant(value):
    """The same value for every record, whatever the source says."""
    return Step("constant", (value,))


def default(value):
    """This value where the source has none."""
    return Step("default", (value,))


def value_map(name):
    """What the consultant decides that the value means, in the list of this name."""
    return Step("value_map", (name,))


def lookup(stream):
    """The Odoo record that the record of ``stream`` with this id became."""
    return Step("lookup", (stream,))


def lookup_all(stream, member="id"):
    """The same for every item of a list; ``member`` holds the id (empty: the item is it)."""
    return Step("lookup_all", (stream, member))


def lookup_first(*streams):
    """Of several sources, one per stream, the first id (or item with one) as a reference."""
    return Step("lookup_first", (list(streams),))


def lookup_several(*streams):
    """Of several sources, one per stream, every id as a reference, in the order given."""
    return Step("lookup_several", (list(streams),))


def lookup_by(stream, member):
    """The Odoo record that a record of ``stream`` became, found by another member.

    Gives ``{"$ref": [stream, value, member]}``: the record of ``stream`` whose
    ``member`` equals the value, case and outer blanks ignored. None or several of them
    leave the reference unresolved. Of a list, one reference for every item.
    """
    return Step("lookup_by", (stream, member))


def lookup_several_by(*pairs):
    """Of several sources, one per pair (stream, member), every one as a reference.

    An empty member means that the source holds the id, as in ``lookup_several``.
    """
    return Step("lookup_several_by", (list(map(list, pairs)),))


def addresses(*roles, email="address", name="name"):
    """Of several sources, one per role, the parties as ``{"email", "name", "role"}``.

    Each source is an object, a list of objects or a text such as ``Ana <ana@b.c>``.
    """
    return Step("addresses", (list(roles), email, name))


def lookup_typed(member, otherwise, **streams):
    """Of several lists of objects, references by the kind that ``member`` names.

    :param otherwise: stream of the objects that name none
    """
    return Step("lookup_typed", (member, otherwise, streams))


def as_object(*members):
    """Of several sources, one per member, an object; blank ones are left out."""
    return Step("as_object", (list(members),))


def labelled(*labels):
    """Of several sources, HTML with a paragraph for each that has a value.

    ``labels``, one per source, are texts (empty: the value alone) or, for a list of
    objects, ``(text, pattern, skipped)``: ``"{number} ({type})"`` makes each item,
    the first ``skipped`` of which are left out.
    """
    return Step(
        "labelled",
        ([list(item) if isinstance(item, tuple) else [item] for item in labels],),
    )


def period(part):
    """Of the two sources begin and end, one part of the time a meeting takes.

    ``start`` and ``stop`` are instants, ``start_date`` and ``stop_date`` the days of
    one without times, ``allday`` tells which. ``stop`` stays empty where the source
    gives no usable end: see ``@duration``.
    """
    return Step("period", (part,))


def stage_steps(stream):
    """Of a list of ``{"stage": id, "at": instant}`` the same with references: a history."""
    return Step("stage_steps", (stream,))


def pick(member, value, wanted):
    """From a list of objects, ``wanted`` of the first one whose ``member`` is ``value``."""
    return Step("pick", (member, value, wanted))


def each(member):
    """From a list of objects, the list of one member of each."""
    return Step("each", (member,))


def join(separator=", "):
    return Step("join", (separator,))


def split(separator=","):
    return Step("split", (separator,))


def template(text):
    """Put the values of several sources into ``text`` at ``{0}``, ``{1}``…; blank if all are."""
    return Step("template", (text,))


def replace_values(**table):
    """Exchange known values; others pass unchanged. Keys are compared as text."""
    return Step("replace_values", (table,))


def datetime_in(zone=None):
    """An instant in ``zone`` (IANA name; None: the source's time zone of the job)."""
    return Step("datetime", (zone,))


def local_date_in(zone=None):
    """The day that an instant falls on in ``zone`` (None: the job's); a day stays."""
    return Step("local_date", (zone,))


def date_as(order):
    """A day written as ``dmy``, ``mdy`` or ``ymd``, or in a format of ``strptime``."""
    return Step("date_as", (order,))


def datetime_as(order, zone=None):
    """The same for an instant; without an offset it is in ``zone``, as ``datetime_in``."""
    return Step("datetime_as", (order, zone))


def decimal_as(mark):
    """A number written with this decimal mark, ``.`` or ``,``; other marks group digits."""
    return Step("decimal_as", (mark,))


def html_table(*columns):
    """A list of objects as an HTML table; ``columns`` are pairs (member, heading)."""
    return Step("html_table", (list(map(list, columns)),))


boolean = Step("boolean")
coalesce = Step("coalesce")
date = Step("date")
date_and_time = Step("date_and_time")
datetime = Step("datetime", (None,))
decimal = Step("decimal")
domain_name = Step("domain_name")
email = Step("email")
html = Step("html")
integer = Step("integer")
invert = Step("invert")
json_text = Step("json_text")
local_date = Step("local_date", (None,))
lookup_parent = Step("lookup_parent")
lower = Step("lower")
owner = Step("owner")
phone = Step("phone")
strip = Step("strip")
text_from_html = Step("text_from_html")
url = Step("url")
