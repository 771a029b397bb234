"""Headers of Insightly's organizations: one importer of a real file."""

from dialect_common import load, table, vendor_of


def test_tags_stand_in_columns_and_the_owner_in_one(open_files):
    headers = (
        "RecordId, OrganizationName, OrganisationOwner, Background, Phone, Fax, Website,"
        " EmailDomain, BillingAddressStreet, BillingAddressCity, Industry, Tag1, Tag2, Tag3"
    )
    row = {"RecordId": "1", "OrganizationName": "Alpha", "Tag1": "VIP", "Tag3": "Fair"}
    row |= {"OrganisationOwner": "Ana Reis;ana@example.com;", "Background": "old"}
    source = open_files({"export.csv": table(headers, row)})
    known, found = load(source, "export.csv")
    values = found["1"]
    assert (known, vendor_of(source, "export.csv")) == ("companies", "Insightly")
    assert [each["$map"][1] for each in values["category_id"]] == ["VIP", "Fair"]
    assert values["user_id"] == {"$owner": "ana@example.com"}
    assert values["comment"] == "old"
