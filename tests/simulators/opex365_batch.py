"""Several requests in one: ``$batch`` with reading parts only."""

import re
import secrets
from urllib.parse import urlsplit

from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

CRLF = "\r\n"


def answer_batch(request, answer):
    """Answer each part with ``answer(request)``, in order.

    The first failure ends the batch, unless ``odata.continue-on-error`` is preferred.
    """
    boundary = re.search(r'boundary="?([^";]+)"?', request.content_type or "")
    if not boundary:
        return Response("", 400)
    go_on = "odata.continue-on-error" in request.headers.get("Prefer", "")
    parts, status = [], 200
    for text in _parts(request.get_data(as_text=True), boundary[1]):
        response = answer(_as_request(text, request))
        parts.append(response)
        if response.status_code >= 400 and not go_on:
            status = 400
            break
    name = f"batchresponse_{secrets.token_hex(8)}"
    return Response(
        _written(parts, name), status, content_type=f"multipart/mixed; boundary={name}"
    )


def _parts(body, boundary):
    for part in body.split(f"--{boundary}")[1:]:
        if part.startswith("--"):
            return
        _head, _blank, inner = part.partition(CRLF * 2)
        yield inner


def _as_request(text, outer):
    head, _blank, _body = text.partition(CRLF * 2)
    first, *lines = head.split(CRLF)
    method, _space, rest = first.partition(" ")
    # Blanks within the address may be there as they are.
    parts = urlsplit(rest.rpartition(" HTTP/")[0])
    headers = {"Authorization": outer.headers.get("Authorization", "")}
    for line in filter(None, lines):
        name, _colon, value = line.partition(":")
        headers[name.strip()] = value.strip()
    builder = EnvironBuilder(parts.path, outer.host_url, method=method, headers=headers)
    environ = builder.get_environ()
    environ["QUERY_STRING"] = parts.query
    return Request(environ)


def _written(responses, boundary):
    lines = []
    for response in responses:
        lines += [
            f"--{boundary}",
            "Content-Type: application/http",
            "Content-Transfer-Encoding: binary",
            "",
            f"HTTP/1.1 {response.status_code} {response.status.partition(' ')[2]}",
            f"Content-Type: {response.content_type}",
            "OData-Version: 4.0",
            "",
            response.get_data(as_text=True),
        ]
    return (CRLF.join([*lines, f"--{boundary}--", ""])).encode()
