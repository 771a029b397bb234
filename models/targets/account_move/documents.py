"""What kinds of documents there are."""

SALES = ("out_invoice", "out_refund", "out_receipt")
PURCHASES = ("in_invoice", "in_refund", "in_receipt")
TYPES = SALES + PURCHASES
REFUND_OF = {
    **dict.fromkeys(("out_invoice", "out_receipt"), "out_refund"),
    **dict.fromkeys(("in_invoice", "in_receipt"), "in_refund"),
}
"""What a document of a negative total is; a credit note written so is one as well."""

POSTED, CANCELLED, DRAFT = "posted", "cancel", "draft"
STATES = {
    **dict.fromkeys(("draft", "proforma"), DRAFT),
    **dict.fromkeys(("posted", "open", "paid", "partial"), POSTED),
    **dict.fromkeys(("cancel", "cancelled", "canceled", "void"), CANCELLED),
}
"""What ``@state`` may say → the state in Odoo. Whether a document is paid follows from
payments, and is never just written."""
