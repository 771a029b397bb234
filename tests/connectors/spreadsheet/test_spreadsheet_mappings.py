"""Files of any system: what the proposed mappings make of a record."""

import json

from reading import records
from spreadsheet_common import values_of

from connectors.mapping.apply import apply, as_json
from connectors.mapping.transforms import TRANSFORMS
from connectors.spreadsheet import preview


def test_a_contact_is_mapped_without_a_hand(folder):
    assert values_of(folder, "contacts")["7"] == {
        "is_company": False,
        "name": "José D’Ávila",
        # Nobody is called so: the loader takes it for two names, as nobody else can.
        "parent_id": {"$ref": ["companies", "Açor Lda, Beta", "Name"]},
        "email": "jose@example.com",
        "phone": "+351 210 000 001",
        "function": "Buyer",
        "category_id": [
            {"$map": ["contact_tags", "VIP"]},
            {"$map": ["contact_tags", "Fair"]},
        ],
        "user_id": {"$owner": "Ana Reis"},
        "street": "Rua 1",
        "city": "Porto",
        "zip": "4000-001",
        "country_id": {"$map": ["countries", "Portugal"]},
        "@created_at": "2024-03-01 10:00:00",
    }


def test_a_deal_is_read_with_its_dates_amounts_and_links(folder):
    deal = values_of(folder, "deals")["11"]
    assert deal["expected_revenue"] == 1234.5
    assert deal["date_deadline"] == "2024-12-31"
    assert deal["stage_id"] == {"$map": ["stages", "Qualified"]}
    assert deal["team_id"] == {"$map": ["teams", "Sales"]}
    assert deal["partner_id"] == [
        {"$ref": ["contacts", "JOSE@example.com", "E-Mail Address"]},
        {"$ref": ["companies", "1"]},
    ]


def test_notes_hang_on_the_deal_or_the_contact(folder):
    notes = values_of(folder, "notes")
    assert notes["1"]["@thread"] == [{"$ref": ["deals", "11"]}]
    assert notes["2"]["@thread"] == [{"$ref": ["contacts", "7"]}]
    assert notes["2"]["@subtype"] == "note"


def test_every_step_and_every_list_that_is_proposed_exists(folder):
    lists = {one.name for one in folder.get_value_lists()}
    for mapping in folder.get_mappings():
        for field in mapping.fields:
            for step in field.steps:
                assert step.name in TRANSFORMS
                assert step.name != "value_map" or step.arguments[0] in lists


def test_a_contact_whose_company_is_in_no_file_keeps_its_name(source):
    found = source(contacts__csv="id,full name,company\n1,Ana,Beta\n")
    assert values_of(found, "contacts")["1"]["company_name"] == "Beta"
    assert "parent_id" not in values_of(found, "contacts")["1"]


def test_an_instant_is_in_the_zone_that_its_column_names(source):
    found = source(
        contacts__csv="ID,Name,Created At (UTC),Updated At (Europe/Lisbon)\n"
        "1,Ana,2024-07-01 10:00:00,2024-07-01 10:00:00\n"
    )
    (mapping,) = found.get_mappings()
    (record,) = records(found, "contacts")
    outcome = apply(as_json(mapping)["fields"], record.data, zone="Asia/Tokyo")
    assert outcome.values["@created_at"] == "2024-07-01 10:00:00"
    assert outcome.values["@updated_at"] == "2024-07-01 09:00:00"


def test_the_currency_of_a_deal_is_taken_from_its_column(source):
    found = source(deals__csv="id,name,amount,currency\n1,a,12.50,USD\n")
    assert values_of(found, "deals")["1"]["@currency"] == "USD"


def test_members_of_objects_are_mapped_like_columns(source):
    rows = [
        {
            "id": 7,
            "properties": {"firstname": "Ana", "lastname": "Reis"},
            "company": {"id": 3, "name": "Beta"},
            "address": {"street": "Rua 1", "city": "Porto", "geo": {"lat": 1}},
            "emails": ["ana@example.com", "a@example.com"],
            "owner": {"email": "ines@example.com"},
            "tags": [{"id": 2, "name": "VIP"}],
            "phones": [{"number": "1", "type": "work"}],
        }
    ]
    found = source(contacts__json=json.dumps(rows))
    assert values_of(found, "contacts")["7"] == {
        "is_company": False,
        "name": "Ana Reis",
        "company_name": "Beta",
        "street": "Rua 1",
        "city": "Porto",
        "email": "ana@example.com",
        "phone": "1",
        "@note": "<p>emails: a@example.com</p>",
        "user_id": {"$owner": "ines@example.com"},
        "category_id": [{"$map": ["contact_tags", "VIP"]}],
    }
    described = {item.path for item in found.describe(found.get_stream("contacts"))}
    assert {"address", "address.city", "address.geo.lat", "phones"} <= described
    (shown,) = preview(found.config["files"])
    assert "address.city" not in [column["name"] for column in shown["columns"]]
