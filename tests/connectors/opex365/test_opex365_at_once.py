"""OPEX 365: what is asked of the schema goes out at once, as the server recommends."""

import pytest
from opex365_common import connect

pytestmark = pytest.mark.simulator


def advising(simulator, number):
    respond = simulator.respond

    def answer(request):
        response = respond(request)
        response.headers["x-ms-dop-hint"] = str(number)
        return response

    simulator.respond = answer


def proposed(source):
    found = source.get_mappings()
    source.close()
    return found


@pytest.mark.parametrize("hint", [1, 3, 8])
def test_the_proposal_is_the_same_and_no_more_is_asked(simulator, hint):
    alone = connect(simulator)
    alone.api.client.several.lanes.most = 1
    expected = proposed(alone)
    one_by_one = len(simulator.requests)
    assert simulator.peak == 1
    advising(simulator, hint)
    simulator.latency = 0.01
    assert proposed(connect(simulator)) == expected
    assert len(simulator.requests) == 2 * one_by_one
    assert simulator.peak <= hint
    assert simulator.peak > 1 or hint == 1


def test_a_limit_of_calls_at_once_is_obeyed(simulator):
    expected = proposed(connect(simulator))
    simulator.latency, simulator.most_at_once = 0.01, 2
    assert proposed(connect(simulator)) == expected
    assert simulator.refused < 8


def test_the_description_of_a_table_waits_for_one_answer_and_not_for_seven(simulator):
    alone = connect(simulator)
    alone.api.client.several.lanes.most = 1
    expected = alone.describe(alone.get_stream("contacts"))
    simulator.latency = 0.01
    source = connect(simulator)
    source.api.client.several.lanes.allowed = 4
    assert source.describe(source.get_stream("contacts")) == expected
    assert simulator.peak > 1


def test_one_token_is_enough_for_all_that_goes_out_at_once(simulator):
    simulator.latency = 0.01
    source = connect(simulator)
    source.api.client.several.lanes.allowed = 4
    source.describe(source.get_stream("contacts"))
    assert len(simulator.requested("/token")) == 1
