"""Default mapping of OPEX 365 CRM: products, price lists, quotes, orders, lines of deals."""

from dataclasses import replace

from ..core.sentences import _lt
from ..mapping.vocabulary import (
    coalesce,
    constant,
    datetime,
    decimal,
    field,
    html_table,
    is_none_of,
    is_one_of,
    is_set,
    is_unset,
    join,
    local_date,
    lookup,
    lookup_parent,
    mapping,
    replace_values,
    rows,
    strip,
    value_map,
)
from .mappings_notes import ORDER, PRICE_LIST, PRODUCT, QUOTE
from .mappings_parts import CREATED, CREATOR, EDITOR, OWNER, STAMPS, THREAD, UPDATED
from .vocabulary import noted, quotation

TABLE = html_table(
    ("name", "Product"),
    ("quantity", "Quantity"),
    ("unit", "Unit"),
    ("price", "Unit price"),
    ("discount", "Discount"),
    ("tax", "Tax"),
    ("amount", "Amount"),
    ("note", "Note"),
)
LINES = rows(
    "order_line",
    "_lines",
    field("product_id", "product", lookup("products")),
    field("name", ("name", "note"), join("\n")),
    field("product_uom_qty", "quantity", decimal),
    field("price_unit", "price", decimal),
    field("@discount_amount", "off", decimal),
    field("@amount", "net", decimal),
    field("@tax_amount", "tax", decimal),
    field("@amount_with_tax", "amount", decimal),
    field("@unit", "unit", strip),
)
CURRENCY = field("@currency", "_currency", strip)
TOTAL = field("@total", "totalamount", decimal)
FAMILY = is_one_of("productstructure", "2")
"""Families hold products together, and are not sold."""
IN_LIST = {
    **dict.fromkeys(
        ("quantitysellingcode", "roundingpolicycode", "roundingoptioncode"),
        _lt("how the price is rounded where it is worked out"),
    ),
    "pricingmethodcode": _lt("told by the rule of the price"),
    "percentage": _lt("told by the rule of the price"),
    "amount": _lt("told by the rule of the price"),
    "productnumber": _lt("stands on the product"),
    "_uomid_value": _lt("the unit of the product"),
    "_transactioncurrencyid_value": _lt("the currency of the list"),
    "_uomscheduleid_value": _lt("the group of its unit"),
}
RATED = {
    "_rate": _lt("it stays in its own currency"),
    "_rate_currency": _lt("it stays in its own currency"),
}
IN_TABLE = {
    "_lines.net": _lt("told by the amount of the line"),
    "_lines.off": _lt("told by the discount of the line"),
    "_lines.product": _lt("told by the name of the line"),
}
"""What a table of lines leaves out; a quotation has it."""
PLATFORM = {
    "_defaultuomscheduleid_value": _lt("the group of its unit"),
    "quantitydecimal": _lt("Odoo has one precision for all quantities"),
    "isstockitem": _lt("whether stock is kept is chosen in Odoo"),
    "hierarchypath": _lt("told by the category"),
}


HEAD = (
    field("opportunity_id", "_opportunityid_value", lookup("deals")),
    field("partner_id", "_customer", lookup_parent),
    field("date_order", "createdon", datetime),
    field("pricelist_id", "_pricelevelid_value", lookup("price_lists")),
    CURRENCY,
    LINES,
    TOTAL,
    field("body", "_lines", TABLE, instead_of="sale.order"),
    replace(THREAD, instead_of="sale.order"),
    OWNER,
    *STAMPS,
)
"""What quotes and orders have in common."""
OF_HEAD = {
    **RATED,
    **IN_TABLE,
    **dict.fromkeys(
        ("_accountid_value", "_contactid_value"), _lt("told by the customer")
    ),
}

MAPPINGS = (
    mapping(
        "products",
        "product.category",
        field("name", "name", strip, required=True),
        field("parent_id", "_parentproductid_value", lookup("products")),
        *STAMPS,
        after=("users",),
        when=FAMILY,
        label=_lt("Families of products"),
        ignored={
            **PLATFORM,
            **dict.fromkeys(
                (
                    *("_currency", "_rate", "_rate_currency"),
                    *("productnumber", "price", "standardcost", "currentcost"),
                    *("producttypecode", "statecode", "statuscode", "description"),
                    *("_defaultuomid_value", "_pricelevelid_value", "_subjectid_value"),
                ),
                _lt("a category of Odoo has its name alone"),
            ),
        },
    ),
    mapping(
        "products",
        "product.template",
        field("name", "name", strip, required=True),
        field("default_code", "productnumber", strip),
        field("description_sale", "description", strip),
        CURRENCY,
        field("@rate", "_rate", decimal),
        field("@rate_currency", "_rate_currency", strip),
        field("list_price", "price", decimal),
        field("standard_price", ("standardcost", "currentcost"), coalesce, decimal),
        field("uom_id", "_labels._defaultuomid_value", value_map("units")),
        field("categ_id", "_parentproductid_value", lookup("products")),
        field(
            "type",
            "producttypecode",
            replace_values(
                **{"1": "consu", "2": "service", "3": "service", "4": "service"}
            ),
        ),
        field(
            "active",
            "statecode",
            replace_values(**{"0": True, "1": False, "2": True, "3": True}),
        ),
        noted("description", PRODUCT),
        *STAMPS,
        after=("users",),
        when=is_none_of("productstructure", "2"),
        ignored=PLATFORM,
    ),
    mapping(
        "price_lists",
        "product.pricelist",
        field("name", "name", strip, required=True),
        CURRENCY,
        field(
            "active", "statuscode", replace_values(**{"100001": True, "100002": False})
        ),
        noted("@note", PRICE_LIST),
        *STAMPS,
        after=("users",),
        ignored={
            **RATED,
            "statecode": _lt("told by the status reason"),
        },
    ),
    mapping(
        "prices",
        "product.pricelist.item",
        field(
            "pricelist_id", "_pricelevelid_value", lookup("price_lists"), required=True
        ),
        field("product_tmpl_id", "_productid_value", lookup("products"), required=True),
        field("compute_price", "_pricing.kind", strip, required=True),
        field("fixed_price", "_pricing.price", decimal),
        field("base", "_pricing.base", strip),
        field("percent_price", "_pricing.off", decimal),
        field("price_discount", "_pricing.off", decimal),
        CREATED,
        UPDATED,
        CREATOR,
        EDITOR,
        after=("price_lists", "products"),
        when=(is_set("_pricing"), is_unset("_of_other_unit")),
        ignored=IN_LIST,
    ),
    quotation(
        "quotes",
        "quotenumber",
        {"0": "draft", "1": "sent", "2": "draft", "3": "cancel"},
        *HEAD,
        noted("@note", QUOTE),
        field(
            "validity_date",
            ("effectiveto", "expireson"),
            coalesce,
            local_date,
        ),
        ignored=OF_HEAD,
    ),
    quotation(
        "orders",
        "ordernumber",
        {"0": "draft", "1": "draft", "2": "cancel", "3": "draft", "4": "draft"},
        *HEAD,
        noted("@note", ORDER),
        field("origin", "_labels._quoteid_value", strip),
        ignored=OF_HEAD,
    ),
    # The lines of an opportunity: a quotation that was never sent.
    mapping(
        "deals",
        "sale.order",
        field("name", "name", strip),
        field("opportunity_id", "opportunityid", lookup("deals"), required=True),
        field("partner_id", "_customer", lookup_parent),
        field("date_order", "createdon", datetime),
        field("state", None, constant("draft")),
        CURRENCY,
        LINES,
        TOTAL,
        OWNER,
        *STAMPS,
        after=("users", "products", "contacts", "companies", "addresses"),
        when=is_set("_lines"),
        part="quotation",
        label=_lt("Products of opportunities"),
    ),
)
