"""The same among other apps: invoices, products, boards and their tasks."""

from ...connectors.core.source import Stream
from ...connectors.mapping.vocabulary import (
    constant,
    date,
    decimal,
    field,
    lookup,
    lookup_all,
    mapping,
    replace_values,
    rows,
    strip,
)
from .fault_source import FaultySource

DATA = {
    "companies": [{"id": "c1", "name": "Azulejos Norte"}],
    "products": [{"id": "k1", "name": "Tile", "price": "90.00", "currency": "EUR"}],
    "boards": [
        {"id": "b1", "name": "Station", "seen_by": "followers", "members": ["c1"]}
    ],
    "jobs": [
        {"id": "j1", "name": "Grout", "board": "b1", "state": "04_waiting_normal"}
    ],
    "invoices": [
        {
            "id": "i1",
            "number": "2024/0042",
            "of": "c1",
            "day": "2024-03-04",
            "currency": "EUR",
            "state": "sent",
            "lines": [
                {"what": "Tiles", "quantity": 3, "price": 30},
                {"what": "Freight", "quantity": 1, "price": 10.5},
            ],
            "total": "100.50",
            "due": "40.50",
        }
    ],
}

MAPPINGS = (
    mapping("companies", "res.partner", field("name", "name", strip, required=True)),
    mapping(
        "products",
        "product.template",
        field("name", "name", strip, required=True),
        field("list_price", "price", decimal),
        field("@currency", "currency", strip),
    ),
    mapping(
        "boards",
        "project.project",
        field("name", "name", strip, required=True),
        field("privacy_visibility", "seen_by", strip),
        field("message_partner_ids", "members", lookup_all("companies", "")),
        after=("companies",),
    ),
    mapping(
        "jobs",
        "project.task",
        field("name", "name", strip, required=True),
        field("project_id", "board", lookup("boards")),
        field("state", "state", strip),
        after=("boards",),
    ),
    mapping(
        "invoices",
        "account.move",
        field("name", "number", strip),
        field("move_type", None, constant("out_invoice")),
        field("partner_id", "of", lookup("companies")),
        field("invoice_date", "day", date),
        field("@currency", "currency", strip),
        field("@state", "state", replace_values(sent="posted")),
        rows(
            "invoice_line_ids",
            "lines",
            field("name", "what", strip),
            field("quantity", "quantity", decimal),
            field("price_unit", "price", decimal),
        ),
        field("@amount_total", "total", decimal),
        field("@residual", "due", decimal),
        after=("companies",),
    ),
)


class FaultyApps(FaultySource):
    name = "faulty_apps"
    label = "Faulty ERP"
    data = DATA
    streams = tuple(
        Stream(name, name.title(), depends_on=after)
        for name, after in (
            ("companies", ()),
            ("products", ()),
            ("boards", ("companies",)),
            ("jobs", ("boards",)),
            ("invoices", ("companies",)),
        )
    )

    def get_mappings(self):
        return MAPPINGS

    def get_value_lists(self):
        return ()
