"""What was paid of an invoice of Dataverse: all of it, or nobody knows how much."""

import pytest

from connectors.opex365.invoices import complete_invoice


@pytest.mark.parametrize(
    ("state", "reason", "paid"),
    [(2, 100001, 119.0), (2, 100002, None), (0, 4, None), (3, 100003, None)],
)
def test_only_what_was_paid_in_full_has_an_amount(state, reason, paid):
    data = {
        "statecode": state,
        "statuscode": reason,
        "totalamount": 119,
        "totaltax": 19,
    }
    complete_invoice(data, dict)
    assert data.get("_paid") == paid
