"""What a turn of the scheduler may still spend before the server ends its process."""

import os
import time
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf

import psutil

from odoo.http import request
from odoo.service.server import memory_info
from odoo.tools import config

if os.name == "posix":
    import resource


SHARE = 0.6
"""Of each limit. The rest is for a batch that takes longer than it should, for the
registry that a new worker loads first, and for the other actions of the same poll."""


LONGEST = 60
"""Seconds of a turn, however much the server allows: other actions wait behind it."""


SLEEP = 70
"""Seconds that a worker may have slept before its poll: the server's watch counts them
as well (19.0 ``Worker._runloop``: it is told before the sleep; ``WorkerCron.sleep``)."""


BATCHES = 6
"""Into so many batches at least a limit is divided."""


class Turn:
    """The time and the memory of one turn; without limits outside the scheduler.

    Odoo calls an action ten times and more within one turn, and a worker is ended by the
    processor time and the time of all of them together (19.0 ``ir_cron._run_job``,
    ``server.Worker.check_limits``).
    """

    def __init__(self, begun=None, real=None, cpu=None, memory=None):
        """
        :param begun: when it began, by ``time.monotonic``
        :param real: seconds after which the server ends the process; None: never
        :param cpu: the same in seconds of processor time, counted from 0
            and from where the process stands, as (limit, used when it is reached)
        :param memory: bytes beyond which the server replaces the process
        """
        self.begun = time.monotonic() if begun is None else begun
        self.memory = memory
        self.is_ended = False
        self.shrink = 1
        self.batch = inf
        self.ends_real = self.ends_cpu = inf
        if real:
            self.ends_real = self.begun + min(real * SHARE, LONGEST)
            self.batch = real / BATCHES
        if cpu:
            limit, reached = cpu
            self.ends_cpu = reached - limit * (1 - SHARE)
            self.batch = min(self.batch, limit / BATCHES)

    @property
    def left(self):
        """Seconds that may still be worked."""
        cpu_left = self.ends_cpu - _get_cpu() if self.ends_cpu < inf else inf
        return min(self.left_real, cpu_left)

    @property
    def left_real(self):
        """Seconds that may still be waited, for a source that takes its time."""
        return self.ends_real - time.monotonic()

    @property
    def is_over(self):
        """Whether the next batch belongs to the next turn."""
        return self.is_ended or self.left < min(self.batch, 1) or self._is_large()

    def end(self):
        """Leave what comes to the next turn, which has all of its time."""
        self.is_ended = True

    def get_seconds(self, wanted):
        """Return how long a batch may work that would like to have so many seconds."""
        return max(min(wanted / self.shrink, self.batch, self.left), min(wanted, 0.1))

    def _is_large(self):
        # The server looks behind the poll, and then replaces the worker.
        return bool(self.memory) and memory_info(psutil.Process()) > self.memory


_current = ContextVar("crm_migration_turn", default=None)


_last = ContextVar("crm_migration_last_turn", default=None)


_UNLIMITED = Turn()


def get_turn():
    """Return the turn that is at work; one without limits on the command line."""
    return _current.get() or _UNLIMITED


@contextmanager
def taking(turn):
    """Let everything below work within a turn."""
    token = _current.set(turn)
    try:
        yield turn
    finally:
        _current.reset(token)


def begin_turn(begun=None):
    """Return a turn with the limits of this server, of which some may be spent.

    :param begun: when the scheduler began it, by ``time.monotonic``; the calls of one
        turn get the same one
    """
    last = _last.get()
    if begun is None or last is None or last.begun != begun:
        last = _measure(begun)
        _last.set(last)
    return last


def _measure(begun):
    limit, reached = config["limit_time_cpu"], _get_cpu_end()
    return Turn(
        begun,
        _get_real_limit(),
        (min(limit, reached), reached) if limit and reached < inf else None,
        config["limit_memory_soft"],
    )


def _get_real_limit():
    """Return after how many seconds the server would end the process, or None."""
    limit = config["limit_time_real"]
    if request:  # somebody runs the action by hand
        return limit or None
    cron = config["limit_time_real_cron"]
    if config["workers"]:
        cron = limit if cron < 0 else cron
        return max(cron - SLEEP, cron / BATCHES) or None
    if cron > 0:
        return cron
    # 0 is no limit for workers, and the common one for threads (19.0 server.py).
    return limit or None


def _get_cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _get_cpu_end():
    """Return at which processor time of the process the system ends it.

    A worker sets this for every poll anew; threads have no such limit.
    """
    if os.name != "posix":
        return inf
    soft, _hard = resource.getrlimit(resource.RLIMIT_CPU)
    return inf if soft == resource.RLIM_INFINITY else soft
