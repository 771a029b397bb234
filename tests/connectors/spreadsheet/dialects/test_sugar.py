"""Headers of SuiteCRM (7.14) and SugarCRM (12) by their own code, ``export_utils.php``."""

from dialect_common import load, table, vendor_of

GUID = "5b8e0f3a-1b2c-4d3e-8f90-00000000000"
DEALS = (
    "Opportunity Name, ID, Opportunity Amount, Currency, Expected Close Date, Sales Stage,"
    " Probability (%), Next Step, Type, Account Name, Description, Amount, Lead Source,"
    " campaign_id, Assigned to, Assigned User, Date Created, Deleted"
)
DEAL = {"Opportunity Name": "Mill", "ID": f"{GUID}3", "Sales Stage": "Closed Lost"}
DEAL |= {"Opportunity Amount": "€1.000,00", "Amount": "€900,00", "Deleted": "0"}
DEAL |= {"Currency": "'-99"}
LEADS = (
    "First Name, Last Name, ID, Account Name, Email Address, Non Primary E-mails, Status,"
    " Converted, Opportunity Name, Contact ID, Account ID, Opportunity ID, Assigned to,"
    " Assigned User, Date Created, Deleted"
)
LEAD = {"Last Name": "Rui", "ID": f"{GUID}4", "Status": "Dead", "Converted": "0"}


def test_an_amount_is_in_its_own_currency(open_files):
    source = open_files({"Opportunities.csv": table(DEALS, DEAL)})
    known, found = load(source, "Opportunities.csv")
    assert (known, vendor_of(source, "Opportunities.csv")) == ("deals", "SuiteCRM")
    values = found[f"{GUID}3"]
    assert (values["expected_revenue"], values["@currency"]) == (1000, "EUR")
    assert values["@state"] == {"$map": ["stage_outcomes", "Closed Lost"]}


def test_a_dead_lead_is_lost_and_a_converted_one_a_note(open_files):
    converted = {
        **LEAD,
        "ID": f"{GUID}5",
        "Converted": "1",
        "Opportunity ID": f"{GUID}3",
    }
    source = open_files(
        {
            "Opportunities.csv": table(DEALS, DEAL),
            "Leads.csv": table(LEADS, LEAD, converted),
        }
    )
    known, found = load(source, "Leads.csv")
    assert (known, vendor_of(source, "Leads.csv")) == ("leads", "SuiteCRM")
    assert found[f"{GUID}4"]["@state"] == {"$map": ["lead_states", "Lost"]}
    models = [m.model for m in source.get_mappings() if m.stream == "leads"]
    assert "mail.message" in models


def test_teams_are_those_of_sugar(open_files):
    headers = f"{DEALS}, Teams, Team id, Team Set ID"
    source = open_files({"Opportunities.csv": table(headers, DEAL)})
    known, found = load(source, "Opportunities.csv")
    assert (known, vendor_of(source, "Opportunities.csv")) == ("deals", "SugarCRM")
    assert found[f"{GUID}3"]["expected_revenue"] == 1000
