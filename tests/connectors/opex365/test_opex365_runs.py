"""OPEX 365 CRM: a run that is interrupted, throttled or overtaken brings the same."""

import json
import random

import pytest
from opex365_runs_common import MANY, STREAMS, connect_in_pages, list_members, run

from connectors.core.errors import FatalError, RetryableError
from simulators.opex365 import Opex365Simulator
from simulators.opex365_data import make_organization

pytestmark = pytest.mark.simulator


@pytest.fixture
def simulator():
    with Opex365Simulator(make_organization(**MANY)) as running:
        yield running


@pytest.mark.parametrize("name", STREAMS)
def test_a_run_interrupted_after_every_page_ends_with_the_same(simulator, name):
    source = connect_in_pages(simulator)
    whole = {}
    for page in source.read_pages(source.get_stream(name), None):
        whole.update({(r.stream, r.source_id): r.data for r in page.records})
    ids, found, _waits = run(simulator, name)
    assert found == whole
    assert len(ids) == len(set(ids)) > 20


def test_five_percent_errors_lose_nothing_and_double_nothing(simulator):
    expected = {name: run(simulator, name)[1] for name in STREAMS}
    rng = random.Random(5)
    kinds = (
        {"kind": "error", "status": 500},
        {"kind": "error", "status": 503},
        {"kind": "drop"},
        {"kind": "cut"},
        {"kind": "garbled"},
        {"kind": "rate_limit", "retry_after": 27},
    )
    struck = [
        simulator.faults.add(
            ".", after=rng.randrange(20), every=120, times=None, **kind
        )
        for kind in kinds
    ]
    for name in STREAMS:
        ids, found, _waits = run_through_anything(simulator, name)
        assert found == expected[name], name
        assert len(ids) == len(set(ids))
    assert sum(fault.fired for fault in struck) > 10


def run_through_anything(simulator, name):
    """Half a JSON text stops a stream; here the user tries again."""
    ids, found, checkpoint = [], {}, None
    for _turn in range(2000):
        source = connect_in_pages(simulator, page_size=6)
        try:
            page = next(iter(source.read_pages(source.get_stream(name), checkpoint)))
        except (RetryableError, FatalError):
            continue
        finally:
            source.close()
        ids += [r.source_id for r in page.records if r.stream == name]
        found.update({(r.stream, r.source_id): r.data for r in page.records})
        checkpoint = page.checkpoint
        if checkpoint is None:
            return ids, found, []
    raise AssertionError(f"{name} never gets on")


def test_a_storm_of_429_is_waited_out_as_the_server_says(simulator):
    expected = run(simulator, "contacts")[1]
    storm = simulator.faults.add(r"/contacts\?", "rate_limit", every=2, times=None, retry_after=41)  # fmt: skip
    _ids, found, waits = run(simulator, "contacts")
    assert found == expected
    assert storm.fired == len(waits) > 3
    assert all(41 <= wait <= 43 for wait in waits), "never sooner than it asks"


def test_the_service_limit_is_kept_without_calling_on(simulator):
    simulator.rate_limit, simulator.rate_window = 12, 300.0
    source = connect_in_pages(simulator)
    with pytest.raises(RetryableError) as caught:
        list(source.read_pages(source.get_stream("activity_parties"), None))
    assert 200 < caught.value.delay <= 302
    refused = [entry for entry in simulator.requests if entry.status == 429]
    assert len(refused) == 1, "calling on would lengthen the penalty"


def test_tokens_that_end_in_the_middle_are_renewed(simulator):
    expected = run(simulator, "emails")[1]
    ended = simulator.faults.add(r"/emails\?", "expired", every=2, times=None)
    source = connect_in_pages(simulator)
    found = {}
    for page in source.read_pages(source.get_stream("emails"), None):
        found.update({(r.stream, r.source_id): r.data for r in page.records})
    assert found == expected
    assert ended.fired


def test_connections_that_are_cut_lose_nothing(simulator):
    expected = run(simulator, "deals")[1]
    cut = simulator.faults.add(r"/opportunities\?", "cut", every=2, times=5)
    ids, found, _waits = run(simulator, "deals")
    assert found == expected
    assert len(ids) == len(set(ids))
    assert cut.fired


def test_rows_inserted_while_paging_come_now_or_with_the_next_delta(simulator):
    org = simulator.org
    before = set(org.tables["contact"])
    started = org.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    added = []

    def insert(_number):
        key = org.add("contact", firstname="Neu", lastname="新", fullname="Neu 新")
        org.touch("contact", key)
        added.append(key)

    ids, _found, _waits = run(simulator, "contacts", between=insert)
    assert len(ids) == len(set(ids))
    assert before <= set(ids)
    later, _found, _waits = run(simulator, "contacts", since=started)
    assert set(added) <= set(ids) | set(later)
    assert set(added) - set(ids), "none was missed: nothing is proven"


def test_a_delta_over_moving_rows_brings_the_last_state_of_each(simulator):
    org = simulator.org
    keys = list(org.tables["contact"])
    started = org.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    for key in keys[:50]:
        org.touch("contact", key, jobtitle="neu")

    def change_again(number):
        if number == 1:
            org.touch("contact", keys[0], jobtitle="noch neuer")

    ids, found, _waits = run(simulator, "contacts", since=started, between=change_again)
    assert set(keys[:50]) <= set(ids)
    # It came twice, at its old place and at its new one; the later one counts.
    assert ids.count(keys[0]) == 2
    assert found["contacts", keys[0]]["jobtitle"] == "noch neuer"


def test_a_row_that_vanishes_while_we_read_hides_no_other(simulator):
    org = simulator.org
    first = [row["contactid"] for row in org.rows("contact")]

    def remove(number):
        if number == 2:
            for key in first[:25]:
                org.remove("contact", key)

    ids, _found, _waits = run(simulator, "contacts", between=remove)
    assert set(first[25:]) <= set(ids)
    assert len(ids) == len(set(ids))


def test_a_place_that_the_server_forgot_is_read_again_from_the_start(simulator):
    source = connect_in_pages(simulator)
    stream = source.get_stream("contacts")
    page = next(iter(source.read_pages(stream, None)))
    simulator.issued_links.clear()
    rest = list(connect_in_pages(simulator).read_pages(stream, page.checkpoint))
    found = {r.source_id for p in rest for r in p.records if r.stream == "contacts"}
    assert found == set(simulator.org.tables["contact"])
    assert {w.code for p in rest for w in p.warnings} == {"read_again"}


def test_a_server_that_forgets_every_place_is_not_asked_for_ever(simulator):
    simulator.faults.add(r"skiptoken", "call", hook=lambda sim: sim.issued_links.clear(), times=None)  # fmt: skip
    source = connect_in_pages(simulator)
    with pytest.raises(FatalError) as caught:
        list(source.read_pages(source.get_stream("contacts"), None))
    assert caught.value.code == "paging_expired"
    assert len(simulator.requested("/contacts?")) < 15


def test_a_link_that_leads_elsewhere_is_not_followed(simulator):
    source = connect_in_pages(simulator)
    stream = source.get_stream("contacts")
    with pytest.raises(FatalError):
        list(source.read_pages(stream, {"next": "https://evil.example/api/data/v9.2/contacts"}))  # fmt: skip
    assert not simulator.requested("evil")


def test_a_query_that_is_too_heavy_is_asked_in_smaller_pages(simulator):
    honest = simulator.respond

    def heavy(request):
        if "/emails" in request.path and "maxpagesize=5," not in request.headers.get("Prefer", ""):  # fmt: skip
            from werkzeug.wrappers import Response

            body = {"error": {"code": "0x80044151", "message": "SQL timeout expired."}}
            return Response(json.dumps(body), 400, content_type="application/json")
        return honest(request)

    simulator.respond = heavy
    source = connect_in_pages(simulator)
    found = [
        r.source_id
        for page in source.read_pages(source.get_stream("emails"), None)
        for r in page.records
    ]
    assert len(found) == len(set(found)) == len(simulator.org.tables["email"])


def test_a_list_with_more_members_than_come_along_is_read_to_its_end(
    simulator, monkeypatch
):
    monkeypatch.setattr("simulators.opex365_lists.MAX_ROWS", 4)
    monkeypatch.setattr("connectors.opex365.extraction.MAX_CHILDREN", 4)
    source = connect_in_pages(simulator)
    pages = source.read_pages(source.get_stream("marketing_lists"), None)
    members = [r.data for p in pages for r in p.records if r.stream == "list_members"]
    static = simulator.org.known["list"]
    found = [m["_member"]["id"] for m in members if m["_parent"]["id"] == static]
    linked = simulator.org.links["listcontact_association"]
    assert sorted(found) == sorted(contact for _list, contact in linked)
    assert len(found) == 9


def test_a_list_that_has_a_rule_has_the_members_that_it_names(simulator, monkeypatch):
    monkeypatch.setattr("connectors.opex365.list_members.MAX_MEMBERS", 7)
    tables = simulator.org.tables
    [(key, dynamic)] = [(k, r) for k, r in tables["list"].items() if r["type"]]
    keys = {
        r.data["_member"]["id"]
        for r in list_members(simulator)
        if r.data["_parent"]["id"] == key
    }
    assert keys == set(tables["account"])
    condition = '<filter><condition attribute="statecode" operator="eq" value="1"/></filter>'  # fmt: skip
    dynamic["query"] = f'<fetch top="50"><entity name="account">{condition}</entity></fetch>'  # fmt: skip
    found = [r for r in list_members(simulator) if r.data["_parent"]["id"] == key]
    inactive = {k for k, row in tables["account"].items() if row["statecode"] == 1}
    assert {r.data["_member"]["id"] for r in found} == inactive
    assert {r.data["_member"]["stream"] for r in found} == {"companies"}


def test_a_rule_that_cannot_be_run_costs_no_list(simulator):
    for row in simulator.org.tables["list"].values():
        row["query"] = row["query"] and "<fetch><entity name='account'>"
    source = connect_in_pages(simulator)
    [page] = source.read_pages(source.get_stream("marketing_lists"), None)
    assert len([r for r in page.records if r.stream == "marketing_lists"]) == 3
    assert [w.code for w in page.warnings] == ["list_unread"]
