"""Default mapping of NextCRM's invoices, what happened to them, and their files."""

from ..core.sentences import _lt
from ..mapping.vocabulary import (
    as_object,
    constant,
    decimal,
    field,
    html,
    is_none_of,
    is_one_of,
    labelled,
    lookup,
    lookup_parent,
    mapping,
    owner,
    replace_values,
    rows,
    strip,
    text_from_html,
    value_map,
)
from .dates import day
from .mappings_common import CREATED, CREATOR, GONE, INSTANT, UPDATED

_NUMBERS = {
    "discountTotal": _lt("adds up the discounts of the lines"),
    "numberOverridden": _lt("the number is the one that was issued"),
    "seriesId": _lt("told by the name of the series"),
    "accountId": _lt("told by the customer that is still there"),
    "pdfStorageKey": _lt("its file is read by itself"),
    "pdfGeneratedAt": _lt("its file bears this moment"),
}
_NOTE = field(
    "@note",
    (
        *("internalNotes", "status", "_series", "paidTotal", "balanceDue"),
        *("_payments", "billingSnapshot", "bankName", "bankAccount", "iban", "swift"),
        "_gone",
    ),
    labelled(
        *("", "Status", "Series", "Paid", "Still open"),
        ("Payments", "{paidAt} {amount} {method} {reference} {note}"),
        (
            "Billed to",
            "{name}, {street}, {zip} {city} {state} {country} {vat_id} {registration_id}",
        ),
        *("Bank", "Account", "IBAN", "SWIFT"),
        (GONE, "", 0),
    ),
    lossy=_lt("payments are registered in Odoo; what NextCRM says of them is noted"),
)
_FIELDS = (
    field("name", "number", strip),
    field("partner_id", "_company", lookup("companies")),
    day("invoice_date", "issueDate"),
    day("taxable_supply_date", "taxableSupplyDate"),
    day("invoice_date_due", "dueDate"),
    field("@currency", "currency", strip),
    field("@rate", "fxRateToBase", decimal),
    field("@rate_currency", "baseCurrency", strip),
    field("payment_reference", "variableSymbol", strip),
    field("narration", "publicNotes", html),
    field("reversed_entry_id", "originalInvoiceId", lookup("invoices")),
    rows(
        "invoice_line_ids",
        "_lines",
        field("name", "description", text_from_html),
        field("quantity", "quantity", decimal),
        field("price_unit", "unitPrice", decimal),
        field("discount", "discountPercent", decimal),
        field("@tax", "rate", decimal),
        field("@tax_amount", "lineVat", decimal),
        field("@subtotal", "lineSubtotal", decimal),
    ),
    field("@amount_untaxed", "subtotal", decimal),
    field("@amount_tax", "vatTotal", decimal),
    field("@amount_total", "grandTotal", decimal),
    field("@paid", "paidTotal", decimal),
    field("@paid_at", "_paid_at", INSTANT),
    rows(
        "@payments",
        "_payments",
        field("amount", "amount", decimal),
        field("date", "paidAt", INSTANT),
        field("reference", "reference", strip),
    ),
    _NOTE,
    CREATED,
    UPDATED,
    CREATOR,
)
_TYPES = replace_values(
    INVOICE="out_invoice", CREDIT_NOTE="out_refund", PROFORMA="out_invoice"
)
_AFTER = ("users", "companies")
_OF_INVOICE = ("users", "companies", "invoices")
_NEEDED = "account.move"

INVOICE_MAPPINGS = (
    mapping(
        "invoices",
        "account.move",
        field("move_type", "type", _TYPES),
        field("@state", None, constant("proforma")),
        *_FIELDS,
        after=_AFTER,
        when=is_one_of("_kind", "proforma"),
        key="proforma",
        label=_lt("Proformas"),
        ignored=_NUMBERS,
    ),
    mapping(
        "invoices",
        "account.move",
        field("move_type", "type", _TYPES, required=True),
        field("@state", "status", value_map("invoice_states")),
        *_FIELDS,
        after=_AFTER,
        when=is_none_of("_kind", "proforma"),
        label=_lt("Invoices and credit notes"),
        ignored=_NUMBERS,
    ),
    mapping(
        "invoice_activities",
        "mail.message",
        field(
            "body",
            ("action", "meta"),
            labelled("Invoice", ("Details", "*", 0)),
            required=True,
        ),
        field("date", "createdAt", INSTANT, required=True),
        field("@author", "actorId", owner),
        field("@thread", "invoiceId", lookup("invoices")),
        field("@created_at", "createdAt", INSTANT),
        field("@created_by", "actorId", owner),
        after=_OF_INVOICE,
        label=_lt("History of invoices"),
        needs=_NEEDED,
    ),
    mapping(
        "invoice_files",
        "ir.attachment",
        field("name", "name", strip, required=True),
        field("@file", ("_key", "name"), as_object("path", "name"), required=True),
        field("@thread", "_parent", lookup_parent),
        CREATED,
        after=_OF_INVOICE,
        label=_lt("Printed invoices"),
        needs=_NEEDED,
    ),
    mapping(
        "invoice_attachments",
        "ir.attachment",
        field("name", "filename", strip, required=True),
        field("mimetype", "mimeType", strip),
        field(
            "@file",
            ("storageKey", "filename", "size"),
            as_object("path", "name", "size"),
            required=True,
        ),
        field("@thread", "invoiceId", lookup("invoices")),
        field("@created_at", "uploadedAt", INSTANT),
        field("@created_by", "uploadedBy", owner),
        after=_OF_INVOICE,
        label=_lt("Attachments of invoices"),
        ignored={"isPrimaryPdf": _lt("which of them is the printed one")},
        needs=_NEEDED,
    ),
    mapping(
        "received_invoices",
        "account.move",
        field("move_type", None, constant("in_invoice")),
        field("@state", None, constant("draft")),
        field("ref", "invoice_number", strip),
        field("partner_id", "assigned_account_id", lookup("companies")),
        day("invoice_date", "date_created"),
        day("invoice_date_due", "date_due"),
        field("@currency", "invoice_currency", strip),
        field("@amount_untaxed", "invoice_amount", decimal),
        field("@amount_total", "invoice_amount", decimal),
        field(
            "@note",
            (
                *(
                    "description",
                    "invoice_amount",
                    "partner",
                    "partner_email",
                    "status",
                ),
                *("invoice_type", "invoice_items", "invoice_file_url"),
            ),
            labelled(
                *("", "Amount", "Vendor", "E-mail of the vendor", "Status", "Kind"),
                *(("Lines", "*", 0), "File"),
            ),
        ),
        field("@created_at", "date_created", INSTANT),
        field("@updated_at", "last_updated", INSTANT),
        field("@created_by", "assigned_user_id", owner),
        after=_AFTER,
        label=_lt("Received invoices"),
        ignored={"invoice_file_mimeType": _lt("told by the name of the file")},
    ),
)
"""A credit note's amounts are positive in NextCRM, as they are in Odoo."""
