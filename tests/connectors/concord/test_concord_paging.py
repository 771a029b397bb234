"""Lists of Concord CRM that change, fail or keep no order while they are read."""

import json
import time

import pytest
from concord_common import a_simulator, connect, read_stepwise
from conformance import key_of
from reading import own, records

from connectors.concord.source import ConcordSource
from connectors.core.errors import (
    FatalError,
    RetryableError,
)

pytestmark = pytest.mark.simulator


def test_rows_that_vanish_while_we_read_hide_no_others(simulator):
    alive = [row["id"] for row in simulator.company.rows("contacts")]

    def remove_the_first_seven(company):
        for key in alive[:7]:
            company["contacts"][key]["deleted_at"] = "2025-06-16T08:00:00.000000Z"

    found = read_stepwise(simulator, "contacts", remove_the_first_seven)
    assert len(found) == len(set(found))
    assert set(map(str, alive[7:])) <= set(found)


def test_as_many_rows_may_come_as_go_while_we_wait(simulator):
    alive = [row["id"] for row in simulator.company.rows("contacts")]

    def exchange_seven(company):
        for key in alive[:7]:
            company["contacts"][key]["deleted_at"] = "2025-06-16T08:00:00.000000Z"
            new = {**company["contacts"][key], "id": alive[-1] + key, "email": None}
            company["contacts"][new["id"]] = {**new, "deleted_at": None}

    found = read_stepwise(simulator, "contacts", exchange_seven)
    assert len(found) == len(set(found))
    assert set(map(str, alive[7:])) <= set(found)


@pytest.mark.parametrize(
    ("name", "odd"),
    [
        ("contacts", {"tags": [{"name": "no id"}]}),
        ("contacts", {"tags": ["Hot"]}),
        ("contacts", {"companies": ["Azulejos"]}),
        ("deals", {"media": {"id": 1}}),
        ("pipelines", {"stages": [None]}),
        ("notes", {"comments": 3}),
        ("notes", {"body": 7}),
    ],
    ids=str,
)
def test_a_record_of_an_odd_form_costs_that_record(simulator, source, name, odd):
    expected = set(own(source, name))
    victim = min(expected, key=int)
    respond = simulator.respond

    def distorted(request):
        answer = respond(request)
        body = json.loads(answer.get_data())
        for row in body["data"] if isinstance(body, dict) and "data" in body else ():
            if str(row["id"]) == victim:
                row.update(odd)
        answer.set_data(json.dumps(body))
        return answer

    simulator.respond = distorted
    pages = list(source.read_pages(source.get_stream(name), None))
    errors = [(e.code, e.source_id) for page in pages for e in page.errors]
    assert errors == [("bad_record", victim)]
    read = {r.source_id for p in pages for r in p.records if r.stream == name}
    assert read == expected - {victim}


def test_rows_without_an_id_are_told_apart(simulator, source):
    respond = simulator.respond

    def nameless(request):
        answer = respond(request)
        body = json.loads(answer.get_data())
        for row in body["data"]:
            row.pop("id")
        answer.set_data(json.dumps(body))
        return answer

    count = source.count(source.get_stream("notes"))
    simulator.respond = nameless
    small = connect(simulator, per_page=7)
    pages = list(small.read_pages(small.get_stream("notes"), None))
    errors = [error for page in pages for error in page.errors]
    assert {error.code for error in errors} == {"missing_key"}
    # The first page alone shows no ids to go on by.
    assert len({error.source_id for error in errors}) == len(errors) > 0
    assert len(errors) <= count


def test_a_list_read_backwards_is_not_read_for_ever(simulator):
    simulator.faults.add(r"/api/notes\?", "repeat", after=1)
    with pytest.raises(FatalError) as caught:
        read_stepwise(
            simulator, "notes", lambda company: None, since="2000-01-01T00:00:00Z"
        )
    assert caught.value.code == "paging_loop"


def test_a_relation_that_the_server_fails_on_is_read_record_by_record(simulator):
    whole = own(connect(simulator), "deals")
    simulator.faults.add(r"/api/deals\?.*billable", "error", times=None)
    stepwise = own(connect(simulator), "deals")
    with_lines = [key for key, deal in whole.items() if deal.get("products_count")]
    assert with_lines
    for key in with_lines:
        assert (
            stepwise[key]["billable"]["products"] == whole[key]["billable"]["products"]
        )
    assert {k: d["contacts"] for k, d in stepwise.items()} == {
        k: d["contacts"] for k, d in whole.items()
    }


def test_the_primary_company_stays_the_first_one_however_it_is_read(simulator):
    whole = own(connect(simulator), "contacts")
    several = {k: c["companies"] for k, c in whole.items() if len(c["companies"]) > 1}
    assert any(links[0]["id"] > links[1]["id"] for links in several.values())
    simulator.faults.add(r"/api/contacts\?.*with=", "error", times=None)
    stepwise = own(connect(simulator), "contacts")
    assert {key: stepwise[key]["companies"] for key in several} == several


def test_comments_are_asked_for_where_the_list_cannot_bring_them(simulator):
    def comments(source):
        return {
            key_of(record)
            for name in ("notes", "calls", "activities")
            for record in records(source, name)
            if record.stream == "comments"
        }

    expected = comments(connect(simulator))
    simulator.faults.add(r"with=[^&]*comments", "error", times=None)
    assert comments(connect(simulator)) == expected != set()


def test_a_server_short_of_memory_gets_smaller_pages(simulator):
    expected = list(own(connect(simulator), "notes"))
    simulator.faults.add(r"/api/notes\?.*per_page=50", "error", times=None)
    assert list(own(connect(simulator), "notes")) == expected


def test_the_limit_of_calls_is_kept_without_losing_what_was_read():
    with a_simulator(rate_limit=20) as simulator:
        simulator.rate_window = 3.5
        source = connect(simulator)
        stream, found, checkpoint, waits = source.get_stream("emails"), [], None, 0
        started = time.monotonic()
        while time.monotonic() - started < 30:
            try:
                page = next(iter(source.read_pages(stream, checkpoint)))
            except RetryableError as error:
                waits += 1
                time.sleep(min(error.delay, 3.6))
                continue
            found += [r.source_id for r in page.records if r.stream == "emails"]
            checkpoint = page.checkpoint
            if checkpoint is None or len(found) > 4:
                break
        simulator.rate_limit = 1_000_000
        expected = list(own(connect(simulator), "emails"))
    assert found == expected[: len(found)]
    assert found


def test_custom_fields_come_newest_first_and_stop_nothing(simulator):
    answer = connect(simulator).api.get("custom-fields", [("order", "id|asc")]).data
    listed = [row["id"] for row in answer["data"]]
    assert listed != sorted(listed)
    source = connect(simulator)
    expected = {str(row["id"]) for row in simulator.company.rows("custom-fields")}
    assert set(own(source, "custom_fields")) == expected
    custom = [m.custom_fields for m in source.get_mappings()]
    assert len(expected) == sum(map(len, custom))


@pytest.mark.parametrize("size", [1, 4, 15])
def test_rows_that_a_list_without_order_hides_are_looked_for(simulator, size):
    """A server that gives its own pages, and its rows in another order on each."""
    respond = simulator.respond

    def small_pages(request):
        answer = respond(request)
        if request.path != "/api/custom-fields":
            return answer
        rows = simulator.company.rows("custom-fields")
        page = int(request.args.get("page", 1))
        # The first time a row is made meanwhile: one is shown twice, one is hidden.
        moved = simulator.requested("/custom-fields")
        shift = 1 if page > 1 and len(moved) <= -(-len(rows) // size) + 1 else 0
        start = (page - 1) * size - shift
        body = json.loads(answer.get_data())
        body["data"] = [
            {"id": row["id"], "field_id": row["field_id"]}
            for row in rows[::-1][start : start + size]
        ]
        body["meta"] |= {"current_page": page, "per_page": size}
        body["meta"] |= {"last_page": -(-len(rows) // size), "total": len(rows)}
        answer.set_data(json.dumps(body))
        return answer

    simulator.respond = small_pages
    source = connect(simulator)
    pages = list(source.read_pages(source.get_stream("custom_fields"), None))
    found = {r.source_id for page in pages for r in page.records}
    assert found == {str(row["id"]) for row in simulator.company.rows("custom-fields")}
    assert [w.code for page in pages for w in page.warnings] == []


def test_a_list_that_stays_short_is_told_and_read_on(simulator):
    respond = simulator.respond

    def short(request):
        answer = respond(request)
        if request.path == "/api/custom-fields":
            body = json.loads(answer.get_data())
            body["data"].pop()
            answer.set_data(json.dumps(body))
        return answer

    simulator.respond = short
    source = connect(simulator)
    (page,) = source.read_pages(source.get_stream("custom_fields"), None)
    assert page.records
    assert [warning.code for warning in page.warnings] == ["list_incomplete"]


def test_an_ordered_list_that_comes_in_no_order_is_read_all_the_same(simulator):
    respond = simulator.respond

    def backwards(request):
        answer = respond(request)
        if request.path == "/api/notes":
            body = json.loads(answer.get_data())
            body["data"].reverse()
            answer.set_data(json.dumps(body))
        return answer

    expected = set(own(connect(simulator), "notes"))
    simulator.respond = backwards
    source = connect(simulator, per_page=5)
    pages = list(source.read_pages(source.get_stream("notes"), None))
    found = {r.source_id for p in pages for r in p.records if r.stream == "notes"}
    assert found == expected
    told = [warning.code for page in pages for warning in page.warnings]
    assert told == ["order_not_kept"]


def test_a_batch_without_time_is_put_off(simulator):
    source = ConcordSource(
        {"url": simulator.url, "token": simulator.token},
        deadline=time.monotonic() + 0.5,
    )
    with pytest.raises(RetryableError) as caught:
        records(source, "contacts")
    assert caught.value.delay == 0


def test_a_server_that_hangs_does_not_take_the_batch_with_it(simulator):
    simulator.faults.add("/api/contacts", "hang", delay=20)
    source = ConcordSource(
        {"url": simulator.url, "token": simulator.token},
        deadline=time.monotonic() + 1.3,
    )
    started = time.monotonic()
    with pytest.raises(RetryableError):
        records(source, "contacts")
    assert time.monotonic() - started < 3
