"""What all simulators share: an HTTP server in a thread, a request log, faults on request."""

import json
import threading
from dataclasses import dataclass

from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from .faults import Faults


@dataclass
class LoggedRequest:
    """One request as it arrived, and what became of it.

    ``status`` stays 0 while the answer is under way and when the connection was cut
    before any byte of it; ``fault`` is the kind of the fault that hit it, if one did.
    ``call`` is what the address does not tell: the method of a remote procedure call.
    """

    number: int
    method: str
    path: str
    query: str
    headers: dict
    status: int = 0
    fault: str = ""
    call: str = ""

    @property
    def target(self):
        """Path, query string and call, as faults match them."""
        address = f"{self.path}?{self.query}" if self.query else self.path
        return f"{address} {self.call}" if self.call else address


class Simulator:
    """A source system on loopback; a subclass answers in ``respond``.

    Use it as a context manager, or with ``start()`` and ``stop()``. Answers are made
    one at a time (the data may be changed by a hook); waiting happens outside the lock,
    so that one hanging request does not stop the others.

    latency: seconds that the way there and back takes, of each request
    most_at_once: requests under way together; one more is refused (429), as a proxy
    before any server does it, and Dataverse itself beyond 52; None = any number
    peak: the most that have been under way together; refused: how many were too many
    """

    def __init__(
        self, *, faults=(), host="127.0.0.1", port=0, ssl_context=None, latency=0.0,
        most_at_once=None,
    ):  # fmt: skip
        self.latency, self.most_at_once = latency, most_at_once
        self.under_way = self.peak = self.refused = 0
        self.faults = faults if isinstance(faults, Faults) else Faults(faults)
        self.requests = []
        self.stopping = threading.Event()
        self.lock = threading.RLock()
        self._address = (host, port)
        self._ssl_context = ssl_context
        self._server = None
        self._thread = None

    # What a subclass says

    def respond(self, request):
        """Return the honest answer to ``request``."""
        raise NotImplementedError

    def call_of(self, request):
        """Return the remote procedure call in the body of ``request``, if it is one."""
        return ""

    def error(self, status, headers=None):
        """Return the system's own words for an HTTP error that a fault asks for."""
        return json_response({"message": ""}, status, headers)

    def unauthenticated(self, request):
        """Return what the system answers to a token it does not (or no longer) know."""
        return self.error(401)

    def expire(self, request):
        """Make the token of ``request`` worthless from now on."""
        raise NotImplementedError

    # Life

    @property
    def url(self):
        host, port = self._server.server_address[:2]
        if self._ssl_context:
            # A certificate is for a name.
            return f"https://localhost:{port}"
        return f"http://{host}:{port}"

    def start(self):
        host, port = self._address
        self._server = make_server(
            host,
            port,
            self._application,
            threaded=True,
            request_handler=_Handler,
            ssl_context=self._ssl_context,
        )
        self.stopping.clear()
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )
        self._thread.start()
        return self

    def stop(self):
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self):
        return self.start()

    def __exit__(self, *exc_info):
        self.stop()

    # What tests ask

    def requested(self, text):
        """Return the logged requests whose path and query contain ``text``."""
        return [entry for entry in self.requests if text in entry.target]

    # One request

    def _application(self, environ, start_response):
        request = Request(environ)
        request.get_data()  # an unread body would reset the connection when we close it
        entry = self._log(request)
        with self.lock:
            self.under_way += 1
            self.peak = max(self.peak, self.under_way)
            is_too_much = self.most_at_once and self.under_way > self.most_at_once
            self.refused += bool(is_too_much)
        try:
            if self.latency:
                self.stopping.wait(self.latency)
            if is_too_much:
                response = self.error(429, {"Retry-After": "0"})
            else:
                response = self._respond_or_fail(request, entry)
        finally:
            with self.lock:
                self.under_way -= 1
        entry.status = response.status_code
        return response(environ, start_response)

    def _respond_or_fail(self, request, entry):
        with self.lock:
            fault = self.faults.due(entry.target)
        if not fault:
            return self._answer(request)
        entry.fault = fault.kind
        return fault.answer(self, request, lambda: self._answer(request))

    def _answer(self, request):
        with self.lock:
            return self.respond(request)

    def _log(self, request):
        with self.lock:
            entry = LoggedRequest(
                number=len(self.requests) + 1,
                method=request.method,
                path=request.path,
                query=request.query_string.decode("ascii", "replace"),
                headers={name.title(): value for name, value in request.headers},
                call=self.call_of(request),
            )
            self.requests.append(entry)
        return entry


class _Handler(WSGIRequestHandler):
    """Quiet about requests (we keep our own log), loud about our own mistakes."""

    protocol_version = "HTTP/1.1"

    def connection_dropped(self, error, environ=None):
        """Close for real: a connection kept alive would look like a hanging server."""
        self.close_connection = True

    def log_request(self, code="-", size="-"):
        """Log nothing: ``Simulator.requests`` has it."""


def json_response(body, status=200, headers=None):
    """Return ``body`` as a JSON answer."""
    return Response(
        json.dumps(body), status, headers=headers, content_type="application/json"
    )
