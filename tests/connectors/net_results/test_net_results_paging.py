"""Net-Results pages by record offsets: nothing is lost or doubled, whatever moves."""

import json

import pytest
from conformance import key_of, through_json
from reading import own, records
from test_net_results import a_simulator, connect

from connectors.core.errors import FatalError, RetryableError
from connectors.net_results import listing
from simulators.net_results import NetResultsSimulator
from simulators.net_results_data import Account, make_account

pytestmark = pytest.mark.simulator

NO_VALUES = {"objects": {"custom_value": {"enabled": False}}}


def paged(size, **more):
    return {"paging": {"page_size": size, "min_page_size": min(size, 2)}, **NO_VALUES, **more}  # fmt: skip


def many(count):
    """Return an account of plain contacts, quickly made."""
    account = Account()
    for _number in range(count):
        account.add_contact()
    return account


@pytest.mark.parametrize(
    ("contacts", "size", "calls"),
    [(1004, 1000, 2), (1004, 500, 3), (104, 1, 104)],
    ids=["1000", "500", "1"],
)
def test_a_thousand_contacts_arrive_once_with_as_few_calls_as_the_pages_allow(
    contacts, size, calls
):
    with NetResultsSimulator(many(contacts)) as simulator:
        source = connect(simulator, endpoints=paged(size))
        found = [r.source_id for r in records(source, "contacts")]
        assert found == [str(key) for key in simulator.account.contacts]
        asked = [c for c in simulator.calls if c[:2] == ("Contact", "getMultiple")]
        assert len(asked) <= calls + 1
        assert len(simulator.requests) <= calls + 5


@pytest.mark.parametrize("size", [1000, 500, 1])
def test_a_server_that_takes_offsets_for_page_numbers_is_stopped(size):
    with NetResultsSimulator(many(1004), page_mode=True) as simulator:
        with pytest.raises(FatalError) as caught:
            records(connect(simulator, endpoints=paged(size)), "contacts")
    assert caught.value.code == "paging_loop"


def test_a_server_that_gives_less_than_asked_for_is_read_to_the_end():
    with NetResultsSimulator(many(330), most=100, total=None) as simulator:
        source = connect(simulator, endpoints=paged(500))
        assert len(own(source, "contacts")) == 330


@pytest.mark.parametrize(
    "options",
    [
        {"total": None},
        {"total": "count", "wrong_total": 3},
        {"total": "total", "wrong_total": "28"},
        {"total": "total", "wrong_total": "many"},
        {"total": "num_results", "wrong_total": 9999},
        {"shape": "list"},
        {"shape": "other"},
    ],
    ids=str,
)
def test_whatever_the_counter_and_the_envelope_all_rows_arrive(options):
    with a_simulator(28, **options) as simulator:
        source = connect(simulator)
        assert len(own(source, "contacts")) == 28
        for name in ("lists", "segments", "campaigns", "email_templates"):
            assert own(source, name), name


@pytest.mark.parametrize("bare", ["null", "[]", '{"results": null}', '{"results": []}'])
def test_an_empty_answer_is_an_empty_list(simulator_of, bare):
    simulator = simulator_of(json.loads(bare))
    assert records(connect(simulator, endpoints=NO_VALUES), "forms") == []


@pytest.mark.parametrize(
    "bare", ['{"a": [], "b": []}', '{"ok": true}', '"text"', "7", "{}"]
)
def test_an_answer_without_a_list_names_what_it_holds(simulator_of, bare):
    simulator = simulator_of(json.loads(bare))
    with pytest.raises(FatalError) as caught:
        records(connect(simulator, endpoints=NO_VALUES), "forms")
    assert caught.value.code == "unexpected_answer"
    result = json.loads(bare)
    if isinstance(result, dict):
        assert all(key in caught.value.data["reason"] for key in result)


@pytest.fixture
def simulator_of():
    """Return a function that starts a simulator whose forms answer with this."""
    running = []

    def start(result):
        simulator = a_simulator(3)
        simulator.rpc._Form_getMultiple = lambda params: (result, None)
        simulator._wrap = lambda controller, method, result, total: result
        running.append(simulator.start())
        return simulator

    yield start
    for simulator in running:
        simulator.stop()


def test_rows_without_an_id_are_named_and_the_others_arrive(simulator_of):
    rows = [{"form_id": 1}, {"form_name": "lost"}, "text", None, {"form_id": 2}]
    simulator = simulator_of(None)
    simulator.rpc._Form_getMultiple = lambda asked: ({"results": rows[asked["offset"] :]}, None)  # fmt: skip
    source = connect(simulator)
    pages = list(source.read_pages(source.get_stream("forms"), None))
    assert [r.source_id for page in pages for r in page.records] == ["1", "2"]
    assert [e.source_id for page in pages for e in page.errors] == ["#1", "#2", "#3"]


def test_a_server_that_repeats_rows_without_an_id_is_left(simulator_of):
    source = connect(simulator_of({"results": [{"form_id": 1}, {"form_name": "lost"}]}))
    pages = list(source.read_pages(source.get_stream("forms"), None))
    assert [r.source_id for page in pages for r in page.records] == ["1"]


def test_a_list_in_which_nothing_is_an_id_stops_and_says_so(simulator_of):
    source = connect(simulator_of({"results": [{"key": 1}, {"key": 2}]}))
    with pytest.raises(FatalError) as caught:
        records(source, "forms")
    assert "key" in caught.value.data["reason"]


# -- lists that move -----------------------------------------------------------------


def read_stepwise(simulator, name, between, size=5):
    """Read one page with each new source; ``between`` changes the data after the second."""
    found, checkpoint, turn = [], None, 0
    while True:
        fresh = connect(simulator, endpoints=paged(size))
        page = next(iter(fresh.read_pages(fresh.get_stream(name), checkpoint)))
        found += [r.source_id for r in page.records if r.stream == name]
        checkpoint = through_json(page.checkpoint)
        turn += 1
        if turn == 2:
            between(simulator.account)
        if checkpoint is None:
            return found


@pytest.mark.parametrize("gone", [1, 5, 7, 10], ids=str)
def test_contacts_deleted_behind_us_hide_no_others(gone):
    with a_simulator(33) as simulator:
        before = list(simulator.account.contacts)

        def delete(account):
            for key in before[10 - gone : 10]:
                del account.contacts[key]

        found = read_stepwise(simulator, "contacts", delete)
    assert found == [str(key) for key in before]


def test_everything_deleted_while_we_read_ends_the_list():
    with a_simulator(33) as simulator:
        found = read_stepwise(simulator, "contacts", lambda a: a.contacts.clear())
    assert len(found) == 10


def test_contacts_added_while_we_read_arrive_as_well():
    with a_simulator(33) as simulator:
        found = read_stepwise(
            simulator, "contacts", lambda a: [a.add_contact() for _ in range(9)]
        )
        assert found == [str(key) for key in simulator.account.contacts]


def test_a_list_in_the_order_of_names_survives_new_and_deleted_ones():
    with a_simulator(3) as simulator:
        emails = simulator.account.emails
        emails.clear()
        for key in range(40):
            emails[key] = {"email_id": key, "email_name": f"m{key:02d}"}
        old = {str(key) for key in emails}

        def change(account):
            for key in (1, 3, 4):
                del account.emails[key]
            for key in range(100, 107):
                account.emails[key] = {"email_id": key, "email_name": f"a{key}"}

        found = read_stepwise(simulator, "email_templates", change, size=6)
    assert len(found) == len(set(found))
    assert old <= set(found)


def test_a_page_that_takes_too_long_is_asked_for_with_half_the_rows():
    with a_simulator(30) as simulator:
        simulator.faults.add(r"Contact\.getMultiple", "hang", delay=2.5, times=2)
        quick = paged(16, transport={"timeout_s": 1})
        source = connect(simulator, endpoints=quick)
        pages = list(source.read_pages(source.get_stream("contacts"), None))
        limits = [c[2]["limit"] for c in simulator.calls if c[1] == "getMultiple" and c[0] == "Contact"]  # fmt: skip
    assert [
        r.source_id for p in pages for r in p.records if r.stream == "contacts"
    ] == [str(key) for key in simulator.account.contacts]
    assert not pages[0].records
    assert pages[0].checkpoint["size"] == 8
    assert limits[-1] <= 5


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


def test_a_session_that_ends_again_and_again_only_costs_a_login():
    with a_simulator(20) as simulator:
        whole = own(connect(simulator, auth="session"), "contacts")
        simulator.faults.add(r"strSessionId", "expired", every=3, times=None)
        before = simulator.logins
        assert own(connect(simulator, auth="session"), "contacts") == whole
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
        stream = connect(simulator).get_stream("activities")
        found, checkpoint = [], None
        try:
            for page in connect(simulator).read_pages(stream, None):
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


# -- lists that keep no order ------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 4, 25, 500])
@pytest.mark.parametrize("total", ["totalRecords", None])
def test_rows_of_a_list_without_an_order_are_asked_for_in_one_answer(size, total):
    """The simulator gives them otherwise to every question."""
    with NetResultsSimulator(make_account(50, emails=31), total=total) as simulator:
        source = connect(simulator, endpoints={"paging": {"page_size": size, "min_page_size": 1}})  # fmt: skip
        account = simulator.account
        assert set(own(source, "email_templates")) == set(map(str, account.emails))
        assert set(own(source, "lead_statuses")) == set(map(str, account.statuses))
        members = {f"{s}-{c}" for s, keys in account.members.items() for c in keys}
        assert set(own(source, "segment_members")) == members
        history = own(source, "activities")
        assert len(history) == sum(map(len, account.history.values()))


def test_contacts_in_no_order_are_told_apart_one_by_one():
    with a_simulator(30) as simulator:
        page = simulator.rpc._page

        def careless(rows, params):
            rows = list(rows)
            return page(rows[1::2] + rows[::2], {**params, "order_by": ""})

        simulator.rpc.keeps_order = True
        simulator.rpc._page = careless
        source = connect(simulator, endpoints=paged(7))
        pages = list(source.read_pages(source.get_stream("contacts"), None))
        # What came before the disorder was seen comes again under the same ids.
        rows = [r for p in pages for r in p.records if r.stream == "contacts"]
        assert {row.source_id for row in rows} == set(
            map(str, simulator.account.contacts)
        )
        told = [warning.code for page in pages for warning in page.warnings]
        assert told.count("order_not_kept") == 1


# -- what the description of the API says ------------------------------------------------


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
