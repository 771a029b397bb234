"""The source of ten thousand edits: its objects, and what becomes of them."""

from ...connectors.core.source import Stream
from ...connectors.mapping.vocabulary import (
    constant,
    date,
    decimal,
    field,
    lookup,
    lookup_all,
    mapping,
    split,
    strip,
)
from .edits_model import LINK, LIST

MODELS = {"companies": "res.partner", "deals": "crm.lead"}
MEMBERS = {
    "companies": ("name", "street", "city", "zip", "function"),
    "deals": ("name", "referred", "expected_revenue", "date_deadline", LINK, LIST),
}
WORDS = ("Slate", "Copper", "Ridge", "Gutter", None)
MAPPINGS = (
    mapping("tags", "crm.tag", field("name", "name", strip, required=True)),
    mapping(
        "companies",
        "res.partner",
        field("name", "name", strip, required=True),
        field("is_company", None, constant(True)),
        *(field(name, name, strip) for name in MEMBERS["companies"][1:]),
    ),
    mapping(
        "deals",
        "crm.lead",
        field("name", "name", strip, required=True),
        field("type", None, constant("opportunity")),
        field("referred", "referred", strip),
        field("expected_revenue", "expected_revenue", decimal),
        field("date_deadline", "date_deadline", date),
        field(LINK, LINK, lookup("companies")),
        field(LIST, LIST, split(";"), lookup_all("tags", "")),
        after=("companies", "tags"),
    ),
)
STREAMS = (
    Stream("tags", "Tags"),
    Stream("companies", "Companies"),
    Stream("deals", "Deals", depends_on=("companies", "tags")),
)
