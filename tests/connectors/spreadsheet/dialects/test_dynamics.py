"""Headers of Dynamics worksheets: readers of real files, Microsoft's documentation."""

import io

import openpyxl
import pytest
from dialect_common import load, table, vendor_of

GUID = "5b8e0f3a-1b2c-4d3e-8f90-00000000000"


def sheet_of(entity, headers, row):
    hidden = [
        f"(Do Not Modify) {each}" for each in (entity, "Row Checksum", "Modified On")
    ]
    return table([*hidden, *headers.split(", ")], row)


FILES = {
    "Active Accounts.csv": sheet_of(
        "Account",
        "Account Name, Main Phone, Owner",
        {"(Do Not Modify) Account": f"{GUID}1", "Account Name": "Alpha"},
    ),
    "Active Contacts.csv": sheet_of(
        "Contact",
        " Full Name, Company Name, Email",
        {"(Do Not Modify) Contact": f"{GUID}2", " Full Name": "Vera  Sá"},
    ),
}


@pytest.mark.parametrize(
    ("customer", "stream", "field"),
    [
        ("Vera Sá", "contacts", "contact_name"),
        ("Alpha", "companies", "partner_name"),
        ("Nobody", "companies", "partner_name"),
    ],
)
def test_a_potential_customer_is_a_company_or_a_person(
    open_files, customer, stream, field
):
    row = {"(Do Not Modify) Opportunity": f"{GUID}3", "Topic": "Mill", "Status": "Lost"}
    row |= {"Potential Customer": customer, "Currency": "US Dollar"}
    headers = (
        "Topic, Potential Customer, Est. revenue, Status, Pipeline Phase, Currency"
    )
    name = "My Open Opportunities.csv"
    source = open_files({**FILES, name: sheet_of("Opportunity", headers, row)})
    known, found = load(source, name)
    values = found[f"{GUID}3"]
    assert (known, vendor_of(source, name)) == ("deals", "Dynamics 365")
    assert values["partner_id"]["$ref"][:2] == [stream, customer]
    assert values[field] == customer
    assert values["@state"] == {"$map": ["deal_states", "Lost"]}


def test_a_call_was_when_it_was_due(open_files):
    row = {"(Do Not Modify) Phone Call": f"{GUID}6", "Subject": "Ring"}
    row |= {"Due Date": "2026-01-02 10:00"}
    name = "My Phone Calls.csv"
    source = open_files({name: sheet_of("Phone Call", "Subject, Due Date", row)})
    known, found = load(source, name)
    assert (known, found[f"{GUID}6"]["date"]) == ("calls", "2026-01-02 10:00:00")


@pytest.mark.parametrize(
    ("first", "known"),
    [
        ("(Nicht ändern) Firma", "companies"),
        ("(Ne pas modifier) Contact", "contacts"),
        ("(No modificar) Cuenta", "companies"),
        ("(Niet wijzigen) Account", "companies"),
    ],
)
def test_other_languages(open_files, first, known):
    source = open_files({"x.csv": table([first, "X"], {first: f"{GUID}1", "X": "y"})})
    assert load(source, "x.csv")[0] == known
    assert vendor_of(source, "x.csv") == "Dynamics 365"


def test_the_sheet_that_dynamics_hides_beside_each_other_is_left_out(open_files):
    """hiddenSheet holds the columns' names of the program, and may come first."""
    book = openpyxl.Workbook()
    book.active.title = "hiddenSheet"
    book.active.append(["(Do Not Modify) Opportunity", "opportunityid"])
    book.active.append(["Topic", "name"])
    book.active.sheet_state = "veryHidden"
    sheet = book.create_sheet("My Open Opportunities")
    sheet.append(["(Do Not Modify) Opportunity", "Topic", "Est. Revenue", "Status"])
    sheet.append(["a1b2c3d4-0000-4000-8000-000000000001", "Roof", "1,200.00", "Open"])
    content = io.BytesIO()
    book.save(content)
    name = "My Open Opportunities.xlsx"
    source = open_files({name: content.getvalue()})
    streams = {s.name: s for s in source.get_streams()}
    assert [n for n, s in streams.items() if not s.optional] == ["deals"]
    codes = [f.code for f in source.check().findings if f.level == "warning"]
    assert codes == ["sheet_hidden"]
    # Chosen, it is read.
    options = {f"{name}#hiddenSheet": {"object": "contacts"}}
    source = open_files({name: content.getvalue()}, options)
    assert not any(s.optional for s in source.get_streams())
    codes = [f.code for f in source.check().findings if f.level == "warning"]
    assert "sheet_hidden_read" in codes
