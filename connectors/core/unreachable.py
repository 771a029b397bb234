"""Hosts besides the system itself that do not answer, or trickle: asked twice, then left alone.

Files and pictures may lie on a host of their own. Each is fetched by a source that was
opened for it, so what is known of a host must outlive the source: it is kept for the
process. The system itself is never in here: whoever resumes a migration wants it asked.
"""

import threading
import time
from urllib.parse import urlsplit

from .errors import FatalError

DEAD_FOR = 300.0
"""Seconds after the last attempt in which a host that did not answer is not asked; twice as
long with every further attempt that fails, so that all of them cost a bounded time."""
LONGEST_REST = 16 * DEAD_FOR
MAX_FAILURES = 2
"""A host that failed once may be starting; the engine comes back to it in a while."""

_USUAL_PORTS = {"http": 80, "https": 443}


class Hosts:
    """Which hosts did not answer, and when.

    :param clock: callable, seconds
    """

    def __init__(self, clock=time.monotonic):
        self._clock = clock
        self._failures = {}
        self._lock = threading.Lock()

    def ensure_answering(self, address):
        """Fail at once where the host has not answered lately.

        :raises FatalError: ``unreachable``
        """
        with self._lock:
            count, since = self._failures.get(_host_of(address), (0, 0.0))
        if count >= MAX_FAILURES and self._clock() - since < _rest_after(count):
            raise FatalError("unreachable", host=urlsplit(address).netloc)

    def note_failure(self, address):
        """Note that a host did not answer; return whether it is left alone from now on."""
        key = _host_of(address)
        with self._lock:
            count = self._failures.get(key, (0, 0.0))[0] + 1
            self._failures[key] = (count, self._clock())
        return count >= MAX_FAILURES

    def forget(self, address=None):
        """Ask a host again, or every host."""
        with self._lock:
            if address is None:
                self._failures.clear()
            else:
                self._failures.pop(_host_of(address), None)


def _rest_after(count):
    """
    >>> [_rest_after(count) for count in (2, 3, 4, 50)]
    [300.0, 600.0, 1200.0, 4800.0]
    """
    return min(DEAD_FOR * 2 ** min(count - MAX_FAILURES, 10), LONGEST_REST)


def _host_of(address):
    """Return what tells one server from another.

    >>> _host_of("https://Files.example.com/a") == _host_of("https://files.example.com:443/b")
    True
    """
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port or _USUAL_PORTS.get(parts.scheme)


HOSTS = Hosts()
"""What this process knows."""
