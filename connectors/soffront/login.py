"""The token that stands in the path of every call: asked for, kept, renewed in time."""

import threading
import time

from ..core.errors import (
    AuthenticationError,
    ConfigurationError,
    FatalError,
    ForbiddenError,
)
from .operations import path_of
from .responses import as_number, member

PRODUCT = "Soffront CRM"
PLUS = "\u2663"
"""What a customer portal writes for ``+`` in a log-in; some servers refuse the sign."""
_HARMLESS = "-_.~@"
_REFUSING = (400, 404, 500)


class Login:
    """Who we are. Nothing of it is ever logged: ``operations.redact`` sees to that.

    :param send: ``(method, path, timeout) → data``, a call without a token
    """

    def __init__(self, client, send, endpoints, *, key, user, password, replace_plus):
        self.user = user
        self._client = client
        self._send = send
        self._rules = endpoints["auth"]
        self._key = key
        self._password = password
        self._replaced = dict(self._rules["credential_replacements"])
        if replace_plus:
            self._replaced.setdefault("+", PLUS)
        self._path = endpoints["prefix"]
        self._token = None
        self._renew_at = 0.0
        self._lock = threading.Lock()
        self.clock = time.monotonic

    @property
    def secrets(self):
        """What no text may show, the longest first."""
        parts = {self._key, self._password, self._token}
        return sorted(filter(None, parts), key=len, reverse=True)

    def token(self, timeout):
        """Return the token; of calls that go out at once, one asks and the others wait."""
        with self._lock:
            if not self._token or self.clock() >= self._renew_at:
                self.renew(timeout)
            return self._token

    def renew(self, timeout):
        """Ask for a token.

        :raises AuthenticationError: the key, the user or the password is wrong
        :raises ConfigurationError: there is no such service
        """
        values = {
            "developer_key": self._developer_key(timeout),
            "user": self._written(self.user),
            "password": self._written(self._password),
        }
        data = self._ask("token", self._rules["token_path"], values, timeout)
        self._token = self._token_in(data)
        self._renew_at = self.clock() + self._rules["lifetime_s"]

    def forget(self, token=None):
        """Use a token no more; return whether no other call has seen to that."""
        with self._lock:
            is_first = token in (None, self._token)
            if is_first:
                self._token = None
            return is_first

    def _developer_key(self, timeout):
        rules = self._rules["developer_key"]
        if rules["mode"] == "asked" and not self._key:
            names = ("server", "project", "app_type")
            values = {name: rules[name] for name in names}
            data = self._ask("developer_key", rules["path"], values, timeout)
            if not isinstance(data, str) or not data.strip():
                raise AuthenticationError("bad_credentials", host=self._client.host)
            self._key = data.strip()
        return self._key

    def _written(self, text):
        for old, new in self._replaced.items():
            text = text.replace(old, new)
        return text

    def _ask(self, name, template, values, timeout):
        host = self._client.host
        method, path = path_of(name, template, values)
        try:
            return self._send(method, path, timeout)
        except ForbiddenError:
            raise AuthenticationError(
                "no_api_access", host=host, login=self.user
            ) from None
        except FatalError as error:
            status = error.data.get("status")
            if status not in _REFUSING:
                raise
            awkward = any(
                not (letter.isascii() and letter.isalnum()) and letter not in _HARMLESS
                for letter in self.user + self._password
            )
            if not awkward and status != 404:
                raise
            code = "awkward_credentials" if awkward else "service_off"
            data = {"host": host, "path": self._client.base_url.split(host, 1)[-1]}
            raise ConfigurationError(code, **data) from None

    def _token_in(self, data):
        host = self._client.host
        refused = AuthenticationError("bad_credentials", host=host)
        if isinstance(data, dict):
            status = member(data, self._rules["status_field"])
            is_failed = status is not None and status not in self._rules["status_ok"]
            if is_failed or (as_number(member(data, "ErrorCode")) or 0) > 0:
                refused.is_own_answer = True
                raise refused
            names = self._rules["token_in"]
            inner = next((item for item in map(data_of(data), names) if item), None)
            data = inner if not isinstance(inner, dict) else self._token_in(inner)
        if data is None or data == "":
            raise refused
        text = str(data).strip()
        if not isinstance(data, str) or not text.isprintable() or " " in text:
            raise ConfigurationError("wrong_system", host=host, expected=PRODUCT)
        return text


def data_of(data):
    return lambda name: member(data, name)
