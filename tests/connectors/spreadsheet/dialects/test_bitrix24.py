"""Headers of Bitrix24 by its templates of lists; companies from a real file."""

from dialect_common import load, vendor_of

STAMP = "20260101_1a2b3c4d_x1"


def file_of(headers, row):
    names = headers.split(", ")
    lines = [names, [row.get(name, "") for name in names]]
    return "\ufeff" + "".join(
        ";".join(f'"{cell}"' for cell in line) + ";\n" for line in lines
    )


def test_the_stage_of_a_closed_deal_says_what_became_of_it(open_files):
    headers = (
        "ID, Deal Name, Pipeline, Stage, Deal status, Type, Income, Currency, Probability,"
        " Company, Contact, Responsible, Created, Modified, Start date, Assumed close date,"
        " Closed, Comment, Source"
    )
    row = {"ID": "1", "Deal Name": "Mill", "Stage": "Deal lost", "Closed": "Yes"}
    row |= {"Income": "1000", "Currency": "Euro", "Assumed close date": "31.12.2026"}
    name = f"DEAL_{STAMP}.csv"
    source = open_files({name: file_of(headers, row)})
    known, found = load(source, name)
    values = found["1"]
    assert (known, vendor_of(source, name)) == ("deals", "Bitrix24")
    assert values["@state"] == {"$map": ["stage_outcomes", "Deal lost"]}
    assert (values["expected_revenue"], values["date_deadline"]) == (1000, "2026-12-31")


def test_leads_are_no_contacts(open_files):
    headers = "ID, Lead Name, Status, First Name, Last Name, Company Name, Opportunity, Currency"
    row = {"ID": "9", "Lead Name": "Tent", "Status": "Junk Lead", "Opportunity": "50"}
    name = f"LEAD_{STAMP}.csv"
    source = open_files({name: file_of(headers, row)})
    known, found = load(source, name)
    assert (known, found["9"]["name"]) == ("leads", "Tent")
    assert found["9"]["expected_revenue"] == 50
    assert found["9"]["@state"] == {"$map": ["lead_states", "Junk Lead"]}
