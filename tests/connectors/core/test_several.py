"""Several calls at once: as many as the server bears, and nothing else is different."""

import threading
import time

import pytest

from connectors.core.errors import FatalError, RetryableError
from connectors.core.http import HttpClient
from connectors.core.several import WARY, Lanes, Several
from connectors.core.throttle import Paced, Throttle
from simulators.server import Simulator, json_response


class Echo(Simulator):
    """Answers each address with itself."""

    def respond(self, request):
        return json_response(request.path)


@pytest.fixture
def echo():
    """Return a function that opens (server, client)."""
    opened = []

    def make(*, at_once=8, seconds_left=None, throttle=None, **server):
        running = Echo(**server).start()
        throttle = throttle or Throttle(at_once=at_once)
        client = HttpClient(running.url, throttle=throttle, seconds_left=seconds_left)
        opened.extend([client.close, running.stop])
        return running, client

    yield make
    for close in opened:
        close()


def asking(client, numbers):
    return client.several.each(numbers, lambda n: client.get(f"{n}").data)


def read(client, numbers):
    return list(asking(client, numbers))


@pytest.mark.simulator
def test_answers_come_in_the_order_of_the_questions(echo):
    server, client = echo(latency=0.02)
    assert read(client, range(60)) == [f"/{n}" for n in range(60)]
    assert 1 < server.peak <= 8
    # Each thread has a session of its own, and keeps it.
    assert len(client._sessions._opened) / 3 <= 8
    assert len(server.requests) == 60


@pytest.mark.simulator
def test_a_source_that_says_nothing_is_asked_one_by_one(echo):
    def get_readers():
        return {t for t in threading.enumerate() if t.name.startswith("reading")}

    server, client = echo(at_once=1)
    before = get_readers()
    assert read(client, range(9)) == [f"/{n}" for n in range(9)]
    assert server.peak == 1
    assert get_readers() <= before


@pytest.mark.simulator
def test_what_is_asked_for_besides_counts_like_the_others(echo):
    server, client = echo(at_once=3, latency=0.02)
    for number, answer in enumerate(asking(client, range(60))):
        assert answer == f"/{number}"
        assert client.get("besides").data == "/besides"
    assert 1 < server.peak <= 3


@pytest.mark.simulator
@pytest.mark.parametrize("most", [1, 3])
def test_the_limit_of_the_server_is_found_and_kept(echo, most):
    server, client = echo(latency=0.02, most_at_once=most)
    client.throttle._sleep = lambda seconds: time.sleep(0.05)
    assert read(client, range(120)) == [f"/{n}" for n in range(120)]
    # Found by asking for one too many, a few times; never by pushing on.
    assert 0 < server.refused <= 12
    assert server.peak <= most + 2


@pytest.mark.simulator
def test_an_error_is_raised_in_its_place(echo):
    server, client = echo(latency=0.02)
    server.faults.add("/20", "rate_limit", times=None, retry_after=90)
    found = []
    with pytest.raises(RetryableError) as caught:
        found.extend(asking(client, range(60)))
    assert caught.value.code == "rate_limited"
    assert caught.value.delay >= 90
    assert found == [f"/{n}" for n in range(20)]
    # A bounded window behind it was asked for.
    assert len(server.requests) <= 20 + 2 * 8 + 1


@pytest.mark.simulator
@pytest.mark.parametrize("code", [429, 503])
def test_a_wait_that_the_server_asks_for_is_kept_by_all(echo, code):
    server, client = echo(latency=0.02)
    read(client, range(40))
    before, kind = (
        client.several.lanes.allowed,
        "rate_limit" if code == 429 else "error",
    )
    server.faults.add("/50$", kind, status=code, retry_after=1)
    begun = time.monotonic()
    assert read(client, range(40, 80)) == [f"/{n}" for n in range(40, 80)]
    assert time.monotonic() - begun >= 1
    assert client.several.lanes.allowed < before
    # Asked again once, not by every layer.
    assert len(server.requested("/50")) == 2


@pytest.mark.simulator
def test_a_bad_moment_of_the_server_is_no_reason_to_come_back_later(echo):
    server, client = echo(latency=0.02)
    server.faults.add("/5$", "error", status=503, times=2)
    assert read(client, range(9)) == [f"/{n}" for n in range(9)]


@pytest.mark.simulator
def test_whoever_stops_looking_stops_the_asking(echo):
    server, client = echo(latency=0.02)
    asked = asking(client, range(1000))
    for _number in range(10):
        next(asked)
    asked.close()
    seen = len(server.requests)
    assert seen <= 10 + 2 * 8
    time.sleep(0.1)
    assert len(server.requests) == seen


@pytest.mark.simulator
def test_a_batch_whose_time_is_up_comes_back_later(echo):
    ends = time.monotonic() + 1.5
    server, client = echo(latency=0.1, seconds_left=lambda: ends - time.monotonic())
    found = []
    with pytest.raises(RetryableError) as caught:
        found.extend(asking(client, range(400)))
    assert caught.value.code == "time_budget"
    assert found == [f"/{n}" for n in range(len(found))]
    assert 4 < len(found) < 100


@pytest.mark.simulator
def test_however_many_at_once_the_calls_a_second_are_counted(echo):
    server, client = echo(throttle=Paced(40, at_once=8), latency=0.1)
    begun = time.monotonic()
    read(client, range(41))
    assert time.monotonic() - begun >= 1
    assert server.peak > 1


@pytest.mark.simulator
def test_what_the_server_recommends_is_the_most(echo):
    server, client = echo(latency=0.02)
    respond = server.respond

    def advising(request):
        answer = respond(request)
        answer.headers["x-ms-dop-hint"] = "3"
        return answer

    server.respond = advising
    read(client, range(80))
    assert client.several.lanes.most == 3
    assert 1 < server.peak <= 3


def test_a_bounded_number_of_answers_waits_to_be_used():
    several = Several(Lanes(4))
    asked = []

    def ask(number):
        asked.append(number)
        several.lanes.answered(0.0)
        return number

    found = several.each(range(10_000), ask)
    for number in range(50):
        assert next(found) == number
    time.sleep(0.05)
    assert len(asked) <= 50 + 2 * 4
    found.close()
    several.close()


def test_the_first_error_ends_the_asking():
    several = Several(Lanes(4))

    def ask(number):
        if number == 3:
            raise FatalError("not_found", path="x", host="h", stream="", status=404)
        return number

    found = several.each(range(100), ask)
    assert [next(found), next(found), next(found)] == [0, 1, 2]
    with pytest.raises(FatalError):
        next(found)
    several.close()


def test_lanes_grow_by_rounds_halve_and_then_grow_slowly():
    lanes = Lanes(8)
    for _answer in range(1 + 2 + 3):
        lanes.answered(0.1)
    assert lanes.allowed == 4
    lanes.refused()
    assert lanes.allowed == 2
    for _answer in range(2 * WARY - 1):
        lanes.answered(0.1)
    assert lanes.allowed == 2
    lanes.answered(0.1)
    assert lanes.allowed == 3


def test_a_server_that_answers_ever_later_has_enough():
    lanes = Lanes(8)
    for _answer in range(200):
        lanes.answered(0.1 * lanes.allowed)
    assert lanes.allowed < 6


def test_a_budget_is_not_overdrawn_by_those_under_way():
    slept = []
    throttle = Throttle(clock=lambda: 0.0, sleep=slept.append, at_once=4)
    throttle.observe({"X-RateLimit-Remaining": "10"})
    for _call in range(2):
        throttle.wait_for_turn()
    assert not slept
    throttle.wait_for_turn()
    assert slept
    # A later answer to an earlier call is no new window.
    throttle.observe({"X-RateLimit-Remaining": "8"})
    throttle.observe({"X-RateLimit-Remaining": "9"})
    assert throttle._remaining <= 8
