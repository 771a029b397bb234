"""The error tables of Dataverse and of Microsoft Entra, as errors of ``core/errors.py``.

Matched on status and code, never on the text, which is in the language of the server.
"""

import json
import re

import requests

from ..core.errors import (
    AuthenticationError,
    ConfigurationError,
    FatalError,
    ForbiddenError,
    RetryableError,
)
from ..core.sentences import _lt

LARGEST_REFUSAL = 64 * 1024
HEAVY_DELAY = 30
LOGIN = _lt("The application user")

# Dataverse code: (kind of error, our code)
_BY_CODE = {
    "0x80060888": (FatalError, "query_refused"),
    "0x80041103": (FatalError, "query_refused"),
    "0x8004112a": (FatalError, "paging_expired"),
    "0x8004e023": (FatalError, "too_many_rows"),
    "0x80072491": (FatalError, "tracking_off"),
    "0x80044352": (FatalError, "tracking_expired"),
    "0x80040265": (FatalError, "extension_failed"),
    "0x80072560": (AuthenticationError, "no_app_user"),
    "0x80040220": (ForbiddenError, "privilege_missing"),
    "0x80048306": (ForbiddenError, "privilege_missing"),
    "0x8004f504": (FatalError, "column_secured"),
    "0x8006088a": (FatalError, "table_missing"),
    "0x80041102": (FatalError, "table_missing"),
    "0x80040217": (FatalError, "row_missing"),
    "0x80044a02": (FatalError, "too_large"),
    "0x80090017": (FatalError, "chunks_refused"),
    "0x80044150": (RetryableError, "query_too_heavy"),
    "0x80044151": (RetryableError, "query_too_heavy"),
    "0x80048544": (RetryableError, "query_too_heavy"),
    "0x8004a112": (AuthenticationError, "user_disabled"),
    "0x8004a104": (ConfigurationError, "organization_disabled"),
}
_BY_LOGIN = {
    7000215: (AuthenticationError, "wrong_secret"),
    7000222: (AuthenticationError, "secret_expired"),
    700016: (AuthenticationError, "unknown_app"),
    90002: (ConfigurationError, "unknown_tenant"),
    500011: (ConfigurationError, "unknown_environment"),
    70011: (ConfigurationError, "unknown_environment"),
    700027: (AuthenticationError, "certificate_rejected"),
}


def raise_dataverse_error(response, *, host, stream):
    """Raise what an error body of the Web API means; return where it says nothing new.

    A 429 is told by its status, a 401 has no body.
    """
    if response.status_code in (401, 429):
        return
    error = _body(response).get("error")
    code = str(error.get("code") or "").lower() if isinstance(error, dict) else ""
    status = response.status_code
    about = {"host": host, "stream": stream, "login": LOGIN, "status": status}
    if code in _BY_CODE:
        kind, own = _BY_CODE[code]
        if kind is RetryableError:
            raise RetryableError(own, delay=HEAVY_DELAY, **about)
        raise kind(own, **about)
    if status == 413:
        raise FatalError("too_large", **about)
    if status == 400 and code in ("0x0", ""):
        raise FatalError("query_refused", **about)
    if status == 400:
        known = re.fullmatch(r"0x[0-9a-f]{1,8}", code)
        reason = _lt("error %(number)s", number=code if known else 400)
        raise FatalError("unexpected_answer", reason=reason, **about)


def raise_login_error(response, *, host, stream):
    """Raise why the token endpoint gave no token."""
    if response.status_code not in (400, 401):
        return
    body = _body(response)
    numbers = body.get("error_codes")
    numbers = (
        [n for n in numbers if isinstance(n, int)] if isinstance(numbers, list) else []
    )
    for number in numbers:
        if number in _BY_LOGIN:
            kind, code = _BY_LOGIN[number]
            raise kind(code, host=host)
    if numbers:
        raise AuthenticationError("login_refused", host=host, number=numbers[0])
    raise AuthenticationError("bad_credentials", host=host)


def _body(response):
    """Return the object in an error's body, empty where there is none."""
    try:
        text = next(response.iter_content(LARGEST_REFUSAL), b"")
        body = json.loads(text)
    except (ValueError, RecursionError, requests.RequestException):
        return {}
    return body if isinstance(body, dict) else {}
