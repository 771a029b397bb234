"""What comes over HTTP is whole, within bounds, and shows no secret to anybody else."""

import gzip
import json
import logging
import threading
import time

import pytest
from http_router import (
    FILE_TOKEN,
    TOKEN,
    Router,
    cut_short,
    dropped,
    ok,
    status,
)

from connectors.core import http_response
from connectors.core.auth import NoAuth
from connectors.core.errors import (
    FatalError,
    RetryableError,
)
from connectors.core.http import HttpClient


@pytest.mark.simulator
def test_files_that_ask_who_we_are_keep_to_the_budget(router, client):
    router.on("/a", ok(b"file", X_RateLimit_Remaining="0", X_RateLimit_Reset="77"))
    assert list(client.stream("a")) == [b"file"]
    assert list(client.stream("a", authorize=False)) == [b"file"]
    with pytest.raises(RetryableError) as caught:
        list(client.stream("a"))
    assert 76 <= caught.value.delay <= 78
    assert len(router.requests) == 2


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
