"""Net-Results: pages of any size, lists that move or keep no order."""

import json

import pytest
from conformance import through_json
from net_results_common import a_simulator, connect
from reading import own, records

from connectors.core.errors import FatalError
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


# -- lists that keep no order --------------------------------------------------------


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
