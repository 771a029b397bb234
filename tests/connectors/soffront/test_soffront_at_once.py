"""Soffront: the accounts of a page found by counts, and several calls at once."""

import json

import pytest
from reading import own, pages_of
from soffront_common import a_simulator, connect, endpoints

from simulators.soffront_operations import Operations

pytestmark = pytest.mark.simulator


def at_once(number, **more):
    throttle = {"max_per_second": 1000, "parallel": number}
    return {"endpoints": endpoints(throttle=throttle, **more)}


def links_of(customer):
    """Return {contact: accounts that are not deleted}, the truth."""
    alive = {row["FormID"] for row in customer.rows("Account")}
    return {
        row["FormID"]: sorted(
            set(customer.linked("Contact", row["FormID"], "Account")) & alive
        )
        for row in customer.rows("Contact")
    }


def accounts_read(source):
    return {
        int(key): sorted(data["_accounts"])
        for key, data in own(source, "contacts").items()
    }


def calls_for_links(simulator):
    return [
        asked
        for operation, asked in simulator.calls
        if operation == "findrelated"
        and asked["childObjectName"].casefold() == "account"
    ]


def test_the_account_of_each_contact_is_found_without_a_call_for_each():
    with a_simulator(contacts=450, accounts=90) as simulator:
        assert accounts_read(connect(simulator)) == links_of(simulator.customer)
        # Those with two accounts are asked for, and one to hold the others against.
        assert len(calls_for_links(simulator)) <= 4
        assert len(simulator.requests) < 450 / 8


def test_what_comes_is_the_same_as_record_by_record():
    with a_simulator(contacts=200) as simulator:
        quick = own(connect(simulator), "contacts")
        simulator.without.add("multiplerecordcount")
        assert own(connect(simulator), "contacts") == quick


@pytest.mark.parametrize("way", ["ignores", "refuses", "lies"])
def test_a_server_that_does_not_count_by_ids_is_asked_record_by_record(
    way, monkeypatch
):
    honest = Operations.multiplerecordcount

    def count(self, asked):
        if not any("FormID" in item["WHERECONDITION"] for item in asked):
            return honest(self, asked)
        if way == "refuses":
            return [None] * len(asked)
        if way == "lies":
            return [1 for _item in asked]
        return honest(self, [{**i, "WHERECONDITION": "Account.IsDeleted = 0"} for i in asked])  # fmt: skip

    monkeypatch.setattr(Operations, "multiplerecordcount", count)
    with a_simulator(contacts=60) as simulator:
        assert accounts_read(connect(simulator)) == links_of(simulator.customer)
        assert len(calls_for_links(simulator)) >= 58


@pytest.mark.parametrize("name", ["contacts", "tickets", "stage_changes", "deals"])
def test_the_pages_are_the_same(name):
    with a_simulator(contacts=60, tickets=60) as simulator:
        expected = pages_of(connect(simulator, **at_once(1)), name)
        assert simulator.peak == 1
        simulator.latency = 0.01
        assert pages_of(connect(simulator, **at_once(4)), name) == expected
        assert len(simulator.tokens) == 2
        if name in ("tickets", "stage_changes"):
            assert simulator.peak > 1


def test_whoever_is_killed_goes_on_where_the_last_page_ended():
    with a_simulator(tickets=60, latency=0.003) as simulator:
        settings = at_once(4, paging={"page_size": 7})
        for name in ("tickets", "stage_changes"):
            expected = pages_of(connect(simulator), name)
            found, checkpoint = [], None
            while True:
                source = connect(simulator, **settings)
                page = next(source.read_pages(source.get_stream(name), checkpoint))
                found += page.records
                if page.checkpoint is None:
                    break
                checkpoint = json.loads(json.dumps(page.checkpoint))
            assert {(r.stream, r.source_id): r.data for r in found} == {
                (r.stream, r.source_id): r.data
                for page in expected
                for r in page.records
            }


@pytest.mark.parametrize("most", [1, 2])
def test_a_service_that_bears_less_is_asked_less(most):
    with a_simulator(tickets=60) as simulator:
        expected = own(connect(simulator, **at_once(1)), "stage_changes")
        simulator.latency, simulator.most_at_once = 0.01, most
        assert own(connect(simulator, **at_once(8)), "stage_changes") == expected
        assert 0 < simulator.refused < 8
        assert simulator.peak <= most + 2


def test_a_token_that_ends_is_renewed_once_for_all_that_is_under_way():
    with a_simulator(tickets=60, latency=0.01) as simulator:
        simulator.faults.add("AuditTrail", "expired", after=20)
        expected = own(connect(simulator, **at_once(4)), "stage_changes")
        assert len(expected) == 120
        assert len(simulator.tokens) == 2
