"""Call Net-Results: JSON-RPC over one address per controller, reading methods only."""

import itertools
import re
import threading
import time
from urllib.parse import urlencode, urlsplit

from ..core.api import Api
from ..core.errors import (
    AuthenticationError,
    ConfigurationError,
    FatalError,
    ForbiddenError,
    RetryableError,
)
from ..core.http import HttpClient
from ..core.sentences import _lt
from ..core.throttle import LONGEST_PAUSE, Paced
from .access import BasicAuth, InHeader, InUrl
from .description import Description
from .endpoint_config import is_read_method

PRODUCT = "Net-Results"
LOCAL = ("localhost", "127.0.0.1", "::1")
NO_METHOD, BAD_PARAMETERS = -32601, -32602
_ABOUT_ACCESS = re.compile(
    r"authenticat|unauthori[sz]ed|not logged in|log ?in (failed|required)"
    r"|session (has |id )?(expired|invalid)|invalid (session|credentials|token)",
    re.IGNORECASE,
)


class Pace(Paced):
    """So many calls a second, and pauses that grow when the server refuses."""

    def __init__(self, per_second, shortest, longest, *, at_once):
        super().__init__(per_second, at_once=at_once)
        self._shortest = shortest
        self._longest = longest

    def delay_after_refusal(self, headers):
        asked = super().delay_after_refusal(headers)
        if headers.get("Retry-After"):
            return asked
        return min(self._longest, self._shortest * 2 ** min(self._refusals - 1, 10))


class Rpc(Api):
    """One account.

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
            throttle=Pace(
                throttle["max_per_second"],
                *throttle["backoff_s"],
                at_once=throttle["parallel"],
            ),
        )
        self.is_encrypted = self._ensure_encrypted()
        self.several = self._client.several
        self._numbers, self._logging_in = itertools.count(1), threading.Lock()
        self.description = Description(
            profile, lambda name: self._patiently(lambda: self._get(name))
        )

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
                "bad_setting",
                setting=_lt("Address"),
                reason=_lt("it must begin with https://"),
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
            reason = _lt(
                "%(name)s is no method that only reads", name=f"{controller}.{method}"
            )
            raise ConfigurationError(
                "bad_setting", setting=_lt("Endpoint profile"), reason=reason
            )
        params = {**params, **self.profile["transport"]["extra_params"]}
        if self.profile["transport"]["params"] == "positional":
            params = self._in_order(controller, method, params)
        return self._patiently(lambda: self._call(controller, method, params, stream))

    def _in_order(self, controller, method, params):
        """Return the parameters in the order of the description, where there is one."""
        known = (self.description.methods_of(controller) or {}).get(method, ())
        ranked = sorted(
            params, key=lambda name: known.index(name) if name in known else len(known)
        )
        return {name: params[name] for name in ranked}

    def for_one(self, ask):
        """Return (what ``ask`` returns, None), or (None, why this one cannot be had).

        A record that the server stumbles over at every attempt must not hide those
        behind it; a server that stumbles over everything must not cost them all.
        """
        for last in (False, True):
            try:
                return ask(), None
            except FatalError as error:
                stumbled = error.code == "server_error"
                if not stumbled and error.code not in ("call_refused", "not_found"):
                    raise
                if stumbled and not self._is_up():
                    raise
                if last or not stumbled:
                    return None, error.code
        raise AssertionError("the last attempt returns or raises")

    def _is_up(self):
        """Tell whether the server answers anything but an error of its own."""
        controller = self.profile["objects"]["contact"]["controller"]
        try:
            self._patiently(lambda: self._get(controller))
        except AuthenticationError:
            raise
        except (FatalError, ConfigurationError) as error:
            return error.code != "server_error"
        return True

    def _patiently(self, ask):
        """Return the answer of ``ask``, after short pauses where the server is busy."""
        renewed, session = False, None
        for attempt in range(self.profile["throttle"]["retries"] + 1):
            last = attempt == self.profile["throttle"]["retries"]
            try:
                session = self._log_in()
                return ask()
            except AuthenticationError:
                # A session ends some day; a new one is worth one attempt.
                if session is None or renewed or last:
                    raise
                # For those that were under way with it, too: one of them renews it.
                renewed = self._forget(session)
            except ForbiddenError:
                login = self.login or _lt("The user of this token")
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
        sent = params
        if self.profile["transport"]["params"] == "positional":
            sent = list(params.values())
        request = {
            "jsonrpc": "2.0",
            "id": f"mig-{next(self._numbers):06d}",
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
            raise self.unexpected(stream, _lt("%(name)s without a result", name=method))
        if answer.get("error") is not None:
            self._raise(answer["error"], controller, method, params, stream)
        return answer

    def _get(self, controller):
        path = self._path(controller)
        return self._client.get(path, stream=controller, timeout=15).data

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
            refused = AuthenticationError("bad_credentials", host=self.host)
            refused.is_own_answer = True
            raise refused
        number = code if isinstance(code, int) else "…"
        raise FatalError("call_refused", stream=stream, status=number, **about)

    # -- sessions ---------------------------------------------------------------

    def _log_in(self):
        """Return the session to use, None where there are none.

        Of calls that go out at once, one logs in, and the others wait for it.
        """
        if self._session is None:
            return None
        with self._logging_in:
            if self._session.value is None:
                self._session.value = self._ask_for_session()
            return self._session.value

    def _forget(self, session):
        """Use a session no more; return whether no other call has seen to that."""
        with self._logging_in:
            is_first = self._session.value == session
            if is_first:
                self._session.value = None
            return is_first

    def _ask_for_session(self):
        how = self.profile["auth"]["session"]
        params = {"username": self.login, "password": self._password}
        answer = self._call(how["controller"], how["method"], params, "")
        value = answer.get("result")
        if isinstance(value, dict):
            texts = [item for item in value.values() if isinstance(item, str)]
            value = texts[0] if len(texts) == 1 else None
        if isinstance(value, bool) or not str(value or "").strip():
            raise AuthenticationError("bad_credentials", host=self.host)
        return str(value).strip()
