"""The connections of a client: a session for each thread, since none may be shared."""

import http.cookiejar
import threading

import requests
from urllib3.exceptions import (
    ConnectTimeoutError,
    MaxRetryError,
    NewConnectionError,
    ReadTimeoutError,
    ResponseError,
    SSLError,
)
from urllib3.util import Retry

from .network import GuardedAdapter
from .throttle import LONGEST_PAUSE, seconds_to_wait

RETRIES = 2


class ShortRetry(Retry):
    """Try again at once what failed at once; leave long waits to the engine."""

    def increment(
        self, method=None, url=None, response=None, error=None, *args, **kwargs
    ):
        # A time-out has already cost its time, a bad certificate stays bad.
        if isinstance(error, ReadTimeoutError):
            raise error
        slow = isinstance(error, ConnectTimeoutError)
        if isinstance(error, SSLError) or (
            slow and not isinstance(error, NewConnectionError)
        ):
            raise MaxRetryError(None, url, error)
        if response is not None and (asked := response.headers.get("Retry-After")):
            seconds = seconds_to_wait(asked)
            if seconds is None or seconds > LONGEST_PAUSE:
                raise MaxRetryError(None, url, ResponseError("asks for a long wait"))
        return super().increment(method, url, response, error, *args, **kwargs)


class HearingRetry(ShortRetry):
    """The same where several calls go out at once: a server that says when to come back
    is heard by all of them, so this is the client's.
    """

    def increment(self, method=None, url=None, response=None, *args, **kwargs):
        if response is not None and response.headers.get("Retry-After"):
            raise MaxRetryError(None, url, ResponseError("asks for a wait"))
        return super().increment(method, url, response, *args, **kwargs)


class Sessions:
    """What ``requests`` keeps between two calls, thread by thread.

    :param headers: sent with every call
    :param keep_cookies: only for a source that logs in with a session, in one thread
    :param hears_refusals: a server that has too much to do is left to the client
    """

    def __init__(self, headers, *, keep_cookies=False, hears_refusals=False):
        self._headers, self._keeps_cookies = headers, keep_cookies
        kind = HearingRetry if hears_refusals else ShortRetry
        retry = kind(
            total=RETRIES,
            backoff_factor=0.2,
            status_forcelist={500, 502, 503, 504},
            respect_retry_after_header=not hears_refusals,
            allowed_methods={"GET", "HEAD"},
            raise_on_status=False,
            redirect=False,
        )
        self._retries = retry, retry.new(allowed_methods=None)
        self._own = threading.local()
        self._opened, self._lock = [], threading.Lock()

    def get(self, url, *, repeatable):
        """Return the session of this thread for a call.

        :param repeatable: whether what is no GET may be sent twice as well
        """
        if not hasattr(self._own, "session"):
            self._open()
        scheme = url.partition("://")[0]
        self._own.session.mount(f"{scheme}://", self._own.adapters[bool(repeatable)])
        return self._own.session

    def _open(self):
        own = self._own
        own.session = requests.Session()
        own.session.headers.update(self._headers)
        if not self._keeps_cookies:
            own.session.cookies.set_policy(
                http.cookiejar.DefaultCookiePolicy(allowed_domains=[])
            )
        own.adapters = [GuardedAdapter(max_retries=retry) for retry in self._retries]
        with self._lock:
            self._opened += [*own.adapters, own.session]

    def close(self):
        with self._lock:
            opened, self._opened = self._opened, []
        for each in opened:
            each.close()
