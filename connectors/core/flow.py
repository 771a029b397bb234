"""Bytes that come in time: a host that only trickles must not hold up all other files.

A time-out is that of one piece, however small, and a byte a minute never meets it. The
bytes are therefore taken off the line beside us, and we wait for a whole piece so long and
no longer. Whoever does not keep up is left behind with its connection: to close it, one
would have to wait as well.
"""

import queue
import threading

PIECE = 64 * 1024
LONGEST = 60.0
"""Seconds that a piece may take: a kilobyte a second, as a modem had it."""


class TooSlow(Exception):
    """A piece did not come in time."""


def in_time(chunks, close, longest=None):
    """Yield what an iterator of bytes yields, each piece in time.

    :param close: called after the last piece, whoever took it
    :raises TooSlow: one did not come
    """
    longest = LONGEST if longest is None else longest
    taken, stopped = queue.Queue(maxsize=4), threading.Event()
    pump = threading.Thread(
        target=_pump,
        args=(chunks, close, taken, stopped),
        name="reading a file",
        daemon=True,
    )
    pump.start()
    try:
        while True:
            try:
                chunk, error = taken.get(timeout=longest)
            except queue.Empty:
                raise TooSlow from None
            if error:
                raise error
            if chunk is None:
                return
            yield chunk
    finally:
        stopped.set()


def _pump(chunks, close, taken, stopped):
    try:
        for chunk in chunks:
            if not _put((chunk, None), taken, stopped):
                return
        _put((None, None), taken, stopped)
    except Exception as error:
        _put((None, error), taken, stopped)
    finally:
        close()


def _put(item, taken, stopped):
    """Hand over an item; return whether anybody still wants it."""
    while not stopped.is_set():
        try:
            taken.put(item, timeout=0.2)
            return True
        except queue.Full:
            continue
    return False
