"""Files of invoices and of their lines: what each column becomes, and how they are linked."""

import json

from spreadsheet_common import values

from connectors.mapping.outcomes import meaning_of

HEAD = """Invoice Number,Customer,Invoice Date,Due Date,Status,Currency,Subtotal,Tax,Total
RE-7,Acme,2019-03-04,2019-04-03,Paid,EUR,99.99,19.00,118.99
"""
LINES = """Invoice Number,Description,Quantity,Unit Price,Tax Rate,Line Total
RE-7,Drehbank,3,33.33,19 %,99.99
"""


def test_an_invoice_has_number_dates_state_and_totals(read):
    found = read(invoices__csv=HEAD, companies__csv="id,Name\n1,Acme\n")
    (key,) = found["invoices"]
    got = values(found, "invoices", key)
    assert (got["name"], got["invoice_date"]) == ("RE-7", "2019-03-04")
    assert got["invoice_date_due"] == "2019-04-03"
    assert got["partner_id"]["$ref"][:2] == ["companies", "Acme"]
    assert got["@currency"] == "EUR"
    totals = [got[f"@amount_{name}"] for name in ("untaxed", "tax", "total")]
    assert totals == [99.99, 19.0, 118.99]
    assert got["@state"] == {"$map": ["invoice_states", "Paid"]}
    assert meaning_of("Paid", "INVOICE_STATES") == "paid"
    assert meaning_of("Partially paid", "INVOICE_STATES") == "posted"


def test_what_was_paid_of_an_invoice_and_when(read):
    heads, row = HEAD.splitlines()
    text = f"{heads},Amount Paid,Payment Date\n{row},50.00,2019-03-20\n"
    found = read(invoices__csv=text)
    (key,) = found["invoices"]
    got = values(found, "invoices", key)
    assert (got["@paid"], got["@paid_at"]) == (50, "2019-03-20")


def test_a_line_names_its_invoice(read):
    found = read(invoices__csv=HEAD, invoice_lines__csv=LINES)
    (key,) = found["invoice_lines"]
    got = values(found, "invoice_lines", key)
    assert got["@bill"]["$ref"][1] == "RE-7"
    assert (got["name"], got["quantity"], got["price_unit"]) == ("Drehbank", 3, 33.33)
    assert (got["@tax"], got["@subtotal"]) == (19, 99.99)


def test_lines_within_an_invoice_come_along(read):
    line = {"description": "Öl", "quantity": 2, "unit_price": 5, "tax_rate": 7}
    invoice = {"id": 1, "invoice_number": "A-1", "total": 10.7, "lines": [line]}
    found = read(invoices__json=json.dumps([invoice, {**invoice, "id": 2}]))
    got = values(found, "invoices", "1")
    assert got["invoice_line_ids"] == [
        {"name": "Öl", "quantity": 2, "price_unit": 5, "@tax": 7}
    ]


def test_what_is_still_due_is_not_the_total(read):
    heads, row = HEAD.splitlines()
    for header in ("Amount Due", "InvoiceAmountDue", "Balance", "Outstanding Amount"):
        found = read(invoices__csv=f"{heads},{header}\n{row},68.99\n")
        (key,) = found["invoices"]
        got = values(found, "invoices", key)
        assert (got["@amount_total"], got["@residual"]) == (118.99, 68.99), header
    found = read(invoices__csv="Invoice Number,Amount Due\nRE-7,0\n")
    (key,) = found["invoices"]
    assert "@amount_total" not in values(found, "invoices", key)
