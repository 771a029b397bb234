"""Headers of Salesforce's Data Export as in real files in public repositories (2018-23)."""

import pytest
from dialect_common import ignored, load, load_part, table, vendor_of

CONTACT = (
    "Id, IsDeleted, MasterRecordId, AccountId, Salutation, FirstName, LastName, OtherStreet,"
    " OtherCity, MailingStreet, MailingCity, MailingPostalCode, MailingCountry, Phone,"
    " MobilePhone, Email, Title, OwnerId, HasOptedOutOfEmail, CreatedDate, CreatedById,"
    " LastModifiedDate, LastModifiedById, SystemModstamp"
)
ROW = {
    "Id": "0035g00000XyZabAAF",
    "LastName": "Sá",
    "MailingCity": "Porto",
    "OtherCity": "Faro",
    "CreatedDate": "2026-07-01 09:00:00",
    "SystemModstamp": "2026-07-01 09:00:00",
    "LastModifiedById": "0055g00000AbCdeAAF",
}
KEY = "0035g00000XyZabAAF"


def test_instants_of_the_data_export_are_of_greenwich(open_files):
    source = open_files({"Contact.csv": table(CONTACT, ROW)})
    known, found = load(source, "Contact.csv")
    assert (known, vendor_of(source, "Contact.csv")) == ("contacts", "Salesforce")
    assert found[KEY]["@created_at"] == "2026-07-01 09:00:00"
    assert found[KEY]["city"] == "Porto"
    assert {"SystemModstamp", "LastModifiedById"} <= set(ignored(source, "Contact.csv"))


@pytest.mark.parametrize(
    ("key", "known"),
    [
        ("0015g00000XyZabAAF", "companies"),
        ("0065g00000XyZab", "deals"),
        ("00Q5g00000XyZabAAF", "leads"),
    ],
)
def test_the_first_signs_of_the_ids_say_what_the_rows_are(open_files, key, known):
    """Data Loader names the file after what a person types."""
    source = open_files(
        {"extract.csv": table("Id, Name", {"Id": key, "Name": "Alpha"})}
    )
    assert load(source, "extract.csv")[0] == known


def test_instants_elsewhere_are_of_the_zone_that_was_chosen(open_files):
    row = {"id": "1", "Last Name": "Sá", "Created Date": "2026-07-01 09:00:00"}
    row |= {"Email": "vera@example.com"}
    source = open_files(
        {"contacts.csv": table("id, Last Name, Email, Created Date", row)}
    )
    _known, found = load(source, "contacts.csv")
    assert found["1"]["@created_at"] == "2026-07-01 08:00:00"


ACCOUNT = (
    "Id, IsDeleted, Name, BillingStreet, BillingCity, BillingPostalCode, BillingCountry,"
    " ShippingStreet, ShippingCity, ShippingPostalCode, ShippingCountry, CreatedDate,"
    " SystemModstamp"
)
FIRST = {"BillingStreet": "Rua 1", "BillingCity": "Porto", "BillingPostalCode": "4000"}
SAME = {
    "ShippingStreet": "Rua 1 ",
    "ShippingCity": "PORTO",
    "ShippingPostalCode": "4000",
}


def test_a_second_address_is_a_partner_below_where_it_is_another_one(open_files):
    keys = [f"0015g0000{n}XyZabAAF"[:18] for n in range(3)]
    rows = [
        {"Id": keys[0], "Name": "Alpha"} | FIRST | SAME,
        {"Id": keys[1], "Name": "Beta"} | FIRST | SAME | {"ShippingStreet": "Rua 2"},
        {"Id": keys[2], "Name": "Gamma"} | FIRST,
    ]
    source = open_files({"Account.csv": table(ACCOUNT, *rows)})
    found = load_part(source, "Account.csv", "delivery")
    [(key, values)] = found.items()
    assert (key[:15], values["type"]) == (keys[1][:15], "delivery")
    assert (values["name"], values["street"]) == ("Beta", "Rua 2")
    assert values["parent_id"]["$ref"] == ["companies", key]
    assert load(source, "Account.csv")[1][key]["street"] == "Rua 1"


def test_another_address_of_a_person(open_files):
    source = open_files({"Contact.csv": table(CONTACT, ROW)})
    [values] = load_part(source, "Contact.csv", "other").values()
    assert (values["type"], values["city"]) == ("other", "Faro")


def test_reports_have_labels_and_the_zone_of_who_made_them(open_files):
    """Labels of deals by three readers of reports."""
    headers = (
        "Opportunity ID, Opportunity Name, Account ID, Account Name, Opportunity Owner,"
        " Stage, Amount, Close Date, Created Date, Is Won, Age"
    )
    row = {"Opportunity ID": "0065g00000XyZab", "Opportunity Name": "Mill", "Age": "3"}
    row |= {
        "Stage": "Closed Won",
        "Is Won": "TRUE",
        "Created Date": "2026-07-01 09:00:00",
    }
    name = "report1700000000000.csv"
    source = open_files({name: table(headers, row)})
    known, found = load(source, name)
    [values] = found.values()
    assert (known, vendor_of(source, name)) == ("deals", "Salesforce")
    assert (values["@state"], values["@created_at"]) == ("won", "2026-07-01 08:00:00")
    assert "Age" in ignored(source, name)


def test_a_report_that_has_a_deal_for_each_of_its_contacts_keeps_all_rows(open_files):
    headers = (
        "Opportunity ID, Opportunity Name, Account Name, Stage, Amount, Contact Name"
    )
    row = {
        "Opportunity ID": "0065g00000XyZab",
        "Opportunity Name": "Mill",
        "Amount": "5",
    }
    rows = [row | {"Contact Name": name} for name in ("Vera Sá", "Rui Sá")]
    source = open_files({"report1700000000000.csv": table(headers, *rows)})
    known, found = load(source, "report1700000000000.csv")
    assert (known, len(found)) == ("deals", 2)
