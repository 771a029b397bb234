"""OPEX 365 CRM, read over HTTP from a simulated Dataverse environment."""

import json
import logging

import pytest
from http_conformance import HttpSourceConformance
from reading import own, pages_of, records

from connectors.core.errors import (
    AuthenticationError,
    ConnectorError,
    ForbiddenError,
    RecordError,
)
from connectors.opex365.rows import clean
from connectors.opex365.source import Opex365Source
from simulators.opex365 import Opex365Simulator
from simulators.opex365_data import make_organization

pytestmark = pytest.mark.simulator

SMALL = {
    "contacts": 26,
    "companies": 16,
    "leads": 9,
    "deals": 16,
    "cases": 6,
    "emails": 24,
    "calls": 9,
    "tasks": 9,
    "meetings": 9,
    "notes": 16,
    "machines": 8,
    "products": 5,
}


FEW = {**SMALL, "contacts": 33, "emails": 12, "calls": 4, "tasks": 4, "meetings": 5}
"""Three pages of contacts, and no more parties than the contract needs."""


def a_simulator(apps=("sales", "service", "marketing", "opex"), **options):
    sizes = {name: options.pop(name, size) for name, size in SMALL.items()}
    order = options.pop("name_order", 1)
    org = make_organization(apps=apps, name_order=order, **sizes)
    return Opex365Simulator(org, **options)


def config_of(simulator):
    return {
        "url": simulator.url,
        "authority": simulator.url,
        "tenant": simulator.tenant,
        "client_id": simulator.client_id,
        "client_secret": simulator.secret,
    }


def connect(simulator, *, deadline=None, **settings):
    return Opex365Source({**config_of(simulator), **settings}, deadline=deadline)


@pytest.fixture
def simulator():
    with a_simulator() as running:
        yield running


@pytest.fixture
def source(simulator):
    return connect(simulator)


class TestOpex365(HttpSourceConformance):
    source = Opex365Source
    paged_stream = "contacts"
    page_call = r"/contacts\?.*select"

    def system(self):
        return a_simulator(**FEW)

    def config(self, system):
        return {**config_of(system), "page_size": 16}

    def secrets(self, system):
        parts = [part for token in system.login.tokens for part in token.split(".")]
        people = [row["fullname"] for row in system.org.rows("contact")]
        return [
            system.secret,
            "hunter2-in-a-step",
            *parts[1:2],
            *system.login.tokens,
            *filter(None, people),
        ]

    def bad_settings(self, system):
        return {"client_secret": "wrong" * 8}

    def read_a_file(self, source, system):
        files = [r for r in records(source, "notes") if r.stream == "media"]
        reference = {"path": files[0].data["_path"], "name": "a file"}
        try:
            b"".join(source.read_file(reference))
        except RecordError:
            pytest.fail("the first file of a note cannot be read")

    def test_a_session_that_ends_in_the_middle_is_told_as_such(self, running):
        """A token that ends is renewed; only one that never works is the user's matter."""
        stream = self.stream_under_test(running)
        whole = self.read(self.connect(running), stream)
        running.faults.add(self.page_call, "expired", after=1)
        assert self.read(self.connect(running), stream) == whole
        running.faults.clear()
        running.faults.add(self.page_call, "expired", after=1, times=None)
        with pytest.raises(AuthenticationError):
            self.read(self.connect(running), stream)


# -- what is read --------------------------------------------------------------------


def test_every_row_of_the_simulator_arrives(simulator, source):
    for name, table in (
        ("companies", "account"),
        ("contacts", "contact"),
        ("leads", "lead"),
        ("deals", "opportunity"),
        ("cases", "incident"),
        ("emails", "email"),
        ("calls", "phonecall"),
        ("meetings", "appointment"),
        ("notes", "annotation"),
        ("activity_parties", "activityparty"),
        ("opex_machines", "opex_machine"),
    ):
        assert set(own(source, name)) == set(simulator.org.tables[table]), name


def test_nothing_is_ever_written(simulator, source):
    source.check()
    for stream in source.get_streams():
        records(source, stream.name)
    assert simulator.writes == []
    assert {entry.method for entry in simulator.requests} == {"GET", "POST"}
    posts = {entry.path for entry in simulator.requests if entry.method == "POST"}
    assert posts == {f"/{simulator.tenant}/oauth2/v2.0/token"}


def test_custom_tables_are_found_by_metadata_and_microsofts_are_only_offered(source):
    streams = {stream.name: stream for stream in source.get_streams()}
    assert {"opex_machines", "opex_visits", "cr7a1_notes"} <= set(streams)
    assert not streams["opex_machines"].optional
    assert streams["msdyn_insights"].optional
    for left_out in ("opex_erpstocks", "opex_privates", "opex_machine_contactset"):
        assert left_out not in streams, "virtual, private, or a mere relation"


def test_a_custom_table_is_described_with_choices_and_lookups(source):
    fields = {f.path: f for f in source.describe(source.get_stream("opex_machines"))}
    assert ("741200001", "Worn") in fields["opex_condition"].options
    assert ("4", "Coolant; through the spindle") in fields["opex_options"].options
    assert fields["_opex_account_value"].kind == "reference"
    assert fields["opex_installed"].kind == "date"
    assert fields["opex_serviced"].kind == "datetime"


def test_values_arrive_as_they_are_with_their_words_beside_them(simulator, source):
    machines = own(source, "opex_machines")
    machine = machines[simulator.org.known["machine"]]
    assert machine["opex_price"] == 45_000.1234
    assert machine["_labels"]["opex_condition"] == "New"
    assert machine["_tables"]["_opex_owner2_value"] == "account"
    unknown = [m for m in machines.values() if m["opex_condition"] == 741200099]
    assert unknown, "an option that the metadata does not know is carried through"
    assert "@" not in "".join(machine)


def test_secrets_and_bytes_are_never_asked_for(simulator, source):
    for stream in source.get_streams():
        records(source, stream.name)
    asked = " ".join(entry.query for entry in simulator.requests)
    for column in (
        "documentbody",
        "adx_identity",
        "configuration",
        "xaml",
        "imageblob,",
    ):
        assert column not in asked
    plugins = simulator.requested("/pluginassemblies?")
    assert plugins
    assert not any("content," in entry.query for entry in plugins)
    assert "body," not in asked.replace("documentbody", "")


def test_a_column_that_the_server_refuses_is_left_out_and_named(simulator, source):
    simulator.secured_columns = {("contact", "governmentid"), ("contact", "gendercode")}
    found = pages_of(source, "contacts")
    data = [r.data for page in found for r in page.records if r.stream == "contacts"]
    assert len(data) == SMALL["contacts"]
    assert not any("governmentid" in row or "gendercode" in row for row in data)
    assert all("jobtitle" in row for row in data)
    left_out = [w.data["column"] for w in found[0].warnings]
    assert sorted(left_out) == ["gendercode", "governmentid"]
    assert len(simulator.requested("/contacts?")) < 40


def test_a_process_table_that_may_not_be_read_costs_the_stage_not_the_deals(
    simulator, source
):
    navigations = {
        "opportunity_opportunitysalesprocess",
        "opportunity_leadtoopportunitysalesprocess",
    }
    for navigation in navigations:
        simulator.unreadable.add(navigation.partition("_")[2])
    found = pages_of(source, "deals")
    deals = [r.data for page in found for r in page.records]
    assert len(deals) == SMALL["deals"]
    assert {w.data["column"] for w in found[0].warnings} == navigations
    assert "process" not in {deal.get("_stage", {}).get("told_by") for deal in deals}
    assert any(deal.get("_closing") for deal in deals)


@pytest.mark.parametrize("table", ["workflow", "processstage", "transactioncurrency"])
def test_deals_come_without_what_only_other_tables_tell(simulator, source, table):
    simulator.unreadable = {table}
    found = pages_of(source, "deals")
    deals = [r.data for page in found for r in page.records]
    assert len(deals) == SMALL["deals"]
    codes = {w.code for page in found for w in page.warnings}
    expected = {"processstage": {"stages_unread"}, "transactioncurrency": {"currencies_unread"}}  # fmt: skip
    assert codes == expected.get(table, set())
    if table == "processstage":
        assert not any("_stage" in deal for deal in deals)
        with pytest.raises(ForbiddenError):
            own(source, "stages")


def test_a_table_too_wide_for_a_list_of_columns_brings_no_secret(
    simulator, source, monkeypatch
):
    monkeypatch.setattr("connectors.opex365.plan.LONGEST_SELECT", 10)
    rows = own(source, "contacts")
    assert len(rows) == SMALL["contacts"]
    assert "select" not in simulator.requested("/contacts")[0].query
    for row in rows.values():
        assert "jobtitle" in row
        assert not [name for name in row if name.startswith(("adx_", "entityimage"))]


def test_labels_that_repeat_their_number_within_words_are_kept():
    row = {"a": 1, "a@x.FormattedValue": "Class 1", "b": 1500, "b@x.FormattedValue": "1,500"}  # fmt: skip
    assert clean(row)["_labels"] == {"a": "Class 1"}


def test_activities_of_apps_that_we_do_not_know_are_read_all_the_same(
    simulator, source
):
    assert "campaignresponses" in {stream.name for stream in source.get_streams()}
    [response] = own(source, "campaignresponses").values()
    assert response["subject"] == "Rappelez-moi"
    assert [party["role"] for party in map(as_party, response["_parties"])] == [11]


def as_party(row):
    return {"role": row["participationtypemask"]}


def test_a_custom_table_knows_what_it_is_related_to_many_to_many(simulator, source):
    machine = own(source, "opex_machines")[simulator.org.known["machine"]]
    [contact] = machine["opex_machine_contact"]
    assert contact["contactid"] == next(iter(simulator.org.tables["contact"]))


def test_microsofts_tables_are_told_apart_also_where_publishers_may_not_be_read(
    simulator, source
):
    simulator.unreadable = {"publisher"}
    streams = {stream.name: stream for stream in source.get_streams()}
    assert streams["msdyn_insights"].optional
    assert not streams["opex_machines"].optional


def test_a_schema_that_changes_while_we_read_is_read_again(simulator):
    source = connect(simulator, page_size=6)
    reading = source.read_pages(source.get_stream("contacts"), None)
    found = [r.source_id for r in next(reading).records]
    simulator.secured_columns = {("contact", "governmentid")}
    rest = list(reading)
    found += [r.source_id for page in rest for r in page.records]
    found = [key for key in found if not key.startswith("contacts-")]
    assert set(found) == set(simulator.org.tables["contact"])
    assert {"read_again", "column_left_out"} <= {w.code for p in rest for w in p.warnings}  # fmt: skip


def test_a_count_beyond_what_the_server_adds_up_is_exact_all_the_same(
    simulator, source
):
    stream = source.get_stream("contacts")
    simulator.aggregate_limit = 1_000_000
    assert source.count(stream) == SMALL["contacts"]

    honest = simulator._rows

    def limited(request, path):
        # The real server limits what is left after the filter; so does this.
        response = honest(request, path)
        body = json.loads(response.get_data()) if b'"n"' in response.get_data() else {}
        if body.get("value", [{}])[0].get("n", 0) > 5:
            from simulators.opex365_query import Refused

            raise Refused(400, "0x8004e023", "The maximum record limit is exceeded")
        return response

    simulator._rows = limited
    assert source.count(stream) == SMALL["contacts"]


# -- deals ---------------------------------------------------------------------------


def test_the_stage_of_a_deal_is_told_by_its_process_else_by_what_it_left(source):
    deals = own(source, "deals").values()
    told = {deal.get("_stage", {}).get("told_by") for deal in deals}
    assert {"process", "stepname", "salesstage"} <= told
    stages = own(source, "stages")
    for deal in deals:
        if stage := deal.get("_stage"):
            assert stages[stage["id"]]["_processid_value"] == stage["pipeline"]
            if stage["told_by"] == "stepname":
                assert deal["stepname"].endswith(stages[stage["id"]]["stagename"])


def test_stages_stand_in_the_order_of_their_process(source):
    stages = own(source, "stages").values()
    sales = sorted(
        (s["_sequence"], s["stagename"])
        for s in stages
        if s["primaryentitytypecode"] == "opportunity"
        and not s["stagename"].endswith("(L)")
    )
    assert [name for _n, name in sales] == ["Qualify", "Develop", "Propose", "Close"]
    case = sorted((s["_sequence"], s["stagename"]) for s in stages if s["stagename"] in ("Identify", "Research", "Résoudre"))  # fmt: skip
    assert [name for _n, name in case] == ["Identify", "Research", "Résoudre"]


def test_a_deal_knows_its_newest_closing_and_its_lines_in_order(source):
    deals = own(source, "deals").values()
    reopened = [d for d in deals if d.get("_closing", {}).get("actualend", "") > "2025-02-27"]  # fmt: skip
    assert reopened
    assert {d["_closing"]["description"] for d in reopened} == {"Trop cher, hélas"}
    lines = [deal["_lines"] for deal in deals if deal.get("_lines")]
    names = {line["name"] for found in lines for line in found}
    assert "Montage, Ölwechsel & mehr" in names, "a line without a product"
    assert any(name.startswith("Tour à métaux") for name in names)


# -- activities and their parties ------------------------------------------------------


def test_every_party_is_resolved_or_named_with_the_reason(simulator, source):
    found = pages_of(source, "activity_parties")
    parties = [r.data for page in found for r in page.records]
    outcome = {}
    for party in parties:
        kind = party["_party"]["resolution"]
        outcome[kind] = outcome.get(kind, 0) + 1
    known = {"resolved", "inactive", "elsewhere", "address", "orphan", "mirror"}
    assert set(outcome) == known
    report = [w for page in found for w in page.warnings if w.code == "party_orphan"]
    assert len(report) == outcome["orphan"] > 1
    activities = set(simulator.org.tables["activitypointer"])
    assert {finding.data["activity"] for finding in report} <= activities
    # One walk for all activities, nothing asked party by party.
    pages_needed = -(-len(parties) // 1000)
    assert len(simulator.requested("/activityparties?")) == pages_needed


def test_orphans_are_told_although_nobody_marked_them_as_deleted(simulator, source):
    gone = simulator.org.known["oskar"]
    simulator.org.tables["contact"].pop(gone)
    orphans = [
        data["_party"]
        for data in own(source, "activity_parties").values()
        if data["_party"]["resolution"] == "orphan"
    ]
    assert gone in {party.get("id") for party in orphans}


def test_a_mail_knows_who_wrote_it_to_whom_and_what_it_hangs_on(simulator, source):
    known = simulator.org.known
    mails = [
        mail for mail in own(source, "emails").values()
        if mail["_regardingobjectid_value"] not in known["qualified"]
        or str(mail["subject"]).startswith("Offer")
    ]  # fmt: skip
    users = set(simulator.org.tables["systemuser"])
    contacts = set(simulator.org.tables["contact"])
    for mail in mails:
        senders = mail["_senders"]
        assert len(senders) == 1
        outgoing = mail["directioncode"]
        assert senders[0]["id"] in (users if outgoing else contacts)
        assert {p["address"] for p in mail["_cc"]} >= {"achats@valmont-outils.example"}
        assert all(ref["stream"] != "users" for ref in mail["_thread"])
        about = mail["_regardingobjectid_value"]
        if about and mail["_tables"]["_regardingobjectid_value"] != "incident":
            assert mail["_thread"][0]["id"] == mail["_regardingobjectid_value"]
    assert any(not m["_regardingobjectid_value"] and m["_thread"] for m in mails)
    assert any(p["name"] == "Sales inbox" for m in mails for p in m.get("_bcc", ()))


def test_a_mail_whose_text_the_server_cut_off_is_named(simulator, source):
    mail = simulator.org.known["mail"]
    simulator.org.tables["email"][mail]["notifications"] = 2
    said = [w for page in pages_of(source, "emails") for w in page.warnings]
    assert [(w.code, w.data["email"]) for w in said] == [("body_truncated", mail)]


def test_an_owner_is_no_attendee(source):
    for meeting in own(source, "meetings").values():
        told = ("Vorführung", "Ortstermin", "Jour fixe", "Letzter Werktag")
        if str(meeting["subject"]).startswith(told):
            continue
        if meeting["statecode"] == 2:
            # It becomes a note, which names them.
            assert len(meeting["_named"]) == 3
            continue
        assert len(meeting["_attendees"]) == 2, "who organizes, who is required"
        assert [p["name"] for p in meeting["_optional"]] == ["Externe (à confirmer)"]


def test_parties_cost_no_call_of_their_own(simulator, source):
    for name in ("emails", "calls", "tasks", "meetings"):
        records(source, name)
    assert simulator.requested("activityparties") == []


# -- logs ----------------------------------------------------------------------------


def test_no_error_holds_a_value_of_a_customer(simulator, source, caplog):
    caplog.set_level(logging.DEBUG)
    said = []
    for status, code in ((403, "0x80040220"), (400, "0x80060888"), (500, "0x80040216")):
        simulator.denial = (status, code)
        try:
            records(connect(simulator), "contacts")
        except ConnectorError as error:
            said.append(f"{error} {error.data}")
    said += [record.getMessage() for record in caplog.records]
    text = "\n".join(said)
    assert "GET" in text
    assert simulator.secret not in text
    assert not any(token in text for token in simulator.login.tokens)


def test_pages_are_asked_for_with_their_keys_alone_in_the_log(simulator, caplog):
    caplog.set_level(logging.DEBUG)
    source = connect(simulator, page_size=5)
    found = set(own(source, "contacts"))
    text = "\n".join(record.getMessage() for record in caplog.records)
    assert len(found) == SMALL["contacts"]
    assert "skiptoken=***" in text.replace("%24", "$")
