"""How long a process waits until it looks again whether there is something to do."""

import time

SHORTEST = 0.02
"""Seconds: what others do last is done within a second, and everybody waits for it."""

LONGEST = 0.2
"""Seconds: a look is a few queries, and nobody notices less."""


class Rests:
    """Rests of one process: short at first, longer as long as there is nothing to do."""

    def __init__(self):
        self._next = SHORTEST

    def take(self):
        time.sleep(self._next)
        self._next = min(self._next * 1.5, LONGEST)

    def end(self):
        """Begin with short ones again: there was something to do."""
        self._next = SHORTEST
