"""What the measurements have in common: time, processor time, ratios, calls, memory."""

import os
import re
import resource
import time
from contextlib import contextmanager
from pathlib import Path

from databases import get_options

TICKS = os.sysconf("SC_CLK_TCK")
CPU = ", CPU"
"""Behind the title of a ratio: the same by processor time, of Python and PostgreSQL."""


class Skip(Exception):
    """A measurement that is not possible here; says why, in a sentence."""


class AtMost(float):
    """A goal that is reached from below."""

    def is_reached(self, value):
        return value <= self

    def __str__(self):
        return f"≤ {float(self):,g}"


class AtLeast(float):
    """A goal that is reached from above; what a plain number in GOALS stands for."""

    def is_reached(self, value):
        return value >= self

    def __str__(self):
        return f"≥ {float(self):,g}"


class Spent(float):
    """Seconds, with ``cpu``: those of processor time, of Python and of PostgreSQL."""

    def __new__(cls, wall, cpu=None):
        self = super().__new__(cls, wall)
        self.cpu = wall if cpu is None else cpu
        return self

    def __add__(self, other):
        return Spent(float(self) + other, self.cpu + getattr(other, "cpu", other))

    __radd__ = __add__


def get_clock():
    """Return (wall, processor) seconds up to now.

    The machine may be shared: what others take of it is in the wall time alone. The
    server's part is that of all its processes, writers and vacuum as well, those that
    have ended among them; 0 where it does not run on this machine.
    """
    own = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(who) for who in own]
    python = sum(each.ru_utime + each.ru_stime for each in used)
    return time.perf_counter(), python + _get_server_cpu()


def get_spent(begun):
    """Return the ``Spent`` since ``get_clock``."""
    wall, cpu = get_clock()
    return Spent(wall - begun[0], cpu - begun[1])


def _get_server_cpu():
    file = Path(get_options().get("db_host") or "") / "postmaster.pid"
    try:
        postmaster = file.read_text().split("\n", 1)[0]
    except OSError:
        return 0.0
    # The server's own and that of the children it has seen end, then of those alive.
    total = sum(_get_stat(postmaster)[11:15])
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text()
    return (total + sum(sum(_get_stat(pid)[11:13]) for pid in children.split())) / TICKS


def _get_stat(pid):
    """Return the numbers behind the name in /proc/…/stat, the state as 0 (proc(5))."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:  # it ended meanwhile, and its parent has counted it
        return [0] * 20
    return [0, *map(int, text.rpartition(")")[2].split()[1:])]


def fastest(measure, times=3):
    """Measure several times; return the smallest of each figure.

    What another program took of the machine is no figure of ours, and it is what makes
    a short measurement twice as long.
    """
    return [
        _smallest(figures)
        for figures in zip(*(measure() for _ in range(times)), strict=True)
    ]


def _smallest(figures):
    if not isinstance(figures[0], Spent):
        return min(figures)
    return Spent(min(figures), min(each.cpu for each in figures))


def alternately(*ways, times=2):
    """Measure several ways in turn, first another one each time; return the smallest of each.

    Whoever comes second finds modules loaded and files in memory.

    :param ways: each returns a ``Spent``
    """
    found = [[] for _way in ways]
    for turn in range(times):
        for place in range(len(ways)):
            position = (place + turn) % len(ways)
            found[position].append(ways[position]())
    return [_smallest(figures) for figures in found]


def compare(title, theirs, ours):
    """Return the ratio of two ``Spent`` under its title, and that of processor time."""
    found = {title: theirs / ours}
    if isinstance(theirs, Spent) and isinstance(ours, Spent) and ours.cpu:
        found[title + CPU] = theirs.cpu / ours.cpu
    return found


def rate(number, seconds):
    return number / seconds if seconds else float("inf")


@contextmanager
def counting(*methods):
    """Count the calls of methods while the block runs: a list of one number."""
    asked = [0]

    def counted(original):
        def call(*args, **kwargs):
            asked[0] += 1
            return original(*args, **kwargs)

        return call

    originals = [getattr(owner, name) for owner, name in methods]
    for (owner, name), original in zip(methods, originals, strict=True):
        setattr(owner, name, counted(original))
    try:
        yield asked
    finally:
        for (owner, name), original in zip(methods, originals, strict=True):
            setattr(owner, name, original)


def get_peak_memory(pid="self"):
    """Return the peak of a process in MB (proc(5)); getrusage shows the parent's too."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024
