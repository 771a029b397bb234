"""Deals of Concord: their lines, outcome, owner and currency; products and their prices."""

import pytest
from concord_common import connect, values_of
from reading import own

pytestmark = pytest.mark.simulator


def test_deals_keep_lines_outcome_and_owner(source):
    values = values_of(source, "deals", "crm.lead")
    deals = own(source, "deals")
    assert {v.values["@state"] for v in values.values()} == {"open", "won", "lost"}
    for key, deal in deals.items():
        got = values[key].values
        assert got["stage_id"] == {"$ref": ["stages", str(deal["stage_id"])]}
        if (deal.get("billable") or {}).get("products"):
            assert "<th>Product</th>" in got["description"]
        if deal["status"] != "open":
            assert got["@closed_at"]


def test_lines_of_a_deal_are_those_of_a_quotation_as_well(source):
    quotations = values_of(source, "deals", "sale.order", "quotation")
    deals = own(source, "deals")
    billed = {k for k, d in deals.items() if (d.get("billable") or {}).get("products")}
    assert billed
    assert set(quotations) == billed
    for key in billed:
        got, billable = quotations[key].values, deals[key]["billable"]
        assert not quotations[key].problems
        assert got["opportunity_id"] == {"$ref": ["deals", key]}
        assert got["@total"] == billable["total"]
        assert got["@tax_included"] == billable["tax_type"]
        assert len(got["order_line"]) == len(billable["products"])
        for row, line in zip(got["order_line"], billable["products"], strict=True):
            assert row["product_uom_qty"] == float(line["qty"])
            assert row["@amount"] == line["amount"]
            assert ("product_id" in row) is bool(line["product_id"])
            assert line["name"] in row["name"]


def test_deals_are_in_the_currency_of_the_installation(simulator):
    simulator.company.currency = {**simulator.company.currency, "iso_code": "CHF"}
    source = connect(simulator)
    values = values_of(source, "deals", "crm.lead")
    assert values
    assert {outcome.values["@currency"] for outcome in values.values()} == {"CHF"}
    assert "Amounts are in CHF." in [one.text for one in source.check().findings]


def test_prices_and_documents_are_in_that_currency_as_well(simulator):
    """A price of 40 francs is not one of 40 euro; a note of a document names it."""
    simulator.company.currency = {**simulator.company.currency, "iso_code": "CHF"}
    source = connect(simulator)
    prices = values_of(source, "products", "product.template")
    assert prices
    assert {outcome.values["@currency"] for outcome in prices.values()} == {"CHF"}
    notes = values_of(source, "documents", "mail.message")
    rows = {str(row["id"]): row for row in simulator.company.rows("documents")}
    with_amount = [key for key in notes if rows[key]["amount"]]
    assert with_amount
    for key in with_amount:
        assert "Currency: CHF" in notes[key].values["body"]
    lines = values_of(source, "deals", "crm.lead")
    told = [
        o.values["description"] for o in lines.values() if o.values.get("description")
    ]
    assert told
    assert all("Currency: CHF" in text for text in told)


@pytest.mark.parametrize("status", [403, 404, 500])
def test_a_currency_that_is_not_told_is_asked_for(simulator, status):
    simulator.faults.add("/create-fields", "error", status=status, times=None)
    source = connect(simulator)
    mappings = [m for m in source.get_mappings() if m.stream == "deals"]
    assert "@currency" not in {field.target for m in mappings for field in m.fields}
    warnings = [one.code for one in source.check().findings if one.level == "warning"]
    assert "currency_unknown" in warnings


def test_products_keep_prices_and_codes(simulator, source):
    values = values_of(source, "products", "product.template")
    for row in simulator.company.rows("products"):
        got = values[str(row["id"])].values
        assert got["name"] == row["name"]
        assert got["list_price"] == float(row["unit_price"] or 0)
        assert got["active"] is bool(row["is_active"])
        assert got.get("default_code") == (row["sku"] or None)
