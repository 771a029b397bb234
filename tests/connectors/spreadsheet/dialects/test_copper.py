"""Copper: no header list was found; what its help names is read like any other's."""

from dialect_common import load, table, vendor_of


def test_its_details_are_notes(open_files):
    """Fields of a lead by the vendor's help; *Details* is the text of every record."""
    headers = "Name, Company, Title, Owner, Work Email, Work Website, Details"
    row = {"Name": "Vera Sá", "Work Email": "v@example.com", "Details": "met at a fair"}
    source = open_files({"people.csv": table(headers, row)})
    known, found = load(source, "people.csv")
    [values] = found.values()
    assert (known, vendor_of(source, "people.csv")) == ("contacts", None)
    assert (values["comment"], values["email"]) == ("met at a fair", "v@example.com")
