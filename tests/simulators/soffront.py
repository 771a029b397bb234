"""A Soffront REST service on loopback, as seen in its guide and in a public portal."""

import json
import secrets
import time
from urllib.parse import unquote

from werkzeug.wrappers import Response

from .server import Simulator, json_response
from .soffront_data import make_customer
from .soffront_operations import Operations
from .soffront_query import Refused

WRITING = (
    "addrecord", "addmultiplerecord", "update", "upadteportalrec", "deleterecord",
    "attach", "linkrelatedmultiple", "mail", "createwebform",
)  # fmt: skip
INVALID_TOKEN = {"ErrorCode": 1, "ErrorMessage": "Invalid token", "Object": None}
KEY = "U0ZQT1JUQUx8c2YwMDB8M3xJTlZFTlRFRHxDUk18"
USER, PASSWORD = "mig.reader", "S3cret9 ünder+wäy/half"
PROBLEM_PAGE = (
    "<!DOCTYPE html><html><head><title>{status} - Server error</title></head>"
    "<body><h2>{status} - The resource cannot be displayed.</h2></body></html>"
)


class SoffrontSimulator(Simulator):
    """Serves ``customer`` (or an invented one) under ``prefix``.

    key, user, password: what opens it; ``users`` holds further ones with their rights:
    ``denied`` objects, ``only`` (SQL: the rows that the user sees)

    token_style: ``text`` (a bare JSON string) or ``object`` (with ``Status``)
    token_life: seconds of ``clock`` after which a token is refused; None = it lives on
    refusal: of a token: ``message`` (ErrorCode) or an HTTP status
    cap: rows that one call gives at most, also when "everything" is asked for
    ignores_condition, ignores_sort, ignores_size, tells_total, adds_to_total: ways to
    misbehave
    refuses: text that no condition may hold
    mixes_case, numbers_as_text: how members and numbers look, from row to row
    date_styles: column → ``iso`` (with T), ``text``, ``us``, ``ms``
    escapes: operation → how its condition has to be written
    link_tables_have: columns that are ambiguous where a condition leaves them bare
    without: operations that this installation does not have
    answers: operation → answer given instead of the real one, whatever is asked
    rate_limit: calls a second; None = any number

    calls: (operation, body inside the wrapper) of every call; writes: of the writing ones
    tokens: those handed out, oldest first
    """

    def __init__(self, customer=None, *, prefix="WEBAPI2", token_style="text", token_life=None,
                 rate_limit=None, **server):  # fmt: skip
        super().__init__(**server)
        self.customer = customer or make_customer()
        self.prefix = prefix
        self.key, self.user, self.password = KEY, USER, PASSWORD
        self.users = {USER: {"password": PASSWORD}}
        self.token_style, self.token_life, self.refusal = (
            token_style,
            token_life,
            "message",
        )
        self.rate_limit = rate_limit
        self.clock = time.monotonic
        self.cap = 500
        self.ignores_condition = self.ignores_sort = False
        self.ignores_size = None
        self.tells_total = True
        self.adds_to_total = 0
        self.refuses = ""
        self.mixes_case = self.numbers_as_text = False
        self.date_styles = {"CallTime": "us", "Closedat": "ms", "NoteDate": "text"}
        self.escapes = {"find": "js_escape", "findrelated": "js_escape"}
        self.link_tables_have = ("IsDeleted", "FormID")
        self.without = set()
        self.answers = {}
        self.calls, self.writes, self.tokens = [], [], []
        self._sessions = {}
        self._times = []

    @property
    def address(self):
        """The address of the service: what a customer would type."""
        return f"{self.url}/{self.prefix}"

    def add_user(self, name, password, **rights):
        self.users[name] = {"password": password, **rights}

    # What faults ask

    def error(self, status, headers=None):
        return Response(
            PROBLEM_PAGE.format(status=status), status, headers, mimetype="text/html"
        )

    def unauthenticated(self, request):
        if self.refusal == "message":
            return json_response(INVALID_TOKEN)
        return self.error(self.refusal)

    def expire(self, request):
        for part in _segments(request):
            self._sessions.pop(part, None)

    # Answers

    def respond(self, request):
        parts = _segments(request)
        prefix = self.prefix.split("/")
        if parts[: len(prefix)] != prefix or len(parts) <= len(prefix):
            return self.error(404)
        operation, *rest = parts[len(prefix) :]
        if self._is_too_fast():
            return self.error(429, {"Retry-After": "1"})
        operation = operation.casefold()
        if operation in self.without:
            return self.error(404)
        if operation in WRITING:
            self.writes.append(operation)
            return json_response({"ErrorCode": 0, "Object": ""})
        if operation == "developerkey":
            return json_response(self.key)
        if operation == "token":
            return self._token(rest)
        return self._authenticated(request, operation, rest)

    def _token(self, rest):
        if len(rest) != 3:
            return self.error(404)
        key, user, password = (part.replace("♣", "+") for part in rest)
        known = self.users.get(user)
        if key != self.key or not known or known["password"] != password:
            if self.token_style == "text":
                return json_response("")
            return json_response({"Status": 0, "Message": "Invalid user or key"})
        token = secrets.token_hex(10)
        self.tokens.append(token)
        self._sessions[token] = (known, self.clock())
        if self.token_style == "text":
            return json_response(token)
        return json_response({"Status": 1, "Token": token})

    def _authenticated(self, request, operation, rest):
        user, since = self._sessions.get(rest[0] if rest else "", (None, 0))
        expired = self.token_life and self.clock() - since > self.token_life
        if user is None or expired:
            return self.unauthenticated(request)
        if operation == "downloadattach" and request.method == "GET":
            return self._file(rest[1:])
        method = getattr(Operations(self, user), operation, None)
        if not method or operation.startswith("_") or request.method != "POST":
            return self.error(404)
        try:
            asked = json.loads(request.get_data())["Recdata"]
            self.calls.append((operation, asked))
            if operation in self.answers:
                return json_response(self.answers[operation])
            return json_response({"ErrorCode": 0, "Object": method(asked)})
        except Refused as refusal:
            return json_response(
                {
                    "ErrorCode": refusal.code,
                    "ErrorMessage": refusal.text,
                    "Object": None,
                }
            )
        except (KeyError, TypeError):
            return self.error(500)

    def _file(self, rest):
        if len(rest) != 3:
            return self.error(404)
        name = rest[2].replace("♥", ".").replace("♦", "&")
        content = self.customer.files.get((rest[0].casefold(), rest[1], name))
        if content is None:
            return self.error(404)
        body = content() if callable(content) else content
        kind = (
            "text/html"
            if bytes(body[:9]) == b"<!DOCTYPE"
            else "application/octet-stream"
        )
        return Response(body, mimetype=kind)

    def _is_too_fast(self):
        if self.rate_limit is None:
            return False
        now = time.monotonic()
        self._times = [moment for moment in self._times if now - moment < 1]
        self._times.append(now)
        return len(self._times) > self.rate_limit


def _segments(request):
    """Return the parts of the path, each decoded on its own: a part may hold a ``/``."""
    raw = request.environ.get("RAW_URI") or request.path
    return [unquote(part) for part in raw.split("?")[0].strip("/").split("/")]
