"""What Soffront lists under which name, and what only files can bring."""

from ..core.sentences import _lt
from ..core.source import Stream


def _table(name, label, path, **more):
    return Stream(name, label, path, primary_key="FormID", **more)


STREAMS = (
    _table("companies", _lt("Accounts"), "account"),
    _table(
        "contacts",
        _lt("Contacts"),
        "contact",
        depends_on=("companies",),
    ),
    _table("leads", _lt("Leads"), "lead"),
    _table("deals", _lt("Deals"), "deal", depends_on=("companies", "contacts")),
    _table(
        "activities",
        _lt("Activities"),
        "activity",
        depends_on=("companies", "contacts"),
    ),
    _table(
        "tickets",
        _lt("Tickets"),
        "ticket",
        depends_on=("companies", "contacts"),
    ),
    _table("defects", _lt("Defects"), "defect"),
    _table("projects", _lt("Projects"), "project", depends_on=("companies",)),
    _table("milestones", _lt("Milestones"), "milestone", depends_on=("projects",)),
    _table("issues", _lt("Issues"), "issue", depends_on=("companies", "contacts")),
    _table("alerts", _lt("Portal alerts"), "alert", optional=True),
    _table("surveys", _lt("Survey items"), "survey", optional=True),
    _table("survey_answers", _lt("Survey answers"), "survey_answer", optional=True),
    _table(
        "notes", _lt("Notes"), "note", derived_from="tickets", depends_on=("tickets",)
    ),
    _table(
        "media",
        _lt("Attachments"),
        "attachment",
        derived_from="tickets",
        depends_on=("companies", "contacts", "tickets", "notes"),
    ),
    _table(
        "followers",
        _lt("Followers of tickets"),
        "follower",
        derived_from="tickets",
        depends_on=("tickets",),
    ),
    _table(
        "shipped_items",
        _lt("Shipped items"),
        "ship_item",
        derived_from="contacts",
        depends_on=("contacts",),
    ),
    Stream(
        "stage_changes",
        _lt("Audit trail of tickets (one call for each ticket)"),
        "ticket",
        depends_on=("tickets",),
        optional=True,
    ),
    Stream("custom_fields", _lt("Fields and pick lists"), "", primary_key="_id"),
)

PARENTS = ("companies", "contacts", "leads", "deals", "activities", "tickets", "defects", "projects", "milestones", "issues")  # fmt: skip
"""Streams whose records notes and attachments may hang on."""

SURE = frozenset({"account", "contact", "ticket", "note", "attachment"})
"""Objects that every installation has; the others are asked for before they are used."""

CHILD_STREAMS = {
    "note": "notes",
    "attachment": "media",
    "follower": "followers",
    "ship_item": "shipped_items",
}

FROM_FILES = {
    "users": _lt("Users"),
    "groups": _lt("Groups"),
    "campaigns": _lt("Campaigns"),
    "products": _lt("Products"),
    "project_tasks": _lt("Tasks of projects"),
    "kb_categories": _lt("Categories of the knowledge base"),
    "kb_articles": _lt("Articles of the knowledge base"),
    "deal_stages": _lt("Stages of deals"),
    "workflows": _lt("Workflows"),
}
"""Nothing in the API brings these; the files source knows them under the same names."""
