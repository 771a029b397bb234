"""Headers of Vtiger by its own code, ``ExportData.php`` (2025); Spanish by one reader."""

import pytest
from dialect_common import ignored, load, table, vendor_of

DEALS = (
    "Opportunity Name, Opportunity Number, Amount, Organization Name, Contact Name,"
    " Expected Close Date, Type, Next Step, Lead Source, Sales Stage, Assigned To,"
    " Probability, Campaign Source, Weighted Revenue, Created Time, Description"
)
DEAL = {"Opportunity Name": "Mill", "Opportunity Number": "POT1", "Amount": "1000"}
DEAL |= {"Organization Name": "Accounts::::Alpha", "Sales Stage": "Closed Won"}
COMPANIES = "Organization Name, Organization Number, Primary Phone, Assigned To"
COMPANY = {"Organization Name": "Alpha", "Organization Number": "ACC1"}


def test_numbers_stand_for_ids(open_files):
    source = open_files(
        {
            "Opportunities.csv": table(DEALS, DEAL),
            "Organizations.csv": table(COMPANIES, COMPANY),
        }
    )
    known, found = load(source, "Opportunities.csv")
    assert (known, vendor_of(source, "Opportunities.csv")) == ("deals", "Vtiger")
    assert found["POT1"]["partner_id"]["$ref"][:2] == ["companies", "Alpha"]
    assert found["POT1"]["@state"] == {"$map": ["stage_outcomes", "Closed Won"]}
    assert "Weighted Revenue" in ignored(source, "Opportunities.csv")
    assert "ACC1" in load(source, "Organizations.csv")[1]


@pytest.mark.parametrize("status", ["Junk Lead", "Lost Lead"])
def test_leads_that_came_to_nothing_are_lost(open_files, status):
    headers = "First Name, Last Name, Lead Number, Company, Lead Status, Assigned To"
    row = {"Last Name": "Rui", "Lead Number": "LEA1", "Lead Status": status}
    source = open_files({"Leads.csv": table(headers, row)})
    known, found = load(source, "Leads.csv")
    assert (known, found["LEA1"]["@state"]["$map"][1]) == ("leads", "Lost")


def test_spanish_organizations(open_files):
    headers = (
        "Nombre de la organización, Número de la organización, Teléfono de oficina"
    )
    row = {"Nombre de la organización": "Alpha", "Número de la organización": "ACC1"}
    source = open_files({"Organizaciones_2026-01-02_1000.csv": table(headers, row)})
    known, found = load(source, "Organizaciones_2026-01-02_1000.csv")
    assert (known, found["ACC1"]["name"]) == ("companies", "Alpha")
