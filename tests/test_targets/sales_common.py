"""What the tests of quotations and products share."""

from ...connectors.mapping.vocabulary import (
    constant,
    decimal,
    field,
    html_table,
    is_set,
    lookup,
    mapping,
    rows,
    strip,
)
from ..loader_common import LoaderCase

DEALS = (
    mapping(
        "deals",
        "crm.lead",
        field("name", "name", strip),
        field(
            "description",
            "lines",
            html_table(("name", "Product"), ("qty", "Quantity")),
            instead_of="sale.order",
        ),
    ),
    mapping(
        "deals",
        "sale.order",
        field("opportunity_id", "id", lookup("deals"), required=True),
        rows("order_line", "lines", field("name", "name", strip)),
        when=is_set("lines"),
        part="quotation",
    ),
)


QUOTES = mapping(
    "quotes",
    "sale.order",
    field("name", "number", strip),
    field("state", None, constant("draft")),
    field("body", "lines", html_table(("name", "Product")), instead_of="sale.order"),
    rows("order_line", "lines", field("price_unit", "price", decimal)),
    field("@thread", "deal", lookup("deals"), instead_of="sale.order"),
)


class SalesCase(LoaderCase):
    """Only among other apps: without them, the class above says what comes instead."""

    def setUp(self):
        super().setUp()
        self.is_here = "sale.order" in self.env
        if not self.is_here:
            return
        self.company.tax_calculation_rounding_method = "round_per_line"

    def prepare(self):
        self.load("companies", "res.partner", {"1": {"name": "Ærø ApS"}})
        self.load(
            "deals",
            "crm.lead",
            {"7": {"name": "Ferry", "type": "opportunity", "expected_revenue": 50}},
        )
        self.load(
            "products",
            "product.template",
            {
                "3": {"name": "Rope ⌀ 8", "default_code": "R-8", "list_price": 12.5},
                "4": {"name": "Old anchor", "list_price": 99, "active": False},
            },
        )

    def quote(self, *lines, **more):
        return {
            "1": {
                "name": "Q-2019-7",
                "partner_id": self.ref("companies", "1"),
                "opportunity_id": self.ref("deals", "7"),
                "date_order": "2019-03-04 10:11:12",
                "@created_at": "2019-03-04 10:11:12",
                "order_line": list(lines),
                **more,
            }
        }

    def line(self, **more):
        return {
            "product_id": self.ref("products", "3"),
            "name": "Rope ⌀ 8, blue",
            "product_uom_qty": 2,
            "price_unit": 77,
            **more,
        }

    def load_quote(self, *lines, **more):
        counter = self.load("quotes", "sale.order", self.quote(*lines, **more))
        self.assertEqual(counter.get("failed", 0), 0, self.problems("quotes"))
        return self.loaded("quotes", "1")

    def problems(self, stream):
        messages = self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("stream", "=", stream)]
        )
        return {message.code: message.text for message in messages}
