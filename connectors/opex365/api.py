"""The way to a Dataverse environment: address, headers, tokens that end, links."""

from urllib.parse import quote, urlsplit

from ..core.api import Api
from ..core.errors import AuthenticationError
from ..core.http import READ_TIMEOUT, HttpClient
from ..core.sentences import _lt
from ..core.throttle import Throttle
from .refusals import raise_dataverse_error

PRODUCT = "Microsoft Dataverse"
ROOT = "api/data/v9.2"
AT_ONCE = 4
"""Calls under way together, until the server says in ``x-ms-dop-hint`` what it thinks best.
Beyond 52 it refuses (vendor, service protection limits)."""
ANNOTATIONS = (
    'odata.include-annotations="OData.Community.Display.V1.FormattedValue,'
    'Microsoft.Dynamics.CRM.lookuplogicalname"'
)
_HEADERS = {
    "Accept": "application/json",
    "OData-MaxVersion": "4.0",
    "OData-Version": "4.0",
    # Else a proxy may answer with what it remembers.
    "If-None-Match": "null",
}
_SAFE = "$,()/='@:*!-._~"


def query(**options):
    """Return a query string; ``select`` stands for ``$select``. Blank ones are left out.

    >>> query(select="name", filter="name eq 'a b'", top=None)
    "$select=name&$filter=name%20eq%20'a%20b'"
    """
    return "&".join(
        f"${name}={quote(str(value), safe=_SAFE)}"
        for name, value in options.items()
        if value not in (None, "")
    )


class DataverseApi(Api):
    """Calls below ``/api/data/v9.2``; nothing but reading.

    :param auth: ``ClientCredentials``
    """

    def __init__(self, url, auth, *, seconds_left):
        self.auth = auth
        # Cookies are not kept: with them all calls would go to one web server.
        self.client = HttpClient(
            url,
            auth=auth,
            headers=_HEADERS,
            seconds_left=seconds_left,
            throttle=Throttle(at_once=AT_ONCE),
            refuse=raise_dataverse_error,
        )

    @property
    def host(self):
        return self.client.host

    def close(self):
        self.client.close()
        self.auth.close()

    def get(self, path, *, stream="", prefer=(), timeout=READ_TIMEOUT):
        """Return the data of an answer.

        :param path: below the root with its query, or a link that the server gave
        :param prefer: preferences, which each page of a list must be asked with
        """
        headers = {"Prefer": ",".join(prefer)} if prefer else None
        address = self._address(path, stream)
        return self._renewing(
            lambda: self.client.get(
                address, stream=stream or path, timeout=timeout, headers=headers
            )
        ).data

    def ask(self, action, payload, *, stream):
        """Return the data that an action which changes nothing answers with."""
        return self._renewing(
            lambda: self.client.post(
                f"{ROOT}/{action}", payload, stream=stream, repeatable=True
            )
        ).data

    def stream(self, path, *, name):
        """Yield the bytes of ``<row>/<column>/$value``."""

        def begin():
            chunks = self.client.stream(f"{ROOT}/{path}", name=name)
            return next(chunks, b""), chunks

        first, rest = self._renewing(begin)
        if first:
            yield first
        yield from rest

    def rows(self, path, *, stream="", prefer=(), timeout=READ_TIMEOUT):
        """Return the ``value`` of a short list."""
        return self.value_of(
            self.get(path, stream=stream, prefer=prefer, timeout=timeout), stream
        )

    def value_of(self, body, stream):
        rows = body.get("value") if isinstance(body, dict) else None
        if not isinstance(rows, list):
            raise self.unexpected(stream, _lt("no list of records"))
        return rows

    def _renewing(self, call):
        """Call; where the token has ended meanwhile, once more with a new one."""
        token = self.auth.token
        try:
            return call()
        except AuthenticationError as error:
            if error.code != "bad_credentials" or token is None:
                raise
        self.auth.forget(token)
        return call()

    def _address(self, path, stream):
        """Return the address; a link must lead to where we have been sent by the user."""
        if "://" not in path:
            return f"{ROOT}/{path}"
        here, there = urlsplit(self.client.base_url), urlsplit(path)
        if (here.scheme, here.netloc) != (there.scheme, there.netloc):
            raise self.unexpected(stream, _lt("a link that leads elsewhere"))
        return path
