"""OPEX 365: what the default profile makes of records."""

import pytest
from reading import own
from test_opex365 import a_simulator, connect

from connectors.mapping.apply import applies, apply, as_json


class Reading:
    """A source with what it brought, read and mapped only once."""

    def __init__(self, simulator):
        self.simulator = simulator
        self.source = connect(simulator)
        self.mappings = self.source.get_mappings()
        self._records = {}

    def own(self, name):
        if name not in self._records:
            self._records[name] = own(self.source, name)
        return self._records[name]

    def values(self, name, model, part=""):
        """Return ``{source id: outcome}`` of the mappings of a stream to a model."""
        outcome = {}
        for item in self.mappings:
            if (item.stream, item.model, item.part) != (name, model, part):
                continue
            mapping = as_json(item)
            for key, data in self.own(name).items():
                if applies(mapping, data):
                    assert key not in outcome, "two mappings of one model apply"
                    outcome[key] = apply(mapping["fields"], data, zone="Europe/Paris")
        return outcome


@pytest.fixture(scope="module")
def reading():
    with a_simulator() as simulator:
        yield Reading(simulator)


def test_every_activity_becomes_something(reading):
    for name, models in (
        ("emails", ("mail.message",)),
        ("calls", ("mail.message", "mail.activity")),
        ("tasks", ("mail.message", "mail.activity")),
        ("meetings", ("mail.message", "calendar.event")),
        ("letters", ("mail.message",)),
    ):
        found = [key for model in models for key in reading.values(name, model)]
        assert sorted(found) == sorted(reading.own(name)), name


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


def test_a_qualified_lead_is_not_a_second_deal(reading):
    leads = reading.own("leads")
    values = reading.values("leads", "crm.lead")
    qualified = {key for key, lead in leads.items() if lead["statecode"] == 1}
    assert qualified
    assert set(values) == set(leads) - qualified


def test_inactive_people_are_archived_and_a_birthday_never_shifts(reading):
    values = reading.values("contacts", "res.partner")
    contacts = reading.own("contacts")
    assert {values[k].values["active"] for k in contacts} == {True, False}
    for key, contact in contacts.items():
        assert values[key].values["active"] is (contact["statecode"] == 0)
        if contact["birthdate"]:
            assert contact["birthdate"] in values[key].values["comment"]


def test_a_person_below_a_person_keeps_that_link(reading):
    contacts = reading.own("contacts")
    values = reading.values("contacts", "res.partner")
    parents = {
        values[key].values["parent_id"]["$ref"][0]
        for key in contacts
        if "parent_id" in values[key].values
    }
    assert parents == {"companies", "contacts"}


def test_service_principals_are_no_users_to_map(reading):
    users = reading.own("users")
    values = reading.values("users", "res.users")
    people = {key for key, user in users.items() if not user["applicationid"]}
    assert set(values) == people != set(users)


def test_options_of_custom_columns_fit_the_data(reading):
    values = reading.values("contacts", "res.partner")
    item = next(m for m in reading.mappings if m.stream == "contacts")
    custom = {c.key: c for c in item.custom_fields}
    assert custom["contact_opex_options"].kind == "multi_selection"
    keys = {key for key, _label in custom["contact_opex_options"].options}
    chosen = [
        v.values["@custom.contact_opex_options"]
        for v in values.values()
        if "@custom.contact_opex_options" in v.values
    ]
    assert chosen
    assert all(set(found) <= keys for found in chosen)
    assert custom["contact_opex_loyal"].kind == "boolean"
    assert not [key for key in custom if "adx_" in key or "msdyn" in key]


def test_no_problem_of_the_profile_costs_a_record(reading):
    bad = {}
    for item in reading.mappings:
        for outcome in reading.values(item.stream, item.model, item.part).values():
            for problem in outcome.problems:
                if problem.level == "error":
                    bad.setdefault(f"{item.stream}.{problem.target}", []).append(problem.code)  # fmt: skip
    # A note without a parent, a contact without any name: both are real, and reported.
    assert set(bad) <= {"notes.@thread"}


def test_an_amount_keeps_its_currency_and_what_the_organization_made_of_it(reading):
    currencies = set()
    for name, column in (("deals", "estimatedvalue"), ("leads", "estimatedamount")):
        values = reading.values(name, "crm.lead")
        for key, data in reading.own(name).items():
            if key not in values or data[column] is None:
                continue
            got = values[key].values
            assert got["expected_revenue"] == data[column]
            code = "SEK" if data["exchangerate"] == 11.25 else "EUR"
            assert got["@currency"] == code
            currencies.add(code)
            notes = got.get("description", got.get("@note"))
            based = f"{data[f'{column}_base']}"
            assert (based in notes) is (code == "SEK")
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


def test_whole_days_stay_whole_days(reading):
    meetings = reading.own("meetings")
    values = reading.values("meetings", "calendar.event")
    days = [v.values for k, v in values.items() if meetings[k]["isalldayevent"]]
    assert days
    for got in days:
        assert got["allday"] is True
        assert got["start_date"] == got["stop_date"] == "2025-03-07"
        assert "start" not in got
    others = [v.values for k, v in values.items() if not meetings[k]["isalldayevent"]]
    assert {(got["start"], got["stop"]) for got in others} == {
        ("2025-03-07 09:30:00", "2025-03-07 10:15:00")
    }


def test_a_second_address_becomes_a_place_to_deliver_to(reading):
    for name in ("companies", "contacts"):
        rows = reading.own(name)
        values = reading.values(name, "res.partner", "delivery")
        assert set(values) == {k for k, row in rows.items() if row["address2_line1"]}
        for key, outcome in values.items():
            assert outcome.values["name"] == "Lager"
            assert outcome.values["parent_id"] == {"$ref": [name, key]}


def test_a_team_that_owns_records_is_offered_with_its_administrator(reading):
    values = reading.values("teams", "res.users")
    known = reading.simulator.org.known
    assert values[known["team"]].values["email"] == "siri@opexdemo.example"
    assert values[known["orphan_team"]].values == {
        k: v for k, v in values[known["orphan_team"]].values.items() if k != "email"
    }


def test_competitors_are_named(reading):
    values = reading.values("deals", "crm.lead")
    notes = [values[k].values["description"] for k, d in reading.own("deals").items()
             if d["opportunitycompetitors_association"]]  # fmt: skip
    assert notes
    assert all("Competitors: Fräsen-Fritz" in text for text in notes)


def test_custom_instants_become_what_they_mean():
    with a_simulator() as simulator:
        source = connect(simulator)
        [described] = [
            {
                f.path: f.kind
                for f in source.describe(source.get_stream("opex_machines"))
            }
        ]
        assert described["opex_installed"] == described["opex_warranty"] == "date"
        assert described["opex_shift"] == described["_local.opex_shift"] == "datetime"
        machines = own(source, "opex_machines")
        assert {m["_local"]["opex_shift"] for m in machines.values()} == {
            "2025-03-04T06:00:00"
        }
        assert {m["opex_shift"] for m in machines.values()} == {"2025-03-04T06:00:00Z"}


@pytest.mark.parametrize(
    ("kind", "column", "value"),
    [
        ("day", "opex_day", "2026-02-27"),
        ("local_day", "opex_day", "2026-02-28"),
        ("floating", "opex_day", "2026-02-27 22:00:00"),
        ("", "opex_day", "2026-02-27 23:00:00"),
    ],
)
def test_a_custom_column_of_an_instant_is_converted_by_its_meaning(kind, column, value):
    from connectors.opex365.customizing import with_custom_fields
    from connectors.opex365.profile import MAPPINGS
    from connectors.opex365.tables import Column

    made = Column(column, "DateTimeType", "A day", custom=True, meaning=kind)
    extended = with_custom_fields(
        [m for m in MAPPINGS if m.stream == "deals"],
        lambda _stream: (made,),
        is_foreign=lambda name: False,
    )
    [field] = [f for f in as_json(extended[0])["fields"] if "custom" in f["target"]]
    data = {column: "2026-02-27T23:00:00Z", "_local": {column: "2026-02-27T23:00:00"}}
    outcome = apply([field], data, zone="Europe/Paris")
    assert outcome.values == {"@custom.deal_opex_day": value}
    assert not outcome.problems
