"""A host that does not answer costs its time once, not once for each of its files."""

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from concord_common import a_simulator
from concord_common import connect as connect_concord
from werkzeug.wrappers import Response

from connectors.core import flow, http, unreachable
from connectors.core.errors import FatalError, RecordError, RetryableError
from connectors.core.http import HttpClient
from connectors.nextcrm.files import FileStore

pytestmark = pytest.mark.simulator


class Host:
    """A place on loopback that counts who comes.

    kind: ``refusing``, ``silent``, ``stalling`` (after the headers) or ``trickling``
    (a byte now and then); ``open`` makes it answer
    """

    def __init__(self, kind):
        self.kind, self.met = kind, 0
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.server = None
        if kind != "refusing":
            self.socket.listen(16)
            threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        kept = []
        while True:
            try:
                kept.append(self.socket.accept())
            except OSError:
                return
            self.met += 1
            if self.kind != "silent":
                line = kept[-1][0]
                threading.Thread(
                    target=self._trickle, args=(line,), daemon=True
                ).start()

    def _trickle(self, line):
        line.recv(4096)
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while self.kind == "trickling":
            time.sleep(0.05)
            try:
                line.sendall(b"x")
            except OSError:
                return

    def open(self):
        """From now on it answers."""
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                host.met += 1
                self.send_response(200)
                self.send_header("Content-Length", "5")
                self.end_headers()
                self.wfile.write(b"bytes")

            def log_message(self, *arguments):
                """Stay quiet."""

        self.socket.close()
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,)).start()

    def close(self):
        self.socket.close()
        if self.server:
            self.server.shutdown()
            self.server.server_close()


@pytest.fixture
def host():
    opened = []

    def make(kind):
        opened.append(Host(kind))
        return opened[-1]

    yield make
    for item in opened:
        item.close()


@pytest.fixture
def clock(monkeypatch):
    """Return a list whose one number is the time of the registry."""
    now = [1000.0]
    monkeypatch.setattr(unreachable.HOSTS, "_clock", lambda: now[0])
    return now


def fetch(url):
    """Ask as the engine does: with a client of its own for each file."""
    client = HttpClient(url, besides=True)
    try:
        return b"".join(client.stream("a.pdf", name="a.pdf"))
    finally:
        client.close()


def test_a_host_that_refuses_twice_is_not_asked_a_third_time(host, clock):
    files = host("refusing")
    with pytest.raises(RetryableError):
        fetch(files.url)
    with pytest.raises(FatalError) as caught:
        fetch(files.url)
    assert caught.value.code == "unreachable"
    assert caught.value.data["host"] == f"127.0.0.1:{files.port}"
    # It would answer now, but is not asked; and the sentence is the same.
    files.open()
    with pytest.raises(FatalError) as again:
        fetch(files.url)
    assert again.value.sentence == caught.value.sentence
    assert files.met == 0
    clock[0] += unreachable.DEAD_FOR + 1
    assert fetch(files.url) == b"bytes"
    assert fetch(files.url) == b"bytes"


def test_a_host_that_says_nothing_costs_its_time_twice_at_most(host, monkeypatch):
    monkeypatch.setattr(http, "READ_TIMEOUT", 0.3)
    files = host("silent")
    started = time.monotonic()
    codes = []
    for _file in range(30):
        try:
            fetch(files.url)
        except (RetryableError, FatalError) as error:
            codes.append((type(error).__name__, error.code))
    assert time.monotonic() - started < 3
    assert codes[:2] == [("RetryableError", "busy"), ("FatalError", "unreachable")]
    assert set(codes[2:]) == {("FatalError", "unreachable")}
    assert files.met == 2


@pytest.mark.parametrize("kind", ["stalling", "trickling"])
def test_a_host_that_only_trickles_costs_its_time_twice_at_most(
    host, kind, monkeypatch
):
    monkeypatch.setattr(flow, "LONGEST", 0.4)
    files = host(kind)
    started = time.monotonic()
    codes = []
    for _file in range(30):
        try:
            fetch(files.url)
        except (RetryableError, FatalError) as error:
            codes.append((type(error).__name__, error.code))
            named = error.data["host"]
    assert time.monotonic() - started < 3
    assert named == f"127.0.0.1:{files.port}"
    assert codes[:2] == [("RetryableError", "busy"), ("FatalError", "too_slow")]
    assert set(codes[2:]) == {("FatalError", "unreachable")}
    assert files.met == 2


def test_a_large_file_of_a_host_besides_comes_whole(host):
    content = bytes(range(256)) * 20_000
    with a_simulator() as simulator:

        def respond(_request):
            return Response(content, mimetype="application/octet-stream")

        simulator.respond = respond
        client = HttpClient(simulator.url, besides=True)
        assert b"".join(client.stream("a.bin", name="a.bin")) == content
        # Whoever looks at the first piece only is not waited for.
        assert next(client.stream("a.bin", name="a.bin"))
        client.close()


def test_a_host_that_never_answers_costs_less_and_less(host, clock):
    files = host("refusing")
    attempts = 0
    ensure = unreachable.HOSTS.ensure_answering
    for _file in range(24 * 60):
        clock[0] += 60
        try:
            ensure(files.url)
        except FatalError:
            continue
        attempts += 1
        with pytest.raises((RetryableError, FatalError)):
            fetch(files.url)
    # A file a minute, all day long.
    assert attempts < 25


def test_one_failure_is_forgotten_with_the_next_answer(host):
    files = host("refusing")
    with pytest.raises(RetryableError):
        fetch(files.url)
    files.open()
    assert fetch(files.url) == b"bytes"
    files.server.shutdown()
    files.server.server_close()
    files.server = None
    with pytest.raises(RetryableError):
        fetch(files.url)


def test_after_its_rest_one_attempt_tells(host, clock):
    files = host("refusing")
    with pytest.raises(RetryableError):
        fetch(files.url)
    with pytest.raises(FatalError):
        fetch(files.url)
    clock[0] += unreachable.DEAD_FOR + 1
    with pytest.raises(FatalError):
        fetch(files.url)
    files.open()
    clock[0] += 1
    with pytest.raises(FatalError):
        fetch(files.url)
    assert files.met == 0


def test_the_system_itself_is_asked_whenever_somebody_resumes(host):
    system = host("refusing")
    for _turn in range(4):
        with pytest.raises(RetryableError) as caught:
            HttpClient(system.url).get("api/me")
        assert caught.value.code == "unreachable"
    system.open()
    assert b"".join(HttpClient(system.url).stream("a", name="a")) == b"bytes"


def test_another_port_is_another_host(host):
    dead, alive = host("refusing"), host("refusing")
    alive.open()
    for kind in (RetryableError, FatalError):
        with pytest.raises(kind):
            fetch(dead.url)
    assert fetch(alive.url) == b"bytes"


def test_files_that_the_system_sends_elsewhere_for_fail_by_themselves(host):
    """Concord hands files on to a store of somebody else, which may be out of reach."""
    with a_simulator() as simulator:
        store = host("refusing")
        elsewhere = store.url.replace("127.0.0.1", "localhost")
        respond = simulator.respond

        def sent_on(request):
            answer = respond(request)
            if request.path.startswith("/media/"):
                answer.status_code = 302
                answer.headers["Location"] = f"{elsewhere}/stored.pdf"
            return answer

        simulator.respond = sent_on
        codes = []
        for number in range(5):
            source = connect_concord(simulator)
            reference = {"path": "/media/token/download", "name": f"{number}.pdf"}
            try:
                b"".join(source.read_file(reference))
            except (RetryableError, RecordError) as error:
                codes.append((type(error).__name__, error.code))
                host_named = error.data["host"]
            source.close()
        assert host_named == f"localhost:{store.port}"
        # What can be read goes on being read.
        assert connect_concord(simulator).check().login
    assert codes[0] == ("RetryableError", "unreachable")
    assert codes[1:] == [("RecordError", "unreachable")] * 4


def test_an_object_store_out_of_reach_costs_its_files_and_not_the_migration(host):
    store = host("refusing")
    config = {
        "s3_endpoint": store.url,
        "s3_access_key": "key",
        "s3_secret_key": "secret",
    }

    def fetch_one(number):
        files = FileStore(config, lambda: 60.0)
        reference = {"path": f"documents/{number}.pdf", "name": f"{number}.pdf"}
        try:
            return b"".join(files.fetch(reference))
        finally:
            files.close()

    with pytest.raises(RetryableError):
        fetch_one(1)
    for number in (1, 2, 3):
        with pytest.raises(RecordError) as caught:
            fetch_one(number)
        assert caught.value.code == "unreachable"
    # Check connection asks in any case.
    store.open()
    files = FileStore(config, lambda: 60.0)
    files.check()
    assert store.met == 1
    assert fetch_one(1) == b"bytes"
