"""Several calls at once, as many as a server bears; what comes back is in order.

Where an API has no call for many, most of the time is the way there and back. Calls that
do not wait for each other then go out together, each on a connection of its own, and are
used in the order in which they were asked for: what stands in a page, where a page may end
and what is read again after a break is the same as one after the other.
"""

import threading
from collections import deque
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager

MOST = 16
"""Calls at once that nobody goes beyond, whatever a server recommends."""
MARGIN = 0.05
"""Seconds that an answer may take longer without telling anything."""
WARY = 10
"""A server that has refused is asked for more at once only after so many rounds, and after
twice as many where it refuses again."""


class Lanes:
    """How many calls may be under way at once: one at first, more while all goes well.

    A round of answers without a complaint adds one; a refusal (429, 503) halves them, and
    after it they grow ever more slowly. A server that answers the later the more it is asked has
    enough: nothing is added.

    :param most: calls at once at most; what a server recommends takes its place
    """

    def __init__(self, most=1):
        self.most = most
        self.allowed = 1
        self._good, self._rounds = 0, 1
        self._usual = self._shortest = None
        self._under_way = 0
        self._lock = threading.Lock()
        self._free = threading.Condition(self._lock)

    @contextmanager
    def taken(self):
        """Make a call on a lane of its own; wait for one where all are taken.

        What is asked for besides, while others are under way, counts like them.
        """
        with self._free:
            self._free.wait_for(lambda: self._under_way < self.allowed)
            self._under_way += 1
        try:
            yield
        finally:
            with self._free:
                self._under_way -= 1
                self._free.notify_all()

    def answered(self, seconds):
        """Note that a call was answered, and how long that took."""
        with self._lock:
            usual = seconds if self._usual is None else self._usual
            self._usual = usual + (seconds - usual) / 8
            shortest = self._usual if self._shortest is None else self._shortest
            self._shortest = min(shortest, self._usual)
            self._good += 1
            if self._good < self.allowed * self._rounds:
                return
            self._good = 0
            if self._usual <= 2 * self._shortest + MARGIN:
                self.allowed = min(self.most, self.allowed + 1)

    def refused(self):
        """Note that the server had too much to do."""
        with self._lock:
            self.allowed = max(1, self.allowed // 2)
            self._good, self._rounds = 0, min(max(WARY, 2 * self._rounds), 1000)

    def recommend(self, number):
        """Note how many calls at once the server itself thinks best."""
        with self._lock:
            if self.most > 1:
                self.most = max(1, min(MOST, number))
                self.allowed = min(self.allowed, self.most)


class Several:
    """Asks for many things, as many at once as the lanes of a client allow."""

    def __init__(self, lanes):
        self.lanes = lanes
        self._threads = None

    def each(self, items, ask):
        """Yield ``ask(item)`` of each item, in their order.

        A bounded number of answers waits to be used. The first error in that order is
        raised in its place; what was asked for behind it is forgotten, and asked for
        again by whoever comes back.
        """
        if self.lanes.most == 1:
            yield from map(ask, items)
            return
        waiting, items = deque(), iter(items)
        try:
            while True:
                self._fill(waiting, items, ask)
                if not waiting:
                    return
                if waiting[0].done():
                    yield waiting.popleft().result()
                else:
                    under_way = [one for one in waiting if not one.done()]
                    wait(under_way, return_when=FIRST_COMPLETED)
        finally:
            for one in waiting:
                one.cancel()
            wait(waiting)

    def _fill(self, waiting, items, ask):
        if any(one.done() and one.exception() for one in waiting):
            return
        free = self.lanes.allowed - sum(not one.done() for one in waiting)
        for _place in range(min(free, 2 * self.lanes.most - len(waiting))):
            try:
                item = next(items)
            except StopIteration:
                return
            if self._threads is None:
                self._threads = ThreadPoolExecutor(MOST, "reading")
            waiting.append(self._threads.submit(ask, item))

    def close(self):
        if self._threads:
            self._threads.shutdown(cancel_futures=True)
