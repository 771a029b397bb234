"""Keep within the calls a server allows, and read when it wants us back."""

import time
from email.utils import parsedate_to_datetime

from .errors import RetryableError

LONGEST_PAUSE = 3.0
"""Seconds we sleep at most; a longer wait is the engine's, not the worker's."""
RESERVE = 5
"""Calls left at which we slow down: people in the web interface draw on them too."""
FIRST_DELAY, LONGEST_DELAY = 15, 900
MAX_SECONDS = 24 * 3600
"""Whatever a server asks for: tomorrow it is asked again."""
_UNIX_TIME = 1_000_000_000


def seconds_to_wait(header, *, now=None):
    """Return the seconds a ``Retry-After`` asks for, or None where it is unreadable.

    >>> seconds_to_wait("23"), seconds_to_wait("soon"), seconds_to_wait(None)
    (23.0, None, None)
    >>> seconds_to_wait("Wed, 21 Oct 2015 07:28:00 GMT", now=1445412420)
    60.0
    """
    text = (header or "").strip()
    if text.isascii() and text.isdigit() and len(text) < 10:
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
        return max(0.0, moment.timestamp() - (time.time() if now is None else now))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _number(headers, *names):
    for name in names:
        text = (headers.get(name) or "").strip()
        if text.isascii() and text.isdigit() and len(text) < 12:
            return int(text)
    return None


class Throttle:
    """What a server says about our budget, and the pauses that follow from it.

    Reads ``X-RateLimit-*`` and ``RateLimit-*``. Where the server does not say when its
    window ends, a window of ``window`` seconds is taken to have begun with the answer
    at which the budget last grew, or else with the first one we saw.
    """

    def __init__(self, *, window=60.0, clock=time.monotonic, sleep=time.sleep):
        self.window = window
        self._clock = clock
        self._sleep = sleep
        self._remaining = None
        self._window_end = None
        self._refusals = 0
        self.host = ""

    def observe(self, headers):
        """Take note of an answer."""
        remaining = _number(headers, "X-RateLimit-Remaining", "RateLimit-Remaining")
        if remaining is None:
            self._remaining = None
            return
        now = self._clock()
        if self._remaining is None or remaining > self._remaining:
            self._window_end = now + self.window
        self._remaining = remaining
        reset = _number(headers, "X-RateLimit-Reset", "RateLimit-Reset")
        if reset is not None:
            left = reset - time.time() if reset > _UNIX_TIME else reset
            self._window_end = now + max(0.0, left)

    def wait_for_turn(self, seconds_left=float("inf")):
        """Sleep a little when the budget is low.

        :raises RetryableError: it is spent, and not back within a short pause
        """
        if self._remaining is None or self._remaining > RESERVE:
            return
        wait = self._window_end - self._clock()
        if wait <= 0:
            self._remaining = None
            return
        if self._remaining == 0 and wait > LONGEST_PAUSE:
            raise RetryableError("rate_limited", delay=_whole(wait), host=self.host)
        # Spread what is left over the rest of the window.
        pause = min(LONGEST_PAUSE, wait / (self._remaining + 1))
        if pause >= seconds_left:
            raise RetryableError("time_budget", delay=0)
        self._sleep(pause)

    def delay_after_refusal(self, headers):
        """Return the seconds to stay away after a 429 or 503: its word, else growing."""
        asked = seconds_to_wait(headers.get("Retry-After"))
        self._refusals += 1
        self._remaining = None
        if asked is not None:
            return _whole(asked)
        return min(FIRST_DELAY * 2 ** min(self._refusals - 1, 10), LONGEST_DELAY)

    def accepted(self):
        """Forget earlier refusals."""
        self._refusals = 0


def _whole(seconds):
    # One more, since the server counts in whole seconds as well.
    return int(min(seconds, MAX_SECONDS)) + 1
