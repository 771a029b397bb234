"""Headers of Odoo 19's own export by its code (``addons/web/controllers/export.py``)."""

from dialect_common import load, table, vendor_of

PEOPLE, LEADS = "Contact (res.partner).csv", "Lead_Opportunity (crm.lead).csv"
OTHERS = "Kontakt (res.partner).csv"
ANA, ALPHA = "__export__.res_partner_7_ab12cd34", "__export__.res_partner_8_ab12cd35"


def test_technical_names_lead_to_their_records(open_files):
    people = "id, name, parent_id/id, category_id, user_id, email, function, is_company"
    leads = (
        "id, name, partner_id/id, stage_id, tag_ids, user_id, team_id, expected_revenue,"
        " lost_reason_id, date_deadline, create_date"
    )
    source = open_files(
        {
            PEOPLE: table(
                people,
                {"id": ANA, "name": "Vera Sá", "parent_id/id": ALPHA},
                {"id": ALPHA, "name": "Alpha", "is_company": "True"},
            ),
            LEADS: table(
                leads,
                {"id": "__export__.crm_lead_1_aa", "name": "Mill", "partner_id/id": ANA}
                | {"stage_id": "Won", "tag_ids": "Big,Red", "team_id": "Sales"},
            ),
        }
    )
    known, found = load(source, PEOPLE)
    assert (known, vendor_of(source, PEOPLE)) == ("contacts", "Odoo")
    assert found[ANA]["parent_id"] == {"$ref": ["contacts", ALPHA]}
    known, found = load(source, LEADS)
    [values] = found.values()
    assert known == "deals"
    assert values["partner_id"] == {"$ref": ["contacts", ANA]}
    assert values["stage_id"] == {"$map": ["stages", "Won"]}
    assert [each["$map"][1] for each in values["tag_ids"]] == ["Big", "Red"]
    assert values["team_id"] == {"$map": ["teams", "Sales"]}


def test_labels_do_so_as_well(open_files):
    headers = "External ID, Name, Company, Related Company/External ID, Tags"
    source = open_files(
        {
            OTHERS: table(
                headers,
                {"External ID": ANA, "Name": "Vera Sá", "Company": "My Company"}
                | {"Related Company/External ID": ALPHA},
            ),
            PEOPLE: table("External ID, Name", {"External ID": ALPHA, "Name": "Alpha"}),
        }
    )
    known, found = load(source, PEOPLE)
    assert (known, vendor_of(source, OTHERS)) == ("contacts", "Odoo")
    _known, found = load(source, OTHERS)
    # Odoo shows the company that a contact is visible in beside the one they work for.
    assert "company_name" not in found[ANA]


def test_a_domain_in_brackets_is_no_model(open_files):
    row = {"id": "1", "Name": "Vera Sá", "Company": "Alpha", "Email": "v@alpha.example"}
    name = "contacts (alpha.example).csv"
    source = open_files({name: table("id, Name, Company, Email", row)})
    assert vendor_of(source, name) is None
    assert load(source, name)[1]["1"]["company_name"] == "Alpha"
