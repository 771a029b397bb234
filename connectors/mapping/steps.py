"""The words for conversions: each builds a ``Step``, ``transforms.py`` acts on it."""

from .parts import Step


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
    the first ``skipped`` of which are left out; ``"*"`` tells all that it says. Pairs (member, heading) instead of a
    pattern make a table.
    """
    return Step(
        "labelled",
        ([_as_lists(item) if isinstance(item, tuple) else [item] for item in labels],),
    )


def _as_lists(item):
    return [_as_lists(part) if isinstance(part, tuple) else part for part in item]


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


def stage_moves(name, order="", zone=None):
    """The same of stages that are a value list: ``{"stage", "was", "at"}`` as written.

    ``order`` and ``zone`` as for ``datetime_as``; order empty: ISO.
    """
    return Step("stage_moves", (name, order, zone))


def stages_entered(name, stages=(), order="", zone=None):
    """Of several sources, when a deal came into each of ``stages``, the same."""
    return Step("stages_entered", (list(stages), name, order, zone))


def pick(member, value, wanted):
    """From a list of objects, ``wanted`` of the first one whose ``member`` is ``value``."""
    return Step("pick", (member, value, wanted))


def each(member):
    """From a list of objects, the list of one member of each."""
    return Step("each", (member,))


def join(separator=", "):
    return Step("join", (separator,))


def split(*separators):
    """A text as the list of its parts; what divides them, one or several (none: a comma)."""
    one = len(separators) < 2
    return Step(
        "split", (separators[0] if separators else ",",) if one else (list(separators),)
    )


def part(separator, number, of, from_end=False):
    """The part of this number of a text that has ``of`` parts; the last keeps the rest."""
    return Step("part", (separator, number, of, from_end))


def duration(unit=None):
    """Hours, of a number in ``unit`` (hours, minutes, seconds, milliseconds, days) or a text.

    Without a unit a bare number is asked about; ``1:30``, ``90 min``, ``PT1H30M`` are not.
    """
    return Step("duration", (unit,))


def duration_of(*units):
    """Of several sources, one per unit, their sum in hours."""
    return Step("duration_of", (list(units),))


def other_numbers(*columns):
    """Of several sources, one per (kind, label), what the first e-mail or phone leaves."""
    return Step("other_numbers", (list(map(list, columns)),))


def outcome(*roles):
    """Of several flags, one per role (won, lost, closed), what became of a deal."""
    return Step("outcome", (list(roles),))


def progress(*roles):
    """Of a flag (done) and of value lists, whether something is done."""
    return Step("progress", (list(roles),))


def moment(order="ymd", zone=None):
    """Of two sources, day and time of day, the instant in ``zone``, as ``datetime_in``."""
    return Step("moment", (order, zone))


def moment_of_end(order="ymd", zone=None):
    """The same for an end, of day, time, all-day flag, first day and its time."""
    return Step("moment_of_end", (order, zone))


def full_name(*roles):
    """Of several sources, one per role (whole, company, part), the name of a person."""
    return Step("full_name", (list(roles),))


def is_organization(*roles):
    """Of the same sources, whether only a company is named."""
    return Step("is_organization", (list(roles),))


def percent(scale=1):
    """A number of hundredths; ``scale`` 100 where the source writes parts of one."""
    return Step("percent", (scale,))


def template(text):
    """Put the values of several sources into ``text`` at ``{0}``, ``{1}``…; blank if all are."""
    return Step("template", (text,))


def template_subject(dialect):
    """A subject with merge tags in the words of Odoo's templates; see ``merge_tags``."""
    return Step("template_subject", (dialect,))


def template_body(dialect):
    """The same for a body, without anything that a template engine would act on."""
    return Step("template_body", (dialect,))


def template_tags(dialect):
    """Of the two sources subject and body, the merge tags that have no counterpart."""
    return Step("template_tags", (dialect,))


def replace_values(**table):
    """Exchange known values; others pass unchanged. Keys are compared as text."""
    return Step("replace_values", (table,))


def datetime_in(zone=None):
    """An instant in ``zone`` (IANA name; None: the source's time zone of the job)."""
    return Step("datetime", (zone,))


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
day_as_written = Step("date", ("",))
domain_name = Step("domain_name")
currency_of = Step("currency_of")
email = Step("email")
first_email = Step("first_email")
first_phone = Step("first_phone")
html = Step("html")
integer = Step("integer")
invert = Step("invert")
json_text = Step("json_text")
local_date = Step("local_date", (None,))
lookup_parent = Step("lookup_parent")
one_link = Step("one_link")
"""One link of several references: the first that is found; the others go to the notes.

Where the others only stand in for the first, as a company for its person, a mapping says
``coalesce`` or ``lookup_first`` instead: then they are left out."""
lower = Step("lower")
owner = Step("owner")
phone = Step("phone")
plain_text = Step("plain_text")
strip = Step("strip")
text_from_html = Step("text_from_html")
url = Step("url")
