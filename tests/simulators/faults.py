"""Faults on request: what networks, proxies and servers do to a reader, made repeatable."""

import re
import time
from dataclasses import dataclass, field
from email.utils import formatdate

from werkzeug.wrappers import Response


@dataclass
class Fault:
    """One thing that goes wrong, and when.

    match: regular expression, searched in path and query of each request
    kind: a key of ``KINDS``
    after: matching requests left alone first
    every: of those that follow, only each ``every``-th is hit (1 = each)
    times: how often it strikes; None = for ever, as kind ``repeat`` always does
    status: HTTP status of kinds ``error`` (else 500) and ``html`` (else 200)
    retry_after: seconds for 429 and 503 answers; None leaves the header out
    http_date: write Retry-After as an HTTP date instead of seconds
    delay: seconds of kind ``hang``; it ends early when the simulator stops
    hook: called with the simulator before the honest answer is made, kind ``call``
    """

    match: str
    kind: str
    times: int | None = 1
    after: int = 0
    every: int = 1
    status: int | None = None
    retry_after: int | None = None
    http_date: bool = False
    delay: float = 30.0
    hook: object = None
    seen: int = field(default=0, init=False)
    fired: int = field(default=0, init=False)
    kept: object = field(default=None, init=False, repr=False)

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"No fault {self.kind!r}; there are {', '.join(KINDS)}.")
        if (self.kind == "call") != (self.hook is not None):
            raise ValueError("A hook goes with kind 'call', and with no other.")

    def is_due(self, target):
        """Count ``target`` if it matches; return whether the fault may hit it."""
        if not re.search(self.match, target):
            return False
        self.seen += 1
        place = self.seen - self.after
        endless = self.times is None or self.kind == "repeat"
        spent = not endless and self.fired >= self.times
        return place >= 1 and place % self.every == 0 and not spent

    def answer(self, simulator, request, honest):
        """Return the damaged answer; ``honest()`` makes the undamaged one."""
        return KINDS[self.kind](self, simulator, request, honest)

    def _headers(self):
        if self.retry_after is None:
            return {}
        if self.http_date:
            return {
                "Retry-After": formatdate(time.time() + self.retry_after, usegmt=True)
            }
        return {"Retry-After": str(self.retry_after)}


class Faults:
    """The faults of one simulator: all count each request, the first that is due strikes."""

    def __init__(self, faults=()):
        self._faults = []
        for fault in faults:
            self.add(**fault)

    def add(self, match, kind, **options):
        """Ask for a fault; see ``Fault``. Returned, so that a test can read ``fired``."""
        fault = Fault(match, kind, **options)
        self._faults.append(fault)
        return fault

    def clear(self):
        self._faults.clear()

    def due(self, target):
        """Return the fault that hits this request, or None."""
        due = [fault for fault in self._faults if fault.is_due(target)]
        if not due:
            return None
        due[0].fired += 1
        return due[0]


def _rate_limit(fault, simulator, request, honest):
    return simulator.error(429, fault._headers())


def _error(fault, simulator, request, honest):
    return simulator.error(fault.status or 500, fault._headers())


def _hang(fault, simulator, request, honest):
    simulator.stopping.wait(fault.delay)
    return honest()


def _cut(fault, simulator, request, honest):
    """Announce the whole body, send half of it, close."""
    response = honest()
    body = response.get_data()

    def half():
        yield body[: len(body) // 2]
        raise ConnectionAbortedError("cut on request")

    response.response = half()
    response.headers["Content-Length"] = str(len(body))
    return response


def _drop(fault, simulator, request, honest):
    """Close without a single byte."""
    raise ConnectionAbortedError("dropped on request")


def _garbled(fault, simulator, request, honest):
    """Half a JSON text in a complete answer, as a crashing application leaves it."""
    response = honest()
    body = response.get_data()
    response.set_data(body[: len(body) // 2])
    return response


def _html(fault, simulator, request, honest):
    return Response(
        "<!doctype html><title>Just a moment…</title><p>Checking your browser.",
        fault.status or 200,
        content_type="text/html; charset=utf-8",
    )


def _login(fault, simulator, request, honest):
    return Response("", 302, {"Location": f"{simulator.url}/login"})


def _expired(fault, simulator, request, honest):
    """The token of this request is worth nothing from now on."""
    simulator.expire(request)
    return simulator.unauthenticated(request)


def _repeat(fault, simulator, request, honest):
    """Answer every matching request with the first answer given."""
    if fault.kept is None:
        kept = honest()
        fault.kept = (kept.get_data(), kept.status_code, dict(kept.headers))
    return Response(*fault.kept)


def _call(fault, simulator, request, honest):
    with simulator.lock:
        fault.hook(simulator)
    return honest()


KINDS = {
    "rate_limit": _rate_limit,
    "error": _error,
    "hang": _hang,
    "cut": _cut,
    "drop": _drop,
    "garbled": _garbled,
    "html": _html,
    "login": _login,
    "expired": _expired,
    "repeat": _repeat,
    "call": _call,
}
