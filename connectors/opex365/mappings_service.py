"""Default mapping of OPEX 365 CRM: cases with their resolutions, and what is known."""

from ..core.sentences import _lt
from ..mapping.vocabulary import (
    coalesce,
    constant,
    datetime,
    email,
    field,
    html,
    is_none_of,
    labelled,
    lookup_parent,
    mapping,
    owner,
    replace_values,
    strip,
    value_map,
)
from .mappings_notes import CASE
from .mappings_parts import ACTIVITY_AFTER, CARRIED, NOTE_DATE, OWNER, STAMPS, TIMES
from .vocabulary import noted

MAPPINGS = (
    mapping(
        "cases",
        "helpdesk.ticket",
        field("name", "title", strip, required=True),
        field("number", "ticketnumber", strip),
        noted("description", CASE),
        field("partner_id", "_links.customerid", lookup_parent),
        field("partner_email", "emailaddress", email),
        OWNER,
        field("stage_id", "_labels.statuscode", value_map("case_stages")),
        field("channel_id", "_labels.caseorigincode", value_map("case_channels")),
        field(
            "priority",
            "prioritycode",
            replace_values(**{"1": "2", "2": "1", "3": "0"}),
        ),
        field("@done_at", "_done_at", datetime),
        *STAMPS,
        after=("users", "companies", "contacts"),
        ignored={
            "caseage": _lt("how long it has been open: counted anew"),
            "statecode": _lt("told by the stage"),
            "deactivatedon": _lt("told by the day on which it was closed"),
        },
    ),
    mapping(
        "case_resolutions",
        "mail.message",
        field("@subtype", None, constant("note")),
        field(
            "body",
            (
                *("subject", "_labels.resolutiontypecode", "description"),
                *("timespent", "totaltimespent"),
            ),
            labelled("Resolution", "Type", "", "Minutes", "Minutes in all"),
            required=True,
        ),
        NOTE_DATE,
        field("@author", ("_owner", "_creator"), coalesce, owner),
        CARRIED,
        *STAMPS,
        after=(*ACTIVITY_AFTER, "cases"),
        ignored={
            **TIMES,
            "statuscode": _lt("every resolution is completed"),
            "prioritycode": _lt("no resolution has another than the usual one"),
            "isbilled": _lt("no resolution is billed"),
            **dict.fromkeys(
                ("category", "subcategory"), _lt("a resolution has neither")
            ),
            "_about": _lt("a resolution is about its case"),
            "_incidentid_value": _lt("hangs on its case"),
        },
    ),
    mapping(
        "articles",
        "document.page",
        field("name", "title", strip, required=True),
        field("type", None, constant("content")),
        field("content", "content", html),
        field(
            "active",
            "statecode",
            replace_values(
                **dict.fromkeys("0456", False), **dict.fromkeys("123", True)
            ),
        ),
        field(
            "@note",
            (
                *("articlepublicnumber", "_labels.statuscode", "keywords"),
                *("description", "_labels._subjectid_value"),
                *("publishon", "expirationdate", "_labels._ownerid_value"),
            ),
            labelled(
                *("Number", "Status", "Keywords", "Summary", "Subject"),
                *("Published on", "Expires on", "Owner"),
            ),
        ),
        *STAMPS,
        after=("users",),
        when=(
            is_none_of("isrootarticle", "true"),
            is_none_of("islatestversion", "false"),
        ),
        ignored={
            **dict.fromkeys(
                ("majorversionnumber", "minorversionnumber", "_rootarticleid_value"),
                _lt("the latest version comes, and is the first one in Odoo"),
            ),
            "knowledgearticleviews": _lt(
                "readers of before, whom no page of Odoo counts"
            ),
        },
    ),
)
