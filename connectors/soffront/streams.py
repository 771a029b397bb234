"""What Soffront lists under which name, and what only files can bring."""

from ..core.source import Stream


def _table(name, label, path, **more):
    return Stream(name, label, path, primary_key="FormID", **more)


STREAMS = (
    _table("companies", "Accounts", "account", cursor_field="LastMod"),
    _table(
        "contacts",
        "Contacts",
        "contact",
        cursor_field="LastMod",
        depends_on=("companies",),
    ),
    _table("leads", "Leads", "lead", cursor_field="LastMod"),
    _table("deals", "Deals", "deal", depends_on=("companies", "contacts")),
    _table(
        "activities", "Activities", "activity", depends_on=("companies", "contacts")
    ),
    _table(
        "tickets",
        "Tickets",
        "ticket",
        cursor_field="LastMod",
        depends_on=("companies", "contacts"),
    ),
    _table("defects", "Defects", "defect"),
    _table("projects", "Projects", "project", depends_on=("companies",)),
    _table("milestones", "Milestones", "milestone", depends_on=("projects",)),
    _table("issues", "Issues", "issue", depends_on=("companies", "contacts")),
    _table("alerts", "Portal alerts", "alert", optional=True),
    _table("surveys", "Survey items", "survey", optional=True),
    _table("survey_answers", "Survey answers", "survey_answer", optional=True),
    _table("notes", "Notes", "note", derived_from="tickets", depends_on=("tickets",)),
    _table(
        "media",
        "Attachments",
        "attachment",
        derived_from="tickets",
        depends_on=("companies", "contacts", "tickets", "notes"),
    ),
    _table(
        "followers",
        "Followers of tickets",
        "follower",
        derived_from="tickets",
        depends_on=("tickets",),
    ),
    _table(
        "shipped_items",
        "Shipped items",
        "ship_item",
        derived_from="contacts",
        depends_on=("contacts",),
    ),
    Stream(
        "stage_changes",
        "Audit trail of tickets (one call for each ticket)",
        "ticket",
        depends_on=("tickets",),
        optional=True,
    ),
    Stream("custom_fields", "Fields and pick lists", "", primary_key="_id"),
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
    "users": "Users",
    "groups": "Groups",
    "campaigns": "Campaigns",
    "products": "Products",
    "project_tasks": "Tasks of projects",
    "kb_categories": "Categories of the knowledge base",
    "kb_articles": "Articles of the knowledge base",
    "deal_stages": "Stages of deals",
    "workflows": "Workflows",
}
"""Nothing in the API brings these; the files source knows them under the same names."""
