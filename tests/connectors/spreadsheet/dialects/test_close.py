"""Headers of Close: the vendor's developer pages and two readers."""

from dialect_common import ignored, load, load_part, table, vendor_of

LEADS = (
    "id, display_name, description, url, status_id, status_label, primary_contact_name,"
    " primary_contact_primary_phone, primary_contact_primary_email, date_created,"
    " created_by_name, num_calls, num_emails, last_activity_date"
)
LEAD = {"id": "lead_aB3", "display_name": "Alpha", "status_label": "Potential"}
LEAD |= {"primary_contact_primary_email": "v@example.com", "num_calls": "3"}
LEAD |= {"primary_contact_name": "Vera Sá"}
DEALS = (
    "id, lead_id, lead_name, contact, note, status_label, status_type, value,"
    " value_currency, value_period, confidence, date_won, date_created, user_name"
)
DEAL = {"id": "oppo_1", "lead_id": "lead_aB3", "lead_name": "Alpha", "value": "1000"}
DEAL |= {"status_type": "active", "value_period": "monthly", "confidence": "1"}
COMPANIES, OPPORTUNITIES = (
    "Acme leads 2026-11-20 10-00.csv",
    "Acme opportunities 2026-11-20 10-00.csv",
)


def test_a_lead_is_a_company_and_its_opportunities_belong_to_it(open_files):
    source = open_files(
        {COMPANIES: table(LEADS, LEAD), OPPORTUNITIES: table(DEALS, DEAL)}
    )
    known, companies = load(source, COMPANIES)
    assert (known, vendor_of(source, COMPANIES)) == ("companies", "Close")
    assert companies["lead_aB3"]["name"] == "Alpha"
    [ana] = load_part(source, COMPANIES, "person").values()
    assert (ana["name"], ana["email"]) == ("Vera Sá", "v@example.com")
    assert ana["parent_id"] == {"$ref": ["companies", "lead_aB3"]}
    assert "email" not in companies["lead_aB3"]
    assert "num_calls" in ignored(source, COMPANIES)
    known, deals = load(source, OPPORTUNITIES)
    values = deals["oppo_1"]
    assert known == "deals"
    assert values["partner_id"]["$ref"] == ["companies", "lead_aB3"]
    # Of a hundred, where no other value shows that it is no part of one.
    assert values["probability"] == 1
    assert values["@state"] == {"$map": ["deal_states", "Open"]}
    assert values["recurring_revenue"] == 1000
    assert values["recurring_plan"] == {"$map": ["recurring_plans", "monthly"]}
    assert not values.get("expected_revenue")
