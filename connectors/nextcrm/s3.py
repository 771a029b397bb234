"""Signed requests to an S3-compatible store: AWS Signature Version 4, nothing more.

A library would bring its own transport, retries and configuration files for what is one
header; this signs a request of the client that every other source uses.
Source: Amazon S3 API reference, "Authenticating Requests: Using the Authorization Header".
"""

import datetime as dt
import hashlib
import hmac
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from requests.auth import AuthBase

_EMPTY = hashlib.sha256(b"").hexdigest()
_ALGORITHM = "AWS4-HMAC-SHA256"


def encoded_path(*parts):
    """Return a path as it is signed and sent: every byte but ``A-Za-z0-9-._~/`` escaped.

    >>> encoded_path("nextcrm", "documents/é +.pdf")
    '/nextcrm/documents/%C3%A9%20%2B.pdf'
    """
    return "".join("/" + quote(part, safe="/-._~") for part in parts)


def _host(url):
    """Return the host as the client sends it: without the port that goes without saying."""
    parts = urlsplit(url)
    usual = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    return parts.netloc.removesuffix(usual)


class S3Auth(AuthBase):
    """Signs each request with the keys; they themselves are never sent.

    :param clock: callable, the time in UTC
    """

    def __init__(self, access_key, secret_key, *, region="us-east-1", clock=None):
        self.access_key, self._secret_key = access_key, secret_key
        self.region = region
        self._clock = clock or (lambda: dt.datetime.now(dt.timezone.utc))

    def __call__(self, request):
        moment = self._clock().strftime("%Y%m%dT%H%M%SZ")
        body = request.body or b""
        body = body.encode() if isinstance(body, str) else body
        digest = hashlib.sha256(body).hexdigest() if body else _EMPTY
        request.headers["x-amz-date"] = moment
        request.headers["x-amz-content-sha256"] = digest
        signed = {
            name.lower(): " ".join(str(value).split())
            for name, value in request.headers.items()
            if name.lower().startswith("x-amz-") or name.lower() == "range"
        }
        signed["host"] = request.headers.get("Host") or _host(request.url)
        names = ";".join(sorted(signed))
        scope = f"{moment[:8]}/{self.region}/s3/aws4_request"
        signature = self._sign(self._canonical(request, signed, digest), moment, scope)
        request.headers["Authorization"] = (
            f"{_ALGORITHM} Credential={self.access_key}/{scope},"
            f"SignedHeaders={names},Signature={signature}"
        )
        return request

    def _canonical(self, request, headers, digest):
        parts = urlsplit(request.url)
        query = sorted(
            (quote(name, safe="-._~"), quote(value, safe="-._~"))
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
        )
        return "\n".join(
            [
                request.method,
                quote(unquote(parts.path), safe="/-._~") or "/",
                "&".join(f"{name}={value}" for name, value in query),
                *(f"{name}:{headers[name]}" for name in sorted(headers)),
                "",
                ";".join(sorted(headers)),
                digest,
            ]
        )

    def _sign(self, canonical, moment, scope):
        hashed = hashlib.sha256(canonical.encode()).hexdigest()
        text = f"{_ALGORITHM}\n{moment}\n{scope}\n{hashed}"
        key = f"AWS4{self._secret_key}".encode()
        for part in scope.split("/"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
