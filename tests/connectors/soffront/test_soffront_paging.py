"""Soffront's pages: guards against servers that misbehave, rows that come and go, faults."""

import pytest
from conformance import key_of, through_json
from reading import own, pages_of, records
from soffront_common import Budgeted, a_simulator, connect, endpoints, settings

from connectors.core.errors import (
    AuthenticationError,
    ConfigurationError,
    FatalError,
    RetryableError,
)

pytestmark = pytest.mark.simulator

STYLES = {
    "keyset": {"style": "keyset"},
    "page_number": {"style": "page_number"},
    "rowcount_offset": {
        "style": "rowcount_offset",
        "rowcount": {"offset_param": "startrow"},
    },
}


def in_pages(size=5, **paging):
    return {"endpoints": endpoints(paging={"page_size": size, **paging})}


def stepwise(
    simulator, name, *, between=None, patience=200, budget=None, **own_settings
):
    """Read as the engine does: a new source for each page, back after each error.

    budget: seconds of a batch, of a call, of one count of children
    """
    found, checkpoint, failures = [], None, 0
    for turn in range(10_000):
        source = connect(simulator, **own_settings)
        if budget:
            source = Budgeted(settings(simulator, **own_settings))
            source.budget = (simulator, *budget)
        try:
            page = next(iter(source.read_pages(source.get_stream(name), checkpoint)))
        except (RetryableError, FatalError) as error:
            if isinstance(error, FatalError) and error.code != "server_error":
                raise
            failures += 1
            assert failures < patience, "it never gets on"
            continue
        finally:
            source.close()
        found += page.records
        checkpoint = through_json(page.checkpoint)
        if between:
            between(simulator.customer, turn)
        if checkpoint is None:
            return found, page, failures
    raise AssertionError("it never ends")


def keys(customer, table):
    return [str(row["FormID"]) for row in customer.rows(table)]


# -- the styles -----------------------------------------------------------------------


@pytest.mark.parametrize("style", STYLES)
def test_every_way_of_paging_brings_the_same(simulator, style):
    paging = in_pages(**STYLES[style])
    assert list(own(connect(simulator, **paging), "companies")) == keys(
        simulator.customer, "Account"
    )
    found, _page, _failures = stepwise(simulator, "companies", **paging)
    assert [r.source_id for r in found if r.stream == "companies"] == keys(
        simulator.customer, "Account"
    )


@pytest.mark.parametrize("style", STYLES)
def test_rows_that_come_while_we_read_are_found_too(simulator, style):
    def insert(customer, turn):
        if turn < 3:
            customer.tables.insert("Leads", FormID=5000 + turn, FullName="Late lead")

    found, page, _failures = stepwise(
        simulator, "leads", between=insert, **in_pages(2, **STYLES[style])
    )
    assert [r.source_id for r in found] == keys(simulator.customer, "Leads")
    # What came meanwhile is no difference that anybody must explain.
    assert "total_differs" not in {finding.code for finding in page.warnings}


@pytest.mark.parametrize("style", STYLES)
def test_rows_that_go_while_we_read_hide_no_others(simulator, style):
    first = keys(simulator.customer, "Account")

    def delete(customer, turn):
        if turn == 1:
            for key in first[:6]:
                customer.tables.update("Account", int(key), IsDeleted=1)

    found, _page, _failures = stepwise(
        simulator, "companies", between=delete, **in_pages(4, **STYLES[style])
    )
    numbers = [r.source_id for r in found if r.stream == "companies"]
    assert len(numbers) == len(set(numbers))
    assert set(keys(simulator.customer, "Account")) <= set(numbers)


def test_a_row_deleted_between_two_slices_is_left_out(simulator):
    contacts = keys(simulator.customer, "Contact")

    def delete(running):
        running.customer.tables.update("Contact", int(contacts[2]), IsDeleted=1)

    # The second call for the first page asks for the further fields.
    simulator.faults.add("/find/", "call", after=1, hook=delete)
    found = own(connect(simulator), "contacts")
    assert list(found) == [key for key in contacts if key != contacts[2]]
    assert all(row["Survey45"].startswith("answer") for row in found.values())


def test_a_row_restored_between_two_slices_pushes_none_out(simulator):
    customer = simulator.customer
    contacts = keys(customer, "Contact")
    hidden = int(contacts[2])
    customer.tables.update("Contact", hidden, IsDeleted=1)

    def restore(running):
        running.customer.tables.update("Contact", hidden, IsDeleted=0)

    simulator.faults.add("/find/", "call", after=1, hook=restore)
    found = own(connect(simulator), "contacts")
    assert set(found) >= set(contacts) - {contacts[2]}


# -- guards ---------------------------------------------------------------------------


@pytest.mark.parametrize("cap", [1, 3, 5])
def test_a_cap_below_the_page_costs_calls_but_no_rows(simulator, cap):
    simulator.cap = cap
    assert list(own(connect(simulator, **in_pages(5)), "leads")) == keys(
        simulator.customer, "Leads"
    )


@pytest.mark.parametrize("style", ["page_number", "rowcount_offset"])
def test_a_cap_is_an_error_where_it_would_cost_rows(simulator, style):
    simulator.cap = 3
    with pytest.raises(FatalError) as caught:
        own(connect(simulator, **in_pages(5, **STYLES[style])), "leads")
    assert caught.value.code == "cap_suspected"
    assert caught.value.data["count"] == 3


def test_exactly_the_suspected_number_of_rows_is_suspicious(simulator):
    simulator.ignores_size = 6
    paging = in_pages(5, suspect_cap=6, **STYLES["page_number"])
    with pytest.raises(FatalError) as caught:
        own(connect(simulator, **paging), "companies")
    assert caught.value.code == "cap_suspected"


def test_rows_missing_from_numbered_pages_are_an_error(simulator):
    simulator.adds_to_total = 2
    with pytest.raises(FatalError) as caught:
        own(connect(simulator, **in_pages(50, **STYLES["page_number"])), "leads")
    assert caught.value.code in ("cap_suspected", "fewer_than_total")


def test_an_ignored_condition_is_told_at_once(simulator):
    simulator.ignores_condition = True
    with pytest.raises(FatalError) as caught:
        own(connect(simulator, **in_pages(5)), "leads")
    assert caught.value.code == "condition_ignored"
    findings = connect(simulator).check().findings
    blocking = [f.code for f in findings if f.level == "blocking"]
    assert blocking == ["condition_ignored"]
    # A list that fits into one page is no reason to believe the server.
    with pytest.raises(FatalError):
        own(connect(simulator, **in_pages(200)), "leads")


def test_an_ignored_order_is_told_at_once(simulator):
    simulator.ignores_sort = True
    with pytest.raises(FatalError) as caught:
        own(connect(simulator, **in_pages(9)), "companies")
    assert caught.value.code == "order_ignored"


def test_a_total_that_does_not_match_is_reported(simulator):
    simulator.adds_to_total = 7
    last = pages_of(connect(simulator), "leads")[-1]
    finding = next(f for f in last.warnings if f.code == "total_differs")
    assert finding.data == {"stream": "leads", "expected": 13, "read": 6}


def test_without_a_total_everything_is_read_all_the_same(simulator):
    expected = {name: own(connect(simulator), name) for name in ("leads", "tickets")}
    simulator.tells_total = False
    source = connect(simulator)
    assert source.count(source.get_stream("leads")) is None
    for name, rows in expected.items():
        assert own(connect(simulator, **in_pages(3)), name) == rows
    codes = [f.code for f in source.check().findings]
    assert "object_uncounted" in codes


def test_deleted_rows_are_left_out_and_counted(simulator):
    last = pages_of(connect(simulator), "companies")[-1]
    finding = next(f for f in last.warnings if f.code == "deleted_left_out")
    assert finding.data["count"] == 2


def test_rows_that_nobody_marked_are_not_left_out_without_a_word(simulator):
    simulator.customer.tables.insert("Leads", FormID=9999, FullName="X", IsDeleted=None)
    last = pages_of(connect(simulator), "leads")[-1]
    finding = next(f for f in last.warnings if f.code == "unmarked_left_out")
    assert finding.data == {"stream": "leads", "count": 1}
    everything = endpoints(filters={"active": None})
    assert "9999" in own(connect(simulator, endpoints=everything), "leads")


def test_a_row_without_an_id_is_an_error_of_its_own(simulator):
    simulator.customer.tables.insert("Leads", FormID=None, FullName="Ghost")
    read = pages_of(connect(simulator), "leads")
    errors = [error for page in read for error in page.errors]
    assert [error.code for error in errors] == ["missing_key"]
    assert len([r for page in read for r in page.records]) == 6


# -- faults ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["companies", "contacts", "tickets", "stage_changes"])
def test_one_call_in_twenty_failing_loses_nothing(simulator, name):
    expected = [key_of(r) for r in records(connect(simulator), name)]
    struck = [
        simulator.faults.add(".", "error", status=500, every=20, times=None),
        simulator.faults.add(".", "drop", every=31, times=None),
        simulator.faults.add(".", "cut", every=43, times=None),
    ]
    found, _page, _failures = stepwise(simulator, name, **in_pages(4))
    assert [key_of(r) for r in found] == expected
    assert struck[0].fired


def test_a_storm_of_refusals_loses_nothing(simulator):
    expected = [key_of(r) for r in records(connect(simulator), "tickets")]
    storm = simulator.faults.add(".", "rate_limit", after=9, times=12, retry_after=60)
    simulator.faults.add(".", "rate_limit", every=11, times=None, retry_after=60)
    found, _page, failures = stepwise(simulator, "tickets", **in_pages(5))
    assert [key_of(r) for r in found] == expected
    assert storm.fired > 5
    assert failures


def test_a_batch_that_is_short_of_time_gets_on_row_by_row(simulator):
    expected = [key_of(r) for r in records(connect(simulator), "tickets")]
    # What is above the reserve of a second holds some fifteen calls.
    found, _page, failures = stepwise(
        simulator, "tickets", budget=(1.3, 0.02, 0), **in_pages(50)
    )
    assert [key_of(r) for r in found] == expected
    assert failures == 0


def test_a_server_that_counts_slowly_is_asked_for_less_at_a_time():
    with a_simulator(leads=60) as simulator:
        expected = [key_of(r) for r in records(connect(simulator), "leads")]
        found, _page, failures = stepwise(
            simulator, "leads", budget=(1.35, 0.001, 0.012)
        )
        assert [key_of(r) for r in found] == expected
        assert failures == 0
        asked = [len(b) for name, b in simulator.calls if name == "multiplerecordcount"]
        assert max(asked) == 120
        assert min(asked[2:]) < 60


def test_a_record_with_more_children_than_a_batch_can_bring_is_finished(simulator):
    customer = simulator.customer
    busy = customer.rows("Ticket")[2]["FormID"]
    for number in range(70):
        note = customer.add_note("Ticket", busy, NoteText="again", Status="public")
        customer.add_file("Note", note, f"log {number}.txt", b"invented")
    expected = [key_of(r) for r in records(connect(simulator), "tickets")]
    found, _page, failures = stepwise(
        simulator, "tickets", budget=(1.3, 0.02, 0), **in_pages(200, child_page_size=20)
    )
    assert [key_of(r) for r in found] == expected
    assert len([r for r in found if f"tickets-{busy}-" in r.source_id]) >= 140
    assert failures == 0


@pytest.mark.parametrize("refusal", ["message", 401, 403])
def test_a_token_that_expires_in_mid_run_is_renewed(simulator, refusal):
    expected = [key_of(r) for r in records(connect(simulator), "tickets")]
    simulator.refusal = refusal
    simulator.faults.add("/find", "expired", every=5, times=None)
    before = len(simulator.tokens)
    # One call after the other: each is hit once at most then.
    alone = endpoints(throttle={"max_per_second": 1000, "parallel": 1})
    source = connect(simulator, endpoints=alone)
    found = [key_of(r) for r in records(source, "tickets")]
    assert found == expected
    assert len(simulator.tokens) > before + 2


@pytest.mark.parametrize("refusal", ["message", 401])
def test_a_token_refused_twice_is_the_end(simulator, refusal):
    simulator.refusal = refusal
    simulator.faults.add("/find/", "expired", times=None)
    with pytest.raises(AuthenticationError):
        own(connect(simulator), "leads")
    assert len(simulator.tokens) == 2


def test_a_token_is_renewed_before_its_time_is_over(simulator):
    now = [0.0]
    simulator.token_life, simulator.clock = 40, lambda: now[0]
    life = endpoints(auth={"lifetime_s": 20}, paging={"page_size": 2})
    source = connect(simulator, endpoints=life)
    source.api.login.clock = simulator.clock
    for _turn in range(4):
        assert own(source, "leads")
        now[0] += 15
    assert len(simulator.tokens) == 2
    assert {entry.status for entry in simulator.requests} == {200}


@pytest.mark.parametrize("style", ["rowcount_offset"])
def test_a_style_without_its_parameter_is_refused(simulator, style):
    with pytest.raises(ConfigurationError):
        connect(simulator, **in_pages(style=style))


# -- what has changed since -----------------------------------------------------------


def test_a_delta_asks_in_the_time_of_the_server(simulator):
    tables = simulator.customer.tables
    rows = simulator.customer.rows("Account")
    for row in rows:
        tables.update("Account", row["FormID"], LastMod="2021-06-30 10:00:00")
    changed = rows[3]["FormID"]
    tables.update("Account", changed, LastMod="2021-07-01 12:30:00")
    # New York is four hours behind in July: 16:00 UTC is noon there.
    source = connect(simulator, since="2021-07-01T16:00:00Z")
    assert list(own(source, "companies")) == [str(changed)]
    assert source.count(source.get_stream("companies")) is None
    too_late = connect(simulator, since="2021-07-01T19:00:00Z")
    assert list(own(too_late, "companies")) == []


def test_without_a_date_of_change_everything_is_read_again(simulator):
    source = connect(simulator, since="2030-01-01T00:00:00Z")
    assert list(own(source, "defects")) == keys(simulator.customer, "Defect")
