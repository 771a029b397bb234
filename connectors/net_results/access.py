"""How a call to Net-Results proves who we are: Basic, a session in the URL, a token."""

from base64 import b64encode

from requests.auth import AuthBase

from ..core.errors import ConfigurationError
from ..core.sentences import _lt


class BasicAuth(AuthBase):
    """E-mail and password, as UTF-8: ``requests`` itself would send Latin-1."""

    def __init__(self, login, password):
        if ":" in login:
            reason = _lt("it must not hold a colon")
            raise ConfigurationError(
                "bad_setting", setting=_lt("E-mail"), reason=reason
            )
        self._value = b64encode(f"{login}:{password}".encode()).decode()

    def __call__(self, request):
        request.headers["Authorization"] = f"Basic {self._value}"
        return request


class InUrl(AuthBase):
    """A secret in the query string: the id of a session, or a token.

    :param value: None until somebody has logged in
    """

    def __init__(self, parameter, value=None):
        self.parameter = parameter
        self.value = value

    def __call__(self, request):
        if self.value is not None:
            request.prepare_url(request.url, {self.parameter: self.value})
        return request


class InHeader(AuthBase):
    """A token in a header.

    :raises ConfigurationError: it holds what no header can carry
    """

    def __init__(self, header, prefix, token):
        token = token.strip()
        if not token.isascii() or not token.isprintable() or " " in token:
            raise ConfigurationError(
                "bad_setting",
                setting=_lt("Token"),
                reason=_lt("it holds unusual characters"),
            )
        self._header = header
        self._value = f"{prefix}{token}"

    def __call__(self, request):
        request.headers[self._header] = self._value
        return request
