"""Deals, products, campaigns and tags."""

from ..mapping.vocabulary import (
    boolean,
    constant,
    date,
    datetime,
    decimal,
    field,
    mapping,
    outcome,
    owner,
    percent,
    strip,
    value_map,
)
from .columns_links import DEAL
from .columns_people import OWNER, TEXT
from .columns_work import ACTUAL, AMOUNT, CURRENCY, PROBABILITY, STAGE, STATUS
from .templates_common import AUDIT, LEAD

DEALS = {
    "deals": mapping(
        "deals",
        "crm.lead",
        field("type", None, constant("opportunity")),
        field(
            "name", (*DEAL, "name", "title", "subject", "topic"), strip, required=True
        ),
        field("expected_revenue", AMOUNT, decimal),
        field("@actual_revenue", ACTUAL, decimal),
        field("@currency", CURRENCY, strip),
        field("stage_id", STAGE, value_map("stages")),
        field(
            "@state",
            (
                ("is won", "is closed won", "won"),
                ("is lost", "is closed lost", "lost"),
                ("is closed", "is deal closed", "closed"),
            ),
            outcome("won", "lost", "closed"),
        ),
        field("@state", STATUS, value_map("deal_states")),
        field("probability", PROBABILITY, percent()),
        field(
            "date_deadline",
            (
                *("expected close date", "expected closing", "estimated close date"),
                *("est close date", "close date", "closing date", "assumed close date"),
                *(
                    "forecast close date",
                    "forecasted close date",
                    "forecast closing date",
                ),
            ),
            date,
        ),
        field(
            "@closed_at",
            (
                *("closed at", "closed date", "actual close date", "deal closed on"),
                *("closed on", "won date", "date won", "won time", "lost time"),
            ),
            datetime,
        ),
        field(
            "lost_reason_id",
            ("lost reason", "loss reason", "reason for loss", "closed lost reason"),
            value_map("lost_reasons"),
        ),
        *LEAD,
        *AUDIT,
        field("@created_at", ("date", "offer date", "deal date"), datetime),
    ),
    "products": mapping(
        "products",
        "product.template",
        field("name", ("name", "product name", "title"), strip, required=True),
        field("default_code", ("sku", "product code", "code", "reference"), strip),
        field("barcode", ("barcode", "ean", "gtin", "upc", "ean13"), strip),
        field("uom_id", ("unit", "unit of measure", "uom"), value_map("units")),
        field(
            "categ_id",
            ("category", "product category", "product family", "product group"),
            value_map("product_categories"),
        ),
        field("@currency", CURRENCY, strip),
        field(
            "list_price", ("unit price", "price", "list price", "sales price"), decimal
        ),
        field(
            "standard_price",
            ("direct cost", "cost", "cost price", "unit cost"),
            decimal,
        ),
        field("description_sale", TEXT, strip),
        field("active", ("active", "is active"), boolean),
        *AUDIT,
    ),
    "campaigns": mapping(
        "campaigns",
        "utm.campaign",
        field("title", ("name", "campaign name", "title"), strip, required=True),
        field("user_id", OWNER, owner),
        *AUDIT,
    ),
    "tags": mapping(
        "tags",
        "res.partner.category",
        field("name", ("name", "tag", "label", "title"), strip, required=True),
    ),
}
