"""What an export writes around values, wherever they stand; parts of a duration; lists."""

import json

import pytest
from files import records, told
from texts_common import mapped


def test_what_an_export_wrote_within_objects_and_lists_goes_as_well(open_files):
    people = [
        {
            "id": 1,
            "name": "Vera",
            "tags": ["R&amp;D", "VIP"],
            "address": {
                "city": "M&uuml;nchen",
                "street": "'+1 Main",
                "zip": '="01069"',
            },
        },
        {"id": 2, "name": "Otto", "tags": ["VIP"], "address": {"city": "NULL"}},
    ]
    source = open_files({"contacts.json": json.dumps(people)})
    assert "tags" in told(source)["entities_read"].data["columns"]
    first, second = records(source, "contacts")
    assert first["tags"] == ["R&D", "VIP"]
    assert first["address"] == {"city": "München", "street": "+1 Main", "zip": "01069"}
    assert not second["address"]["city"]
    values = mapped(source, "contacts")["1"]
    assert (values["city"], values["zip"]) == ("München", "01069")


def test_an_ampersand_that_means_itself_stays_in_a_list(open_files):
    people = [{"id": 1, "name": "A", "tags": ["R&D", "AT&T", "a &amp; b"]}]
    source = open_files({"contacts.json": json.dumps(people)})
    assert records(source, "contacts")[0]["tags"] == people[0]["tags"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("'2024-05-06 10:00", "2024-05-06 10:00"),
        ("'2024-05-06T10:00:00Z", "2024-05-06T10:00:00Z"),
        ("'10:30 PM", "10:30 PM"),
        ("'12.5%", "12.5%"),
        ("'24 to come", "'24 to come"),
        ("'t Hart", "'t Hart"),
    ],
)
def test_an_apostrophe_goes_before_days_and_times_as_before_digits(
    open_files, written, meant
):
    data = f"ID,Note,Value\n1,x,{written}\n2,y,\n"
    assert records(open_files({"notes.csv": data}), "notes")[0]["Value"] == meant


@pytest.mark.parametrize(
    "header",
    [
        "Duration (h),Duration (m)",
        "Duration (hrs),Duration (mins)",
        "Dauer (Std.),Dauer (Min.)",
        "duración (horas),duración (minutos)",
    ],
)
def test_hours_and_minutes_of_one_name_are_one_duration(open_files, header):
    data = f"id,Subject,Start Date,{header}\n1,A,2024-05-06 10:00,1,30\n2,B,2024-05-07 10:00,0,15\n"
    values = mapped(open_files({"meetings.csv": data}), "meetings")
    assert [row["@duration"] for row in values.values()] == [1.5, 0.25]


@pytest.mark.parametrize(
    "header", ["Duration Hours,Duration Minutes", "Duration (h),Duration (min)"]
)
def test_one_duration_in_two_units_is_not_twice_as_long(open_files, header):
    data = f"id,Subject,Start Date,{header}\n1,A,2024-05-06 10:00,1.5,90\n2,B,2024-05-07 10:00,0.25,15\n"
    values = mapped(open_files({"meetings.csv": data}), "meetings")
    assert [row["@duration"] for row in values.values()] == [1.5, 0.25]


def test_linked_records_beside_a_company_are_contacts_of_the_deal(open_files):
    """Airtable lists the ids of linked records; its API wraps the columns in ``fields``."""
    contacts = [f"rec{n:014}" for n in (1, 2)]
    company, deal = f"rec{3:014}", f"rec{4:014}"

    def table(**rows):
        return json.dumps(
            {"records": [{"id": key, "fields": each} for key, each in rows.items()]}
        )

    source = open_files(
        {
            "Contacts.json": table(**{key: {"Name": f"P {key}"} for key in contacts}),
            "Companies.json": table(**{company: {"Name": "Alpha"}}),
            "Deals.json": table(
                **{
                    deal: {
                        "Name": "A",
                        "Contacts": contacts[::-1],
                        "Company": [company],
                    }
                }
            ),
        }
    )
    links = mapped(source, "deals")[deal]["partner_id"]
    assert [each["$ref"][:2] for each in links] == [
        ["contacts", contacts[1]],
        ["contacts", contacts[0]],
        ["companies", company],
    ]


def test_people_and_companies_of_one_table_are_told_apart_by_a_column(read):
    """Capsule's export of contacts."""
    found = read(
        contacts__csv="ID,Type,First Name,Last Name,Name,Organisation,Email Address\n"
        "11,Organisation,,,Alpha Ltd,,info@alpha.example\n"
        "12,Person,Vera,Example,Vera Example,Alpha Ltd,vera@alpha.example\n"
    )["contacts"]
    assert [found[n].values["is_company"] for n in ("11", "12")] == [True, False]
    assert found["12"].values["parent_id"] == {
        "$ref": ["contacts", "Alpha Ltd", "Name"]
    }
    assert "parent_id" not in found["11"].values
    found = read(
        contacts__csv="ID,Type,Full Name,Company,Email\n1,Customer,Vera,Alpha,v@a.example\n"
        "2,Prospect,Otto,Beta,o@b.example\n"
    )["contacts"]
    assert found["1"].values["is_company"] is False


def test_the_person_who_answers_for_a_deal_is_not_its_customer(read):
    """Insightly: a name and an address in one cell."""
    deal = read(
        Opportunities__csv="Record Id,Opportunity Name,Current State,Opportunity Value,"
        "Probability Of Winning,User Responsible,Current Pipeline Stage\n"
        "31,Saddles,WON,1000,100,Ann Owner;ann@owner.example;,Offer\n"
        "32,Reins,OPEN,10,20,Ann Owner;ann@owner.example;,Talks\n"
    )["deals"]["31"].values
    assert "email_from" not in deal
    assert deal["user_id"] == {"$owner": "ann@owner.example"}
    assert deal["@state"] == {"$map": ["deal_states", "WON"]}
    assert deal["stage_id"] == {"$map": ["stages", "Offer"]}
    assert deal["probability"] == 100


def test_the_accounts_of_freshsales_and_who_wants_no_mail(source):
    opened = source(
        contacts__csv="Id,First name,Last name,Emails,Sales accounts,Primary account,"
        "Subscription status\n7,Vera,A,v@a.example,Alpha;Beta,Alpha,Unsubscribed\n"
        "8,Otto,B,o@b.example,Beta,Beta,Subscribed\n",
        sales_accounts__csv="Id,Name,Industry type,Parent sales account\n"
        "1,Alpha,Retail,\n2,Beta,,Alpha\n",
    )
    found = {(m.stream, m.model): m for m in opened.get_mappings()}
    assert ("contacts", "mail.blacklist") in found
    targets = {f.target: f for f in found["companies", "res.partner"].fields}
    assert targets["parent_id"].source == "Parent sales account"
    assert targets["industry_id"].source == "Industry type"
    people = {f.target: f for f in found["contacts", "res.partner"].fields}
    assert people["parent_id"].source[0] == "Primary account"


def test_addresses_of_genesisworld(source):
    head = "GGUID;Verkaufschance;Stichwort;Status;Volumen;Abschluss geplant\n"
    rows = "".join(
        f"A1B2C3D400004000800000000000BB0{n};VC-{n};{name};offen;1,50;31.03.2024\n"
        for n, name in enumerate(("Sättel", "Zügel"), 1)
    )
    opened = source(Verkaufschancen__csv=head + rows)
    (stream,) = opened.get_streams()
    assert stream.primary_key == "GGUID"
    (mapping,) = opened.get_mappings()
    names = {f.target: f.source for f in mapping.fields}
    assert (names["name"], names["date_deadline"]) == ("Stichwort", "Abschluss geplant")


def test_a_sale_of_superoffice_is_called_so(read):
    head = "Sale ID;Sale;Company;Amount;Currency;Status\n"
    rows = "41;Saddles;Alpha;1 000,00;USD;Sold\n42;Reins;Beta;500,00;USD;Open\n"
    deals = read(Sales__csv=head + rows)["sales"]
    assert deals["41"].values["name"] == "Saddles"
    assert deals["41"].values["expected_revenue"] == 1000
