"""The members of NextCRM's records as their columns describe them, a customer's included."""

from dataclasses import replace

from ..core.source import SourceField
from ..mapping.custom import extend, keys_of
from ..mapping.vocabulary import (
    boolean,
    custom_field,
    date,
    datetime_in,
    decimal,
    field,
    join,
    json_text,
    labelled,
    strip,
)

_KINDS = {
    "int2": "integer",
    "int4": "integer",
    "int8": "float",  # Odoo's integers end at two thousand million
    "numeric": "float",
    "float4": "float",
    "float8": "float",
    "bool": "boolean",
    "date": "date",
    "timestamp": "datetime",
    "timestamptz": "datetime",
    "uuid": "char",
    "text": "char",
    "json": "json",
    "jsonb": "json",
    "_text": "json",
    "_uuid": "json",
}
_STEPS = {
    "integer": (decimal,),
    "float": (decimal,),
    "boolean": (boolean,),
    "date": (date,),
    "datetime": (datetime_in("UTC"),),
}
_PREFIX = {
    "companies": "company",
    "contacts": "contact",
    "targets": "target",
    "leads": "lead",
    "deals": "deal",
    "products": "product",
    "projects": "project",
    "tasks": "task",
}
_NOTED = ("mail.message", "mail.activity", "calendar.event", "ir.attachment")
"""Models whose records are read in a chatter or a calendar, not in a form."""

# Members that the connector adds; ``path:kind``.
_ADDED = {
    "companies": "_lists:json _parent_id:reference _watchers:json _shipping:json _shipping.street"
    " _shipping.city _shipping.postal_code _shipping.state _shipping.country",
    "contacts": "_name _company:reference _company_was _lists:json _tags:json _type",
    "targets": "_lists:json _list_names:json _tags:json _person _converted_to:json"
    " _persons:json _gone:json",
    "email_templates": "_subject _body:html _unknown:json",
    "list_members": "_list:reference _target:reference _gone:json",
    "campaign_sends": "_target:reference _subject _gone:json",
    "leads": "_name _person _company:reference _company_was _campaign _status _source"
    " _type",
    "campaigns": "_lists:json _audience:integer",
    "deals": "_state _closed_at:datetime _stages:json _contacts:json _further:json _type"
    " _lines:json _lines.productId:reference _lines_currency _lines_total:monetary _company:reference _company_was _contact_was _gone:json"
    " _employer _approval _campaign:reference _campaign_was _currency _rate:float _rate_currency"
    " _days.close_date _days.delivery_deadline",
    "stages": "_sequence:integer",
    "activities": "_deals:json _leads:json _contacts:json _targets:json _companies:json"
    " _gone:json _details:json _days.date _days.createdAt _stop:datetime _ical_uid _attendees:json _hours:float metadata.subject"
    " metadata.calendarSource",
    "emails": "_copies:json _contacts:json _companies:json _body:html _sender:json _sender.name",
    "comments": "_parent:json",
    "projects": "_members:json",
    "project_stages": "_board:reference _gone:json",
    "tasks": "_tags:json _done_at:datetime _project:reference _stage:reference"
    " _gone:json",
    "todos": "_tags:json _done_at:datetime _deal:reference _company:reference"
    " _gone:json _days.dueDateAt _days.createdAt",
    "contracts": "_company:reference _lines:json _gone:json",
    "company_products": "_company:reference _product _gone:json",
    "products": "_category",
    "documents": "_tags:json",
    "media": "document_id:reference name mimetype size:integer createdAt:datetime"
    " updatedAt:datetime createdBy:reference _key _url _parent:json"
    " description document_system_type status visibility _document_type _tags:json"
    " _gone:json",
    "invoices": "_kind _lines:json _payments:json _paid_at:datetime _series _company:reference _gone:json"
    " _days.issueDate _days.taxableSupplyDate _days.dueDate",
    "received_invoices": "_days.date_created _days.date_due",
    "invoice_files": "name createdAt:datetime _key _parent:json",
    "contact_tags": "id name used_by:integer",
    "task_tags": "id name used_by:integer",
    "opt_outs": "id email at:datetime reason",
    "workflows": "kind title is_active:boolean trigger steps:json data:json",
}


def describe(stream, catalog, table):
    """Return the ``SourceField``s of a stream; also of columns that this release lacks."""
    fields = []
    if table:
        there = catalog.tables.get(table.name, {})
        for name in table.listed:
            kind = _KINDS.get(there[name].type, "char") if name in there else "char"
            fields.append(SourceField(name, kind=kind))
        fields += [
            SourceField(c.name, label_of(c.name), kind_of(c), custom=True)
            for c in catalog.foreign(table)
        ]
    for word in _ADDED.get(stream, "").split():
        path, _colon, kind = word.partition(":")
        fields.append(SourceField(path, kind=kind or "char"))
    return tuple(fields)


def kind_of(column):
    return _KINDS.get(column.type, "char")


def label_of(name):
    """Return what a column of a customer's own may be called.

    >>> label_of("loyaltyLevel"), label_of("x_vat_checked")
    ('Loyalty level', 'X vat checked')
    """
    spaced = "".join(f" {c.lower()}" if c.isupper() else c for c in name)
    return spaced.replace("_", " ").strip().capitalize()


def with_foreign_columns(mappings, catalog, tables):
    """Return the profile with a proposed field for every column of a customer's own."""
    extended = []
    for item in mappings:
        table = tables.get(item.stream)
        foreign = catalog.foreign(table) if table else []
        if foreign and item.model in _NOTED and not item.part:
            item = _noted(item, foreign)
        elif foreign and item.stream in _PREFIX and not item.part:
            item = _extended(item, foreign)
        extended.append(item)
    return tuple(extended)


def _noted(item, columns):
    """Put the columns into the notes: no form of Odoo would show a field for them."""
    names = tuple(column.name for column in columns)
    labels = labelled(*((label_of(c.name), "*", 0) for c in columns))
    return replace(item, fields=(*item.fields, field("@note", names, labels)))


def _extended(item, columns):
    targets, keys = [], keys_of(item, _PREFIX[item.stream])
    for column in columns:
        kind = kind_of(column)
        listed = column.type.startswith("_")
        steps = (join(", "),) if listed else (json_text,) if kind == "json" else None
        targets.append(
            custom_field(
                keys.take(column.name.lower()),
                column.name,
                *(steps or _STEPS.get(kind, (strip,))),
                label=label_of(column.name),
                kind="text" if kind == "json" else kind,
            )
        )
    return extend(item, targets)
