"""OPEX 365's default profile: leads and deals, their stages, amounts and outcome."""

import pytest
from opex365_common import a_simulator, connect
from opex365_mappings_common import Reading
from reading import own

from connectors.mapping.apply import applies, apply, as_json
from connectors.opex365.deals import complete_outcome
from connectors.opex365.mappings import MAPPINGS

pytestmark = pytest.mark.simulator


def test_deals_keep_stage_outcome_owner_and_lines(reading):
    values = reading.values("deals", "crm.lead")
    deals = reading.own("deals")
    assert {v.values["@state"] for v in values.values()} == {"open", "won", "lost"}
    for key, deal in deals.items():
        got = values[key].values
        if stage := deal.get("_stage"):
            assert got["stage_id"] == {"$ref": ["stages", stage["id"]]}
        if deal.get("_lines"):
            assert got["@note"].startswith("<table>")
        if deal["statecode"]:
            assert got["@closed_at"]
        assert got["user_id"] == {"$owner": deal["_ownerid_value"]}


def test_a_qualified_lead_is_no_second_deal_but_a_note_on_what_it_became(reading):
    leads, known = reading.own("leads"), reading.simulator.org.known
    values = reading.values("leads", "crm.lead")
    qualified = set(known["qualified"])
    assert len(qualified) > 1
    assert set(values) == set(leads) - qualified
    notes = reading.values("leads", "mail.message")
    assert set(notes) == qualified
    deals = reading.own("deals")
    for key, outcome in notes.items():
        first = outcome.values["@thread"][0]["$ref"]
        assert first[0] == "deals"
        named = leads[key]["_qualifyingopportunityid_value"]
        assert first[1] == named or deals[first[1]]["_originatingleadid_value"] == key
        # All that it held stands there, and nothing that the platform keeps.
        for words in (leads[key]["companyname"], "lead", "Trade Show", "9000.25"):
            assert words in outcome.values["body"]
        assert "Versionnumber" not in outcome.values["body"]


def test_a_lead_that_became_no_deal_goes_to_its_contact_else_its_account():
    with a_simulator(leads=18) as simulator:
        source = connect(simulator)
        leads = own(source, "leads")
        became = [leads[k]["_became"][0]["stream"] for k in simulator.org.known["qualified"]]  # fmt: skip
        assert became == ["deals", "deals", "contacts", "companies"]


def test_a_qualified_lead_that_became_nothing_at_all_is_still_there(reading):
    key = reading.simulator.org.known["qualified"][0]
    data = {n: v for n, v in reading.own("leads")[key].items() if n not in ("_became", "_sheet")}  # fmt: skip
    [mapping] = [
        as_json(m) for m in reading.mappings
        if m.stream == "leads" and applies(as_json(m), data)
    ]  # fmt: skip
    assert mapping["model"] == "crm.lead"
    assert apply(mapping["fields"], data).values["@state"] == "won"


def test_a_rate_says_what_one_unit_is_worth_in_the_currency_of_the_organization(
    reading,
):
    for key, outcome in reading.values("deals", "crm.lead").items():
        data, got = reading.own("deals")[key], outcome.values
        if data["exchangerate"] == 1:
            assert not {"@rate", "@rate_currency"} & set(got)
            continue
        assert got["@rate_currency"] == "EUR"
        assert data["estimatedvalue"] is None or round(
            data["estimatedvalue"] * got["@rate"], 2
        ) == round(data["estimatedvalue_base"], 2)


def test_a_won_deal_counts_what_it_came_to_and_a_lost_one_what_it_could_have():
    with a_simulator() as simulator:
        deals = simulator.org.tables["opportunity"]
        won, other, lost = [
            [k for k, row in deals.items() if row["statecode"] == state] for state in (1, 0, 2)
        ]  # fmt: skip
        deals[lost[0]]["actualvalue"] = 0.0
        deals[lost[1]]["actualvalue"] = 70_000.0
        deals[other[0]]["actualvalue"] = 5.0
        values = Reading(simulator).values("deals", "crm.lead")

        def amount(key):
            return values[key].values["expected_revenue"]

        assert {amount(key) for key in won} == {99_000.0}
        estimate = f"Estimated revenue: {deals[won[0]]['estimatedvalue']}"
        assert estimate in values[won[0]].values["description"]
        assert amount(lost[0]) == deals[lost[0]]["estimatedvalue"]
        assert amount(lost[1]) == 70_000.0
        assert amount(other[0]) == deals[other[0]]["estimatedvalue"]


def test_a_deal_is_closed_on_the_day_that_was_entered():
    """The instant may be the midnight of somebody's zone, or that of another closing."""
    for day, moment, wanted in (
        ("2025-02-28", "2025-02-28T15:30:00Z", "2025-02-28 15:30:00"),
        ("2025-02-28", "2025-02-27T23:00:00Z", "2025-02-28 00:00:00"),
        (None, "2025-02-27T23:00:00Z", "2025-02-27 23:00:00"),
        ("2025-02-28", None, "2025-02-28 00:00:00"),
    ):
        data = {
            "statecode": 1,
            "actualclosedate": day,
            "_closing": {"actualend": moment},
        }
        complete_outcome(data)
        [rule] = [m for m in MAPPINGS if m.stream == "deals" and not m.part]
        [field] = [f for f in as_json(rule)["fields"] if f["target"] == "@closed_at"]
        assert apply([field], data).values == {"@closed_at": wanted}


def test_a_day_that_is_written_as_a_midnight_is_that_day():
    """As an organization of before 2016 has it: 31 October in Paris, 1 November in Oslo."""
    with a_simulator() as simulator:
        deals = list(simulator.org.tables["opportunity"])
        row = simulator.org.tables["opportunity"][deals[0]]
        row["estimatedclosedate"] = "2025-10-30T23:00:00Z"
        values = Reading(simulator).values("deals", "crm.lead")
        assert values[deals[0]].values["date_deadline"] == "2025-10-31"
        assert values[deals[1]].values["date_deadline"] == "2025-10-31"


def test_an_amount_keeps_its_currency_and_what_the_organization_made_of_it(reading):
    currencies = set()
    for name, column in (("deals", "estimatedvalue"), ("leads", "estimatedamount")):
        values = reading.values(name, "crm.lead")
        for key, data in reading.own(name).items():
            if key not in values or data[column] is None:
                continue
            got = values[key].values
            counts = name == "deals" and data["statecode"] == 1
            amount = data["actualvalue"] if counts else data[column]
            assert got["expected_revenue"] == amount
            code = "SEK" if data["exchangerate"] == 11.25 else "EUR"
            assert got["@currency"] == code
            currencies.add(code)
            notes = got.get("description", got.get("@note"))
            based = f"{data[f'{column}_base']}"
            # A won deal counts what it came to; its estimate is noted.
            notes = notes or ""
            assert counts or (based in notes) is (code == "SEK")
    assert currencies == {"EUR", "SEK"}


def test_only_what_is_lost_has_a_reason_for_it(reading):
    for name in ("deals", "leads"):
        values = reading.values(name, "crm.lead")
        lost = {k for k, data in reading.own(name).items() if data["statecode"] == 2}
        assert lost
        assert {k for k, v in values.items() if "lost_reason_id" in v.values} == lost


def test_a_deal_whose_customer_stands_in_one_column_alone_has_it(reading):
    deals = reading.own("deals")
    values = reading.values("deals", "crm.lead")
    alone = [
        (key, deal) for key, deal in deals.items()
        if not deal["_parentcontactid_value"] and not deal["_parentaccountid_value"]
    ]  # fmt: skip
    assert alone
    for key, deal in alone:
        assert values[key].values["partner_id"]["$ref"][1] == deal["_customerid_value"]
    assert all("partner_id" in outcome.values for outcome in values.values())


def test_every_stage_of_a_deal_has_a_place_in_a_team(reading):
    """Also of the process of the Sales app, which belongs to leads."""
    stages = reading.values("stages", "crm.stage")
    teams = reading.values("pipelines", "crm.team")
    placed = [d["_stage"] for d in reading.own("deals").values() if d.get("_stage")]
    lead_process = reading.simulator.org.known["lead_process"]
    assert lead_process in {stage["pipeline"] for stage in placed}
    for stage in placed:
        assert stage["id"] in stages
        assert stage["pipeline"] in teams
    names = {outcome.values["name"] for outcome in stages.values()}
    assert {"Qualify (L)", "Close (L)"} <= names
    assert "Research" not in names, "a stage of cases"


def test_a_deal_knows_since_when_it_is_in_its_stage(reading):
    values = reading.values("deals", "crm.lead")
    histories = [
        (data["_stage"]["id"], values[key].values["@stage_history"])
        for key, data in reading.own("deals").items()
        if data.get("_stage", {}).get("told_by") == "process"
    ]
    assert histories
    for stage, history in histories:
        [step] = history
        assert step["stage"] == {"$ref": ["stages", stage]}
        assert step["at"] in ("2025-01-15 10:00:00", "2025-02-01 10:00:00")


def test_competitors_are_named(reading):
    values = reading.values("deals", "crm.lead")
    notes = [values[k].values["description"] for k, d in reading.own("deals").items()
             if d["opportunitycompetitors_association"]]  # fmt: skip
    assert notes
    assert all("Competitors: Fräsen-Fritz" in text for text in notes)
