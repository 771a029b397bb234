"""Whole runs against an OPEX 365 environment that fails, throttles, changes, forgets."""

import json
import random
import time
from datetime import timedelta

import pytest

from connectors.core.errors import FatalError, RetryableError
from connectors.opex365.source import Opex365Source
from simulators.opex365 import Opex365Simulator
from simulators.opex365_data import make_organization

pytestmark = pytest.mark.simulator

MANY = {
    "contacts": 120,
    "companies": 40,
    "leads": 12,
    "deals": 30,
    "emails": 60,
    "calls": 12,
    "tasks": 12,
    "meetings": 12,
    "notes": 24,
}
STREAMS = ("companies", "contacts", "deals", "emails", "activity_parties", "notes")


@pytest.fixture
def simulator():
    with Opex365Simulator(make_organization(**MANY)) as running:
        yield running


def connect(simulator, **settings):
    config = {
        "url": simulator.url,
        "authority": simulator.url,
        "tenant": simulator.tenant,
        "client_id": simulator.client_id,
        "client_secret": simulator.secret,
        "page_size": 20,
    }
    return Opex365Source({**config, **settings})


def run(simulator, name, *, between=None, **settings):
    """Read a stream as the engine does: a new source each page, waits obeyed.

    :param between: called with the number of pages read so far
    :return: (ids in the order of their arrival, data by key, seconds asked to wait)
    """
    ids, found, waits, checkpoint, number = [], {}, [], None, 0
    for _turn in range(2000):
        source = connect(simulator, **settings)
        try:
            page = next(iter(source.read_pages(source.get_stream(name), checkpoint)))
        except RetryableError as error:
            waits.append(error.delay)
            continue
        except FatalError as error:
            if error.code != "server_error":
                raise
            continue
        finally:
            source.close()
        number += 1
        ids += [r.source_id for r in page.records if r.stream == name]
        found.update({(r.stream, r.source_id): r.data for r in page.records})
        checkpoint = json.loads(json.dumps(page.checkpoint))
        if checkpoint is None:
            return ids, found, waits
        if between:
            between(number)
    raise AssertionError(f"{name} never gets on")


@pytest.mark.parametrize("name", STREAMS)
def test_a_run_interrupted_after_every_page_ends_with_the_same(simulator, name):
    source = connect(simulator)
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
        source = connect(simulator, page_size=6)
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
    source = connect(simulator)
    with pytest.raises(RetryableError) as caught:
        list(source.read_pages(source.get_stream("activity_parties"), None))
    assert 200 < caught.value.delay <= 302
    refused = [entry for entry in simulator.requests if entry.status == 429]
    assert len(refused) == 1, "calling on would lengthen the penalty"


def test_tokens_that_end_in_the_middle_are_renewed(simulator):
    expected = run(simulator, "emails")[1]
    ended = simulator.faults.add(r"/emails\?", "expired", every=2, times=None)
    source = connect(simulator)
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
    source = connect(simulator)
    stream = source.get_stream("contacts")
    page = next(iter(source.read_pages(stream, None)))
    simulator.issued_links.clear()
    rest = list(connect(simulator).read_pages(stream, page.checkpoint))
    found = {r.source_id for p in rest for r in p.records if r.stream == "contacts"}
    assert found == set(simulator.org.tables["contact"])
    assert {w.code for p in rest for w in p.warnings} == {"read_again"}


def test_a_server_that_forgets_every_place_is_not_asked_for_ever(simulator):
    simulator.faults.add(r"skiptoken", "call", hook=lambda sim: sim.issued_links.clear(), times=None)  # fmt: skip
    source = connect(simulator)
    with pytest.raises(FatalError) as caught:
        list(source.read_pages(source.get_stream("contacts"), None))
    assert caught.value.code == "paging_expired"
    assert len(simulator.requested("/contacts?")) < 15


def test_a_link_that_leads_elsewhere_is_not_followed(simulator):
    source = connect(simulator)
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
    source = connect(simulator)
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
    source = connect(simulator)
    pages = source.read_pages(source.get_stream("marketing_lists"), None)
    members = [r.data for p in pages for r in p.records if r.stream == "list_members"]
    static = simulator.org.known["list"]
    found = [m["_member"]["id"] for m in members if m["_parent"]["id"] == static]
    linked = simulator.org.links["listcontact_association"]
    assert sorted(found) == sorted(contact for _list, contact in linked)
    assert len(found) == 9


def test_a_list_that_has_a_rule_has_the_members_that_it_names(simulator, monkeypatch):
    monkeypatch.setattr("connectors.opex365.lists.MAX_MEMBERS", 7)
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
    source = connect(simulator)
    [page] = source.read_pages(source.get_stream("marketing_lists"), None)
    assert len([r for r in page.records if r.stream == "marketing_lists"]) == 3
    assert [w.code for w in page.warnings] == ["list_unread"]


def list_members(simulator):
    source = connect(simulator)
    pages = source.read_pages(source.get_stream("marketing_lists"), None)
    return [r for p in pages for r in p.records if r.stream == "list_members"]


# -- what has changed since ------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "table"),
    [("companies", "account"), ("contacts", "contact"), ("deals", "opportunity"),
     ("emails", "email"), ("notes", "annotation"), ("opex_machines", "opex_machine")],
)  # fmt: skip
def test_a_delta_by_date_brings_what_has_changed_and_nothing_else(
    simulator, name, table
):
    org = simulator.org
    moment = org.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert max(row["modifiedon"] for row in org.rows(table)) < moment
    changed = list(org.tables[table])[3:7]
    for key in changed:
        org.touch(table, key)
    ids, _found, _waits = run(simulator, name, since=moment)
    assert sorted(ids) == sorted(changed)


def test_parties_and_attachments_follow_the_change_of_their_activity(simulator):
    org = simulator.org
    moment = org.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    mail = org.known["mail"]
    org.touch("email", mail)
    for name, table, column in (
        ("activity_parties", "activityparty", "activityid"),
        ("attachments", "activitymimeattachment", "objectid"),
    ):
        rows = org.tables[table].items()
        expected = [key for key, row in rows if row[column] and row[column][1] == mail]
        ids, _found, _waits = run(simulator, name, since=moment)
        assert sorted(ids) == sorted(expected) != []


def test_change_tracking_tells_changes_and_deletions(simulator):
    org = simulator.org
    source = connect(simulator, track_changes=True)
    for name in ("contacts", "companies"):
        list(source.read_pages(source.get_stream(name), None))
    links = json.loads(json.dumps(source.delta_links))
    assert set(links) == {"contacts", "companies"}
    keys = list(org.tables["contact"])
    for key in keys[:3]:
        org.touch("contact", key, jobtitle="neu")
    org.remove("contact", keys[5])
    moment = "2025-03-04T00:00:00Z"
    later = connect(simulator, since=moment, delta_links=links)
    found = [
        r
        for page in later.read_pages(later.get_stream("contacts"), None)
        for r in page.records
        if r.stream != "opt_outs"
    ]
    assert [r.stream for r in found] == ["contacts"] * 3 + ["deletions"]
    assert {r.source_id for r in found[:3]} == set(keys[:3])
    assert found[3].data["_parent"] == {"stream": "contacts", "id": keys[5]}
    assert later.delta_links["contacts"] != links["contacts"]


def test_a_stamp_that_has_expired_means_reading_the_table_again(simulator):
    source = connect(simulator, track_changes=True)
    list(source.read_pages(source.get_stream("contacts"), None))
    simulator.expired_before = simulator.org.version + 1
    later = connect(simulator, since="2025-03-04T00:00:00Z", delta_links=source.delta_links)  # fmt: skip
    found = [
        r.source_id
        for page in later.read_pages(later.get_stream("contacts"), None)
        for r in page.records
        if r.stream == "contacts"
    ]
    assert sorted(found) == sorted(simulator.org.tables["contact"])


def test_a_table_that_is_read_again_as_a_whole_stays_so_wherever_it_is_left(simulator):
    source = connect(simulator, track_changes=True)
    list(source.read_pages(source.get_stream("contacts"), None))
    simulator.expired_before = simulator.org.version + 1

    def forget(number):
        if number == 2:
            simulator.issued_links.clear()

    settings = {"since": "2030-01-01T00:00:00Z", "delta_links": source.delta_links}
    ids, _found, _waits = run(simulator, "contacts", between=forget, **settings)
    assert set(ids) == set(simulator.org.tables["contact"])


def test_where_tracking_is_refused_the_table_is_read_all_the_same(simulator):
    simulator.untracked = {"contact"}
    source = connect(simulator, track_changes=True)
    found = list(source.read_pages(source.get_stream("contacts"), None))
    read = [r for page in found for r in page.records if r.stream == "contacts"]
    assert len(read) == MANY["contacts"]
    assert {w.code for page in found for w in page.warnings} == {"tracking_off"}
    assert source.delta_links == {}


@pytest.mark.parametrize("refused", [False, True])
def test_a_deal_that_only_went_on_in_its_process_is_told_as_changed(simulator, refused):
    org = simulator.org
    moment = org.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    org.now += timedelta(hours=1)
    key, row = next(iter(org.tables["opportunitysalesprocess"].items()))
    stage = org.known["sales_stages"][3]
    org.touch("opportunitysalesprocess", key, activestageid=("processstage", stage))
    moved = row["opportunityid"][1]
    simulator.refuses_lambdas = refused
    source = connect(simulator, since=moment)
    [page] = source.read_pages(source.get_stream("deals"), None)
    found = {r.source_id: r.data for r in page.records}
    if refused:
        assert not found
        assert [w.code for w in page.warnings] == ["moves_unseen"]
    else:
        assert set(found) == {moved}
        assert found[moved]["_stage"]["id"] == stage


def test_who_came_to_a_list_or_a_team_is_told_although_no_date_changes(simulator):
    org = simulator.org
    moment = org.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    contact = list(org.tables["contact"])[20]
    org.link("listcontact_association", org.known["list"], contact)
    org.link("teammembership_association", org.known["team"], org.known["gone"])
    _ids, found, _waits = run(simulator, "marketing_lists", since=moment)
    assert ("list_members", f"{org.known['list']}-{contact}") in found
    _ids, found, _waits = run(simulator, "teams", since=moment)
    team = found["teams", org.known["team"]]
    members = {m["systemuserid"] for m in team["teammembership_association"]}
    assert org.known["gone"] in members


def test_a_bad_moment_of_the_server_does_not_make_all_pages_small(simulator):
    simulator.faults.add(r"/contacts\?", "error", status=500, after=1, times=3)
    source = connect(simulator)
    sizes = [
        len([r for r in page.records if r.stream == "contacts"])
        for page in source.read_pages(source.get_stream("contacts"), None)
    ]
    assert sizes == [20, 5, 20, 20, 20, 20, 15]


# -- what it costs -----------------------------------------------------------------------


def test_requests_are_as_few_as_the_page_size_allows(simulator):
    source = connect(simulator, page_size=None)
    sets = {
        "companies": "accounts", "contacts": "contacts", "deals": "opportunities",
        "emails": "emails", "activity_parties": "activityparties", "notes": "annotations",
    }  # fmt: skip
    for name in STREAMS:
        found = list(source.read_pages(source.get_stream(name), None))
        asked = simulator.requested(f"/{sets[name]}?")
        assert len(asked) == len(found) == 1, name
    # One token, one list of tables; columns of what is read, two more tables for the
    # stages of deals, and their relations.
    besides = [e for e in simulator.requests if "EntityDefinitions" in e.path or "oauth2" in e.path]  # fmt: skip
    # A note on a table of the customers' costs none: it stays there.
    assert len(besides) == 2 + len(STREAMS) + 2 + 1


def test_a_resumed_page_costs_four_calls_at_most(simulator):
    source = connect(simulator)
    stream = source.get_stream("contacts")
    page = next(iter(source.read_pages(stream, None)))
    simulator.requests.clear()
    fresh = connect(simulator)
    next(iter(fresh.read_pages(fresh.get_stream("contacts"), page.checkpoint)))
    paths = [entry.path.rpartition("/")[2] for entry in simulator.requests]
    # The last tells which accounts are nobody.
    assert sorted(paths) == ["Attributes", "contacts", "systemusers", "token"]


def test_a_batch_that_has_no_time_left_comes_back(simulator):
    source = Opex365Source(
        {
            "url": simulator.url,
            "authority": simulator.url,
            "tenant": simulator.tenant,
            "client_id": simulator.client_id,
            "client_secret": simulator.secret,
        },
        deadline=time.monotonic() + 0.5,
    )
    with pytest.raises(RetryableError) as caught:
        list(source.read_pages(source.get_stream("contacts"), None))
    assert caught.value.delay == 0
