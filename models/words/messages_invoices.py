"""What there is to say about invoices that stay drafts: code → (what happened, what to do)."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

INVOICES = {
    "invoice_totals": (
        _lt(
            "The totals are not the same: %(theirs)s in the source, %(ours)s in Odoo "
            "(%(currency)s). It stays a draft."
        ),
        _lt("Correct the draft by the original document, then confirm it in Odoo."),
    ),
    "invoice_no_total": (
        _lt("The source states no total to compare with. It stays a draft."),
        _lt("Compare the draft with the original document, then confirm it in Odoo."),
    ),
    "invoice_state": (
        _lt("What the state “%(value)s” means is not known. It stays a draft."),
        _lt("Decide it in the value maps, then load again."),
    ),
    "payment_journal": (
        _lt(
            "%(company)s has no bank or cash journal: what was paid is not registered, and "
            "the invoice is open in Odoo."
        ),
        _lt("Create a journal, then register the payment in Odoo."),
    ),
    "payment_more": (
        _lt(
            "The source says that %(value)s was paid of an invoice of %(due)s. The invoice "
            "is paid in Odoo; what was paid beyond it is not registered."
        ),
        _lt("Look at the payments in the source: the rest may be of another invoice."),
    ),
    "payment_less": (
        _lt(
            "The source now says that %(value)s was paid, and payments of %(there)s are "
            "registered in Odoo. They stay as they are."
        ),
        _lt("Look at the payments in the source, then correct the payment in Odoo."),
    ),
    "payment_refused": (
        _lt("Odoo did not register the payment of %(value)s: %(reason)s"),
        _lt("Register the payment in Odoo once that is settled."),
    ),
    "invoice_proforma": (
        _lt("A proforma is not an accounting document. It stays a draft."),
        _lt("Confirm or delete it in Odoo once it is decided."),
    ),
    "invoice_partner": (
        _lt("It has no customer in Odoo. It stays a draft."),
        _lt("Load its customer first, or choose one on the draft; then load again."),
    ),
    "invoice_lines": (
        _lt("It has no lines, and no total that one could be made of."),
        _lt("Complete the draft by the original document, or delete it."),
    ),
    "invoice_number": (
        _lt("It has no number; Odoo would give it one. It stays a draft."),
        _lt("Enter the number on the draft, or confirm it in Odoo with a new one."),
    ),
    "invoice_date": (
        _lt("It has no date; Odoo would take today. It stays a draft."),
        _lt("Enter the date on the draft, then confirm it in Odoo."),
    ),
    "invoice_number_taken": (
        _lt(
            "The number %(value)s belongs to another document of this migration "
            "(%(other)s). It stays a draft."
        ),
        _lt("Give one of the two another number, or journal, and confirm it in Odoo."),
    ),
    "invoice_currency": (
        _lt("The currency “%(value)s” is not known in Odoo."),
        _lt("Decide in the value maps which it is, then load again."),
    ),
    "invoice_currency_inactive": (
        _lt("The currency %(value)s is not active in Odoo. It stays a draft."),
        _lt("Activate it (Invoicing, Configuration, Currencies), then load again."),
    ),
    "invoice_rate": (
        _lt(
            "Neither the source nor Odoo has an exchange rate of %(currency)s to %(own)s "
            "for %(value)s. It stays a draft."
        ),
        _lt("Enter the rate (Invoicing, Configuration, Currencies), then load again."),
    ),
    "invoice_locked": (
        _lt(
            "Its date, %(value)s, lies in a locked period (%(locks)s): Odoo would book it "
            "on another day. It stays a draft with its number and date."
        ),
        _lt("Lift the lock or make an exception, then load again."),
    ),
    "invoice_changed": (
        _lt(
            "Odoo has changed %(field)s to “%(value)s” on confirming it. It is a draft "
            "again, as it was."
        ),
        _lt("Look at the draft, then confirm it in Odoo."),
    ),
    "invoice_line": (
        _lt("Its invoice was loaded without it."),
        _lt("Roll the invoice back and load it again, with this line read before."),
    ),
    "invoice_tax": (
        _lt(
            "No tax explains the amount of line %(line)s (%(value)s). It has none in Odoo."
        ),
        _lt("Choose the tax on the draft, then confirm it in Odoo."),
    ),
}
