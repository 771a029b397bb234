"""Faults of what only other apps take: invoices, prices, boards and their tasks."""

from .fault_kinds import Fault


def _invoice(case, sentence, odoo, *found_by):
    return Fault(
        *(case, sentence, "invoices", "i1"),
        odoo=odoo,
        found_by=found_by or ("unaccounted",),
    )


OF_APPS = (
    _invoice(
        "§1ba",
        "what was paid of an invoice is not registered: more is due",
        {"amount_residual": 100.5, "payment_state": "not_paid"},
        "more_due",
    ),
    _invoice("§1bb", "an invoice in the currency of the company", "take_own_currency"),
    _invoice("§1bc", "an invoice that was sent stays a draft", {"state": "draft"}),
    _invoice("§1bd", "another total", {"amount_total": 90}),
    _invoice("§1be", "a line of an invoice dropped", "drop_a_line"),
    Fault(
        "§3ba",
        "a price in another currency taken one to one",
        "products",
        "k1",
        odoo={"list_price": 90},
        found_by=("foreign_amount",),
    ),
    Fault(
        "§3bb",
        "a price kept in the notes without its currency",
        "products",
        "k1",
        odoo="drop_currency",
    ),
    Fault(
        "§3bc",
        "a board for its members open to all",
        "boards",
        "b1",
        odoo={"privacy_visibility": "portal"},
        found_by=("payload",),
    ),
    Fault(
        "§3bd", "members of a board do not follow it", "boards", "b1", odoo="unfollow"
    ),
    Fault(
        "§1bf",
        "a task that waits goes on",
        "jobs",
        "j1",
        odoo={"state": "01_in_progress"},
        found_by=("payload",),
    ),
)
