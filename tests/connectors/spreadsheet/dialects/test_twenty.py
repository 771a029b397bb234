"""Headers of Twenty by its own code and documentation (2025-26)."""

from dialect_common import ignored, load, table, vendor_of

UUID = "5b8e0f3a-1b2c-4d3e-8f90-00000000000"
FILES = {
    "person.csv": table(
        "Id, Name / First Name, Name / Last Name, Emails / Primary Email,"
        " Phones / Primary Phone Number, Phones / Primary Phone Country Code,"
        " Phones / Primary Phone Calling Code, Company Id",
        {
            "Id": f"{UUID}3",
            "Name / First Name": "Vera",
            "Phones / Primary Phone Number": "911111111",
            "Phones / Primary Phone Calling Code": "\u200d+351",
        },
    ),
    "company.csv": table(
        "Id, Name, Domain Name / Link Label, Domain Name / Link URL, Address / City",
        {
            "Id": f"{UUID}2",
            "Name": "Alpha",
            "Domain Name / Link URL": "https://alpha.example",
        },
    ),
    "opportunity.csv": table(
        "Id, Name, Amount / Amount, Amount / Currency, Close date, Stage, Company Id,"
        " Point of Contact Id, Created by / Source, Creation date",
        {
            "Id": f"{UUID}1",
            "Name": "Mill",
            "Stage": "CUSTOMER",
            "Company Id": f"{UUID}2",
            "Point of Contact Id": f"{UUID}3",
            "Creation date": "2026-01-01T00:00:00.000Z",
        },
    ),
    "note.csv": table(
        "Id, Title, Body / BlockNote, Body / Markdown",
        {"Id": f"{UUID}5", "Body / Markdown": "hello", "Body / BlockNote": "[]"},
    ),
}


def test_parts_of_fields_and_links_by_id(open_files):
    source = open_files(FILES)
    known, deals = load(source, "opportunity.csv")
    values = deals[f"{UUID}1"]
    assert (known, vendor_of(source, "opportunity.csv")) == ("deals", "Twenty")
    links = [each["$ref"] for each in values["partner_id"]]
    assert links == [["contacts", f"{UUID}3"], ["companies", f"{UUID}2"]]
    assert values["@state"] == {"$map": ["stage_outcomes", "Won"]}
    assert values["@created_at"] == "2026-01-01 00:00:00"
    _known, people = load(source, "person.csv")
    assert people[f"{UUID}3"]["phone"] == "+351 911111111"
    _known, companies = load(source, "company.csv")
    assert companies[f"{UUID}2"]["website"] == "https://alpha.example"
    _known, notes = load(source, "note.csv")
    assert notes[f"{UUID}5"]["body"] == "hello"
    assert "Body / BlockNote" in ignored(source, "note.csv")
