"""Net-Results: several calls at once bring what one after the other brings, page by page."""

import json

import pytest
from net_results_common import a_simulator, connect
from reading import pages_of

PER_RECORD = ("contacts", "list_members", "activities", "email_templates")
pytestmark = pytest.mark.simulator


def at_once(number):
    quick = {"max_per_second": 1000, "backoff_s": [0.01, 5]}
    return {"throttle": {**quick, "parallel": number}}


def read(simulator, name, number):
    source = connect(simulator, endpoints=at_once(number))
    try:
        return pages_of(source, name)
    finally:
        source.close()


@pytest.mark.parametrize("name", PER_RECORD)
def test_the_pages_are_the_same(name):
    with a_simulator(contacts=60, emails=20) as simulator:
        before = len(simulator.requests)
        expected = read(simulator, name, 1)
        alone = len(simulator.requests) - before
        assert simulator.peak == 1
        simulator.latency = 0.01
        assert read(simulator, name, 4) == expected
        assert 1 < simulator.peak <= 4
        # Nothing is asked for twice, and nothing in vain.
        assert len(simulator.requests) == before + 2 * alone


@pytest.mark.parametrize("name", PER_RECORD)
def test_whoever_is_killed_goes_on_where_the_last_page_ended(name):
    with a_simulator(contacts=60, emails=20, latency=0.005) as simulator:
        expected = [r for page in read(simulator, name, 1) for r in page.records]
        found, checkpoint = [], None
        while True:
            source = connect(simulator, endpoints=at_once(4))
            reading = source.read_pages(source.get_stream(name), checkpoint)
            page = next(reading)
            # Nobody closes anything; the answers behind this page are lost.
            del reading
            found += page.records
            if page.checkpoint is None:
                break
            checkpoint = json.loads(json.dumps(page.checkpoint))
        kept = {(r.stream, r.source_id): r.data for r in found}
        assert kept == {(r.stream, r.source_id): r.data for r in expected}
        assert [r for r in found if r.stream == name] == [
            r for r in expected if r.stream == name
        ]


@pytest.mark.parametrize("most", [1, 2])
def test_a_service_that_bears_less_is_asked_less(most):
    with a_simulator(contacts=60) as simulator:
        expected = read(simulator, "activities", 1)
        simulator.latency, simulator.most_at_once = 0.01, most
        assert read(simulator, "activities", 8) == expected
        assert 0 < simulator.refused < 8
        assert simulator.peak <= most + 2


def test_one_session_is_enough_for_all_that_goes_out_at_once():
    with a_simulator(contacts=30, latency=0.01) as simulator:
        source = connect(simulator, auth="session", endpoints=at_once(4))
        pages = source.read_pages(source.get_stream("activities"), None)
        next(pages)
        assert simulator.logins == 1
        simulator.sessions.clear()
        list(pages)
        assert simulator.logins == 2
        source.close()
