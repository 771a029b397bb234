"""Keep within the calls a server allows, and read when it wants us back."""

import threading
import time
from email.utils import parsedate_to_datetime

from .errors import RetryableError
from .several import Lanes

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

    def __init__(
        self, *, window=60.0, clock=time.monotonic, sleep=time.sleep, at_once=1
    ):
        self.window = window
        self._clock = clock
        self._sleep = sleep
        self._remaining = None
        self._window_end = None
        self._refusals = 0
        self._held_until = float("-inf")
        self._lock = threading.Lock()
        self.lanes = Lanes(at_once)
        self.host = ""

    def observe(self, headers):
        """Take note of an answer."""
        if (advised := _number(headers, "x-ms-dop-hint")) is not None:
            self.lanes.recommend(advised)
        with self._lock:
            self._observe(headers)

    def _observe(self, headers):
        remaining = _number(headers, "X-RateLimit-Remaining", "RateLimit-Remaining")
        if remaining is None:
            self._remaining = None
            return
        now, known = self._clock(), self._remaining
        # Of calls that were made at once, an earlier one may be answered later.
        late = self.lanes.most - 1
        if known is None or remaining > known + late:
            self._window_end = now + self.window
        elif late:
            remaining = min(remaining, known)
        self._remaining = remaining
        reset = _number(headers, "X-RateLimit-Reset", "RateLimit-Reset")
        if reset is not None:
            left = reset - time.time() if reset > _UNIX_TIME else reset
            self._window_end = now + max(0.0, left)

    def wait_for_turn(self, seconds_left=float("inf")):
        """Sleep a little when the budget is low.

        :raises RetryableError: it is spent, and not back within a short pause
        """
        with self._lock:
            pause = self._book(seconds_left)
        if pause > 0:
            self._sleep(pause)

    def _book(self, seconds_left):
        """Return the pause before the next call, which counts as made from now on."""
        pause = max(self._pause_of_budget(), self._held_until - self._clock())
        if pause > 0 and pause >= seconds_left:
            raise RetryableError("time_budget", delay=0)
        return pause

    def _pause_of_budget(self):
        if self._remaining is None:
            return 0.0
        reserve = RESERVE + self.lanes.most - 1
        known = self._remaining
        if self.lanes.most > 1:
            # Those under way have not been answered yet.
            self._remaining = max(0, known - 1)
        if known > reserve:
            return 0.0
        wait = self._window_end - self._clock()
        if wait <= 0:
            self._remaining = None
            return 0.0
        if known == 0 and wait > LONGEST_PAUSE:
            raise RetryableError("rate_limited", delay=_whole(wait), host=self.host)
        # Spread what is left over the rest of the window.
        return min(LONGEST_PAUSE, wait / (known + 1))

    def delay_after_refusal(self, headers):
        """Return the seconds to stay away after a 429 or 503: its word, else growing."""
        asked = seconds_to_wait(headers.get("Retry-After"))
        self.lanes.refused()
        with self._lock:
            self._refusals += 1
            self._remaining = None
            delay = min(FIRST_DELAY * 2 ** min(self._refusals - 1, 10), LONGEST_DELAY)
            if asked is not None:
                delay = _whole(asked)
            if self.lanes.most > 1 and delay <= LONGEST_PAUSE:
                # What is about to be asked beside it waits as well.
                self._held_until = self._clock() + delay
        return delay

    def is_held_after(self, error, seconds_left):
        """Tell whether the next turn comes after the short pause that a refusal asks for."""
        refused = self.lanes.most > 1 and error.data.get("status") in (429, 503)
        return refused and error.delay <= min(LONGEST_PAUSE, seconds_left - 1)

    def accepted(self, seconds=0.0):
        """Forget earlier refusals.

        :param seconds: how long the answer took
        """
        self._refusals = 0
        self.lanes.answered(seconds)


class Paced(Throttle):
    """So many calls a second at most, however many are under way at once."""

    def __init__(self, per_second, **options):
        super().__init__(**options)
        self._gap = 1 / per_second
        self._free_at = float("-inf")

    def _book(self, seconds_left):
        pause = super()._book(seconds_left)
        now = self._clock()
        pause = max(0.0, pause, self._free_at - now)
        if pause and pause >= seconds_left:
            raise RetryableError("time_budget", delay=0)
        self._free_at = now + pause + self._gap
        return pause


def _whole(seconds):
    # One more, since the server counts in whole seconds as well.
    return int(min(seconds, MAX_SECONDS)) + 1
