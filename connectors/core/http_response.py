"""What an HTTP answer means: an error of ``errors.py``, or JSON that is all there."""

import json

import requests

from .errors import (
    AuthenticationError,
    ConfigurationError,
    FatalError,
    ForbiddenError,
    RetryableError,
)
from .sentences import _lt

LARGEST_BODY = 64 * 1024 * 1024
"""Bytes of JSON that a page may have, unpacked; a worker's memory is at stake."""
LARGEST_REFUSAL = 64 * 1024
"""Bytes of a refusal that are looked at."""
NO_ANSWER_DELAY = 30
BUSY = frozenset({408, 502, 503, 504})


def raise_for_status(response, throttle, *, host, stream=""):
    """Return for 2xx, else raise.

    :raises AuthenticationError: 401
    :raises ForbiddenError: 403
    :raises RetryableError: 429, 408, 502, 503, 504, with the delay the server asks for
    :raises FatalError: ``not_found`` (404, 410), ``server_error`` (500 and its like),
        ``unexpected_answer`` (any other); ``data["status"]`` says which
    """
    status = response.status_code
    about = {"host": host, "stream": stream, "status": status}
    if 200 <= status < 300:
        return
    if status == 401:
        raise AuthenticationError("bad_credentials", host=host)
    if status == 403:
        raise ForbiddenError("forbidden", login=_lt("This account"), **about)
    if status in (404, 410):
        path = response.request.path_url.split("?")[0]
        # A file's address is a secret of its own: name the stream instead.
        raise FatalError("not_found", path=stream or path, **about)
    if status == 429:
        delay = throttle.delay_after_refusal(response.headers)
        raise RetryableError("rate_limited", delay=delay, **about)
    if status in BUSY:
        delay = throttle.delay_after_refusal(response.headers)
        raise RetryableError("busy", delay=delay, **about)
    if status >= 500:
        raise FatalError("server_error", **about)
    raise FatalError(
        "unexpected_answer", reason=_lt("status %(status)s", status=status), **about
    )


def is_no_answer(error, *, in_batch):
    """Tell whether nobody answered, and not merely too late for this batch."""
    if isinstance(error, requests.exceptions.SSLError | requests.exceptions.InvalidURL):
        return False
    if isinstance(error, requests.Timeout):
        return not in_batch or isinstance(error, requests.ConnectTimeout)
    return isinstance(error, requests.ConnectionError)


def raise_unanswered(error, *, host, in_batch):
    """Raise what a failed exchange means.

    :param in_batch: the time-out was cut short by the end of the batch
    """
    if isinstance(error, requests.exceptions.SSLError):
        raise ConfigurationError("certificate", host=host) from None
    if isinstance(error, requests.exceptions.InvalidURL | UnicodeError):
        reason = _lt("it is not a web address")
        raise ConfigurationError("bad_setting", setting="url", reason=reason) from None
    if isinstance(error, requests.Timeout) and in_batch:
        raise RetryableError("time_budget", delay=0) from None
    if isinstance(error, requests.ReadTimeout):
        raise RetryableError("busy", delay=NO_ANSWER_DELAY, host=host) from None
    raise RetryableError("unreachable", delay=NO_ANSWER_DELAY, host=host) from None


def read_body(response, seconds_left, *, host, stream):
    """Return the bytes of an answer.

    :raises RetryableError: the connection broke off, or the batch is over
    :raises FatalError: it is larger than any page should be
    """
    chunks, size = [], 0
    try:
        for chunk in response.iter_content(64 * 1024):
            chunks.append(chunk)
            size += len(chunk)
            if size > LARGEST_BODY:
                reason = _lt("more than %(limit)s MiB", limit=LARGEST_BODY // 1024**2)
                raise FatalError(
                    "unexpected_answer", host=host, stream=stream, reason=reason
                )
            if seconds_left() <= 0:
                raise RetryableError("time_budget", delay=0)
    except requests.RequestException:
        raise cut_off(host) from None
    length = response.headers.get("Content-Length", "")
    # Counted on the wire, before unpacking; older versions of urllib3 do not check.
    if length.isdigit() and response.raw.tell() < int(length):
        raise cut_off(host)
    return b"".join(chunks)


def peek_json(response):
    """Return the data in the body of a refusal, None where it is not JSON, or long."""
    try:
        return json.loads(next(response.iter_content(LARGEST_REFUSAL), b""))
    except (ValueError, RecursionError, requests.RequestException):
        return None


def parse_json(response, body, *, host, stream):
    """Return the data of an answer, None for an empty one.

    :raises ConfigurationError: a page for people instead of data
    :raises RetryableError: it ends in the middle
    :raises FatalError: it is no JSON
    """
    kind = response.headers.get("Content-Type", "")
    if body.lstrip()[:1] == b"<" or "html" in kind:
        raise ConfigurationError("not_json", host=host)
    try:
        # NaN is no JSON: as text it shows up as a bad number of its record.
        return json.loads(body, parse_constant=str) if body.strip() else None
    except (ValueError, RecursionError):
        if not {"Content-Length", "Transfer-Encoding"} & set(
            map(str.title, response.headers)
        ):
            raise cut_off(host) from None
        reason = _lt("this is not JSON")
        raise FatalError(
            "unexpected_answer", host=host, stream=stream, reason=reason
        ) from None


def cut_off(host):
    return RetryableError("cut_off", delay=5, host=host)
