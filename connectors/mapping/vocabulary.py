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
``@unlinked``       ``company``: what belongs to no record goes to the company's own
                    contact; ``addresses``: to the contacts who have the addresses that
                    it names; else it is not loaded
``@author``         owner or record reference: who wrote a message
``@partners``       references: recipients of a message, attendees of a meeting
``@addresses``      list of ``{"email", "name", "role"}``: parties known by e-mail only
``@file``           what ``Source.read_file`` needs to bring the bytes
``@files``          list of record references: attachments shown on a message
``@state``          outcome of a deal: ``open``, ``won`` or ``lost``
``@currency``       currency of the deal's amounts as the source writes it, best its ISO
                    code; empty: the job's; one that Odoo does not know is asked for
``@rate``           what one unit of ``@currency`` was worth in ``@rate_currency`` at the
                    time of the deal, a number above 0; empty: Odoo's own rate counts
``@rate_currency``  ISO code of the currency that ``@rate`` leads to
``@closed_at``      when a deal was won or lost, UTC
``@actual_revenue``  what a deal came to in the end: of one that is won it takes the place of
                    its expected revenue, which is kept in the notes
``@stage_history``  list of ``{"stage": reference, "at": UTC}`` in order
``@note``           text or HTML that has no field of its own; goes to the notes
``@done_at``        when an activity was done, UTC; empty while it is open
``@done``           whether it is done, where no day says so: ``done``, ``open`` or
                    ``cancelled``, or a value list of these
``@inline``         address of a picture in its parent's text; the attachment takes its
                    place there
``@subtype``        what a message is: ``note``, ``email``, ``call`` or ``comment``
``@duration``       hours a meeting or call takes where the source gives no end
``@amount_untaxed``  total of an invoice without tax, as the source has it
``@amount_tax``     the taxes of an invoice
``@amount_total``   what an invoice comes to; Odoo's must be the same, to the cent
``@paid``           what was paid of an invoice: registered where a migration is asked to,
                    else said beforehand, and Odoo shows it as open
``@residual``       what of an invoice is still to be paid; where nobody says what was paid,
                    it is the rest of what the invoice comes to
``@paid_at``        when an invoice was paid, the last of several times; empty: when due
``@payments``       ``rows`` of the payments of an invoice, each with ``amount``, ``date`` and
                    ``reference``; where they do not come to ``@paid``, that counts
``@tax``            of a line of an invoice: the percentage of its tax
``@tax_amount``     of a line: the amount of its tax
``@subtotal``       of a line: its net amount, rounded as the source rounds it
``@bill``           of a line that is an object of its own: the invoice it belongs to
``@event``          what a row tells of a mail: ``sent``, ``opened``, ``clicked``,
                    ``bounced`` or ``failed``, or a value list of these
``@at``             when that was, UTC
``@review``         list of merge tags of a template that have no counterpart in Odoo
``@onto``           reference: the record onto which the lists of this row (tags) are
                    put; nothing else is made of the row
``@opt_out``        whether somebody has left the list that ``@onto`` puts onto them
``@opt_out_at``     when that was, UTC
``@project``        name of the project that takes a task which belongs to none; empty: the
                    one that the migration makes for all of them
``@rule``           how a series of meetings repeats: a rule of iCalendar (RFC 5545)
``@start``          when its first meeting begins, UTC
``@except``         list of the moments at which it has none, or a moved one, UTC
``@total``          what a quotation comes to in the source, taxes included; compared
``@untaxed``        the same without taxes
``@tax_included``   whether the prices of its lines include their taxes
``@custom.<key>``   a custom field to be created, described by ``custom_field``
==================  ===========================================================

Within ``rows`` of a quotation: ``@amount`` (what the line comes to, without taxes unless
prices include them), ``@discount`` with its ``@discount_kind`` (``percent``; any other:
money off the whole line) or ``@discount_amount``,
``@tax_rate`` (percent) or ``@tax_amount``, ``@amount_with_tax`` (noted where no tax makes
it), ``@unit`` (name of a unit).
"""

import dataclasses

from .parts import (  # noqa: F401  # all parts of a profile are found here
    MAP,
    OWNER,
    REF,
    Condition,
    CustomField,
    CustomObject,
    CustomTarget,
    Field,
    LeftOut,
    Mapping,
    Step,
    ValueList,
)
from .steps import *  # noqa: F403  # so are the words for conversions, every one


def mapping(
    stream,
    model,
    *fields,
    after=(),
    when=(),
    part="",
    label="",
    ignored=None,
    key="",
    needs="",
    optional=False,
):
    """Describe how a stream becomes a model.

    :param after: streams that must be loaded before
    :param when: conditions, all of which must hold
    :param ignored: source path, or a pattern with ``*``, → why it is not brought over
    :param key: tells it from others of the same stream, part and model; never changed
    :param needs: model on whose records these hang; without it they are left out
    :param optional: only where the model is here; else another mapping of the stream
        takes its records, instead of what stands in for the model elsewhere
    """
    custom = tuple(item for item in fields if isinstance(item, CustomTarget))
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
        key=key,
        needs=needs,
        optional=optional,
    )


def left_out(stream, reason, when=()):
    """Say why records of a stream for which all conditions hold become nothing."""
    return LeftOut(
        stream, reason, (when,) if isinstance(when, Condition) else tuple(when)
    )


def all_left_out(streams, reason, when=()):
    """Say the same of several streams, as a tuple.

    >>> [item.stream for item in all_left_out(("quotes", "orders"), "not yet")]
    ['quotes', 'orders']
    """
    return tuple(left_out(stream, reason, when) for stream in streams)


def field(target, source=None, *steps, required=False, lossy="", instead_of=""):
    """Fill a target from the value at ``source`` after all ``steps``.

    :param instead_of: model that another mapping of the stream fills with the same; where
        it can be loaded, this field is none: a table of lines, without quotations
    """
    return Field(target, source, tuple(steps), required, lossy, instead_of)


def rows(target, source, *fields, required=False, lossy=""):
    """Fill a list within the record (lines of a quotation) from the list at ``source``.

    :param fields: ``field``s of one row; their sources are members of it
    """
    columns = [
        {
            "target": item.target,
            "source": list(item.source)
            if isinstance(item.source, tuple)
            else item.source,
            "steps": [step.as_json() for step in item.steps],
            "required": item.required,
        }
        for item in fields
    ]
    return Field(target, source, (Step("rows", (columns,)),), required, lossy)


def custom_field(
    key, source, *steps, label, kind="char", options=(), relation="", lossy=""
):
    """Fill a field that is created for it: ``x_<key>`` on the target model."""
    return CustomTarget(
        Field(f"@custom.{key}", source, tuple(steps), lossy=lossy),
        CustomField(key, label, kind, tuple(options), relation),
    )


def custom_object(stream, model, *fields, label, **options):
    """Describe how a stream becomes a model ``x_…`` that is created for it.

    :param model: its name: lower case, ``x_`` at the beginning
    :param fields: ``x_name``, places like ``@created_at`` and ``custom_field``s
    :param label: what people call such records
    :param options: as of ``mapping``
    """
    return dataclasses.replace(
        mapping(stream, model, *fields, **options), custom_object=CustomObject(label)
    )


def is_one_of(source, *values, value_list=None):
    return Condition(source, values, value_list=value_list)


def is_none_of(source, *values, value_list=None):
    return Condition(source, values, negate=True, value_list=value_list)


def is_set(source):
    return Condition(source)


def is_unset(source):
    return Condition(source, negate=True)
