"""Headers of Krayin's two lists by its own code (``Webkul/DataGrid``, March 2025)."""

import pytest
from dialect_common import ignored, load, table, vendor_of

LEADS = (
    "ID, Sales Person, Subject, Source, Lead Value, Lead Type, Tag Name, Contact Person,"
    " Stage, Rotten Lead, Date To, Created At"
)
PERSONS = "ID, Name, Emails, Contact Numbers, Organization Name"


def test_leads_are_deals_in_a_pipeline(open_files):
    row = {"ID": "1", "Sales Person": "Ana Reis", "Subject": "Mill", "Stage": "Won"}
    row |= {"Lead Value": "1000.0000", "Tag Name": "VIP", "Date To": "2026-12-01"}
    source = open_files({"a7Xk2.csv": table(LEADS, row)})
    known, found = load(source, "a7Xk2.csv")
    values = found["1"]
    assert (known, vendor_of(source, "a7Xk2.csv")) == ("deals", "Krayin")
    assert (values["name"], values["expected_revenue"]) == ("Mill", 1000)
    assert values["date_deadline"] == "2026-12-01"
    assert values["user_id"] == {"$owner": "Ana Reis"}
    assert values["@state"] == {"$map": ["stage_outcomes", "Won"]}
    assert "Rotten Lead" in ignored(source, "a7Xk2.csv")


@pytest.mark.parametrize(
    ("emails", "numbers"),
    [
        (
            '[{"value":"v@example.com","label":"work"}]',
            '[{"value":"+351911111111","label":"work"}]',
        ),
        (
            "v@example.com (work), w@example.com (home)",
            "+351911111111 (work), 5551234 (home)",
        ),
    ],
)
def test_numbers_and_addresses_of_persons(open_files, emails, numbers):
    row = {"ID": "5", "Name": "Vera Sá", "Emails": emails, "Contact Numbers": numbers}
    source = open_files({"b9.csv": table(PERSONS, row)})
    known, found = load(source, "b9.csv")
    assert (known, found["5"]["email"]) == ("contacts", "v@example.com")
    assert found["5"]["phone"] == "+351911111111"
