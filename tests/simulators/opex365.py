"""A Dataverse environment with OPEX 365 CRM on loopback, and the login that goes with it."""

import json
import re
import time
from urllib.parse import unquote

from werkzeug.wrappers import Response

from .opex365_batch import answer_batch
from .opex365_data import make_organization
from .opex365_files import Files
from .opex365_lists import Lists
from .opex365_login import Login
from .opex365_metadata import Metadata
from .opex365_query import Refused, expands_of, parse_options, select_of
from .server import Simulator, json_response

THROTTLED = (
    ("0x80072322", "Number of requests exceeded the limit of 6000"),
    ("0x80072321", "Combined execution time of incoming requests exceeded limit"),
    ("0x80072326", "Number of concurrent requests exceeded the limit of 52"),
)
WORDS = {500: "0x80040216", 502: "", 503: "0x80048544", 504: ""}
_ROW = re.compile(r"^([A-Za-z0-9_]+)\(([0-9a-fA-F-]{36})\)(?:/(.+))?$")


class Opex365Simulator(Simulator):
    """Serves ``org`` (or an invented one) under ``/api/data/v9.2/``.

    rate_limit: requests per window; None = none. rate_window: seconds, 300 in reality
    token_seconds: how long a token lives
    unreadable: tables for which the privilege is missing
    hidden_columns, secured_columns: pairs (table, column) that are blanked, or refused
    dropped_columns: pairs that metadata does not know any more
    untracked: tables without change tracking; expired_before: version of dead stamps
    aggregate_limit: rows that ``$apply`` sums up at most
    blocks_refused, column_limit: what downloads put up with
    refuses_lambdas: no ``any`` in filters
    denial: (status, code) with which every call of the API is refused
    writes: requests that would have changed something
    """

    root = "/api/data/v9.2/"
    tenant = "opexdemo.example"
    client_id = "6f1d2c3b-4a59-4e68-8776-95a4b3c2d1e0"
    secret = "Q~8Q~simulated-secret-value.only"

    def __init__(self, org=None, *, rate_limit=None, rate_window=300.0, token_seconds=3599, **server):  # fmt: skip
        super().__init__(**server)
        self.org = org or make_organization()
        self.login = Login(self.tenant, self.client_id, self.secret, lifetime=token_seconds)  # fmt: skip
        self.files = Files(self)
        self.rate_limit, self.rate_window = rate_limit, rate_window
        self.issued_links = {}
        self.unreadable, self.untracked = set(), set()
        self.hidden_columns, self.secured_columns = set(), set()
        self.dropped_columns, self.expired_before = set(), 0
        self.aggregate_limit, self.column_limit = 50_000, 16 * 1024 * 1024
        self.blocks_refused, self.denial = False, None
        self.writes, self.unexpected = [], []
        self._window = (0.0, 0)
        self.refuses_lambdas = False
        self._refusals = 0
        self._described = {}

    # What faults ask

    def error(self, status, headers=None):
        if status == 429:
            code, words = THROTTLED[self._refusals % len(THROTTLED)]
            self._refusals += 1
        else:
            code, words = WORDS.get(status, "0x80040216"), "An unexpected error"
        body = {"error": {"code": code, "message": words}}
        return self._finished(json_response(body, status, headers))

    def unauthenticated(self, request):
        return Response("", 401, {"WWW-Authenticate": f'Bearer authorization_uri={self.url}/{self.tenant}/oauth2/authorize, resource_id={self.url}/'})  # fmt: skip

    def expire(self, request):
        self.login.revoke(_bearer(request))

    # Answers

    def respond(self, request):
        if request.path.endswith("/oauth2/v2.0/token"):
            return self.login.answer(request, request.host_url.rstrip("/"))
        if not request.path.startswith(self.root):
            return Response("<!doctype html><title>Sign in</title>", mimetype="text/html")  # fmt: skip
        if not self.login.is_valid(_bearer(request)):
            return self.unauthenticated(request)
        refusal = self._throttle()
        return refusal or self._finished(self._answer_part(request))

    def _answer_part(self, request):
        try:
            if self.denial:
                raise Refused(*self.denial, "Denied on request")
            return self._api(request, unquote(request.path.removeprefix(self.root)))
        except Refused as refused:
            body = {"code": refused.code, "message": refused.message}
            if '"*"' in request.headers.get("Prefer", ""):
                body["@Microsoft.PowerApps.CDS.ErrorDetails.OperationStatus"] = "0"
                body["@Microsoft.PowerApps.CDS.HelpLink"] = "http://go.microsoft.com/"
            return json_response({"error": body}, refused.status)

    def _throttle(self):
        if self.rate_limit is None:
            return None
        now = time.monotonic()
        start, used = self._window
        if now - start >= self.rate_window:
            start, used = now, 0
        self._window = (start, used + 1)
        if used < self.rate_limit:
            return None
        wait = max(1, int(start + self.rate_window - now + 1))
        return self.error(429, {"Retry-After": str(wait), "x-ms-ratelimit-burst-remaining-xrm-requests": "0"})  # fmt: skip

    def _finished(self, response):
        response.headers["OData-Version"] = "4.0"
        if response.mimetype == "application/json":
            response.headers["Content-Type"] = "application/json; odata.metadata=minimal"  # fmt: skip
        response.headers["REQ_ID"] = "4f1a1f52-9c57-4a40-8d0b-5f3a0c2f7b11"
        response.headers["x-ms-service-request-id"] = "4f1a1f52-9c57-4a40-8d0b-5f3a0c2f7b11"  # fmt: skip
        response.headers["x-ms-ratelimit-time-remaining-xrm-requests"] = "1,187.30"
        response.headers["x-ms-dop-hint"] = "4"
        response.headers.add("Set-Cookie", "ARRAffinity=3b0f2c; Path=/; HttpOnly")
        return response

    def _api(self, request, path):
        if request.method == "POST":
            return self._post(request, path)
        if request.method != "GET":
            self.writes.append(f"{request.method} {path}")
            return json_response({"error": {"code": "0x80040216", "message": "The simulator is read-only"}}, 405)  # fmt: skip
        query = request.environ.get("QUERY_STRING", "")
        if path == "":
            return self._service_document()
        if path == "WhoAmI":
            return self._who_am_i(request)
        if path.startswith("RetrieveTotalRecordCount("):
            return self._totals(query)
        if path.startswith("EntityDefinitions"):
            rest = path.removeprefix("EntityDefinitions").lstrip("/")
            asked = (rest, query, frozenset(self.dropped_columns))
            if asked not in self._described:
                self._described[asked] = json.dumps(Metadata(self, query).answer(rest))
            return Response(self._described[asked], mimetype="application/json")
        return self._rows(request, path)

    def _post(self, request, path):
        if path == "$batch":
            return answer_batch(request, self._answer_part)
        body = request.get_json(silent=True) or {}
        context = {"@odata.context": f"{request.host_url}$metadata#{path}Response"}
        if re.fullmatch(r"Initialize(Annotation|Attachment|File)BlocksDownload", path):
            return json_response({**context, **self.files.begin(path, body)})
        if path == "DownloadBlock":
            return json_response({**context, **self.files.block(body)})
        self.writes.append(f"POST {path}")
        return json_response({"error": {"code": "0x80040216", "message": "The simulator is read-only"}}, 405)  # fmt: skip

    def _service_document(self):
        tables = self.org.schema.tables.values()
        return json_response({"value": [{"name": t.set_name, "kind": "EntitySet", "url": t.set_name} for t in tables]})  # fmt: skip

    def _who_am_i(self, request):
        known = self.org.known
        return json_response({"@odata.context": f"{request.host_url}$metadata#WhoAmIResponse", "BusinessUnitId": known["root"], "UserId": known["app"], "OrganizationId": known["organization"]})  # fmt: skip

    def _totals(self, query):
        names = json.loads(parse_options(query).get("@p1", "[]"))
        for name in names:
            if name not in self.org:
                raise Refused(404, "0x80041102", f"No entity {name}")
        return json_response({"EntityRecordCountCollection": {"Count": len(names), "IsReadOnly": False, "Keys": names, "Values": [len(self.org.tables[n]) for n in names]}})  # fmt: skip

    def _table(self, set_name):
        table = self.org.schema.by_set.get(set_name)
        if table is None:
            raise Refused(404, "0x8006088a", f"Resource not found for the segment '{set_name}'.")  # fmt: skip
        if table.name in self.unreadable:
            raise Refused(403, "0x80040220", f"Principal user is missing prvRead{table.name} privilege")  # fmt: skip
        return table

    def _rows(self, request, path):
        lists = Lists(self, request)
        if found := _ROW.match(path):
            answer = self._row(request, lists, *found.groups())
            return answer if isinstance(answer, Response) else json_response(answer)
        if path.endswith("/$count"):
            count = lists.count(self._table(path.removesuffix("/$count")))
            return Response(f"\ufeff{count}", mimetype="text/plain")
        body = lists.collection(self._table(path))
        response = json_response(body)
        applied = list(lists.applied)
        if lists.annotations:
            applied.append(f'odata.include-annotations="{lists.annotations}"')
        if applied:
            response.headers["Preference-Applied"] = ",".join(applied)
        return response

    def _row(self, request, lists, set_name, key, rest):
        table = self._table(set_name)
        row = self.org.tables[table.name].get(key.lower())
        if row is None:
            raise Refused(404, "0x80040217", f"{table.name} With Id = {key} Does Not Exist")  # fmt: skip
        if rest:
            name, _slash, raw = rest.partition("/")
            if many := self.org.schema.many(table, name):
                relation, other = many
                return lists.collection(other, lists.linked(relation, table, row, other))  # fmt: skip
            if raw == "$value":
                return self.files.value(request, table, row, name)
            return {"value": lists.wire.row(table, row, [name])[name]}
        if table.name == "activityparty":
            raise Refused(405, "0x80060888", "Retrieve is not supported for activityparty")  # fmt: skip
        options = parse_options(lists.query)
        properties = select_of(table, options.get("$select"))
        body = lists.one(table, row, properties, expands_of(options.get("$expand")))
        return {"@odata.context": f"{lists.root}$metadata#{set_name}/$entity", **body}


def _bearer(request):
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token if kind == "Bearer" else ""
