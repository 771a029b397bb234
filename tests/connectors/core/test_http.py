"""The HTTP client against a real server on loopback that does what servers do."""

import json
import socket
import time
from email.utils import formatdate

import pytest
from http_router import TOKEN, cut_short, cut_without_a_length, dropped, ok, status

from connectors.core.errors import (
    AuthenticationError,
    ConfigurationError,
    FatalError,
    ForbiddenError,
    RetryableError,
)
from connectors.core.http import HttpClient, clean_address
from connectors.core.paging import LoopGuard
from connectors.core.throttle import (
    LONGEST_DELAY,
    MAX_SECONDS,
    Throttle,
    seconds_to_wait,
)


@pytest.mark.simulator
def test_an_answer_brings_data_and_headers(router, client):
    router.on("/api/me", ok({"name": "Zoë 王 🚀"}, X_App_Version="1.6.0"))
    answer = client.get("api/me", {"with": "a;b"})
    assert answer.data == {"name": "Zoë 王 🚀"}
    assert answer.headers["x-app-version"] == "1.6.0"
    method, path, headers, _body = router.requests[0]
    assert (method, path) == ("GET", "/api/me?with=a%3Bb")
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    assert headers["User-Agent"].startswith("crm-migration/")
    assert not {"Referer", "Origin", "Cookie"} & set(headers)


@pytest.mark.simulator
def test_a_cookie_is_never_given_back(router, client):
    router.on("/a", ok({}, Set_Cookie="session=1; Path=/"))
    client.get("a")
    client.get("a")
    assert "Cookie" not in router.requests[1][2]


@pytest.mark.simulator
@pytest.mark.parametrize("code", [500, 502, 503, 504])
def test_a_stumble_is_forgotten(router, client, code):
    router.on("/a", status(code), status(code), ok({"fine": True}))
    assert client.get("a").data == {"fine": True}
    assert len(router.requests) == 3


@pytest.mark.simulator
def test_a_dropped_connection_is_tried_again_at_once(router, client):
    router.on("/a", dropped, dropped, ok({"fine": True}))
    assert client.get("a").data == {"fine": True}


@pytest.mark.simulator
@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (status(401), AuthenticationError, "bad_credentials"),
        (status(403), ForbiddenError, "forbidden"),
        (status(404), FatalError, "not_found"),
        (status(410), FatalError, "not_found"),
        (status(419), FatalError, "unexpected_answer"),
        (status(422), FatalError, "unexpected_answer"),
        (status(500), FatalError, "server_error"),
        (status(507), FatalError, "server_error"),
        (status(502), RetryableError, "busy"),
        (status(503, b"<h1>Down</h1>"), RetryableError, "busy"),
        (status(504), RetryableError, "busy"),
        (status(302, Location="/login"), AuthenticationError, "bad_credentials"),
        (
            status(302, Location="http://elsewhere.example/a"),
            ConfigurationError,
            "moved",
        ),
        (status(302, Location="ftp://127.0.0.1/a"), ConfigurationError, "moved"),
        (status(302, Location="/a"), FatalError, "unexpected_answer"),
        (status(302, Location="http://[::1"), FatalError, "unexpected_answer"),
        (status(302, Location="http://127.0.0.1:x/"), FatalError, "unexpected_answer"),
        (
            status(302, Location=f"http://ana:{TOKEN}@elsewhere.example/a"),
            ConfigurationError,
            "moved",
        ),
        (ok(b"<!doctype html>"), ConfigurationError, "not_json"),
        (ok(b"\n <br />Warning: x"), ConfigurationError, "not_json"),
        (ok(b"Hello", Content_Type="text/html"), ConfigurationError, "not_json"),
        (ok(b'{"data": ['), FatalError, "unexpected_answer"),
        (ok(b"[" * 100_000), FatalError, "unexpected_answer"),
        (ok(b"\xff\xfe\x00"), FatalError, "unexpected_answer"),
        (cut_short, RetryableError, "cut_off"),
        (cut_without_a_length, RetryableError, "cut_off"),
    ],
)
def test_each_refusal_has_its_kind(router, client, answer, kind, code):
    router.on("/a", answer)
    with pytest.raises(kind) as caught:
        client.get("a", stream="contacts")
    assert caught.value.code == code
    assert TOKEN not in f"{caught.value} {caught.value.data}"


@pytest.mark.simulator
def test_nobody_at_the_address(slept):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(RetryableError) as caught:
        HttpClient(f"http://127.0.0.1:{port}").get("a")
    assert caught.value.code == "unreachable"


@pytest.mark.simulator
def test_a_server_without_encryption_has_no_certificate(router):
    client = HttpClient(router.url.replace("http:", "https:"))
    with pytest.raises(ConfigurationError) as caught:
        client.get("a")
    assert caught.value.code == "certificate"


@pytest.mark.simulator
@pytest.mark.parametrize("code", [429, 503])
def test_a_short_wait_is_waited_and_a_long_one_is_passed_on(
    router, client, code, slept
):
    router.on("/short", status(code, Retry_After="1"), ok({"fine": True}))
    assert client.get("short").data == {"fine": True}
    assert slept == [1]
    router.on("/long", status(code, Retry_After="90"))
    with pytest.raises(RetryableError) as caught:
        client.get("long")
    assert slept == [1]
    assert 90 <= caught.value.delay <= 92
    moment = formatdate(time.time() + 600, usegmt=True)
    router.on("/date", status(code, Retry_After=moment))
    with pytest.raises(RetryableError) as caught:
        client.get("date")
    assert 597 <= caught.value.delay <= 602


@pytest.mark.simulator
@pytest.mark.parametrize("word", ["soon", "-5", "1e9", "٣", "9" * 30])
def test_a_wait_that_nobody_can_read_gets_a_growing_default(router, client, word):
    router.on("/a", (429, {"Retry-After": word.encode().decode("latin-1")}, b""))
    delays = []
    for _turn in range(12):
        with pytest.raises(RetryableError) as caught:
            client.get("a")
        delays.append(caught.value.delay)
    assert delays == sorted(delays)
    assert delays[0] < delays[1] < delays[-1] == LONGEST_DELAY
    router.on("/a", ok({}))
    client.get("a")
    router.on("/a", status(429))
    with pytest.raises(RetryableError) as caught:
        client.get("a")
    assert caught.value.delay == delays[0]


@pytest.mark.simulator
@pytest.mark.parametrize(
    "word", ["999999999", "Fri, 31 Dec 9999 23:59:59 GMT"], ids=["seconds", "date"]
)
def test_nobody_is_waited_for_longer_than_a_day(router, client, word):
    router.on("/a", status(429, Retry_After=word))
    with pytest.raises(RetryableError) as caught:
        client.get("a")
    assert caught.value.delay == MAX_SECONDS + 1
    router.on("/b", ok({}, X_RateLimit_Remaining="0", X_RateLimit_Reset="99999999999"))
    client.get("b")
    with pytest.raises(RetryableError) as caught:
        client.get("b")
    assert caught.value.delay == MAX_SECONDS + 1
    assert client.host in caught.value.sentence


def test_a_spent_budget_is_not_overdrawn():
    now, slept = [1000.0], []
    throttle = Throttle(clock=lambda: now[0], sleep=slept.append)
    throttle.observe({"X-RateLimit-Remaining": "80"})
    throttle.wait_for_turn()
    assert slept == []
    throttle.observe({"X-RateLimit-Remaining": "3"})
    throttle.wait_for_turn()
    assert 0 < slept[0] <= 3
    with pytest.raises(RetryableError):
        throttle.wait_for_turn(seconds_left=0.5)
    now[0] += 20
    throttle.observe({"X-RateLimit-Remaining": "0"})
    with pytest.raises(RetryableError) as caught:
        throttle.wait_for_turn()
    assert 40 <= caught.value.delay <= 41
    now[0] += 41
    throttle.wait_for_turn()
    throttle.observe({"RateLimit-Remaining": "0", "RateLimit-Reset": "7"})
    with pytest.raises(RetryableError) as caught:
        throttle.wait_for_turn()
    assert caught.value.delay == 8


def test_seconds_are_read_in_either_form():
    assert seconds_to_wait("0") == 0
    assert seconds_to_wait("") is None
    assert seconds_to_wait("Wed, 21 Oct 1015 07:28:00 GMT", now=0) in (0, None)


@pytest.mark.simulator
def test_no_number_is_kept_as_text_not_as_nan(router, client):
    router.on("/a", ok(b'{"amount": NaN}'))
    assert client.get("a").data == {"amount": "NaN"}


@pytest.mark.simulator
def test_only_what_may_be_repeated_is_repeated(router, client):
    router.on("/search", status(502), ok({"fine": True}))
    assert client.post("search", {"q": "a"}, repeatable=True).data == {"fine": True}
    router.on("/create", status(502), ok({"fine": True}))
    before = len(router.requests)
    with pytest.raises(RetryableError):
        client.post("create", {"name": "a"})
    assert len(router.requests) == before + 1
    assert json.loads(router.requests[-1][3]) == {"name": "a"}


@pytest.mark.parametrize(
    "text",
    ["", None, "https://", "ftp://a.example", "https://a b.example", "http://[::1",
     "https://u:p@a.example", "https://a.example:70000", "javascript:alert(1)",
     "file:///etc/passwd", "https://a.example\\@evil.example",
     f"https://{'a' * 64}.example", "https://a..example"],
)  # fmt: skip
def test_what_is_no_address_is_said_to_be_none(text):
    with pytest.raises(ConfigurationError):
        clean_address(text)


def test_a_loop_is_seen_by_position_and_by_content():
    guard = LoopGuard("crm.example.com", "deals")
    guard.check({"cursor": "a"}, ["1", "2"])
    guard.check({"cursor": "b"}, ["3"])
    guard.check({"cursor": "c"}, [])
    guard.check({"cursor": "d"}, [])
    with pytest.raises(FatalError):
        guard.check({"cursor": "a"}, ["4"])
    with pytest.raises(FatalError):
        guard.check({"cursor": "e"}, [1, 2])
