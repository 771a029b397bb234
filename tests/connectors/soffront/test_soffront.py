"""Soffront CRM, read over HTTP from a simulated service."""

import json
import time

import pytest
from conformance import key_of
from http_conformance import HttpSourceConformance
from reading import own, records
from soffront_common import a_simulator, connect, endpoints, reference, settings

from connectors.core.errors import AuthenticationError
from connectors.soffront.source import SoffrontSource

pytestmark = pytest.mark.simulator


class TestSoffront(HttpSourceConformance):
    source = SoffrontSource
    paged_stream = "companies"
    page_call = r"/find/"

    def system(self):
        return a_simulator()

    def config(self, system):
        return settings(system, endpoints=endpoints(paging={"page_size": 5}))

    def secrets(self, system):
        assert system.tokens
        return [
            system.key, system.password, system.user, "S3cret9", "hunter2-invented",
            "Larkfield", "person1@example.com", *system.tokens,
        ]  # fmt: skip

    def bad_settings(self, system):
        return {"password": "wrong"}

    def read_a_file(self, source, system):
        media = own(source, "tickets") and records(source, "tickets")
        data = next(r.data for r in media if r.stream == "media")
        assert b"".join(source.read_file(reference(data)))

    def test_a_session_that_ends_in_the_middle_is_told_as_such(self, running):
        """Here it is renewed once; a server that refuses every token is left alone."""
        running.faults.add(self.page_call, "expired", after=1, times=None)
        with pytest.raises(AuthenticationError):
            self.read(self.connect(running), self.stream_under_test(running))


def test_every_row_of_the_server_arrives(simulator, source):
    tables = {
        "companies": "Account", "contacts": "Contact", "tickets": "Ticket",
        "leads": "Leads", "deals": "Opportunity", "activities": "Activity",
        "defects": "Defect", "custom_vendor": "Vendor",
    }  # fmt: skip
    assert set(tables) <= {stream.name for stream in source.get_streams()}
    for name, table in tables.items():
        rows = {str(row["FormID"]): row for row in simulator.customer.rows(table)}
        found = own(source, name)
        assert list(found) == list(rows), name
        for key, row in rows.items():
            kept = set(row) - {"IsDeleted", "Pswd", "PrtlSecrt"}
            assert kept <= set(found[key])
            for column in kept:
                # Instants are written in the server's own ways.
                if ":" not in str(row[column]):
                    assert found[key][column] == row[column]


def test_reading_everything_writes_nothing(simulator, source):
    source.check()
    source.get_mappings()
    for stream in source.get_streams():
        records(source, stream.name)
        source.describe(stream)
    assert simulator.writes == []
    called = {operation for operation, _body in simulator.calls}
    assert called == {
        "find", "findrelated", "fields", "fieldvalue", "cpallforms",
        "multiplerecordcount", "audittrail",
    }  # fmt: skip


def test_passwords_are_neither_asked_for_nor_kept(simulator, source):
    contacts = own(source, "contacts")
    asked = [body["fieldsName"] for name, body in simulator.calls if name == "find"]
    assert asked
    for text in (
        *asked,
        json.dumps(contacts),
        json.dumps(own(source, "custom_fields")),
    ):
        assert "pswd" not in text.casefold()
        assert "prtlsecrt" not in text.casefold()
        assert "invented" not in text
    paths = {f.path for f in source.describe(source.get_stream("contacts"))}
    assert "email" in paths
    assert not paths & {"Pswd", "PrtlSecrt"}


def test_a_server_that_gives_more_than_was_asked_for_brings_no_password(simulator):
    row = {"FormID": 1, "FullName": "Ana", "PSWD": "hunter2-invented", "Extra": 1}
    answer = {"ErrorCode": 0, "Object": {"TOTALRECORDS": 1, "RESULTS": [row]}}
    source = connect(simulator)
    source.catalog.form("Contact")
    simulator.answers["find"] = answer
    simulator.answers["multiplerecordcount"] = {"ErrorCode": 0, "Object": [0]}
    simulator.answers["findrelated"] = {"ErrorCode": 0, "Object": ""}
    page = next(iter(source.read_pages(source.get_stream("contacts"), None)))
    assert page.records[0].data["Extra"] == 1
    assert "hunter2" not in str(page.records[0].data)


@pytest.mark.parametrize("switch", ["mixes_case", "numbers_as_text"])
def test_spelling_and_types_of_the_answer_do_not_matter(simulator, switch):
    expected = {
        name: own(connect(simulator), name) for name in ("companies", "tickets")
    }
    notes = {key_of(r) for r in records(connect(simulator), "tickets")}
    setattr(simulator, switch, True)
    for name, rows in expected.items():
        found = own(connect(simulator), name)
        assert list(found) == list(rows)
        for key, row in rows.items():
            assert set(found[key]) == set(row)
            assert {k: str(v) for k, v in found[key].items()} == {
                k: str(v) for k, v in row.items()
            }
    assert {key_of(r) for r in records(connect(simulator), "tickets")} == notes


@pytest.mark.parametrize(
    ("answer", "rows"),
    [
        ({"ErrorCode": 0, "Object": None}, 0),
        ({"ErrorCode": 0, "Object": ""}, 0),
        ({"ErrorCode": 0, "Object": {}}, 0),
        ({"errorcode": "0", "OBJECT": {"results": []}}, 0),
        ({"ErrorCode": -1, "Object": {"RESULTS": [{"FORMID": "7"}]}}, 1),
        ({"ErrorCode": 0, "Object": [{"FormId": 7}]}, 1),
        ({"ErrorCode": 0, "Object": {"Results": {"RESULTS": [{"FormId": 7.0}]}}}, 1),
    ],
    ids=str,
)
def test_every_form_of_an_answer_is_understood(simulator, source, answer, rows):
    source.catalog.form("Account")
    simulator.answers |= {"find": answer, "multiplerecordcount": {"ErrorCode": 0}}
    simulator.answers["findrelated"] = {"ErrorCode": 0, "Object": None}
    page = next(iter(source.read_pages(source.get_stream("companies"), None)))
    assert [r.source_id for r in page.records] == ["7"] * rows


# -- what it costs --------------------------------------------------------------------


def test_a_table_costs_one_call_for_each_page_and_slice():
    with a_simulator(accounts=420) as simulator:
        rules = {"account": {"children": []}}
        source = connect(simulator, endpoints=endpoints(objects=rules))
        assert len(own(source, "companies")) == 420
        calls = [operation for operation, _body in simulator.calls]
        # Three pages of 200, the empty one that proves the end, all and the deleted ones
        # counted.
        assert calls == ["fields", *["find"] * 6]


def test_pages_are_asked_for_at_the_pace_that_was_set(simulator):
    slow = endpoints(throttle={"max_per_second": 10}, paging={"page_size": 5})
    source = connect(simulator, endpoints=slow)
    pauses = []

    def sleep(seconds):
        pauses.append(seconds)
        time.sleep(seconds)

    source.api.client.throttle._sleep = sleep
    own(source, "leads")
    assert len(pauses) >= 5
    assert all(0 < pause <= 0.1 for pause in pauses)
