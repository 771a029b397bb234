"""Headers of HubSpot's exports: a real file of 2023, and readers of others (2023-26)."""

from dialect_common import load, table, vendor_of

DEALS = (
    "Record ID, Deal Name, Pipeline, Deal Stage, Amount, Amount in company currency, Currency,"
    " Close Date, Create Date, Deal owner, Deal probability, Is Closed Won, Is closed lost,"
    " Deal Tags, Associated Contact, Associated Contact IDs"
)
DEAL = {"Record ID": "12345678901", "Deal Name": "Mill", "Deal Stage": "Closed won"}
DEAL |= {"Deal probability": "1.0", "Is Closed Won": "true", "Is closed lost": "false"}
DEAL |= {"Deal Tags": "Big, Red;Blue", "Close Date": "2026-12-01 10:00"}
VIEW = "hubspot-crm-exports-todos-negocios-2026-11-20.csv"


def test_deals_of_a_view_in_another_language(open_files):
    source = open_files({VIEW: table(DEALS, DEAL)})
    known, found = load(source, VIEW)
    values = found["12345678901"]
    assert (known, vendor_of(source, VIEW)) == ("deals", "HubSpot")
    assert (values["@state"], values["date_deadline"]) == ("won", "2026-12-01")
    # 1 is certain, also where no other value shows that it is no percentage.
    assert values["probability"] == 100
    tags = [each["$map"][1] for each in values["tag_ids"]]
    assert tags == ["Big, Red", "Blue"]


def test_a_list_names_the_company_by_its_id(open_files):
    """Exports of lists bear labels of both objects, some of them twice."""
    headers = [
        *("Record ID - Contact", "First Name", "Email", "Phone Number", "Create Date"),
        *("Record ID - Company", "Company name", "Phone Number", "Create Date"),
    ]
    row = {"Record ID - Contact": "51", "First Name": "Vera", "Company name": "Alpha"}
    row |= {"Record ID - Company": "71", "Phone Number": "+351210000000"}
    companies = {
        "Record ID": "71",
        "Company name": "Alpha",
        "Company owner": "Ana Reis",
    }
    source = open_files(
        {
            "list.csv": table(headers, row),
            "firmen.csv": table(
                "Record ID, Company name, Company owner, City, Industry", companies
            ),
        }
    )
    known, found = load(source, "list.csv")
    assert (known, load(source, "firmen.csv")[0]) == ("contacts", "companies")
    assert found["51"]["parent_id"]["$ref"] == ["firmen", "71"]
    assert found["51"]["phone"] == "+351210000000"


def test_a_call_is_counted_in_milliseconds(open_files):
    row = {"Record ID": "9", "Call title": "Hi", "Call duration": "90000"}
    row |= {"Activity date": "2026-01-02 10:00", "Activity assigned to": "Ana Reis"}
    headers = (
        "Record ID, Call title, Call duration, Activity date, Activity assigned to"
    )
    source = open_files({"hubspot-crm-exports-all-calls-2026.csv": table(headers, row)})
    known, found = load(source, "hubspot-crm-exports-all-calls-2026.csv")
    assert (known, found["9"]["@duration"]) == ("calls", 0.025)
