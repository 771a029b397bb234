"""Headers of Freshsales: four readers of real files."""

from dialect_common import load, table, vendor_of


def test_the_object_stands_before_each_column(open_files):
    headers = (
        "Lead : id, Lead : First name, Lead : Last name, Lead : Emails, Lead : Sales owner,"
        " Lead : Sales owner email, Lead : Created at, Lead : Lead stage, Lead : Source"
    )
    row = {
        "Lead : id": "2",
        "Lead : Last name": "Rui",
        "Lead : Lead stage": "Qualified",
    }
    row |= {"Lead : Sales owner email": "ana@example.com", "Lead : Sales owner": "Ana"}
    row |= {"Lead : Emails": "r@example.com,s@example.com"}
    source = open_files({"x.csv": table(headers, row)})
    known, found = load(source, "x.csv")
    assert (known, vendor_of(source, "x.csv")) == ("leads", "Freshsales")
    assert found["2"]["@state"] == {"$map": ["lead_states", "Qualified"]}
    assert found["2"]["email_from"] == "r@example.com"
    assert found["2"]["user_id"] == {"$owner": "ana@example.com"}
