"""What Concord CRM lists, and how each list wants to be asked."""

from ..core.sentences import _lt
from ..core.source import Stream

LINKS = ("contacts", "companies", "deals")
"""What activities, notes, calls, documents and messages hang on, any number of each."""


def _list(name, label, path=None, **more):
    return Stream(name, label, path or name.replace("_", "-"), **more)


STREAMS = (
    _list("users", _lt("Users")),
    _list("teams", _lt("Teams"), depends_on=("users",)),
    _list("roles", _lt("Roles")),
    _list("pipelines", _lt("Pipelines")),
    _list("stages", _lt("Stages"), derived_from="pipelines", depends_on=("pipelines",)),
    _list("sources", _lt("Sources")),
    _list("industries", _lt("Industries")),
    _list("lost_reasons", _lt("Lost reasons")),
    _list("activity_types", _lt("Activity types")),
    _list("call_outcomes", _lt("Call outcomes")),
    _list("document_types", _lt("Document types")),
    _list("custom_fields", _lt("Custom fields")),
    _list("products", _lt("Products"), depends_on=("users",)),
    _list(
        "contact_tags", _lt("Tags of contacts and companies"), derived_from="contacts"
    ),
    _list("deal_tags", _lt("Tags of deals"), derived_from="deals"),
    _list(
        "companies",
        _lt("Companies"),
        depends_on=("users", "sources", "industries", "contact_tags"),
    ),
    _list(
        "contacts",
        _lt("Contacts"),
        depends_on=("users", "sources", "contact_tags", "companies"),
    ),
    _list(
        "deals",
        _lt("Deals"),
        depends_on=("users", "stages", "deal_tags", "products", "contacts"),
    ),
    _list("activities", _lt("Activities"), depends_on=("activity_types", "deals")),
    _list("calls", _lt("Logged calls"), depends_on=("call_outcomes", "deals")),
    _list("notes", _lt("Notes"), depends_on=("deals",)),
    _list("documents", _lt("Documents"), depends_on=("document_types", "deals")),
    _list(
        "comments",
        _lt("Comments"),
        derived_from="notes",
        depends_on=("notes", "calls", "activities"),
    ),
    _list("emails", _lt("E-mails"), depends_on=("deals",)),
    _list(
        "media",
        _lt("Files and pictures"),
        derived_from="contacts",
        depends_on=("notes", "calls", "activities", "documents", "emails", "comments"),
    ),
    _list("workflows", _lt("Workflows"), depends_on=("users",)),
    _list("trashed", _lt("Trash"), optional=True),
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

MAX_ROWS, ROWS_WITH_RELATIONS, ROWS_ONE_BY_ONE = 100, 50, 10
"""Rows of a page: what the manual allows; where nested records make it heavy; where
each row costs calls of its own."""


def page_size(stream):
    """Return how many rows of a stream to ask for at once."""
    many = len(RELATIONS.get(stream, ())) > 3
    return ROWS_WITH_RELATIONS if many else MAX_ROWS
