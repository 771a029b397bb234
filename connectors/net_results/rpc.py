"""Call Net-Results: JSON-RPC over one address per controller, reading methods only."""

import re
import time
from functools import cached_property
from urllib.parse import urlencode, urlsplit

from ..core.errors import (
    AuthenticationError,
    ConfigurationError,
    FatalError,
    ForbiddenError,
    RetryableError,
)
from ..core.http import HttpClient
from ..core.throttle import LONGEST_PAUSE, Throttle
from .access import BasicAuth, InHeader, InUrl
from .endpoint_profile import is_read_method

PRODUCT = "Net-Results"
LOCAL = ("localhost", "127.0.0.1", "::1")
NO_METHOD, BAD_PARAMETERS = -32601, -32602
_ABOUT_ACCESS = re.compile(
    r"authenti|unauthori[sz]ed|not logged in|log ?in (failed|required)"
    r"|session (has |id )?(expired|invalid)|invalid (session|credentials|token)",
    re.IGNORECASE,
)
MISSING = frozenset({"no_method", "not_found", "not_json", "server_error"})
"""What tells that a controller is not there: nobody knows which of them it will be."""


class Pace(Throttle):
    """So many calls a second, and pauses that grow when the server refuses."""

    def __init__(self, per_second, shortest, longest):
        super().__init__()
        self._gap = 1 / per_second
        self._shortest = shortest
        self._longest = longest
        self._next = 0.0

    def wait_for_turn(self, seconds_left=float("inf")):
        super().wait_for_turn(seconds_left)
        pause = self._next - self._clock()
        if pause > 0:
            if pause >= seconds_left:
                raise RetryableError("time_budget", delay=0)
            self._sleep(pause)
        self._next = self._clock() + self._gap

    def delay_after_refusal(self, headers):
        asked = super().delay_after_refusal(headers)
        if headers.get("Retry-After"):
            return asked
        return min(self._longest, self._shortest * 2 ** min(self._refusals - 1, 10))


class Rpc:
    """One account, one call at a time.

    :param profile: the checked endpoint profile
    :param config: settings of the source
    """

    def __init__(self, profile, config, *, seconds_left):
        self.profile = profile
        self.login = config.get("login") or ""
        self._password = config.get("password") or ""
        self._seconds_left = seconds_left
        self._session = None
        throttle = profile["throttle"]
        self.address = profile["base_url"] or config["url"]
        self._client = HttpClient(
            self.address,
            auth=self._auth(config),
            headers={"Accept": "application/json"},
            seconds_left=seconds_left,
            throttle=Pace(throttle["max_per_second"], *throttle["backoff_s"]),
        )
        self.is_encrypted = self._ensure_encrypted()
        self._number = 0
        self._descriptions = {}

    def _auth(self, config):
        kind, auth = config["auth"], self.profile["auth"]
        if kind == "basic":
            return BasicAuth(self.login, self._password)
        if kind == "session":
            self._session = InUrl(auth["session"]["query_param"])
            return self._session
        oauth = auth["oauth2"]
        if oauth["token_in"] == "query":
            return InUrl("access_token", config["token"].strip())
        return InHeader(oauth["header"], oauth["prefix"], config["token"])

    def _ensure_encrypted(self):
        parts = urlsplit(self._client.base_url)
        if parts.scheme == "https" or parts.hostname in LOCAL:
            return parts.scheme == "https"
        if not self.profile["transport"]["allow_http"]:
            raise ConfigurationError(
                "bad_setting", setting="Address", reason="it must begin with https://"
            )
        return False

    def close(self):
        self._client.close()

    @property
    def host(self):
        return self._client.host

    # -- calls ------------------------------------------------------------------

    def call(self, controller, method, params, *, stream):
        """Return the answer, an object with ``result``. The one place where calls are made.

        :raises ConfigurationError: the method writes, or the server does not know it
        :raises AuthenticationError: it does not know us (any more)
        :raises RetryableError: it is busy
        :raises FatalError: it cannot do this
        """
        if not is_read_method(method):
            reason = f"{controller}.{method} is no method that only reads"
            raise ConfigurationError(
                "bad_setting", setting="Endpoint profile", reason=reason
            )
        return self._patiently(lambda: self._call(controller, method, params, stream))

    def _patiently(self, ask):
        """Return the answer of ``ask``, after short pauses where the server is busy."""
        renewed = False
        for attempt in range(self.profile["throttle"]["retries"] + 1):
            last = attempt == self.profile["throttle"]["retries"]
            try:
                self._log_in()
                return ask()
            except AuthenticationError:
                # A session ends some day; a new one is worth one attempt.
                if self._session is None or self._session.value is None or renewed:
                    raise
                if last:
                    raise
                renewed, self._session.value = True, None
            except ForbiddenError:
                login = self.login or "The owner of this token"
                raise AuthenticationError(
                    "no_api_access", host=self.host, login=login
                ) from None
            except RetryableError as error:
                refused = error.data.get("status") in (429, 502, 503)
                soon = error.delay <= min(LONGEST_PAUSE, self._seconds_left() - 2)
                if last or not refused or not soon:
                    raise
                time.sleep(error.delay)
        raise AssertionError("the last attempt answers or raises")

    def _call(self, controller, method, params, stream):
        self._number += 1
        params = {**params, **self.profile["transport"]["extra_params"]}
        if self.profile["transport"]["params"] == "positional":
            sent = list(params.values())
        else:
            sent = params
        request = {
            "jsonrpc": "2.0",
            "id": f"mig-{self._number:06d}",
            "method": method,
            "params": sent,
        }
        answer = self._client.post(
            self._path(controller),
            request,
            stream=stream,
            repeatable=True,
            timeout=self.profile["transport"]["timeout_s"],
        ).data
        if not isinstance(answer, dict) or not {"result", "error"} & set(answer):
            raise self.unexpected(stream, f"{method} without a result")
        if answer.get("error") is not None:
            self._raise(answer["error"], controller, method, params, stream)
        return answer

    def _path(self, controller):
        query = urlencode({self.profile["controller_param"]: controller})
        return f"{self.profile['path']}?{query}"

    def _raise(self, error, controller, method, params, stream):
        """Raise what a JSON-RPC error means; its text may name a person: it stays here."""
        error = error if isinstance(error, dict) else {"message": error}
        code = error.get("code")
        text = f"{error.get('message') or ''} {error.get('data') or ''}"
        about = {"host": self.host, "controller": controller, "method": method}
        if code == NO_METHOD:
            raise ConfigurationError("no_method", **about)
        if code == BAD_PARAMETERS:
            named = [n for n in params if re.search(rf"\b{re.escape(n)}\b", text)]
            parameter = ", ".join(named) or "…"
            raise ConfigurationError("bad_parameter", parameter=parameter, **about)
        if _ABOUT_ACCESS.search(text):
            raise AuthenticationError("bad_credentials", host=self.host)
        number = code if isinstance(code, int) else "…"
        raise FatalError("call_refused", stream=stream, status=number, **about)

    def unexpected(self, stream, reason):
        return FatalError(
            "unexpected_answer", host=self.host, stream=stream, reason=reason
        )

    # -- sessions ---------------------------------------------------------------

    def _log_in(self):
        if self._session is None or self._session.value is not None:
            return
        how = self.profile["auth"]["session"]
        params = {"username": self.login, "password": self._password}
        answer = self._call(how["controller"], how["method"], params, "")
        value = answer.get("result")
        if isinstance(value, dict):
            texts = [item for item in value.values() if isinstance(item, str)]
            value = texts[0] if len(texts) == 1 else None
        if isinstance(value, bool) or not str(value or "").strip():
            raise AuthenticationError("bad_credentials", host=self.host)
        self._session.value = str(value).strip()

    # -- what there is ----------------------------------------------------------

    def methods_of(self, controller):
        """Return ``{method: names of its parameters}``, None where nothing tells.

        An empty one means that there is no such controller.
        """
        if not self.profile["discovery"]["smd"]:
            return None
        if controller not in self._descriptions:
            self._descriptions[controller] = self._describe(controller)
        found = self._descriptions[controller]
        return {} if found is None and self._describes_itself else found

    def _describe(self, controller):
        try:
            answer = self._patiently(
                lambda: (
                    self._client.get(
                        self._path(controller), stream=controller, timeout=15
                    ).data
                )
            )
        except (FatalError, ConfigurationError) as error:
            if isinstance(error, AuthenticationError) or (
                error.code not in MISSING | {"unexpected_answer"}
            ):
                raise
            return None
        methods = answer.get("methods") if isinstance(answer, dict) else None
        methods = methods or (answer or {}).get("services") if isinstance(answer, dict) else None  # fmt: skip
        if not isinstance(methods, dict):
            return None
        return {name: _parameters(about) for name, about in methods.items()}

    @cached_property
    def _describes_itself(self):
        """Tell whether the service describes the one controller that must be there."""
        controller = self.profile["objects"]["contact"]["controller"]
        if controller not in self._descriptions:
            self._descriptions[controller] = self._describe(controller)
        return self._descriptions[controller] is not None

    def offers(self, endpoint, key):
        """Tell whether the method named under ``key`` is there; None: nobody knows."""
        methods = self.methods_of(endpoint["controller"])
        return None if methods is None else endpoint.get(key) in methods


def _parameters(about):
    listed = about.get("parameters") if isinstance(about, dict) else None
    names = [p.get("name") for p in listed or () if isinstance(p, dict)]
    return tuple(name for name in names if name)
