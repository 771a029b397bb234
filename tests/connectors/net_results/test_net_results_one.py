"""One record of Net-Results again by its id, through the list that gave it."""

import pytest
from net_results_common import a_simulator, connect
from reading import records

from connectors.core.errors import FatalError

pytestmark = pytest.mark.simulator


def one(source, name, key):
    return source.read_one(source.get_stream(name), str(key))


def ensure_same(source, name):
    """Read each record of a stream again; return how many there are."""
    whole = records(source, name)
    for record in whole:
        if record.stream == name:
            again = one(source, name, record.source_id).records
            assert record in again
            assert [each for each in again if each not in whole] == []
    return len(whole)


@pytest.mark.parametrize(
    "options",
    [
        {"total": None},
        {"wrong_total": 3},
        {"wrong_total": 10**6},
        {"most": 5},
        {"shape": "list", "total": None},
        {"names": 1, "accounts": True},
        {"bodies": True},
    ],
    ids=str,
)
def test_whatever_the_service_tells_of_its_pages_the_record_is_the_same(options):
    with a_simulator(**options) as simulator:
        source = connect(simulator)
        for name in ("contacts", "companies", "email_templates", "segments"):
            if not source.get_stream(name).derived_from:
                assert ensure_same(source, name), name
        assert one(source, "contacts", 10**9).records == ()


def test_a_list_that_keeps_no_order_is_looked_through():
    with a_simulator() as simulator:
        honest = simulator.rpc._page

        def unordered(rows, params):
            return honest(rows, {**params, "order_by": ""})

        simulator.rpc._page = unordered
        source = connect(simulator, endpoints={"paging": {"page_size": 40, "min_page_size": 2}})  # fmt: skip
        key = next(iter(simulator.account.contacts))
        found = one(source, "contacts", key).records
        assert found[0].source_id == str(key)


def test_a_contact_of_thousands_costs_a_few_calls():
    with a_simulator(contacts=4000) as simulator:
        source = connect(simulator, endpoints={"paging": {"page_size": 100, "min_page_size": 2}})  # fmt: skip
        keys = sorted(simulator.account.contacts)
        for key in keys[1000:1200]:
            del simulator.account.contacts[key]
        for key in (keys[0], keys[700], keys[2345], keys[-1]):
            before = len(simulator.calls)
            assert one(source, "contacts", key).records[0].source_id == str(key)
            listed = [
                c
                for c in simulator.calls[before:]
                if c[:2] == ("Contact", "getMultiple")
            ]
            assert len(listed) <= 6
        assert one(source, "contacts", keys[1100]).records == ()
        assert simulator.writes == []


def test_what_hangs_on_a_contact_asks_for_this_contact_alone(simulator):
    source = connect(simulator, endpoints={"objects": {"activity": {"enabled": True}}})
    event = next(r for r in records(source, "activities") if r.stream == "activities")
    contact = event.data["_parent"]["id"]
    before = len(simulator.calls)
    assert event in one(source, "activities", event.source_id).records
    asked = [p["contact_id"] for _c, m, p in simulator.calls[before:] if m == "getContactActivity"]  # fmt: skip
    assert set(map(str, asked)) == {contact}
    assert one(source, "activities", f"{contact}-gone").records == ()
    assert one(source, "activities", f"999999-{contact}").records == ()


def test_a_list_member_asks_for_one_list(simulator):
    source = connect(
        simulator, endpoints={"objects": {"list_member": {"enabled": True}}}
    )
    members = records(source, "list_members")
    before = len(simulator.calls)
    assert one(source, "list_members", members[0].source_id).records == (members[0],)
    asked = [
        m for _c, m, _p in simulator.calls[before:] if m == "getContactParticipation"
    ]
    assert len(asked) == 1


def test_a_service_that_stumbles_is_not_taken_for_one_without_the_record(simulator):
    source = connect(simulator)
    key = next(iter(simulator.account.contacts))
    simulator.faults.add(r"Contact\.getMultiple", "error", status=500, times=None)
    with pytest.raises(FatalError) as caught:
        one(source, "contacts", key)
    assert caught.value.code == "server_error"
