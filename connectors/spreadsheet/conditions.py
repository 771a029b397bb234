"""Which rows become what: deleted ones nothing, converted leads a note on what they became."""

from dataclasses import replace

from ..core.sentences import _lt
from ..mapping.transforms import TRANSFORMS, BadValue
from ..mapping.vocabulary import (
    constant,
    datetime,
    field,
    is_one_of,
    is_set,
    labelled,
    left_out,
    lookup_several_by,
    mapping,
    owner,
)
from .columns import Columns
from .evidence import is_date, texts_of
from .names import divide, squeeze
from .proposal import fit_steps
from .references import refer_to_several

DELETED = ("is deleted", "deleted", "is removed", "is trashed")
DELETED_AT = ("deleted at", "deleted on", "date deleted", "deleted date")
CONVERTED = ("is converted", "converted", "lead converted")
BECAME = (
    ("converted opportunity id", "converted deal id", "created opportunity id"),
    ("converted contact id", "created contact id"),
    ("converted account id", "converted company id", "created account id"),
)
"""Ids of the deal, the person and the company that a lead became."""
CONVERTED_ON = ("converted date", "converted at", "date converted", "converted time")
IS_SERIES, SERIES_TIES = ("is recurrence",), ("recurrence activity id",)
SERIES_KINDS = ("group event type",)
_SERIES = _lt("the pattern of a series, whose meetings have rows of their own")
_YES = ("1", "true", "True", "TRUE", "yes", "Yes", "YES")
_REASON = _lt("deleted in the system that the file comes from")


def when_deleted(columns):
    """Return the conditions under each of which a row was deleted in its system.

    Salesforce's data export has what lies in the recycle bin (``IsDeleted``), a dump of a
    database what its program only marks (``deleted``, ``deleted_at``).
    """
    flags = [column for column in called(columns, DELETED) if is_flag(column)]
    days = [
        column
        for column in called(columns, DELETED_AT)
        if texts_of(column) and is_date(column)
    ]
    return (
        *(is_one_of(column.name, *yes_words(column)) for column in flags),
        *(is_set(column.name) for column in days),
    )


def when_series(columns):
    """Return the conditions under each of which a row is a series, not one of its meetings.

    Salesforce keeps the pattern of a series as a record of its own beside the record of
    each occurrence: with ``IsRecurrence`` where it was made in Classic, of the
    ``GroupEventType`` 3 in Lightning (Change Data Capture Developer Guide, *Recurring
    Activities*). Taken both, the meeting would stand twice.
    """
    ties = [c for c in called(columns, SERIES_TIES) if texts_of(c)]
    flags = [column for column in called(columns, IS_SERIES) if is_flag(column)]
    kinds = called(columns, SERIES_KINDS) if called(columns, ("subject",)) else []
    return (
        *(is_one_of(c.name, *yes_words(c)) for c in (flags if ties else [])),
        *(is_one_of(c.name, "3") for c in kinds),
    )


def called(columns, names):
    """Return the columns that bear one of the names."""
    wanted = set(map(squeeze, names))
    return [c for c in columns.values() if squeeze(_called(c)) in wanted]


def _called(column):
    told = column.habit and column.habit.means
    return divide(column.name)[1] if told is None else told


def rules_for_deleted(stream, columns):
    """Return why rows of a stream are left out."""
    return (
        *(left_out(stream, _REASON, when) for when in when_deleted(columns)),
        *(left_out(stream, _SERIES, when) for when in when_series(columns)),
    )


def without_deleted(item, columns):
    """Return a mapping that takes no row that was deleted, or stands for several."""
    no_row = (*when_deleted(columns), *when_series(columns))
    kept = (replace(when, negate=not when.negate) for when in no_row)
    return replace(item, when=(*item.when, *kept))


def divide_converted(item, columns, streams):
    """Return the mappings of leads: those that were converted become a note.

    The deal, the person or the company that came of it is there beside it: a second
    record would count the same business twice. Where none of these is read, the lead is
    all there is, and stays one.

    :param item: the mapping of all leads
    :param streams: ``{object: (its stream, its columns by name)}``
    """
    found = Columns(columns, "leads")
    flag = next((c for _n, c in found.named(CONVERTED) if is_flag(c)), None)
    thread = _became(found, streams)
    if not flag or not thread:
        return (item,)
    yes = is_one_of(flag.name, *yes_words(flag))
    no = replace(yes, negate=True)
    note = _note(item, columns, found, thread, flag)
    return (
        replace(item, when=(*item.when, no)),
        replace(note, when=(*item.when, yes)),
    )


def _became(found, streams):
    """Return the field that names what leads became, None where none of it is read."""
    known = ("deals", "contacts", "companies")
    wanted = field(
        "@thread", BECAME, lookup_several_by(*((name, "") for name in known))
    )
    columns = [found.find(wanted, names) for names in BECAME]
    return refer_to_several(wanted, columns, found, streams)


def _note(item, columns, found, thread, flag):
    own = {each.target: each for each in item.fields}
    told = {*thread.source, flag.name, *item.ignored}
    for target in ("@created_at", "@updated_at", "@created_by"):
        if target in own:
            told |= {*_as_names(own[target].source)}
    names = [c.name for c in columns.values() if c.name not in told and not c.nested]
    name = own.get("name")
    fields = [
        field("@subtype", None, constant("note")),
        field("body", tuple(names), labelled(*names)),
        thread,
        # A lead of which nobody says what became of it is not lost either.
        field("@unlinked", None, constant("company")),
    ]
    if name:
        fields.append(replace(name, target="subject", required=False))
    if "user_id" in own:
        fields.append(replace(own["user_id"], target="@author", steps=(owner,)))
    day = next((c for _n, c in found.named(CONVERTED_ON) if is_date(c)), None)
    if day:
        steps = fit_steps((datetime,), day, {}, found)
        fields.append(field("date", day.name, *steps))
    elif "@created_at" in own:
        fields.append(replace(own["@created_at"], target="date"))
    audit = ("@created_at", "@updated_at", "@created_by")
    fields += [own[target] for target in audit if target in own]
    return mapping(
        item.stream,
        "mail.message",
        *fields,
        after=tuple(dict.fromkeys((*item.after, *_streams_of(thread)))),
        label=_lt("Converted leads"),
        ignored=item.ignored,
        key="converted",
    )


def _streams_of(thread):
    return (stream for stream, *_more in thread.steps[0].arguments[0] if stream)


def _as_names(source):
    return (source,) if isinstance(source, str) else source or ()


def is_flag(column):
    """Tell whether a column says nothing but yes and no."""
    texts = texts_of(column)
    return bool(texts) and all(_read(text) is not None for text in texts)


def _read(text):
    try:
        return TRANSFORMS["boolean"](text)
    except BadValue:
        return None


def yes_words(column):
    """Return what a yes may be written as: as usual, and as it stands in the column."""
    return tuple(dict.fromkeys((*_YES, *filter(_read, texts_of(column)))))
