"""Keep urllib3 from writing our addresses to the log: it knows nothing of secrets."""

import logging
import threading
from contextlib import contextmanager

_state = threading.local()
_TALKATIVE = ("urllib3.connectionpool", "urllib3.util.retry", "urllib3.connection")


class _Hush(logging.Filter):
    """Drop what a thread says while it is inside ``hushed``; others are not touched."""

    def filter(self, record):
        return not getattr(_state, "hushed", False)


for _name in _TALKATIVE:
    logging.getLogger(_name).addFilter(_Hush())


@contextmanager
def hushed():
    before = getattr(_state, "hushed", False)
    _state.hushed = True
    try:
        yield
    finally:
        _state.hushed = before
