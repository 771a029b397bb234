"""What the measurements have in common: the smallest of several, calls, memory."""

import re
from contextlib import contextmanager
from pathlib import Path


def fastest(measure, times=3):
    """Measure several times; return the smallest of each figure.

    What another program took of the machine is no figure of ours, and it is what makes
    a short measurement twice as long.
    """
    return [
        min(figures) for figures in zip(*(measure() for _ in range(times)), strict=True)
    ]


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


def get_peak_memory():
    """Return the peak of this process in MB (proc(5)); getrusage shows the parent's too."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024
