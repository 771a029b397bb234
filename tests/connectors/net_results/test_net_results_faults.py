"""Net-Results: a server that fails, and a history that costs a call a contact."""

import pytest
from conformance import key_of, through_json
from net_results_common import QUICK, a_simulator, connect
from reading import own, records

from connectors.core.errors import FatalError, RetryableError
from connectors.net_results import listing
from simulators.net_results import NetResultsSimulator
from simulators.net_results_data import make_account

pytestmark = pytest.mark.simulator


# -- a server that fails -------------------------------------------------------------


def read_through(simulator, name, **settings):
    """Read page by page as the engine does, coming back after every failure."""
    found, checkpoint, failures = [], None, 0
    while True:
        fresh = connect(simulator, **settings)
        try:
            page = next(iter(fresh.read_pages(fresh.get_stream(name), checkpoint)))
        except (RetryableError, FatalError):
            failures += 1
            assert failures < 200
            continue
        finally:
            fresh.close()
        found += page.records
        checkpoint = through_json(page.checkpoint)
        if checkpoint is None:
            return found


@pytest.mark.parametrize("name", ["contacts", "activities", "email_templates"])
@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "error", "status": 500, "every": 16, "times": None},
        {"kind": "rate_limit", "every": 4, "times": 12, "retry_after": 60},
        {"kind": "rate_limit", "every": 2, "times": 12},
        {"kind": "cut", "every": 7, "times": 8},
        {"kind": "drop", "every": 5, "times": 8},
        {"kind": "garbled", "every": 9, "times": 5},
    ],
    ids=["5%", "429 storm", "429", "cut", "dropped", "garbled"],
)
def test_faults_lose_nothing_and_double_nothing(name, fault):
    with a_simulator(14, emails=30) as simulator:
        whole = records(connect(simulator), name)
        struck = simulator.faults.add(r" \w+\.get", **fault)
        found = read_through(simulator, name)
        assert struck.fired, "the fault never struck"
    assert {key_of(r): r.data for r in found} == {key_of(r): r.data for r in whole}
    keys = [key_of(r) for r in found if r.stream == name]
    assert len(keys) == len(set(keys)) == len({key_of(r) for r in whole if r.stream == name})  # fmt: skip


@pytest.mark.parametrize("name", ["contacts", "activities", "segment_members"])
def test_a_run_interrupted_after_every_page_brings_the_same(name):
    with a_simulator(26) as simulator:
        source = connect(simulator)
        stream = source.get_stream(name)
        pages = list(source.read_pages(stream, None))
        whole = {key_of(r): r.data for page in pages for r in page.records}
        for number, page in enumerate(pages[:-1], 1):
            rest = records(connect(simulator), name, through_json(page.checkpoint))
            before = [r for p in pages[:number] for r in p.records]
            assert {key_of(r): r.data for r in [*before, *rest]} == whole
            own_keys = [r.source_id for r in [*before, *rest] if r.stream == name]
            assert len(own_keys) == len(set(own_keys))


ALONE = {"throttle": {**QUICK["throttle"], "parallel": 1}}
"""One call after the other: which one is hit is known then."""


def test_a_session_that_ends_again_and_again_only_costs_a_login():
    with a_simulator(20) as simulator:
        whole = own(connect(simulator, auth="session"), "contacts")
        simulator.faults.add(r"strSessionId", "expired", every=3, times=None)
        before = simulator.logins
        source = connect(simulator, auth="session", endpoints=ALONE)
        assert own(source, "contacts") == whole
        assert simulator.logins > before + 2


# -- history -------------------------------------------------------------------------


def test_a_long_history_goes_on_within_the_contact(monkeypatch):
    """Too long for one answer; then its order has to hold, whatever it is."""
    monkeypatch.setattr(listing, "MAX_AT_ONCE", 7)
    with a_simulator(6) as simulator:
        simulator.rpc.keeps_order = True
        first = next(iter(simulator.account.contacts))
        expected = len(simulator.account.history[first])
        simulator.faults.add(
            r"getContactActivity", "rate_limit", after=3, retry_after=60
        )
        source = connect(simulator, endpoints=ALONE)
        stream = source.get_stream("activities")
        found, checkpoint = [], None
        try:
            for page in source.read_pages(stream, None):
                found += [r for r in page.records if r.stream == "activities"]
                checkpoint = through_json(page.checkpoint)
        except RetryableError:
            pass
        assert checkpoint["inner"]["rows"]["offset"] == len(found) == 14
        rest = records(connect(simulator), "activities", checkpoint)
        events = [r for r in [*found, *rest] if r.stream == "activities"]
        mine = [r for r in events if r.data["_parent"]["id"] == str(first)]
        assert len(mine) == len({r.source_id for r in mine}) == expected


def test_history_costs_a_call_for_a_contact_and_little_else():
    with NetResultsSimulator(make_account(60, activities=2)) as simulator:
        source = connect(simulator, endpoints={"paging": {"page_size": 200}})
        found = own(source, "activities")
        assert len(found) == sum(map(len, simulator.account.history.values()))
        calls = [c for c in simulator.calls if c[1] == "getContactActivity"]
        assert len(calls) == 60
        assert len(simulator.calls) <= 60 + 4


def test_activities_without_an_id_keep_their_key():
    with a_simulator(12) as simulator:
        first, again = (own(connect(simulator), "activities") for _ in range(2))
        assert first == again
        without = [d for d in first.values() if "activity_id" not in d]
        assert without


def test_a_contact_that_vanishes_costs_itself_only():
    with a_simulator(12) as simulator:
        gone = list(simulator.account.contacts)[4]
        known = simulator.rpc._ContactActivityHistory_getContactActivity

        def refuse(params):
            if params["contact_id"] == gone:
                return simulator.rpc._one({}, gone)
            return known(params)

        simulator.rpc._ContactActivityHistory_getContactActivity = refuse
        source = connect(simulator)
        pages = list(source.read_pages(source.get_stream("activities"), None))
        errors = [e for page in pages for e in page.errors]
        assert [e.source_id for e in errors] == [str(gone)]
        events = [r for p in pages for r in p.records if r.stream == "activities"]
        others = {r.data["_parent"]["id"] for r in events}
        assert str(gone) not in others
        assert len(others) > 5


def test_members_of_segments_and_lists_arrive_as_the_service_has_them():
    with a_simulator(20) as simulator:
        source = connect(simulator)
        members = own(source, "segment_members")
        assert set(members) == {
            f"{segment}-{contact}"
            for segment, contacts in simulator.account.members.items()
            for contact in contacts
        }
        on_list = own(source, "list_members")
        assert set(on_list) == {
            f"{contact}-{key}"
            for key, contacts in simulator.account.on_list.items()
            for contact in contacts
        }
        assert {d["opted_out"] for d in on_list.values()} == {True, False}


# -- what the description of the API says --------------------------------------------


def test_members_of_a_segment_are_asked_for_within_a_period():
    with a_simulator(9) as simulator:
        assert own(connect(simulator), "segment_members")
        (asked, *_) = [c[2] for c in simulator.calls if c[1] == "getContactIds"]
        assert asked["start_date"] < "2001" < "2037" < asked["stop_date"]


@pytest.mark.parametrize("stream", ["alerts", "reports", "domain_groups"])
def test_the_inventory_is_asked_for_as_the_api_has_it(stream):
    """Domain groups come all at once; there is no list of them page by page."""
    name = stream.removesuffix("s")
    with a_simulator(3) as simulator:
        enabled = {"objects": {name: {"enabled": True}}}
        source = connect(simulator, endpoints=enabled)
        assert len(own(source, stream)) == 3
        methods = {c[1] for c in simulator.calls if c[0].lower().startswith(name[:6])}
        expected = "getAll" if stream == "domain_groups" else "getMultiple"
        assert methods == {expected}
