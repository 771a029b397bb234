"""Access tokens of Microsoft Entra by client credentials: a secret, or a certificate.

A form and a signed text are all that it takes, so nothing is installed for it: ``msal``
would do the same behind our back, with an HTTP client of its own that knows neither
our time limits nor our log.
"""

import base64
import json
import re
import threading
import time
import uuid

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from requests.auth import AuthBase

from ..core.errors import AuthenticationError, ConfigurationError
from ..core.http import HttpClient
from ..core.sentences import _lt
from .refusals import raise_login_error

JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
EARLY = 300.0
"""Seconds before its end at which a token is renewed."""
ASSERTION_SECONDS = 600
SHORTEST_LIFE = 1.0


_PEM_BLOCK = re.compile(
    r"(-----BEGIN ([A-Z ]+)-----)(.*?)(-----END \2-----)", re.DOTALL
)


def _rewrap(text):
    """Return PEM with its line ends: pasting it into a form of one line drops them.

    >>> _rewrap("-----BEGIN KEY-----QUJD REVG-----END KEY-----").split()
    ['-----BEGIN', 'KEY-----', 'QUJDREVG', '-----END', 'KEY-----']
    """
    return "".join(
        f"{begin}\n{''.join(body.split())}\n{end}\n"
        for begin, _kind, body, end in _PEM_BLOCK.findall(text)
    )


class Certificate:
    """A private key with its certificate, both PEM, in one text.

    :raises ConfigurationError: one of them is missing, broken, or not of the other
    """

    def __init__(self, text):
        data = _rewrap(str(text)).encode()
        try:
            self._key = serialization.load_pem_private_key(data, password=None)
            # Whatever stands before the certificate is skipped by the loader.
            certificate = x509.load_pem_x509_certificate(data)
        except TypeError:
            raise _unusable(_lt("its key is protected by a password")) from None
        except ValueError:
            reason = _lt("a private key and a certificate are needed, both PEM")
            raise _unusable(reason) from None
        if not isinstance(self._key, rsa.RSAPrivateKey):
            raise _unusable(_lt("an RSA key is needed"))
        # By number: keys can be compared themselves only from cryptography 40 on.
        numbers = self._key.public_key().public_numbers()
        if certificate.public_key().public_numbers() != numbers:
            raise _unusable(_lt("the key belongs to another certificate"))
        self._thumbprint = _base64url(certificate.fingerprint(hashes.SHA1()))

    def assertion(self, client_id, audience):
        """Return a signed statement that we are the app, good for ten minutes."""
        now = int(time.time())
        header = {"alg": "RS256", "typ": "JWT", "x5t": self._thumbprint}
        claims = {
            "aud": audience,
            "iss": client_id,
            "sub": client_id,
            "jti": str(uuid.uuid4()),
            "nbf": now,
            "exp": now + ASSERTION_SECONDS,
        }
        text = ".".join(
            _base64url(json.dumps(part).encode()) for part in (header, claims)
        )
        signature = self._key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{text}.{_base64url(signature)}"


class ClientCredentials(AuthBase):
    """Puts a token into each request, and asks for a new one before the old one ends.

    :param scope: what the token is for, ``<environment>/.default``
    :param certificate: ``Certificate``, or None where there is a secret

    :ivar token: the present one, None where the next call gets one for itself
    """

    def __init__(
        self, authority, tenant, client_id, scope, *, secret, certificate, seconds_left
    ):
        self._client = HttpClient(
            authority,
            headers={"Accept": "application/json"},
            seconds_left=seconds_left,
            refuse=raise_login_error,
        )
        self._path = f"{tenant}/oauth2/v2.0/token"
        self._client_id = client_id
        self._scope = scope
        self._secret = secret
        self._certificate = certificate
        self._lock = threading.Lock()
        self.token, self._until = None, 0.0
        self.clock = time.monotonic

    def __call__(self, request):
        # Of calls that go out at once, one asks and the others wait for it.
        with self._lock:
            if self.clock() >= self._until:
                self._renew()
            request.headers["Authorization"] = f"Bearer {self.token}"
        return request

    def close(self):
        self._client.close()

    def forget(self, token):
        """Do not use a token any more that the server refuses."""
        with self._lock:
            if self.token == token:
                self.token, self._until = None, 0.0

    def _renew(self):
        form = {
            "grant_type": "client_credentials",
            "client_id": self._client_id,
            "scope": self._scope,
        }
        if self._certificate:
            audience = self._client.url_of(self._path)
            form["client_assertion_type"] = JWT_BEARER
            form["client_assertion"] = self._certificate.assertion(
                self._client_id, audience
            )
        else:
            form["client_secret"] = self._secret
        # A token more or less does no harm.
        answer = self._client.post_form(self._path, form, repeatable=True).data
        token = answer.get("access_token") if isinstance(answer, dict) else None
        if not isinstance(token, str) or not token.isascii() or not token.isprintable():
            raise AuthenticationError("bad_credentials", host=self._client.host)
        life = answer.get("expires_in")
        life = float(life) if str(life).isdigit() else EARLY
        self.token = token
        margin = min(EARLY, life / 10)
        self._until = self.clock() + max(SHORTEST_LIFE, life - margin)


def _base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _unusable(reason):
    return ConfigurationError("bad_setting", setting=_lt("Certificate"), reason=reason)
