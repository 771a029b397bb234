"""Quotations and orders, and the lines of both."""

from ..core.sentences import _lt
from ..mapping.vocabulary import (
    date,
    datetime,
    decimal,
    field,
    html,
    lookup_several_by,
    mapping,
    one_link,
    owner,
    strip,
    value_map,
)
from .columns_links import (
    DEAL,
    DEAL_ID,
)
from .columns_people import OWNER, TEXT
from .columns_work import CURRENCY
from .templates_common import AUDIT, CUSTOMER

NUMBER = (
    *("quote number", "quotation number", "order number", "quote no", "order no"),
    *("quote", "quotation", "order", "sales order", "number", "reference"),
)
QUOTATION_ID = ("quote id", "quotation id", "order id", "sales order id")
PRODUCT_ID = ("product id", "item id", "article id")
PRODUCT_CODE = ("sku", "product code", "item code", "article number", "product number")
PRODUCT = ("product", "product name", "item", "item name", "article")

SALES = {
    "quotations": mapping(
        "quotations",
        "sale.order",
        field("name", (*NUMBER, "name", "title", "subject"), strip),
        field(
            "opportunity_id",
            (DEAL_ID, DEAL),
            lookup_several_by(("deals", ""), ("deals", "name")),
            one_link,
        ),
        CUSTOMER,
        field(
            "date_order",
            ("quote date", "order date", "quotation date", "date", "issue date"),
            datetime,
        ),
        field(
            "validity_date",
            ("valid until", "valid to", "expiration date", "expiry date", "expires on"),
            date,
        ),
        field(
            "state",
            ("status", "state", "quote status", "order status", "quote stage"),
            value_map("quotation_states"),
        ),
        field(
            "@total",
            ("total", "grand total", "total amount", "amount total", "total incl tax"),
            decimal,
        ),
        field(
            "@untaxed",
            ("subtotal", "sub total", "net total", "untaxed amount", "total excl tax"),
            decimal,
        ),
        field("@currency", CURRENCY, strip),
        field("user_id", OWNER, owner),
        field("@note", ("terms", *TEXT), html),
        *AUDIT,
    ),
    "order_lines": mapping(
        "order_lines",
        "sale.order.line",
        field(
            "order_id",
            (QUOTATION_ID, NUMBER),
            lookup_several_by(("quotations", ""), ("quotations", "name")),
            one_link,
            required=True,
        ),
        field(
            "product_id",
            (PRODUCT_ID, PRODUCT_CODE, PRODUCT),
            lookup_several_by(
                ("products", ""), ("products", "default_code"), ("products", "name")
            ),
            one_link,
        ),
        field(
            "name",
            ("line description", "description", "product name", "product", "item"),
            strip,
        ),
        field(
            "sequence", ("line number", "position", "line no", "sort order"), decimal
        ),
        field(
            "product_uom_qty", ("quantity", "qty", "units", "amount of units"), decimal
        ),
        field(
            "price_unit",
            ("unit price", "price", "sales price", "list price", "price per unit"),
            decimal,
        ),
        field("discount", ("discount percent", "discount %", "discount"), decimal),
        field("@discount_amount", ("discount amount", "discount value"), decimal),
        field(
            "@amount",
            ("line total", "subtotal", "amount", "net amount", "line amount", "total"),
            decimal,
        ),
        field(
            "@tax_rate", ("tax rate", "vat rate", "tax percent", "vat", "tax"), decimal
        ),
        field("@unit", ("unit", "unit of measure", "uom"), strip),
        *AUDIT,
    ),
}
QUOTATION_STATES = (
    ("draft", _lt("Quotation")),
    ("sent", _lt("Quotation Sent")),
    ("cancel", _lt("Cancelled")),
)
"""What a quotation or order becomes: none is confirmed."""
PROPOSED = {
    **dict.fromkeys(
        (
            *("sent", "Sent", "SENT", "active", "Active", "presented", "Presented"),
            *("submitted", "Submitted", "in review", "In Review", "viewed", "Viewed"),
        ),
        "sent",
    ),
    **dict.fromkeys(
        (
            *(
                "cancelled",
                "Cancelled",
                "CANCELLED",
                "canceled",
                "Canceled",
                "CANCELED",
            ),
            *("lost", "Lost", "closed lost", "Closed Lost", "rejected", "Rejected"),
            *("declined", "Declined", "denied", "Denied", "expired", "Expired"),
            *("void", "Void", "closed", "Closed", "revised", "Revised"),
        ),
        "cancel",
    ),
}
"""Whatever else its state was called (accepted, won, ordered) is told in its note."""
