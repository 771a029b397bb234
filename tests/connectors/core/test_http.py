"""The HTTP client against a real server on loopback that does what servers do."""

import gzip
import json
import logging
import socket
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from connectors.core import http_response
from connectors.core.auth import BearerAuth, NoAuth
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

TOKEN = "9|s3cr3t-s3cr3t-s3cr3t-s3cr3t"
FILE_TOKEN = "7c1e6a52-0000-4000-8000-000000000066"


class Router:
    """Answers each path with what the test wrote for it, in turn; the last one stays."""

    def __init__(self):
        self.answers, self.requests = {}, []
        router = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                length = int(self.headers.get("Content-Length") or 0)
                router.requests.append(
                    (
                        self.command,
                        self.path,
                        dict(self.headers),
                        self.rfile.read(length),
                    )
                )
                router.answer(self)

            do_POST = do_GET

            def log_message(self, *arguments):
                """Stay quiet; ``requests`` has it."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,)).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def on(self, path, *answers):
        self.answers[path] = list(answers)

    def answer(self, handler):
        waiting = self.answers[handler.path.split("?")[0]]
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if callable(answer):
            answer(handler)
            return
        status, headers, body = answer
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
            headers = {"Content-Type": "application/json", **headers}
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def ok(body, **headers):
    return 200, {name.replace("_", "-"): value for name, value in headers.items()}, body


def status(code, body=b"", **headers):
    return code, ok(None, **headers)[1], body


def dropped(handler):
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def cut_short(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"data": [')
    handler.wfile.flush()
    dropped(handler)


def cut_without_a_length(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.wfile.write(b'{"data": [')
    handler.wfile.flush()
    dropped(handler)


@pytest.fixture
def router():
    running = Router()
    yield running
    running.close()


@pytest.fixture
def client(router):
    running = HttpClient(
        router.url,
        auth=BearerAuth(TOKEN),
        headers={"Accept": "application/json"},
        throttle=Throttle(sleep=lambda _seconds: None),
    )
    yield running
    running.close()


@pytest.fixture(autouse=True)
def slept(monkeypatch):
    """Return the seconds that would have been waited between two tries."""
    seconds = []
    monkeypatch.setattr(
        "urllib3.util.retry.time", SimpleNamespace(time=time.time, sleep=seconds.append)
    )
    return seconds


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
def test_nobody_at_the_address():
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


@pytest.mark.simulator
def test_files_that_ask_who_we_are_keep_to_the_budget(router, client):
    router.on("/a", ok(b"file", X_RateLimit_Remaining="0", X_RateLimit_Reset="77"))
    assert list(client.stream("a")) == [b"file"]
    assert list(client.stream("a", authorize=False)) == [b"file"]
    with pytest.raises(RetryableError) as caught:
        list(client.stream("a"))
    assert 76 <= caught.value.delay <= 78
    assert len(router.requests) == 2


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
def test_a_hanging_server_costs_the_batch_no_more_than_it_has(router):
    over = threading.Event()
    router.on("/a", lambda handler: over.wait(3))
    deadline = time.monotonic() + 1.3
    client = HttpClient(router.url, seconds_left=lambda: deadline - time.monotonic())
    started = time.monotonic()
    with pytest.raises(RetryableError) as caught:
        client.get("a")
    assert time.monotonic() - started < 2.2
    over.set()
    assert caught.value.code == "time_budget"
    with pytest.raises(RetryableError):
        client.get("a")
    assert len(router.requests) == 1


@pytest.mark.simulator
def test_an_endless_answer_is_stopped(router, client, monkeypatch):
    monkeypatch.setattr(http_response, "LARGEST_BODY", 1024 * 1024)
    bomb = gzip.compress(b'"' + b"a" * 3_000_000 + b'"')
    assert len(bomb) < 10_000
    router.on("/a", ok(bomb, Content_Encoding="gzip"))
    with pytest.raises(FatalError) as caught:
        client.get("a")
    assert "MiB" in str(caught.value)


@pytest.mark.simulator
def test_packed_answers_are_unpacked(router, client):
    body = gzip.compress(json.dumps({"name": "Ångström"}).encode())
    router.on("/a", ok(body, Content_Encoding="gzip"))
    assert client.get("a").data == {"name": "Ångström"}


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


@pytest.mark.simulator
def test_a_redirect_on_the_same_server_is_followed(router, client):
    router.on("/old", status(301, Location="/new?page=2"))
    router.on("/new", ok({"fine": True}))
    assert client.get("old", {"page": 2}).data == {"fine": True}
    assert router.requests[-1][1] == "/new?page=2"
    assert "Authorization" in router.requests[-1][2]


# -- files ---------------------------------------------------------------------------


@pytest.mark.simulator
def test_a_file_comes_in_pieces_and_whole(router, client):
    content = bytes(range(256)) * 12_000
    router.on("/media/a", ok(content))
    pieces = list(client.stream("media/a", authorize=False, size=len(content)))
    assert b"".join(pieces) == content
    assert max(map(len, pieces)) <= 1024 * 1024
    assert "Authorization" not in router.requests[0][2]


@pytest.mark.simulator
def test_a_netrc_on_the_server_is_not_ours_to_use(router, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login ana password pw\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    router.on("/a", ok(b"file"))
    assert list(HttpClient(router.url, auth=NoAuth()).stream("a")) == [b"file"]
    assert "Authorization" not in router.requests[0][2]


@pytest.mark.simulator
def test_a_store_elsewhere_never_sees_who_we_are(router, client):
    store = Router()
    try:
        store.on("/bucket/a", ok(b"bytes"))
        elsewhere = store.url.replace("127.0.0.1", "localhost")
        router.on("/media/a", status(302, Location=f"{elsewhere}/bucket/a"))
        assert b"".join(client.stream("media/a")) == b"bytes"
        assert "Authorization" in router.requests[0][2]
        assert "Authorization" not in store.requests[0][2]
    finally:
        store.close()


@pytest.mark.simulator
@pytest.mark.parametrize(
    ("answer", "size"),
    [(ok(b"half"), 8), (ok(b"too much"), 4), (cut_short, None), (cut_short, 1000)],
    ids=["short", "long", "cut", "cut with size"],
)
def test_an_incomplete_file_is_named(router, client, answer, size):
    router.on("/media/a", answer)
    with pytest.raises(FatalError) as caught:
        list(client.stream("media/a", name="quote.pdf", size=size))
    assert caught.value.code == "truncated_file"
    assert caught.value.data["name"] == "quote.pdf"


# -- addresses, the log, loops -------------------------------------------------------


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


@pytest.mark.simulator
def test_the_log_has_no_secret(router, client, caplog):
    caplog.set_level(logging.DEBUG)
    router.on(f"/media/{FILE_TOKEN}/download", status(503), ok(b"file"))
    list(client.stream(f"media/{FILE_TOKEN}/download"))
    router.on("/a", dropped, ok({}))
    client.get("a", {"access_token": TOKEN, "page": 1})
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert "page=1" in said
    assert TOKEN not in said
    assert "s3cr3t" not in said
    assert FILE_TOKEN not in said


@pytest.mark.simulator
def test_other_users_of_urllib3_keep_their_log(router, caplog):
    import requests

    caplog.set_level(logging.DEBUG)
    router.on("/theirs", ok({}))
    requests.get(f"{router.url}/theirs", timeout=5)
    assert "/theirs" in caplog.text


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
