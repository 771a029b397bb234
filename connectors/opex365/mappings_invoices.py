"""Default mapping of the invoices of OPEX 365 CRM."""

from ..core.sentences import _lt
from ..mapping.vocabulary import (
    coalesce,
    constant,
    datetime,
    decimal,
    field,
    join,
    local_date,
    lookup_parent,
    mapping,
    rows,
    strip,
    text_from_html,
    value_map,
)
from .mappings_parts import STAMPS
from .vocabulary import noted

INVOICE_MAPPINGS = (
    mapping(
        "invoices",
        "account.move",
        field("move_type", None, constant("out_invoice")),
        field("name", "invoicenumber", strip),
        field("@state", "statuscode", value_map("invoice_states")),
        field("partner_id", "_links.customerid", lookup_parent),
        field(
            "invoice_date",
            ("datedelivered", "createdon"),
            coalesce,
            datetime,
            local_date,
            lossy=_lt(
                "an invoice of Dataverse has no date of its own: delivered, else created"
            ),
        ),
        field("invoice_date_due", "duedate", local_date),
        field("@currency", "_currency", strip),
        field("@rate", "_rate", decimal),
        field("@rate_currency", "_rate_currency", strip),
        rows(
            "invoice_line_ids",
            "_lines",
            field("name", ("name", "note", "discount"), join("\n"), text_from_html),
            field("quantity", "quantity", decimal),
            field("price_unit", "price", decimal),
            field("discount", "percent", decimal),
            field("@subtotal", "net", decimal),
            field("@tax_amount", "tax", decimal),
        ),
        field("@amount_untaxed", "_untaxed", decimal),
        field("@amount_tax", "totaltax", decimal),
        field("@amount_total", "totalamount", decimal),
        field("@paid", "_paid", decimal),
        noted(
            "@note",
            (
                ("name", ""),
                ("description", ""),
                ("_labels.statuscode", "Status"),
                ("_labels._salesorderid_value", "Order"),
                ("_labels._opportunityid_value", "Opportunity"),
                ("_labels._pricelevelid_value", "Price list"),
                ("_labels.paymenttermscode", "Payment terms"),
                ("_labels.freighttermscode", "Freight terms"),
                ("_labels.shippingmethodcode", "Shipping method"),
                ("billto_city", "Billed to"),
            ),
        ),
        *STAMPS,
        after=("users", "companies", "contacts", "addresses"),
        label=_lt("Invoices"),
        ignored={
            "statecode": _lt("told by the status"),
            "discountamount": _lt("a line of its own"),
            "discountpercentage": _lt("a line of its own"),
            "freightamount": _lt("a line of its own"),
            "totallineitemamount": _lt("adds up the lines"),
            "totalamountlessfreight": _lt("adds up the lines"),
            "_lines.*.unit": _lt("told by the quantity"),
            "_salesorderid_value": _lt("told by its name"),
            "_opportunityid_value": _lt("told by its name"),
            "_pricelevelid_value": _lt("told by its name"),
            "_accountid_value": _lt("told by the customer"),
            "_contactid_value": _lt("told by the customer"),
            "_owner": _lt("an invoice is not somebody's in Odoo"),
        },
    ),
)
