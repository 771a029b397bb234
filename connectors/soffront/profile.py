"""Default mapping of Soffront CRM. Copied into the job, where the user reviews it.

Sources are the parts that a field plays (``fields`` of an object in ``defaults.py``), not
its name: that differs from one installation to the next, and ``proposal.py`` finds it.
"""

from ..mapping.vocabulary import (
    ValueList,
    as_object,
    boolean,
    coalesce,
    constant,
    date_as,
    datetime,
    datetime_as,
    decimal_as,
    email,
    field,
    html,
    integer,
    is_none_of,
    is_one_of,
    join,
    labelled,
    lookup_parent,
    lookup_several_by,
    mapping,
    owner,
    period,
    phone,
    plain_text,
    split,
    value_map,
)

VERSION = 1

_DAY, _INSTANT = date_as("mdy"), datetime_as("mdy")
_NAME = field("name", "name", plain_text, required=True)
_OWNER = field("user_id", "owner", owner)
_CREATED = field("@created_at", "created", _INSTANT)
_UPDATED = field("@updated_at", "modified", _INSTANT)
_ADDRESS = (
    field("street", "street", plain_text),
    field("street2", "street2", plain_text),
    field("city", "city", plain_text),
    field("zip", "zip", plain_text),
    field("state_id", "state", value_map("states")),
    field("country_id", "country", value_map("countries")),
)
_PARTNER = field(
    "partner_id",
    ("contact_name", "account_name"),
    lookup_several_by(("contacts", "name"), ("companies", "name")),
    coalesce,
    lossy="Soffront holds names here: two records of the same name cannot be told apart",
)
_THREAD = field(
    "@thread",
    ("contact_name", "account_name"),
    lookup_several_by(("contacts", "name"), ("companies", "name")),
)
_PEOPLE = ("companies", "contacts")
_RIGHTS = "rights are never granted by a migration"
_KIND = "kind"

_TO_DO = (
    field("summary", "name", plain_text),
    field(
        "date_deadline",
        ("end", "start"),
        coalesce,
        _DAY,
        lossy="the time of day is in the note",
    ),
    field(
        "note",
        ("description", "status", "start", "end"),
        labelled("", "Status in Soffront", "Start", "End"),
    ),
    _OWNER,
    _THREAD,
    _CREATED,
    _UPDATED,
)
UNDECIDED = is_one_of(_KIND, "activity", value_list="activity_kinds")
"""Holds for every activity of an installation that does not tell them apart."""

VALUE_LISTS = (
    ValueList("countries", "Countries", model="res.country"),
    ValueList("states", "States and regions", model="res.country.state"),
    ValueList("industries", "Industries", model="res.partner.industry", create=True),
    ValueList("campaigns", "Campaigns", model="utm.campaign", create=True),
    ValueList("stages", "Stages of deals", model="crm.stage", create=True),
    ValueList(
        "deal_states",
        "Outcome of a deal, by its stage",
        choices=(("open", "Open"), ("won", "Won"), ("lost", "Lost")),
        words="STAGE_OUTCOMES",
    ),
    ValueList(
        "activity_kinds",
        "Kinds of activities",
        choices=(
            ("meeting", "Meeting in the calendar"),
            ("call", "Call: in the history once it was made, else to be made"),
            ("email", "E-mail: in the history once it was sent, else to be written"),
            ("activity", "Activity to be done"),
        ),
        proposals={
            "Meeting": "meeting",
            "Appointment": "meeting",
            "Call": "call",
            "Phone Call": "call",
            "E-mail": "email",
            "Email": "email",
        },
        otherwise="activity",
    ),
    ValueList(
        "activity_states",
        "States of activities",
        choices=(("open", "Still to be done"), ("done", "Done")),
        words="PROGRESS",
    ),
    ValueList(
        "task_priorities",
        "Priorities of tickets",
        choices=(("0", "Normal"), ("1", "High")),
        proposals={"1": "1", "High": "1", "1-High": "1", "Urgent": "1"},
        otherwise="0",
    ),
)

DONE = is_one_of("status", "done", value_list="activity_states")
NOT_DONE = is_none_of("status", "done", value_list="activity_states")
CALLED = is_one_of(_KIND, "call", value_list="activity_kinds")
MAILED = is_one_of(_KIND, "email", value_list="activity_kinds")

_TOLD = (
    field("subject", "name", plain_text),
    field(
        "body",
        ("description", "status", "end"),
        labelled("", "Status in Soffront", "End"),
    ),
    field(
        "date",
        ("start", "done", "created", "modified"),
        coalesce,
        _INSTANT,
        required=True,
    ),
    field("@author", "owner", owner),
    _THREAD,
    _CREATED,
    _UPDATED,
)
"""A call or an e-mail as a message."""
MAPPINGS = (
    mapping(
        "companies",
        "res.partner",
        _NAME,
        field("is_company", None, constant(True)),
        field("phone", "phone", phone),
        *_ADDRESS,
        field("industry_id", "industry", value_map("industries")),
        field("@note", ("status",), labelled("Status in Soffront")),
        _OWNER,
        _CREATED,
        _UPDATED,
    ),
    mapping(
        "contacts",
        "res.partner",
        field("name", "name", plain_text, required=True),
        field("is_company", None, constant(False)),
        field(
            "parent_id",
            ("_accounts", "account_name"),
            lookup_several_by(("companies", ""), ("companies", "name")),
            coalesce,
            lossy="Odoo knows one company of a person; the others go to the notes",
        ),
        field("company_name", "account_name", plain_text),
        field("function", "function", plain_text),
        field("email", "email", email),
        field("phone", ("phone", "mobile", "account_phone"), coalesce, phone),
        field("active", "_active"),
        *_ADDRESS,
        field(
            "@note",
            (
                "title",
                "role",
                "mobile",
                "fax",
                "account_phone",
                "location",
                "newsletter",
                "release_news",
                "down_news",
                "status",
                "_further_accounts",
                "info",
            ),
            labelled(
                "Title",
                "Role",
                "Mobile",
                "Fax",
                "Phone of the account",
                "Location",
                "Newsletter in Soffront",
                "News of releases",
                "News of failures",
                "Status in Soffront",
                ("Further company", "{name}"),
                "",
            ),
            lossy="Odoo keeps one phone number; the others go to the notes",
        ),
        _OWNER,
        _CREATED,
        _UPDATED,
        after=("companies",),
        ignored={"PortalAcc": _RIGHTS, "PAccessTyp": _RIGHTS},
    ),
    mapping(
        "leads",
        "crm.lead",
        field("name", ("account_name", "name"), join(" – "), plain_text, required=True),
        field("type", None, constant("lead")),
        field("contact_name", "name", plain_text),
        field("partner_name", "account_name", plain_text),
        field("email_from", "email", email),
        field("phone", "phone", phone),
        *_ADDRESS,
        field("campaign_id", "campaign", value_map("campaigns")),
        field("@note", ("status",), labelled("Status in Soffront")),
        _OWNER,
        _CREATED,
        _UPDATED,
    ),
    mapping(
        "deals",
        "crm.lead",
        _NAME,
        field("type", None, constant("opportunity")),
        field("stage_id", "stage", value_map("stages")),
        field("@state", "stage", value_map("deal_states")),
        field("expected_revenue", "amount", decimal_as(".")),
        field("date_deadline", "close_date", _DAY),
        field("description", "description", html),
        _PARTNER,
        _OWNER,
        _CREATED,
        _UPDATED,
        after=_PEOPLE,
    ),
    mapping(
        "activities",
        "calendar.event",
        _NAME,
        field("start", ("_start", "_end"), period("start"), datetime),
        field("stop", ("_start", "_end"), period("stop"), datetime),
        field("start_date", ("_start", "_end"), period("start_date")),
        field("stop_date", ("_start", "_end"), period("stop_date")),
        field("allday", ("_start", "_end"), period("allday"), required=True),
        field("@duration", None, constant(1)),
        field(
            "description",
            ("description", "status"),
            labelled("", "Status in Soffront"),
        ),
        _OWNER,
        _THREAD,
        _CREATED,
        _UPDATED,
        after=_PEOPLE,
        when=is_one_of(_KIND, "meeting", value_list="activity_kinds"),
        label="Meetings",
        ignored=dict.fromkeys(("start", "end"), "brought over as the time it takes"),
    ),
    mapping(
        "activities",
        "mail.message",
        field("@subtype", None, constant("call")),
        *_TOLD,
        after=_PEOPLE,
        when=(CALLED, DONE),
        label="Calls",
    ),
    mapping(
        "activities",
        "mail.message",
        field("@subtype", None, constant("email")),
        *_TOLD,
        after=_PEOPLE,
        when=(MAILED, DONE),
        label="E-mails",
        key="emails",
    ),
    mapping(
        "activities",
        "mail.activity",
        *_TO_DO,
        after=_PEOPLE,
        when=(CALLED, NOT_DONE),
        label="Calls to be made",
        key="planned_calls",
    ),
    mapping(
        "activities",
        "mail.activity",
        *_TO_DO,
        after=_PEOPLE,
        when=(MAILED, NOT_DONE),
        label="E-mails to be written",
        key="planned_emails",
    ),
    mapping(
        "activities",
        "mail.activity",
        field("@done_at", "done", _INSTANT),
        *_TO_DO,
        after=_PEOPLE,
        when=(UNDECIDED, NOT_DONE),
        label="Activities",
    ),
    mapping(
        "activities",
        "mail.activity",
        field("@done_at", ("done", "modified", "end", "start"), coalesce, _INSTANT),
        *_TO_DO,
        after=_PEOPLE,
        when=(UNDECIDED, DONE),
        label="Activities that were done",
        key="done",
    ),
    mapping("projects", "project.project", _NAME, _PARTNER, _OWNER, after=_PEOPLE),
    mapping(
        "tickets",
        "project.task",
        _NAME,
        field(
            "description",
            (
                "description",
                "solution",
                "number",
                "stage",
                "severity",
                "queue",
                "category",
                "product",
            ),
            labelled(
                "",
                "Solution",
                "Number in Soffront",
                "Status in Soffront",
                "Severity",
                "Queue",
                "Category",
                "Product",
            ),
        ),
        field("priority", "priority", value_map("task_priorities")),
        field("date_deadline", "due", _INSTANT),
        field("user_ids", "owner", owner),
        field("@done_at", "closed", _INSTANT),
        _PARTNER,
        _CREATED,
        _UPDATED,
        after=_PEOPLE,
    ),
    mapping(
        "defects",
        "project.task",
        _NAME,
        field(
            "description",
            ("description", "steps", "stage", "submitter"),
            labelled("", "Steps", "Status in Soffront", "Submitted by"),
        ),
        field("user_ids", "owner", owner),
        field("@done_at", "closed", _INSTANT),
        _CREATED,
        _UPDATED,
    ),
    mapping("issues", "project.task", _NAME, _PARTNER, _CREATED, after=_PEOPLE),
    mapping(
        "notes",
        "mail.message",
        field("@subtype", None, constant("comment")),
        field("subject", "subject", plain_text),
        field("body", "body", html, required=True),
        field("date", "date", _INSTANT, required=True),
        field("@author", "author", owner),
        field("@thread", "_parent", lookup_parent, required=True),
        after=("tickets", "deals", "leads", "companies", "contacts"),
        when=is_one_of("visibility", "public"),
        label="Public notes",
    ),
    mapping(
        "notes",
        "mail.message",
        field("@subtype", None, constant("note")),
        field("subject", "subject", plain_text),
        field("body", "body", html, required=True),
        field("date", "date", _INSTANT, required=True),
        field("@author", "author", owner),
        field("@thread", "_parent", lookup_parent, required=True),
        after=("tickets", "deals", "leads", "companies", "contacts"),
        when=is_none_of("visibility", "public"),
        label="Internal notes",
        key="internal",
    ),
    mapping(
        "media",
        "ir.attachment",
        field("name", "name", plain_text, required=True),
        field(
            "@file",
            ("_object", "_record", "name", "size"),
            as_object("object", "record", "name", "size"),
            required=True,
        ),
        field("@created_by", "author", owner),
        field("@thread", "_parent", lookup_parent, required=True),
        after=("notes", "tickets", "deals", "leads", "companies", "contacts"),
        ignored={
            "DOCID": "the number of the file in Soffront",
            "DOCTYPE": "part of the name of the file",
            "DOCPATH": "where Soffront keeps the file",
        },
    ),
)

IGNORED = {
    "FormID": "the number of the row: it identifies the record in Soffront",
    "IsDeleted": "deleted records are not read",
}
"""Members that every record has."""

OF_STREAM = {
    "notes": {
        "Record": "the number of the record that the note hangs on",
        "ShowP": "whether Soffront's portal shows it: public notes can be seen there",
    },
}
"""Stock fields of one object that carry nothing more."""

INSTEAD = {
    ("contacts", "name"): field(
        "name", ("first_name", "last_name"), join(" "), plain_text, required=True
    ),
}
"""What fills a target where the installation has no field for its usual source."""

CUSTOM_STEPS = {
    "char": (plain_text,),
    "text": (plain_text,),
    "html": (html,),
    "integer": (integer,),
    "float": (decimal_as("."),),
    "boolean": (boolean,),
    "date": (_DAY,),
    "datetime": (_INSTANT,),
    "selection": (plain_text,),
    "multi_selection": (split(","),),
}
"""Steps of a field of the customer's own, by its kind."""
