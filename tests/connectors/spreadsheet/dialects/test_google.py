"""Headers of Google Contacts before and after 2024: real files and third parties."""

import pytest
from dialect_common import ignored, load, table, vendor_of

NEW = (
    "First Name, Middle Name, Last Name, Phonetic First Name, Name Prefix, Name Suffix,"
    " Nickname, File As, Organization Name, Organization Title, Organization Department,"
    " Birthday, Notes, Photo, Labels, E-mail 1 - Label, E-mail 1 - Value, Phone 1 - Label,"
    " Phone 1 - Value, Address 1 - Label, Address 1 - Formatted, Address 1 - Street,"
    " Address 1 - City, Address 1 - Country"
)
OLD = (
    "Name, Given Name, Additional Name, Family Name, Yomi Name, Name Prefix, Nickname,"
    " Birthday, Location, Subject, Notes, Group Membership, E-mail 1 - Type,"
    " E-mail 1 - Value, Phone 1 - Type, Phone 1 - Value, Address 1 - Formatted,"
    " Address 1 - City, Organization 1 - Name, Organization 1 - Title"
)


@pytest.mark.parametrize(
    ("headers", "row"),
    [
        (
            NEW,
            {"First Name": "Vera", "Last Name": "Sá", "File As": "Sá, Vera"}
            | {"Organization Name": "Alpha", "Labels": "Friends ::: * myContacts"}
            | {"Organization Title": "Buyer"},
        ),
        (
            OLD,
            {"Name": "Vera Sá", "Given Name": "Vera", "Family Name": "Sá"}
            | {
                "Organization 1 - Name": "Alpha",
                "Group Membership": "Friends ::: * myContacts",
            }
            | {"Organization 1 - Title": "Buyer"},
        ),
    ],
    ids=["new", "old"],
)
def test_both_layouts(open_files, headers, row):
    row |= {"E-mail 1 - Value": "v@example.com ::: w@example.com"}
    row |= {"Address 1 - City": "Porto", "Address 1 - Formatted": "Rua 1, Porto"}
    source = open_files({"export.csv": table(headers, row)})
    known, found = load(source, "export.csv")
    [values] = found.values()
    assert (known, vendor_of(source, "export.csv")) == ("contacts", "Google Contacts")
    assert (values["name"], values["company_name"]) == ("Vera Sá", "Alpha")
    assert (values["email"], values["city"]) == ("v@example.com", "Porto")
    assert values["function"] == "Buyer"
    assert [each["$map"][1] for each in values["category_id"]][0] == "Friends"
    assert "Address 1 - Formatted" in ignored(source, "export.csv")
