"""What the loading of products and quotations has to say: code → (what, what to do)."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

WORDING = {
    "barcode_taken": (
        _lt("The barcode %(value)s belongs to %(other)s already."),
        _lt("Decide which of the two has it, then enter it in Odoo."),
    ),
    "currency_needed": (
        _lt(
            "Nobody decided which currency “%(value)s” is: the quotation would say other prices."
        ),
        _lt("Decide it in the value maps, then load again."),
    ),
    "list_without_currency": (
        _lt(
            "Nobody decided which currency “%(value)s” is: the price list has the company's."
        ),
        _lt("Decide it in the value maps, then load again."),
    ),
    "customer_missing": (
        _lt("It names no customer. Odoo needs one: “Customer unknown” stands for it."),
        _lt("Choose the customer in Odoo."),
    ),
    "tax_missing": (
        _lt("Odoo has no sales tax of %(value)s. The line is loaded without tax."),
        _lt("Create the tax in Odoo, then load again."),
    ),
    "totals_differ": (
        _lt(
            "%(field)s is %(value)s %(currency)s in the source and %(ours)s %(currency)s in Odoo."
        ),
        _lt("Compare lines and taxes, then correct them in Odoo."),
    ),
    "totals_rounded": (
        _lt(
            "%(field)s is %(value)s %(currency)s in the source and %(ours)s %(currency)s in "
            "Odoo, which rounds taxes another way."
        ),
        _lt(
            "Nothing to do, unless it is sent once more: then adjust a price, or set the "
            "rounding of taxes in the settings of Invoicing."
        ),
    ),
    "order_confirmed": (
        _lt(
            "It was confirmed in Odoo: what the source changed since is not taken over."
        ),
        _lt("Nothing to do, unless the change should be made by hand."),
    ),
}
