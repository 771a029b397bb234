"""The way to a Concord installation: address, headers, who we are, which version."""

import re
from functools import cached_property

from ..core.api import Api
from ..core.auth import BearerAuth
from ..core.errors import ConfigurationError
from ..core.http import READ_TIMEOUT, HttpClient, clean_address
from ..core.sentences import _lt
from ..core.throttle import Throttle

PRODUCT = "Concord CRM"
AT_ONCE = 4
"""Calls under way together; those of a minute are what the server counts."""
_PAGE = re.compile(
    r"(?<=[^/])/(api|login|dashboard|contacts|companies|deals|activities|products|inbox"
    r"|documents|calendar|profile|settings)(/.*)?$"
)
"""What stands behind the address of the installation while people use it."""


def base_address(text):
    """Return the address of the installation, whichever of its pages was pasted.

    >>> base_address("https://crm.example.com/api/"), base_address("example.com/crm")
    ('https://crm.example.com', 'https://example.com/crm')
    >>> base_address("https://example.com/crm/contacts/412")
    'https://example.com/crm'
    """
    return _PAGE.sub("", clean_address(text, setting=_lt("Address")))


def _is_refusal(body):
    """Tell whether it is Laravel that refuses: no other server says just that.

    Laravel 10 ``Handler.unauthenticated`` and ``convertExceptionToArray``; with debugging
    on, more stands beside it.
    """
    return isinstance(body, dict) and isinstance(body.get("message"), str)


class ConcordApi(Api):
    """Calls below ``/api``; files lie beside it and are asked for through ``client``."""

    def __init__(self, url, token, *, seconds_left):
        # Without Accept an error comes as a redirect to the login page, in HTML. No
        # Referer and no Origin ever: with them the server asks for a CSRF token.
        self.client = HttpClient(
            base_address(url),
            auth=BearerAuth(token, setting=_lt("Personal access token")),
            headers={"Accept": "application/json"},
            seconds_left=seconds_left,
            throttle=Throttle(at_once=AT_ONCE),
            recognizes=_is_refusal,
        )

    @property
    def host(self):
        return self.client.host

    def get(self, path, params=None, *, stream="", timeout=READ_TIMEOUT):
        """Return the ``Answer`` to a GET below ``/api``."""
        return self.client.get(
            f"api/{path}", params, stream=stream or path, timeout=timeout
        )

    @cached_property
    def _identity(self):
        answer = self.get("me", timeout=15)
        me = answer.data
        if not isinstance(me, dict) or "id" not in me or "email" not in me:
            raise ConfigurationError(
                "wrong_system", host=self.host, expected=PRODUCT, status=answer.status
            )
        return me, answer.headers.get("X-App-Version", "")

    @property
    def me(self):
        """The user of the token, as ``/me`` gives it."""
        return self._identity[0]

    @property
    def version(self):
        """The version of the product; empty up to 1.2.x, which does not say."""
        return self._identity[1]
