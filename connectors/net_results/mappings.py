"""Default mapping of Net-Results. Copied into the job, where the user reviews it."""

from ..core.sentences import _lt
from ..mapping.blocks import COUNTRIES, STATES, address, tagged_contacts
from ..mapping.vocabulary import (
    ValueList,
    boolean,
    coalesce,
    constant,
    datetime,
    email,
    field,
    is_none_of,
    is_one_of,
    is_set,
    labelled,
    lookup,
    lookup_parent,
    lower,
    mapping,
    owner,
    phone,
    plain_text,
    replace_values,
    template,
    value_map,
)
from .mappings_left_out import LEFT_OUT  # noqa: F401  # a part of the profile
from .names import ACTIVITY_FIELDS

_PART_OF_NAME = _lt("part of the name")

VALUE_LISTS = (
    COUNTRIES,
    STATES,
    ValueList(
        "history_kinds",
        _lt("Kinds of history"),
        choices=(
            ("email", _lt("E-mail in the chatter")),
            ("note", _lt("Note in the chatter")),
            ("skip", _lt("Left behind")),
        ),
        otherwise="note",
    ),
    ValueList(
        "email_events",
        _lt("What happened to an e-mail"),
        choices=(
            ("sent", _lt("Sent")),
            ("opened", _lt("Opened")),
            ("clicked", _lt("Clicked")),
            ("bounced", _lt("Bounced")),
            ("none", _lt("Nothing of the kind")),
        ),
        otherwise="none",
    ),
)

_TOLD = (
    *("_text", "_email_name", "_email_subject", "_campaign_name", "_link"),
    *("_bounce_type", "_bounce_code", "_bounce_reason", "_further"),
)
_ACTIVITY = (
    field(
        "body",
        ("_type", *_TOLD),
        labelled(
            *("Event", "", "E-mail", "Subject", "Campaign", "Link"),
            *("Bounce", "Bounce code", "Bounce reason"),
            ("Further", "{name}: {value}"),
        ),
        required=True,
    ),
    field("date", "_date", datetime, required=True),
    field("@thread", "_parent", lookup_parent, required=True),
)
_ACTIVITY_IGNORED = {
    **dict.fromkeys(
        sorted(set().union(*ACTIVITY_FIELDS.values())),
        _lt("told in the text of the event"),
    ),
    "email_id": _lt("a number within Net-Results; the name is kept"),
    "campaign_id": _lt("a number within Net-Results; the name is kept"),
}
IGNORED = {"*_id": _lt("a number that identifies the record in Net-Results")}
"""Members of any record that carry nothing to migrate."""

MAPPINGS = (
    mapping(
        "users",
        "res.users",
        field("name", ("name", "email"), coalesce, plain_text, required=True),
        field("login", "email", email, lower, required=True),
        field("email", "email", email),
    ),
    mapping(
        "companies",
        "res.partner",
        field("name", "account_name", plain_text, required=True),
        field("is_company", None, constant(True)),
        when=is_none_of("account_name", "-", ""),
    ),
    mapping(
        "contacts",
        "res.partner",
        field("name", "_name", plain_text, required=True),
        field("is_company", None, constant(False)),
        field("parent_id", "_company", lookup_parent),
        field("email", "contact_email_address", email),
        field("function", "contact_title", plain_text),
        field(
            "phone",
            ("contact_work_phone", "contact_mobile_phone", "contact_home_phone"),
            coalesce,
            phone,
        ),
        *address(
            street="contact_address_1",
            street2="contact_address_2",
            city="city_name",
            zip="contact_postalcode",
            state="state_name",
            country="country_name",
            text=plain_text,
        ),
        field(
            "message_bounce",
            "contact_bounced",
            boolean,
            replace_values(true=1, false=0),
        ),
        field("user_id", "owner_email", lower, owner),
        field(
            "@note",
            (
                "contact_mobile_phone",
                "contact_home_phone",
                "contact_fax",
                "contact_twitter_username",
                "contact_lead_score",
                "_no_mail",
            ),
            labelled(
                *("Mobile", "Home phone", "Fax", "Twitter", "Lead score"),
                "No e-mail, in Net-Results",
            ),
            lossy=_lt("Odoo keeps one phone number; the others go to the notes"),
        ),
        field("@created_at", "_created", datetime),
        field("@updated_at", "_modified", datetime),
        after=("users", "companies"),
        ignored={
            "contact_first_name": _PART_OF_NAME,
            "contact_last_name": _PART_OF_NAME,
            "contact_unsubscribed": _lt("becomes an entry of the blacklist"),
            "contact_create_date": _lt("told in UTC"),
            "contact_modified_date": _lt("told in UTC"),
            "account_id": _lt("told by the company"),
            "account_name": _lt("told by the company"),
        },
    ),
    mapping(
        "suppressions",
        "mail.blacklist",
        field("email", "email", email, required=True),
        after=("contacts",),
        ignored={
            "reason": _lt("Odoo's list of blocked addresses has no reason; the notes of the "
            "contact say it"),
            "unsubscribed": _lt("told by the reason"),
            "bounced": _lt("told by the reason"),
        },
    ),
    mapping(
        "lists", "mailing.list", field("name", "email_list_name", plain_text, required=True)
    ),
    mapping(
        "list_members",
        "mailing.subscription",
        field("list_id", "_list", lookup("lists"), required=True),
        field("@thread", "_parent", lookup_parent, required=True),
        field("opt_out", "_opted_out", boolean),
        field("opt_out_datetime", "_opted_out_at", datetime),
        after=("lists", "contacts"),
        ignored={
            "contact_id": _lt("told by the contact"),
            # Of whatever name: what it says is read as ``_opted_out``.
            **dict.fromkeys(
                ("opted_out", "is_opted_out", "opt_out", "unsubscribed"),
                _lt("told by the opt-out of the membership"),
            ),
        },
    ),
    mapping(
        "segments",
        "res.partner.category",
        field("name", "contact_segment_name", plain_text, required=True),
    ),
    tagged_contacts("segment_members", "segments", _lt("Segments of contacts")),
    # The stage of life of a contact; a product without deals has no other stage.
    mapping(
        "lead_statuses",
        "res.partner.category",
        field("name", "lead_status", plain_text, required=True),
    ),
    tagged_contacts(
        "lead_status_members", "lead_statuses", _lt("Lead statuses of contacts")
    ),
    mapping(
        "campaigns",
        "utm.campaign",
        field("title", "campaign_name", plain_text, required=True),
    ),
    mapping(
        "email_templates",
        "mail.template",
        field("name", ("email_name", "_subject", "email_id"), coalesce, plain_text, required=True),
        field("subject", "_subject", plain_text),
        field("body_html", "_body"),
        field("description", "_review", plain_text),
        field("@review", "_unknown"),
        field("reply_to", "email_reply_to_address", email),
        ignored={
            "email_subject": _lt("its merge tags are translated"),
            "email_content_html": _lt("its merge tags are translated"),
            "email_content_text": _lt("Odoo makes the plain text of the body"),
            "email_reply_to_label": _lt("Odoo takes the name of the sender"),
            "_pictures": _lt("listed in the description"),
        },
    ),
    mapping(
        "mailings",
        "mailing.mailing",
        field("subject", ("subject", "name"), coalesce, plain_text, required=True),
        ignored={"name": _lt("the subject tells it"), "email_id": _lt("a number of Net-Results")},
    ),
    mapping(
        "activities",
        "mail.message",
        field("@subtype", None, constant("email")),
        field("subject", ("_email_subject", "_email_name"), coalesce, plain_text),
        *_ACTIVITY,
        after=("contacts",),
        when=is_one_of("_type", "email", value_list="history_kinds"),
        label=_lt("E-mails sent"),
        ignored=_ACTIVITY_IGNORED,
    ),
    mapping(
        "activities",
        "mail.message",
        field("@subtype", None, constant("note")),
        *_ACTIVITY,
        after=("contacts",),
        when=is_one_of("_type", "note", value_list="history_kinds"),
        label=_lt("Events"),
        key="events",
        ignored=_ACTIVITY_IGNORED,
    ),
    mapping(
        "activities",
        "mailing.trace",
        field("mass_mailing_id", "_mailing", lookup("mailings"), required=True),
        field("@event", "_type", value_map("email_events")),
        field("@at", "_date", datetime),
        field("@thread", "_parent", lookup_parent, required=True),
        field(
            "failure_reason",
            ("_bounce_type", "_bounce_code", "_bounce_reason"),
            template("{0} {1} {2}"),
        ),
        after=("mailings", "contacts"),
        when=(
            is_set("_mailing"),
            is_one_of(
                *("_type", "sent", "opened", "clicked", "bounced"),
                value_list="email_events",
            ),
        ),
        part="trace",
        label=_lt("Statistics of e-mails"),
        optional=True,
        ignored=_ACTIVITY_IGNORED,
    ),
)  # fmt: skip
