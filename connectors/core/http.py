"""One HTTP client for all sources: short retries, the errors of ``errors.py``, no leaks."""

import logging
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests
from requests.structures import CaseInsensitiveDict

from .auth import NoAuth
from .errors import (
    AuthenticationError,
    ConfigurationError,
    FatalError,
    ForbiddenError,
    RetryableError,
)
from .flow import PIECE, TooSlow, in_time
from .http_logging import hushed
from .http_response import (
    NO_ANSWER_DELAY,
    cut_off,
    is_no_answer,
    parse_json,
    peek_json,
    raise_for_status,
    raise_unanswered,
    read_body,
)
from .http_sessions import RETRIES, Sessions
from .redact import redact_url
from .sentences import _lt
from .several import Several
from .throttle import Throttle
from .unreachable import HOSTS

_logger = logging.getLogger(__name__)

USER_AGENT = "crm-migration/1.0 (reads a CRM for a move to Odoo)"
CONNECT_TIMEOUT, READ_TIMEOUT = 10.0, 60.0
CHUNK = 1024 * 1024
MAX_REDIRECTS = 5
PATIENCE = 6
"""How often a call waits for a server that has too much to do at once."""


@dataclass(frozen=True)
class Answer:
    """What a call brought: parsed JSON, the headers and the status."""

    data: Any
    headers: CaseInsensitiveDict
    status: int = 200


def clean_address(text, *, setting="url"):
    """Return a web address without its final slash, https where none is said.

    >>> clean_address(" crm.example.com/ ")
    'https://crm.example.com'

    :raises ConfigurationError: it is none, or carries a password
    """
    text = (text or "").strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        usable = parts.hostname and (parts.port is None or parts.port > 0)
        usable = usable and not any(c.isspace() or c == "\\" for c in parts.netloc)
        # Names have limits of their own (RFC 1035, 2.3.4): 63 characters a label.
        (parts.hostname or "").encode("idna")
    except ValueError:
        usable = False
    if not usable or parts.scheme not in ("http", "https"):
        reason = _lt("it is not a web address")
        raise ConfigurationError("bad_setting", setting=setting, reason=reason)
    if parts.username or parts.password:
        reason = _lt("it must not hold a user name or password")
        raise ConfigurationError("bad_setting", setting=setting, reason=reason)
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))


def has_login(text):
    """Tell whether a web address carries a user name or a password.

    >>> has_login("https://me:secret@crm.example.com"), has_login("crm.example.com/a@b")
    (True, False)
    """
    rest = text.strip().partition("://")[2] or text.strip()
    return "@" in rest.replace("\\", "/").partition("/")[0]


class HttpClient:
    """Call one server.

    :param auth: ``requests`` auth object; never sent to another host
    :param headers: sent with every call
    :param seconds_left: callable, how long the batch may still take
    :param keep_cookies: only for a source that logs in with a session
    :param refuse: callable ``(response, *, host, stream)``, asked before the usual
        errors are raised: it may raise what the system's own words mean
    :param recognizes: callable with the JSON of a refusal (401, 403), None where it has
        none: whether only the system itself refuses like that
    :param redact: what may be logged of an address
    :param besides: it is not the system itself that is called but a host that keeps its
        files: one that does not answer is left alone for a while (``unreachable.py``)
    """

    def __init__(
        self,
        base_url,
        *,
        auth=None,
        headers=None,
        seconds_left=None,
        throttle=None,
        keep_cookies=False,
        refuse=None,
        recognizes=None,
        redact=redact_url,
        besides=False,
    ):
        self.redact = redact
        self.besides = besides
        self.base_url = clean_address(base_url)
        self.host = urlsplit(self.base_url).netloc
        self.auth = auth or NoAuth()
        self.seconds_left = seconds_left or (lambda: float("inf"))
        self.throttle = throttle or Throttle()
        self.throttle.host = self.host
        self.refuse = refuse or (lambda response, **about: None)
        self.recognizes = recognizes or (lambda body: False)
        self._sessions = Sessions(
            {"User-Agent": USER_AGENT, **(headers or {})},
            keep_cookies=keep_cookies,
            # Else each call waits for itself, and those beside it push on.
            hears_refusals=self.throttle.lanes.most > 1,
        )
        self.several = Several(self.throttle.lanes)

    def close(self):
        self.several.close()
        self._sessions.close()

    def get(self, path, params=None, *, stream="", timeout=READ_TIMEOUT, headers=None):
        """Return the ``Answer`` to a GET.

        :param params: mapping or pairs
        :param stream: what is being read, for the wording of an error
        :param headers: for this call, besides those of the client
        """
        return self._ask("GET", path, stream, timeout, params=params, headers=headers)

    def post(self, path, payload, *, stream="", repeatable=False, timeout=READ_TIMEOUT):
        """Return the ``Answer`` to a POST of JSON.

        :param repeatable: True where sending it twice does no harm (a search)
        """
        return self._ask(
            "POST", path, stream, timeout, repeatable=repeatable, json=payload
        )

    def post_form(
        self, path, fields, *, stream="", repeatable=False, timeout=READ_TIMEOUT
    ):
        """Return the ``Answer`` to a POST of form fields, as a login takes them."""
        return self._ask(
            "POST", path, stream, timeout, repeatable=repeatable, data=fields
        )

    def _ask(self, method, path, stream, timeout, repeatable=False, **payload):
        """Return the answer; ask again at once where the line broke within it.

        A page may need dozens of calls: one broken line must not cost all of them.
        """
        may = method == "GET" or repeatable
        cut, refused = RETRIES * may, PATIENCE * may
        while True:
            try:
                with self.throttle.lanes.taken():
                    return self._ask_once(
                        method, path, stream, timeout, repeatable, **payload
                    )
            except RetryableError as error:
                if error.code == "cut_off" and cut:
                    cut -= 1
                elif (
                    self.throttle.is_held_after(error, self.seconds_left()) and refused
                ):
                    # The pause is that of the next turn, for all that go out together.
                    refused -= 1
                else:
                    raise

    def _ask_once(self, method, path, stream, timeout, repeatable, **payload):
        self.throttle.wait_for_turn(self.seconds_left())
        begun = time.monotonic()
        url, about = self.url_of(path), {"host": self.host, "stream": stream}
        with self._send(
            method, url, self.auth, timeout, repeatable, **payload
        ) as response:
            self.throttle.observe(response.headers)
            self._raise_own_words(response, **about)
            try:
                raise_for_status(response, self.throttle, **about)
            except (AuthenticationError, ForbiddenError) as error:
                error.is_own_answer = self.recognizes(peek_json(response))
                raise
            self.throttle.accepted(time.monotonic() - begun)
            body = read_body(response, self.seconds_left, **about)
            data = parse_json(response, body, **about)
            return Answer(data, response.headers, response.status_code)

    def _raise_own_words(self, response, **about):
        if response.status_code >= 400:
            self.refuse(response, **about)

    def url_of(self, path):
        """Return the address of a path below the base; an address stays what it is."""
        return path if "://" in path else f"{self.base_url}/{path.lstrip('/')}"

    def stream(self, path, *, name="", size=None, authorize=True):
        """Yield a file in chunks of at most 1 MiB, and check that all of it came.

        The deadline of the batch holds for the start only: a transfer cannot be
        resumed, so one that has begun may end.

        :param name: what to call the file in an error
        :param size: bytes it should have, or None
        :param authorize: False where anybody with the address may read it
        :raises FatalError: ``not_found``, ``truncated_file`` and the like
        """
        url = self.url_of(path)
        ours = authorize and urlsplit(url).netloc == self.host
        auth, received = self.auth if ours else NoAuth(), 0
        if ours:
            # What asks who we are counts for the budget as well.
            self.throttle.wait_for_turn(self.seconds_left())
        response = self._send("GET", url, auth, READ_TIMEOUT, False, elsewhere=True)
        chunks, close = response.iter_content(CHUNK), response.close
        try:
            if ours:
                self.throttle.observe(response.headers)
            self._raise_own_words(response, host=self.host, stream=name)
            raise_for_status(response, self.throttle, host=self.host, stream=name)
            packed = "Content-Encoding" in response.headers
            length = response.headers.get("Content-Length", "")
            if size is None and not packed and length.isdigit():
                size = int(length)
            if self._is_besides(response.url):
                pieces = response.iter_content(PIECE)
                chunks, close = self._in_time(pieces, close, response.url), None
            try:
                for chunk in chunks:
                    received += len(chunk)
                    yield chunk
            except requests.RequestException:
                if size is None:
                    raise cut_off(self.host) from None
        finally:
            if close:
                close()
        if size is not None and received != size:
            raise FatalError(
                "truncated_file", name=name, received=received, expected=size
            )

    def _is_besides(self, url):
        """Tell whether a host keeps files of the system, and is not the system itself."""
        return self.besides or not _is_same_host(self.base_url, url)

    def _in_time(self, pieces, close, url):
        """Yield the pieces of a file; a host that stalls or trickles is remembered."""
        begun = time.monotonic()
        try:
            yield from in_time(pieces, close)
        except (TooSlow, requests.RequestException) as error:
            if isinstance(error, requests.RequestException):
                # Broken off at once, it has cost no time.
                if time.monotonic() - begun < READ_TIMEOUT / 2:
                    raise
            host = urlsplit(url).netloc
            if HOSTS.note_failure(url):
                raise FatalError("too_slow", host=host) from None
            raise RetryableError("busy", delay=NO_ANSWER_DELAY, host=host) from None
        HOSTS.forget(url)

    def _send(
        self, method, url, auth, timeout, repeatable, *, elsewhere=False, **payload
    ):
        """Return the answer after redirects, of which we follow those of a GET.

        :param elsewhere: another host may be visited, without saying who we are
        """
        for _hop in range(MAX_REDIRECTS):
            response = self._exchange(method, url, auth, timeout, repeatable, payload)
            # A file has yet to come: till then, nothing is known of the host.
            if self._is_besides(url) and not (elsewhere and response.ok):
                HOSTS.forget(url)
            if not response.is_redirect:
                return response
            response.close()
            target = urljoin(url, response.headers["Location"])
            parts, ours = urlsplit(target), _is_same_server(url, target)
            if parts.path.rstrip("/").endswith("/login"):
                raise AuthenticationError("bad_credentials", host=self.host)
            web = parts.scheme in ("http", "https") and parts.hostname
            if not web or method != "GET" or not (ours or elsewhere):
                # Whatever stands before an @ is nobody's business.
                moved_to = parts.netloc.rpartition("@")[2]
                raise ConfigurationError("moved", host=self.host, target=moved_to)
            # What follows the redirect has the parameters already.
            url, auth, payload = target, auth if ours else NoAuth(), {}
        raise FatalError(
            "unexpected_answer",
            host=self.host,
            stream="",
            reason=_lt("too many redirects"),
        )

    def _exchange(self, method, url, auth, timeout, repeatable, payload):
        left = self.seconds_left()
        if left <= 1:
            raise RetryableError("time_budget", delay=0)
        besides = self._is_besides(url)
        if besides:
            HOSTS.ensure_answering(url)
        wait = min(timeout, left)
        session = self._sessions.get(url, repeatable=repeatable)
        started = time.monotonic()
        try:
            with hushed():
                response = session.request(
                    method,
                    url,
                    auth=auth,
                    timeout=(min(CONNECT_TIMEOUT, wait), wait),
                    allow_redirects=False,
                    stream=True,
                    **payload,
                )
        except (requests.RequestException, UnicodeError) as error:
            in_batch = left < timeout
            host = urlsplit(url).netloc if besides else self.host
            if besides and is_no_answer(error, in_batch=in_batch):
                if HOSTS.note_failure(url):
                    raise FatalError("unreachable", host=host) from None
            raise_unanswered(error, host=host, in_batch=in_batch)
        except ValueError:
            # requests looks at the address of a redirect, whether or not it follows it.
            reason = _lt("it sends us on to no address")
            raise FatalError(
                "unexpected_answer", host=self.host, stream="", reason=reason
            ) from None
        spent = int((time.monotonic() - started) * 1000)
        status = response.status_code
        _logger.debug(
            "%s %s %d %d ms", method, self.redact(response.url), status, spent
        )
        return response


def _is_same_host(here, there):
    return urlsplit(here).hostname == urlsplit(there).hostname


def _is_same_server(here, there):
    """Tell whether ``there`` may hear who we are: the same host, not less protected."""
    old, new = urlsplit(here), urlsplit(there)
    if old.hostname != new.hostname:
        return False
    upgraded = (old.scheme, new.scheme) == ("http", "https")
    return upgraded or (old.scheme, old.port) == (new.scheme, new.port)
