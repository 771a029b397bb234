"""What a column of a file means: amounts and their currencies, by cases of real kinds."""

import pytest
from spreadsheet_common import values


@pytest.mark.parametrize(
    ("amount", "number", "currency"),
    [
        ("500.000 ₫", 500_000, "VND"),
        ("R$ 12.500", 12_500, "BRL"),
        ("₺12.500", 12_500, "TRY"),
        ("12.500 zł", 12_500, "PLN"),
        ("12 500 ₽", 12_500, "RUB"),
        ("Rp 12.500", 12_500, "IDR"),
        ("12.500,- €", 12_500, "EUR"),
        ("US$ 1,234.50", 1234.5, "USD"),
        ("12.500 kr", 12_500, "kr"),
        ("Fr. 12.500", 12_500, "Fr"),
        ("$12,500", 12_500, "$"),
        ("1.250 KWD", 1.25, "KWD"),
    ],
)
def test_an_amount_is_right_and_its_sign_says_the_currency(
    read, amount, number, currency
):
    found = read(deals__csv=f"ID;Name;Amount\n1;A;{amount}\n")
    deal = values(found, "deals", "1")
    assert (deal["expected_revenue"], deal["@currency"]) == (number, currency)


@pytest.mark.parametrize(
    "header",
    [
        "amountCurrency",
        "Currency",
        "Currency of Amount",
        "Währung",
        "Devise",
        "Amount Currency",
    ],
)
def test_a_currency_column_is_known_by_any_name(read, header):
    found = read(deals__csv=f"id,deal name,amount,{header}\n1,A,10,USD\n")
    assert values(found, "deals", "1")["@currency"] == "USD"


@pytest.mark.parametrize(
    ("header", "currency"),
    [
        ("Amount (EUR)", "EUR"),
        ("Betrag in €", "EUR"),
        ("€", "EUR"),
        ("value_usd", "USD"),
        ("Deal value [GBP]", "GBP"),
        ("Revenue ($)", "$"),
        ("Amount", None),
    ],
)
def test_a_header_says_the_currency_of_its_amounts(read, header, currency):
    found = read(deals__csv=f"id,deal name,{header}\n1,Roof,1000\n2,Gate,500\n")
    got = values(found, "deals", "1")
    assert (got["expected_revenue"], got.get("@currency")) == (1000, currency)


def test_what_stands_beside_an_amount_counts_more_than_its_header(read):
    found = read(deals__csv="id,deal name,amount (EUR),currency\n1,Roof,1000,CHF\n")
    assert values(found, "deals", "1")["@currency"] == "CHF"


def test_a_column_of_signs_is_the_currency_whatever_it_is_called(read):
    found = read(deals__csv="id,deal name,amount,unit\n1,Roof,1000,€\n2,Gate,5,US$\n")
    got = [values(found, "deals", key)["@currency"] for key in "12"]
    assert got == ["€", "US$"]


@pytest.mark.parametrize(
    "header", ["Revenue (k€)", "Umsatz TEUR", "Amount in thousands", "Wert (Mio. €)"]
)
def test_thousands_are_not_taken_for_amounts(read, header):
    found = read(deals__csv=f"id;deal name;{header};stage\n1;Roof;12,5;Offer\n")
    assert "expected_revenue" not in values(found, "deals", "1")


def test_an_amount_in_an_object_has_its_currency_beside_it(read):
    found = read(
        deals__json='[{"id": 1, "title": "Roof", "amount": {"value": 1000, "currency": "CHF"}}]'
    )
    got = values(found, "deals", "1")
    assert (got["expected_revenue"], got["@currency"]) == (1000, "CHF")


def test_a_dash_for_no_cents_tells_the_decimal_mark(read):
    found = read(Angebote__csv="ID;Titel;Betrag\n1;Tor;1.000,-\n2;Dach;12.500,- €\n")
    got = [values(found, "angebote", key)["expected_revenue"] for key in "12"]
    assert got == [1000, 12500]


def test_sums_without_a_label_below_a_table_are_no_record(read):
    found = read(deals__csv="deal name,amount,company\nA,100,X\nB,200,Y\n,300,\n")
    assert [each.values["name"] for each in found["deals"].values()] == ["A", "B"]
    found = read(deals__csv="deal name,amount,company\nA,100,X\nB,200,Y\n,310,\n")
    assert len(found["deals"]) == 3
