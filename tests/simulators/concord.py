"""A Concord CRM on loopback, as the reference describes releases 1.2.0 to 1.6.0."""

import math
import time
from urllib.parse import quote, urlsplit

from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from .concord_access import Access
from .concord_api import Api
from .concord_data import make_company
from .concord_query import Refused, ServerFault
from .concord_routes import URLS
from .concord_wire import Wire
from .server import Simulator, json_response

PLENTY = 1_000_000
STATEFUL_HOSTS = {"localhost", "127.0.0.1", "::1"}
SECRET = "simulated-only-" * 3
MESSAGES = {
    401: "Unauthenticated.",
    419: "CSRF token mismatch.",
    429: "Too Many Attempts.",
    500: "Server Error",
    503: "Service Unavailable",
}


class ConcordSimulator(Simulator):
    """Serves ``company`` (or an invented one) under ``/api`` and its files beside it.

    company: the truth; the simulator works on a copy of its tables, ``self.company``
    version: of the product; it decides on headers and shapes
    rate_limit: calls per window and user; None = so many that nobody meets the limit
    rate_window: seconds; 60 in the product, less for quick tests

    token: of the super admin; user_token: of somebody who sees only own records;
    token_without_api: of a user who may not use the API
    marked_read: ids of messages that a call marked as read on the mail server
    writes: requests other than GET and HEAD that reached the API
    leaks: paths outside the API that were sent an Authorization header
    """

    def __init__(self, company=None, *, version="1.6.0", rate_limit=90, rate_window=60, **server):  # fmt: skip
        super().__init__(**server)
        self.version = version
        self._version = tuple(int(part) for part in version.split("."))
        self.company = (company or make_company()).at_version(self._version)
        self.rate_limit = PLENTY if rate_limit is None else rate_limit
        self.rate_window = rate_window
        self._buckets = {}
        self._users = {}
        self.marked_read, self.writes, self.leaks = [], [], []
        self.token = self.issue_token(self.company.find("admin")["id"])
        self.user_token = self.issue_token(self.company.find("seller")["id"])
        self.token_without_api = self.issue_token(
            self.company.find("user_without_api")["id"]
        )

    def issue_token(self, user_id):
        """Return a new token of a user, in the form ``<id>|<secret>``."""
        token = f"{len(self._users) + 1}|{SECRET}"
        self._users[token] = user_id
        return token

    def revoke_token(self, token):
        """From now on ``token`` is worth a 401."""
        self._users[token] = None

    # What faults ask

    def expire(self, request):
        self.revoke_token(_bearer(request))

    def error(self, status, headers=None):
        return json_response({"message": MESSAGES.get(status, "Server Error")}, status, headers)  # fmt: skip

    def unauthenticated(self, request):
        """JSON for who accepts JSON, the login page for who does not say so."""
        if "application/json" in request.headers.get("Accept", ""):
            return self._finished(self.error(401))
        return self._finished(
            Response("", 302, {"Location": f"{self.url}/login"}, mimetype="text/html")
        )

    # Answers

    def respond(self, request):
        if request.path.startswith("/api/"):
            return self._finished(self._api(request))
        if request.path == "/login":
            return Response("<!doctype html><title>Login</title>", mimetype="text/html")
        return self._file(request)

    def _api(self, request):
        if request.method not in ("GET", "HEAD"):
            self.writes.append(f"{request.method} {request.path}")
            if self._is_stateful(request):
                return self.error(419)
        user_id = self._users.get(_bearer(request))
        refusal, headers = self._throttle(user_id or request.remote_addr)
        if refusal:
            return refusal
        if user_id is None:
            response = self.unauthenticated(request)
        else:
            response = self._authenticated(request, self.company["users"][user_id])
        response.headers.extend(headers)
        return response

    def _authenticated(self, request, user):
        if not (user["access_api"] or user["super_admin"]):
            return json_response({"error": "You have no access to the API."}, 403)
        if request.method not in ("GET", "HEAD"):
            return json_response({"message": "The simulator is read-only."}, 405)
        access = Access(self.company, user)
        zapier = request.headers.get("User-Agent") == "Zapier"
        wire = Wire(self.company, access, self._version, self.url, zapier)
        api = Api(self, request, access, wire)
        try:
            endpoint, values = URLS.bind("").match(request.path, "GET")
            return json_response(getattr(api, endpoint)(**values))
        except NotFound:
            return json_response({"message": ""}, 404)
        except HTTPException as error:  # a redirect of the URL map
            return error.get_response(request.environ)
        except Refused as refusal:
            return json_response(refusal.body, refusal.status)
        except ServerFault:
            return self.error(500)

    def _throttle(self, who):
        """Count a call; return the 429 if it is one too many, and the usual headers."""
        now = time.monotonic()
        start, used = self._buckets.get(who, (now, 0))
        if now - start >= self.rate_window:
            start, used = now, 0
        self._buckets[who] = (start, used + 1)
        left = self.rate_limit - used - 1
        headers = {
            "X-RateLimit-Limit": str(self.rate_limit),
            "X-RateLimit-Remaining": str(max(left, 0)),
        }
        if left >= 0:
            return None, headers
        wait = math.ceil(start + self.rate_window - now)
        headers["Retry-After"] = str(wait)
        headers["X-RateLimit-Reset"] = str(int(time.time()) + wait)
        return self.error(429, headers), headers

    def _is_stateful(self, request):
        """Say whether Sanctum would take the call for one of its own front end."""
        source = request.headers.get("Referer") or request.headers.get("Origin")
        hosts = STATEFUL_HOSTS | {urlsplit(self.company.app_url).hostname}
        return bool(source) and urlsplit(source).hostname in hosts

    def _finished(self, response):
        if self._version >= (1, 3):
            response.headers["X-App-Version"] = self.version
        return response

    # Files, outside the API: no login, no limit

    def _file(self, request):
        if "Authorization" in request.headers:
            self.leaks.append(request.path)
            return Response("InvalidArgument: Unsupported Authorization Type", 400)
        parts = request.path.strip("/").split("/")
        if parts[0] == "storage":
            return self._stored("/".join(parts[1:]), "image/png")
        if len(parts) == 3 and parts[0] == "media" and parts[2] in ("download", "preview"):  # fmt: skip
            for row in self.company.rows("media"):
                if row["token"] == parts[1]:
                    return self._media(row, parts[2])
        return Response("<!doctype html><title>Not Found</title>", 404, mimetype="text/html")  # fmt: skip

    def _media(self, row, how):
        response = self._stored(row["token"], row["mime_type"])
        if response.status_code == 200:
            disposition = {"download": "attachment", "preview": "inline"}[how]
            response.headers["Content-Disposition"] = (
                f"{disposition}; filename*=UTF-8''{quote(row['file_name'], safe='')}"
            )
        return response

    def _stored(self, name, mime_type):
        content = self.company.files.get(name)
        if content is None:
            return Response("<!doctype html><title>Server Error</title>", 500, mimetype="text/html")  # fmt: skip
        return Response(content() if callable(content) else content, mimetype=mime_type)


def _bearer(request):
    """Return the token of the request, or an empty text."""
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""
