"""Invoices: a row for each, with its totals; in JSON also with its lines."""

from ..mapping.vocabulary import (
    coalesce,
    constant,
    date,
    decimal,
    field,
    labelled,
    lookup_several_by,
    mapping,
    one_link,
    percent,
    rows,
    strip,
    value_map,
)
from .columns_links import COMPANY, COMPANY_ID, CONTACT, CONTACT_EMAIL, CONTACT_ID
from .columns_work import CURRENCY
from .templates_common import AUDIT

_LINES = rows(
    "invoice_line_ids",
    ("lines", "line items", "items", "invoice lines", "invoice items", "positions"),
    field("name", ("description", "name", "product", "item", "title"), coalesce, strip),
    field("quantity", ("quantity", "qty"), coalesce, decimal),
    field(
        "price_unit", ("unit_price", "unitPrice", "price", "rate"), coalesce, decimal
    ),
    field("discount", ("discount_percent", "discountPercent"), coalesce, decimal),
    field(
        "@tax", ("tax_rate", "taxRate", "vat_rate", "tax_percent"), coalesce, decimal
    ),
    field("@tax_amount", ("tax_amount", "taxAmount", "vat"), coalesce, decimal),
    field("@subtotal", ("subtotal", "net", "net_amount", "amount"), coalesce, decimal),
)

INVOICES = {
    "invoices": mapping(
        "invoices",
        "account.move",
        field(
            "name",
            (
                *(
                    "invoice number",
                    "invoice no",
                    "invoice nr",
                    "number",
                    "document number",
                ),
                *("credit note number", "invoice", "bill number", "receipt number"),
            ),
            strip,
        ),
        field(
            "move_type",
            ("invoice type", "document type", "type", "kind"),
            value_map("invoice_kinds"),
        ),
        field("move_type", None, constant("out_invoice")),
        field(
            "@state",
            ("invoice status", "status", "state", "payment status"),
            value_map("invoice_states"),
        ),
        field(
            "partner_id",
            (COMPANY_ID, COMPANY, CONTACT_ID, CONTACT_EMAIL, CONTACT),
            lookup_several_by(
                ("companies", ""),
                ("companies", "name"),
                ("contacts", ""),
                ("contacts", "email"),
                ("contacts", "name"),
            ),
            one_link,
        ),
        field(
            "invoice_date",
            ("invoice date", "issue date", "date of issue", "issued on", "date"),
            date,
        ),
        field(
            "invoice_date_due",
            ("due date", "payment due", "due on", "due", "invoice due date"),
            date,
        ),
        field("@currency", CURRENCY, strip),
        field("ref", ("purchase order", "po number", "customer reference"), strip),
        field("payment_reference", ("payment reference", "variable symbol"), strip),
        _LINES,
        field(
            "@amount_untaxed",
            (
                *(
                    "subtotal",
                    "sub total",
                    "net amount",
                    "net total",
                    "total net",
                    "net",
                ),
                *("untaxed amount", "amount without tax", "total excl tax"),
            ),
            decimal,
        ),
        field(
            "@amount_tax",
            (
                *("tax amount", "total tax", "tax total", "vat amount", "vat total"),
                *("sales tax", "tax", "vat"),
            ),
            decimal,
        ),
        field(
            "@amount_total",
            (
                *(
                    "grand total",
                    "total amount",
                    "gross amount",
                    "total",
                    "gross total",
                ),
                *("invoice total", "invoice amount", "amount", "gross"),
            ),
            decimal,
        ),
        # What is still open: of a paid invoice it is 0, and no total (Xero, QuickBooks).
        field(
            "@residual",
            (
                *("amount due", "invoice amount due", "balance due", "due amount"),
                *("open balance", "open amount", "amount open", "outstanding amount"),
                *("amount outstanding", "outstanding balance", "outstanding"),
                *("remaining amount", "amount remaining", "residual", "balance"),
            ),
            decimal,
        ),
        field(
            "@paid",
            (
                *("amount paid", "paid amount", "total paid", "paid to date"),
                *("invoice amount paid",),
                *("amount received", "payments received"),
            ),
            decimal,
        ),
        field(
            "@paid_at",
            ("paid date", "date paid", "paid on", "paid at", "payment date"),
            date,
        ),
        field(
            "@note",
            ("invoice status", "status", "state", "payment status"),
            labelled("Status"),
        ),
        *AUDIT,
    ),
    "invoice_lines": mapping(
        "invoice_lines",
        "account.move.line",
        field(
            "@bill",
            (
                ("invoice id", "invoice"),
                *(("invoice number", "invoice no", "document number"),),
            ),
            lookup_several_by(("invoices", ""), ("invoices", "name")),
            one_link,
        ),
        field(
            "name",
            (
                *("description", "line description", "item description", "item name"),
                *("product name", "product", "item", "name", "title", "service"),
            ),
            strip,
        ),
        field("quantity", ("quantity", "qty", "units", "hours"), decimal),
        field(
            "price_unit",
            ("unit price", "price", "rate", "unit cost", "item price"),
            decimal,
        ),
        field(
            "discount",
            ("discount percent", "discount", "discount in percent", "item discount"),
            percent(),
        ),
        field(
            "@tax",
            ("tax rate", "vat rate", "tax percent", "vat percent", "tax in percent"),
            percent(),
        ),
        field("@tax_amount", ("tax amount", "vat amount", "item tax", "vat"), decimal),
        field(
            "@subtotal",
            ("net amount", "line total", "subtotal", "item total", "amount", "net"),
            decimal,
        ),
    ),
}
