"""OPEX 365 CRM, read over HTTP from a simulated Dataverse environment."""

import json
import logging
from urllib.parse import unquote_plus

import pytest
from http_conformance import HttpSourceConformance
from opex365_common import SMALL, a_simulator, config_of, connect
from reading import own, pages_of, records

from connectors.core.errors import (
    AuthenticationError,
    ConnectorError,
    ForbiddenError,
    RecordError,
)
from connectors.opex365.source import Opex365Source
from simulators.opex365_classic import SECRET

pytestmark = pytest.mark.simulator


FEW = {**SMALL, "contacts": 33, "emails": 12, "calls": 4, "tasks": 4, "meetings": 5}
"""Three pages of contacts, and no more parties than the contract needs."""


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
        "imageblob,",
    ):
        assert column not in asked
    # Of workflows alone the definition is asked for, to be told, and is not kept.
    xaml = [entry.query for entry in simulator.requests if "xaml" in entry.query]
    assert len(xaml) == 1
    assert "category lt 5" in unquote_plus(xaml[0])
    kept = json.dumps([r.data for r in records(source, "workflows")])
    assert "xaml" not in kept
    assert SECRET not in kept
    plugins = simulator.requested("/pluginassemblies?")
    assert plugins
    assert not any("content," in entry.query for entry in plugins)
    assert "body," not in asked.replace("documentbody", "")


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
