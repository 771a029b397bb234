"""How a request proves who we are; none of it ever shows its secret."""

from requests.auth import AuthBase

from .errors import ConfigurationError
from .sentences import _lt


class NoAuth(AuthBase):
    """Nothing at all, not even what a ``.netrc`` on the server would add."""

    def __call__(self, request):
        request.headers.pop("Authorization", None)
        return request


class BearerAuth(AuthBase):
    """A token in the ``Authorization`` header.

    :raises ConfigurationError: the token holds what no header can carry
    """

    def __init__(self, token, *, setting="token"):
        token = str(token).strip()
        if not token.isascii() or not token.isprintable() or " " in token:
            raise ConfigurationError(
                "bad_setting",
                setting=setting,
                reason=_lt("it holds unusual characters"),
            )
        self._token = token

    def __call__(self, request):
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request
