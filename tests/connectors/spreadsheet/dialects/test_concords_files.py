"""Headers of Concord CRM's own export by a public copy of its code (January 2025)."""

from dialect_common import ignored, load, table, vendor_of

LOCAL = "Created At (Europe/Lisbon)"


def test_each_moment_stands_twice_and_the_one_in_utc_counts(open_files):
    headers = (
        "ID, Deal Name, Pipeline, Stage, Amount, Expected Close Date, Status, Lost Reason,"
        " Owner, Created At (UTC), Created At (Europe/Lisbon), Updated At (UTC),"
        " Updated At (Europe/Lisbon)"
    )
    row = {"ID": "1", "Deal Name": "Mill", "Stage": "New", "Amount": "EUR1,250.00"}
    row |= {"Status": "Lost", "Lost Reason": "Price"}
    row |= {"Created At (UTC)": "2026-07-01 10:00:00", LOCAL: "2026-07-01 11:00:00"}
    source = open_files({"deals.csv": table(headers, row)})
    known, found = load(source, "deals.csv")
    values = found["1"]
    assert (known, vendor_of(source, "deals.csv")) == ("deals", "Concord CRM")
    assert values["@created_at"] == "2026-07-01 10:00:00"
    assert (values["expected_revenue"], values["@currency"]) == (1250, "EUR")
    assert values["@state"] == {"$map": ["deal_states", "Lost"]}
    assert {LOCAL, "Updated At (Europe/Lisbon)"} <= set(ignored(source, "deals.csv"))
