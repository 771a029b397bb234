"""One record of Soffront again by a condition on its id, with what hangs on it."""

import pytest
from reading import records
from soffront_common import a_simulator, connect, endpoints

from connectors.core.errors import FatalError

pytestmark = pytest.mark.simulator


def one(source, name, key):
    return source.read_one(source.get_stream(name), str(key))


def ensure_same(source, name):
    """Read each record of a stream again; return how many there are."""
    whole = {(r.stream, r.source_id): r for r in records(source, name)}
    found = {}
    for (stream, key), _record in whole.items():
        if stream == name:
            found |= {
                (r.stream, r.source_id): r for r in one(source, name, key).records
            }
    assert found == whole
    return len(whole)


@pytest.mark.parametrize(
    "odd",
    [
        {"tells_total": False},
        {"without": {"multiplerecordcount"}},
        {"numbers_as_text": True},
        {"mixes_case": True},
    ],
    ids=lambda odd: next(iter(odd)),
)
def test_whatever_the_server_tells_the_record_is_the_same(odd):
    with a_simulator() as simulator:
        for name, value in odd.items():
            setattr(simulator, name, value)
        source = connect(simulator)
        for name in ("contacts", "tickets", "deals"):
            assert ensure_same(source, name), name


def test_fields_in_slices_come_together(simulator):
    own = endpoints(paging={"fields_per_call": 5})
    assert ensure_same(connect(simulator, endpoints=own), "contacts")


def test_what_was_deleted_is_gone(simulator, source):
    key = simulator.customer.rows("Ticket", "IsDeleted = 0")[2]["FormID"]
    assert one(source, "tickets", key).records
    simulator.customer.tables.update("Ticket", key, IsDeleted=1)
    assert one(source, "tickets", key).records == ()
    assert one(source, "stage_changes", f"{key}-1").records == ()


def test_an_id_never_becomes_a_condition_of_its_own(simulator, source):
    stream = source.get_stream("companies")
    source.read_one(stream, "1")
    simulator.calls.clear()
    for odd in ("1 or 1=1", "1; delete from Account", "0x1", "1e1", "--", "9" * 99):
        assert source.read_one(stream, odd).records == ()
    assert simulator.calls == []


def test_a_server_that_looks_at_no_condition_is_not_believed(simulator, source):
    simulator.ignores_condition = True
    with pytest.raises(FatalError) as caught:
        one(source, "companies", 3)
    assert caught.value.code == "condition_ignored"


def test_one_record_is_asked_for_and_no_other(simulator, source):
    key = simulator.customer.rows("Account", "IsDeleted = 0")[4]["FormID"]
    one(source, "companies", key)
    simulator.calls.clear()
    one(source, "companies", key)
    finds = [body for name, body in simulator.calls if name == "find"]
    assert len(finds) == 1
    assert f"FormID%20%3D%20{key}" in str(finds[0])
