"""A Net-Results account on loopback: JSON-RPC 2.0, one address per controller."""

import base64
import binascii
import json

from werkzeug.wrappers import Response

from .net_results_data import make_account
from .net_results_rpc import CONTROLLERS, Refused, Rpc
from .server import Simulator, json_response

PATH = "/api/v2/rpc/server.php"
# Other names that the members of a contact may bear: the second and the third alias.
OTHER_NAMES = (
    {},
    {
        "contact_email_address": "email_address",
        "contact_first_name": "first_name",
        "contact_last_name": "last_name",
        "contact_unsubscribed": "unsubscribed",
        "contact_bounced": "bounced",
        "account_id": "company_id",
        "account_name": "company_name",
        "contact_modified_date": "modified_date",
        "owner_email": "contact_owner",
    },
    {
        "contact_email_address": "email",
        "contact_unsubscribed": "is_unsubscribed",
        "contact_bounced": "is_bounced",
        "account_name": "company",
        "contact_modified_date": "updated",
        "owner_email": "owner",
    },
)
UNAUTHORIZED = "Authentication failed"


class NetResultsSimulator(Simulator):
    """Serves ``account`` (or an invented one); its tables may be changed at any time.

    accounts: whether there is a controller for them
    names: which aliases the members of contacts bear, 0 to 2
    total: name of the counter in a page, None for none; wrong_total: value it has
    shape: where a page stands: ``results``, ``list`` (bare) or ``other`` (unknown key)
    missing: what an unknown controller gives: ``404``, ``error``, ``html`` or ``500``

    calls: ``(controller, method, params)`` of every call that was let in
    writes: those of them whose method does not begin with ``get``
    """

    login, password, token = "ana@seller.example", "pä:ss wörd", "oauth-secret-token-1"  # fmt: skip

    def __init__(
        self, account=None, *, accounts=False, names=0, total="totalRecords",
        wrong_total=None, shape="results", missing="404", page_mode=False, most=None,
        bodies=False, without=(), **server,
    ):  # fmt: skip
        super().__init__(**server)
        self.account = account or make_account()
        self.rpc = Rpc(self.account, page_mode=page_mode, most=most, bodies=bodies)
        self.names, self.total, self.wrong_total = OTHER_NAMES[names], total, wrong_total  # fmt: skip
        self.shape, self.missing = shape, missing
        self.controllers = {
            name: methods
            for name, methods in CONTROLLERS.items()
            if name not in without and (accounts or name != "Account")
        }
        self.calls, self.writes, self.logins = [], [], 0
        self.sessions, self._accepts_login = set(), True

    # What faults ask

    def call_of(self, request):
        body = _body(request)
        return f"{request.args.get('Controller')}.{body.get('method')}" if body else ""

    def expire(self, request):
        """End the session of a request; without one, its credentials."""
        session = request.args.get("strSessionId")
        if session:
            self.sessions.discard(session)
        else:
            self._accepts_login = False

    def error(self, status, headers=None):
        return Response("Service error", status, headers, content_type="text/plain")

    def unauthenticated(self, request):
        return Response(UNAUTHORIZED, 401, content_type="text/plain")

    # Answers

    def respond(self, request):
        if request.path != PATH:
            return Response("<h1>Not Found</h1>", 404, mimetype="text/html")
        controller, body = request.args.get("Controller", ""), _body(request)
        session_call = body.get("method") == "getSessionId" and controller == "User"
        if not session_call and not self._knows(request):
            return self.unauthenticated(request)
        if controller not in self.controllers:
            response = self._missing(body)
        elif request.method == "GET":
            response = json_response(_description(self.controllers[controller]))
        else:
            response = self._post(request, controller, body)
        response.set_cookie("PHPSESSID", "ignore-me")
        return response

    def _missing(self, body):
        if self.missing == "html":
            return Response("<html><b>Fatal error</b>", 200, mimetype="text/html")
        if self.missing == "error":
            return _failed(body, {"code": -32601, "message": "Controller not found"})
        return Response("No such controller", int(self.missing), mimetype="text/plain")

    def _post(self, request, controller, body):
        method, params = body.get("method"), body.get("params", {})
        self.calls.append((controller, method, params))
        if not str(method).startswith("get"):
            self.writes.append((controller, method))
        if (controller, method) == ("User", "getSessionId"):
            return self._log_in(body, params)
        try:
            result, total = self.rpc.call(controller, method, params)
        except Refused as refusal:
            return _failed(body, refusal.error)
        return json_response(
            {"jsonrpc": "2.0", "id": body.get("id"), "result": self._wrap(controller, method, result, total)}
        )  # fmt: skip

    def _wrap(self, controller, method, result, total):
        if controller == "Contact" and method.startswith(("getMultiple", "getOne")):
            rename = self.names.get
            many = result if isinstance(result, list) else [result]
            many = [{rename(k, k): v for k, v in row.items()} for row in many]
            result = many if isinstance(result, list) else many[0]
        if not isinstance(result, list) or self.shape == "list":
            return result
        page = {"results" if self.shape == "results" else "rows": result}
        if self.total and total is not None:
            page[self.total] = total if self.wrong_total is None else self.wrong_total
        return page

    # Who is asking

    def _log_in(self, body, params):
        given = (params.get("username"), params.get("password"))
        if given != (self.login, self.password) or not self._accepts_login:
            return Response(UNAUTHORIZED, 401, content_type="text/plain")
        self.logins += 1
        session = f"session-{self.logins}-of-nobodys-business"
        self.sessions.add(session)
        return json_response({"jsonrpc": "2.0", "id": body["id"], "result": session})

    def _knows(self, request):
        if session := request.args.get("strSessionId"):
            return session in self.sessions
        if not self._accepts_login:
            return False
        kind, _space, value = request.headers.get("Authorization", "").partition(" ")
        if kind == "Bearer":
            return value == self.token
        try:
            text = base64.b64decode(value).decode()
        except (binascii.Error, UnicodeDecodeError):
            return False
        return kind == "Basic" and text == f"{self.login}:{self.password}"


def _body(request):
    if request.method != "POST":
        return {}
    try:
        body = json.loads(request.get_data())
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _failed(body, error):
    return json_response({"jsonrpc": "2.0", "id": body.get("id"), "error": error})


def _description(methods):
    return {
        "SMDVersion": "2.0",
        "envelope": "JSON-RPC-2.0",
        "contentType": "application/json; charset=utf-8",
        "methods": {
            name: {
                "envelope": "JSON-RPC-2.0",
                "parameters": [{"name": p, "optional": False} for p in parameters],
            }
            for name, parameters in methods.items()
        },
    }
