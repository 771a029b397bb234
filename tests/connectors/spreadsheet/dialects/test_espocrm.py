"""Names of attributes as EspoCRM's own export writes them (``Tools/Export``, July 2026)."""

from dialect_common import load, table, vendor_of

HEADERS = (
    "id, name, amount, amountCurrency, stage, lastStage, probability, leadSource, closeDate,"
    " accountId, accountName, contactId, contactName, assignedUserId, assignedUserName,"
    " createdAt, modifiedAt"
)
ROW = {
    "id": "5f1e0b1c2d3e4f567",
    "name": "Mill",
    "amount": "1000",
    "amountCurrency": "CHF",
    "stage": "Closed Lost",
    "lastStage": "Proposal",
    "closeDate": "2026-12-01",
    "createdAt": "2026-07-01 09:00:00",
}


def test_instants_are_of_greenwich_where_the_ids_are_those_of_the_program(open_files):
    source = open_files({"Export_Opportunity.csv": table(HEADERS, ROW)})
    known, found = load(source, "Export_Opportunity.csv")
    assert vendor_of(source, "Export_Opportunity.csv") == "EspoCRM"
    values = found["5f1e0b1c2d3e4f567"]
    assert (known, values["name"]) == ("deals", "Mill")
    assert values["@state"] == {"$map": ["stage_outcomes", "Closed Lost"]}
    assert values["stage_id"] == {"$map": ["stages", "Closed Lost"]}
    assert (values["@currency"], values["date_deadline"]) == ("CHF", "2026-12-01")
    assert values["@created_at"] == "2026-07-01 09:00:00"


def test_other_ids_are_of_another_program(open_files):
    source = open_files({"deals.csv": table(HEADERS, {**ROW, "id": "7"})})
    _known, found = load(source, "deals.csv")
    assert vendor_of(source, "deals.csv") is None
    assert found["7"]["@created_at"] == "2026-07-01 08:00:00"
