"""OPEX 365: products, price lists, quotes, orders and the lines of opportunities."""

from decimal import Decimal

import pytest

from connectors.mapping.apply import applies, apply, as_json
from connectors.opex365.mappings import MAPPINGS
from connectors.opex365.sold import complete_lines, complete_price

pytestmark = pytest.mark.simulator


def test_a_quote_is_a_draft_with_lines_that_come_to_its_total(reading):
    known = reading.simulator.org.known
    quote = reading.values("quotes", "sale.order")[known["quote"]]
    assert not quote.problems
    got = quote.values
    assert got["state"] == "draft"  # it was won: that is told, and never confirmed
    assert "Won" in got["@note"]
    assert got["name"] == "QUO-01000-K2M8P4"
    assert got["opportunity_id"] == {"$ref": ["deals", known["deal"]]}
    assert got["pricelist_id"] == {"$ref": ["price_lists", known["price_list"]]}
    assert got["@currency"] == "EUR"
    line, discount = got["order_line"]
    assert line["product_id"]["$ref"][0] == "products"
    assert (line["@amount"], line["@tax_amount"], discount["price_unit"]) == (
        375, 68.4, -15,
    )  # fmt: skip
    total = sum(Decimal(str(row["@amount"])) for row in got["order_line"])
    assert total + Decimal("68.4") == Decimal(str(got["@total"]))
    # Without Sales the same stands in a note on the opportunity.
    assert "<table>" in got["body"]
    assert got["@thread"][0] == got["opportunity_id"]


def test_an_order_names_its_quote(reading):
    order = reading.values("orders", "sale.order")[reading.simulator.org.known["order"]]
    assert order.values["origin"] == "Offerte – Drehbank"
    assert order.values["name"] == "ORD-01000-Q7T2B9"


def test_states_of_the_source_are_never_a_confirmed_order():
    for stream, states in (("quotes", "0123"), ("orders", "01234")):
        [rule] = [as_json(m) for m in MAPPINGS if m.stream == stream]
        [field] = [f for f in rule["fields"] if f["target"] == "state"]
        for state in states:
            found = apply([field], {"statecode": int(state)}).values["state"]
            assert found in ("draft", "sent", "cancel")


def test_lines_of_a_deal_are_those_of_a_quotation_as_well(reading):
    quotations = reading.values("deals", "sale.order", "quotation")
    deals = reading.own("deals")
    assert set(quotations) == {key for key, deal in deals.items() if deal.get("_lines")}
    for key, outcome in quotations.items():
        assert not outcome.problems
        assert outcome.values["opportunity_id"] == {"$ref": ["deals", key]}
        assert len(outcome.values["order_line"]) == len(deals[key]["_lines"])


def test_families_are_categories_and_bundles_tell_their_parts(reading):
    products = reading.own("products")
    families = reading.values("products", "product.category")
    sold = reading.values("products", "product.template")
    assert set(families) == {
        k for k, p in products.items() if p["productstructure"] == 2
    }
    assert set(families) | set(sold) == set(products)
    assert not set(families) & set(sold)
    for key, outcome in sold.items():
        got, product = outcome.values, products[key]
        assert got["standard_price"] == 800
        assert got["uom_id"] == {"$map": ["units", "Primary Unit"]}
        assert got["active"] is (product["statecode"] != 1)
    [parts] = [p["_parts"] for p in products.values() if p.get("_parts")]
    assert parts[0]["name"] == "Tour à métaux n° 0 ⌀"


def test_prices_are_rules_of_their_list(reading):
    prices = reading.values("prices", "product.pricelist.item")
    assert prices
    for outcome in prices.values():
        assert outcome.values["compute_price"] == "fixed"
        assert outcome.values["fixed_price"] == 1200


@pytest.mark.parametrize(
    ("method", "percent", "wanted"),
    [
        (2, 90, {"compute_price": "percentage", "percent_price": 10}),
        (3, 25, {"compute_price": "formula", "price_discount": -25}),
        (4, 20, {"compute_price": "formula", "price_discount": -25}),
        (5, 12.5, {"compute_price": "formula", "price_discount": -12.5}),
        (6, 33, None),  # 49.2537… % on top: no rule of Odoo comes to that
    ],
)
def test_a_price_in_percents_is_a_rule_only_where_it_is_exact(method, percent, wanted):
    data = {
        "_pricelevelid_value": "a", "_productid_value": "b", "pricingmethodcode": method,
        "percentage": percent,
    }  # fmt: skip
    complete_price(data)
    [rule] = [as_json(m) for m in MAPPINGS if m.stream == "prices"]
    if wanted is None:
        assert not applies(rule, data)
        return
    got = apply(rule["fields"], data).values
    assert {name: got[name] for name in wanted} == wanted


def test_a_price_of_another_unit_is_none_of_the_product():
    data = {"_uomid_value": "BOX", "productid": {"_defaultuomid_value": "piece"}}
    complete_price(data)
    assert data["_of_other_unit"]
    data = {"_uomid_value": "BOX", "productid": {"_defaultuomid_value": "box"}}
    complete_price(data)
    assert "_of_other_unit" not in data


def test_freight_and_discount_of_the_head_are_lines():
    data = {
        "totalamount": 120.5, "totaltax": 20.5, "freightamount": 10, "discountamount": 5,
        "quote_details": [
            {"quotedetailid": "2", "lineitemnumber": 2, "quantity": 1, "priceperunit": 45,
             "extendedamount": 45},
            {"quotedetailid": "1", "lineitemnumber": 1, "quantity": 1, "priceperunit": 50,
             "extendedamount": 70.5, "tax": 20.5},
        ],
    }  # fmt: skip
    complete_lines(data)
    assert "quote_details" not in data
    assert [line["net"] for line in data["_lines"]] == ["50.0", "45", "10", "-5.0"]
