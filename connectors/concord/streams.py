"""What Concord CRM lists, and how each list wants to be asked."""

from ..core.source import Stream

LINKS = ("contacts", "companies", "deals")
"""What activities, notes, calls, documents and messages hang on, any number of each."""


def _list(name, label, path=None, **more):
    return Stream(name, label, path or name.replace("_", "-"), **more)


def _timed(name, label, **more):
    return _list(name, label, cursor_field="updated_at", **more)


STREAMS = (
    _list("users", "Users", cursor_field="updated_at"),
    _list("teams", "Teams", depends_on=("users",)),
    _list("roles", "Roles"),
    _list("pipelines", "Pipelines"),
    _list("stages", "Stages", derived_from="pipelines", depends_on=("pipelines",)),
    _list("sources", "Sources"),
    _list("industries", "Industries"),
    _list("lost_reasons", "Lost reasons"),
    _list("activity_types", "Activity types"),
    _list("call_outcomes", "Call outcomes"),
    _list("document_types", "Document types"),
    _list("custom_fields", "Custom fields"),
    _timed("products", "Products", depends_on=("users",)),
    _list("contact_tags", "Tags of contacts and companies", derived_from="contacts"),
    _list("deal_tags", "Tags of deals", derived_from="deals"),
    _timed(
        "companies",
        "Companies",
        depends_on=("users", "sources", "industries", "contact_tags"),
    ),
    _timed(
        "contacts",
        "Contacts",
        depends_on=("users", "sources", "contact_tags", "companies"),
    ),
    _timed(
        "deals",
        "Deals",
        depends_on=("users", "stages", "deal_tags", "products", "contacts"),
    ),
    _timed("activities", "Activities", depends_on=("activity_types", "deals")),
    _timed("calls", "Logged calls", depends_on=("call_outcomes", "deals")),
    _timed("notes", "Notes", depends_on=("deals",)),
    _timed("documents", "Documents", depends_on=("document_types", "deals")),
    _list(
        "comments",
        "Comments",
        derived_from="notes",
        depends_on=("notes", "calls", "activities"),
    ),
    _timed("emails", "E-mails", depends_on=("deals",)),
    _list(
        "media",
        "Files and pictures",
        derived_from="contacts",
        depends_on=("notes", "calls", "activities", "documents", "emails", "comments"),
    ),
    _list("workflows", "Workflows", depends_on=("users",)),
    _list("trashed", "Trash", optional=True),
)

UNPAGED = frozenset({"teams", "roles", "workflows"})
"""Lists that answer with a bare array, whatever page is asked for."""

UNSORTED = frozenset({"custom_fields"})
"""Lists that keep no order (``unsorted.py``): short ones, read as a whole."""

RELATIONS = {
    "companies": ("media", "changelog"),
    "contacts": ("companies", "media", "changelog"),
    "deals": ("contacts", "companies", "billable.products", "media", "changelog"),
    "activities": (*LINKS, "comments"),
    "calls": (*LINKS, "media", "comments"),
    "notes": (*LINKS, "media", "comments"),
    "documents": LINKS,
}
"""What ``with=`` asks for; everything else that we need comes by default."""

FILTERED_BY_DATE = frozenset(
    {"contacts", "companies", "deals", "products", "activities", "calls", "documents"}
)
"""Lists with a filter rule ``updated_at``. Notes have none: they are read backwards."""

TRASHED = ("contacts", "companies", "deals", "activities", "products", "documents")

MOST_ROWS, ROWS_WITH_RELATIONS, ROWS_ONE_BY_ONE = 100, 50, 10
"""Rows of a page: what the manual allows; where nested records make it heavy; where
each row costs calls of its own."""


def page_size(stream):
    """Return how many rows of a stream to ask for at once."""
    many = len(RELATIONS.get(stream, ())) > 3
    return ROWS_WITH_RELATIONS if many else MOST_ROWS
