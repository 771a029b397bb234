"""OPEX 365 CRM: what has changed since, and what it costs."""

import json
import time
from datetime import timedelta

import pytest
from opex365_runs_common import MANY, STREAMS, connect_in_pages, run

from connectors.core.errors import RetryableError
from connectors.opex365.source import Opex365Source
from simulators.opex365 import Opex365Simulator
from simulators.opex365_data import make_organization

pytestmark = pytest.mark.simulator


@pytest.fixture
def simulator():
    with Opex365Simulator(make_organization(**MANY)) as running:
        yield running


# -- what has changed since ----------------------------------------------------------


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


def test_links_that_no_date_tells_are_said_to_be_unseen(simulator):
    """To relate two rows changes the date of neither; a whole reading sees it."""
    org = simulator.org
    account = next(iter(org.tables["account"]))
    first, _second, third = list(org.tables["contact"])[:3]
    navigation = "opex_account_partner"

    def related(**settings):
        source = connect_in_pages(simulator, **settings)
        pages = list(source.read_pages(source.get_stream("companies"), None))
        told = [w.code for page in pages for w in page.warnings]
        rows = {r.source_id: r.data for page in pages for r in page.records}
        linked = rows.get(account, {}).get(navigation, ())
        return {row["contactid"] for row in linked}, told

    before, told = related()
    assert first in before
    assert "links_unseen" not in told
    moment = org.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    org.unlink(navigation, account, first)
    org.link(navigation, account, third)
    assert related(since=moment) == (set(), ["links_unseen"])
    assert related()[0] == before - {first} | {third}


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
    source = connect_in_pages(simulator, track_changes=True)
    for name in ("contacts", "companies"):
        list(source.read_pages(source.get_stream(name), None))
    links = json.loads(json.dumps(source.delta_links))
    # Accounts bring a relation along that was added: such a query cannot be tracked.
    assert set(links) == {"contacts"}
    keys = list(org.tables["contact"])
    for key in keys[:3]:
        org.touch("contact", key, jobtitle="neu")
    org.remove("contact", keys[5])
    moment = "2025-03-04T00:00:00Z"
    later = connect_in_pages(simulator, since=moment, delta_links=links)
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
    source = connect_in_pages(simulator, track_changes=True)
    list(source.read_pages(source.get_stream("contacts"), None))
    simulator.expired_before = simulator.org.version + 1
    later = connect_in_pages(simulator, since="2025-03-04T00:00:00Z", delta_links=source.delta_links)  # fmt: skip
    found = [
        r.source_id
        for page in later.read_pages(later.get_stream("contacts"), None)
        for r in page.records
        if r.stream == "contacts"
    ]
    assert sorted(found) == sorted(simulator.org.tables["contact"])


def test_a_table_that_is_read_again_as_a_whole_stays_so_wherever_it_is_left(simulator):
    source = connect_in_pages(simulator, track_changes=True)
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
    source = connect_in_pages(simulator, track_changes=True)
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
    source = connect_in_pages(simulator, since=moment)
    [page] = source.read_pages(source.get_stream("deals"), None)
    found = {r.source_id: r.data for r in page.records}
    if refused:
        assert not found
        told = {w.code for w in page.warnings}
        assert told == {"moves_unseen", "links_unseen"}
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
    source = connect_in_pages(simulator)
    sizes = [
        len([r for r in page.records if r.stream == "contacts"])
        for page in source.read_pages(source.get_stream("contacts"), None)
    ]
    assert sizes == [20, 5, 20, 20, 20, 20, 15]


# -- what it costs -------------------------------------------------------------------


def test_requests_are_as_few_as_the_page_size_allows(simulator):
    source = connect_in_pages(simulator, page_size=None)
    sets = {
        "companies": "accounts", "contacts": "contacts", "deals": "opportunities",
        "emails": "emails", "activity_parties": "activityparties", "notes": "annotations",
    }  # fmt: skip
    for name in STREAMS:
        found = list(source.read_pages(source.get_stream(name), None))
        asked = simulator.requested(f"/{sets[name]}?")
        assert len(asked) == len(found) == 1, name
    # One token, one list of tables; columns of what is read, two more tables for the
    # stages of deals, and their relations; what was added many to many, of three tables.
    besides = [e for e in simulator.requests if "EntityDefinitions" in e.path or "oauth2" in e.path]  # fmt: skip
    # A note on a table of the customers' costs none: it stays there.
    assert len(besides) == 2 + len(STREAMS) + 2 + 1 + 3


def test_a_resumed_page_costs_four_calls_at_most(simulator):
    source = connect_in_pages(simulator)
    stream = source.get_stream("contacts")
    page = next(iter(source.read_pages(stream, None)))
    simulator.requests.clear()
    fresh = connect_in_pages(simulator)
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
