"""The way to a Soffront service: a few calls at once, with a token that is renewed once."""

from ..core.api import Api
from ..core.errors import (
    AuthenticationError,
    ConfigurationError,
    FatalError,
    ForbiddenError,
)
from ..core.http import READ_TIMEOUT, HttpClient
from ..core.sentences import _lt
from ..core.throttle import Paced
from .conditions import ESCAPES, qualified
from .login import Login
from .operations import path_of, redact
from .responses import AnswerReader, Trouble, as_number, member


class SoffrontApi(Api):
    """The operations that read, as methods; rows come as the service gives them."""

    def __init__(self, address, endpoints, *, seconds_left, **credentials):
        self.endpoints = endpoints
        self.client = HttpClient(
            address,
            headers={"Accept": "application/json"},
            seconds_left=seconds_left,
            # No limit is published, and people work there too.
            throttle=Paced(
                endpoints["throttle"]["max_per_second"],
                at_once=endpoints["throttle"]["parallel"],
            ),
            redact=redact,
        )
        self.several = self.client.several
        self.reader = AnswerReader(endpoints["result"])
        self.login = Login(self.client, self._ask_for, endpoints, **credentials)
        self.timeout = READ_TIMEOUT
        self._first_page = endpoints["paging"]["first_page"]

    @property
    def host(self):
        return self.client.host

    def has(self, name):
        return name in self.endpoints["read_operations"]

    # -- operations -------------------------------------------------------------

    def find(self, name, *, fields, condition, size, page=None, stream="", extra=None,
             order="ASC"):  # fmt: skip
        """Return ``(rows, total)``; total is None where the service tells none."""
        body = {
            "object": name,
            "fields": ",".join(fields),
            "page": self._first_page if page is None else page,
            "size": size,
            "sort": self.endpoints["paging"]["key"],
            "dir": order,
            "condition": condition,
        }
        return self._listed("find", body, stream or name, extra)

    def newest(self, name, *, condition):
        """Return the id of the newest record in a list, an empty one where there is none."""
        key = self.endpoints["paging"]["key"]
        rows, _total = self.find(
            name, fields=[key], condition=condition, size=1, order="DESC"
        )
        numbers = [as_number(member(row, key)) for row in rows]
        return [number for number in numbers if number is not None]

    def related(self, parent, parent_id, name, *, fields, condition, size, stream):
        """Return ``(rows, total)`` of what hangs on a record."""
        body = {
            "parent": parent,
            "parent_id": parent_id,
            "object": name,
            "fields": ",".join(fields),
            "page": self._first_page,
            "size": size,
            "order": f"{self.endpoints['paging']['key']} ASC",
            "condition": self._qualified("related", name, condition),
        }
        return self._listed("related", body, stream)

    def fields(self, name):
        """Return the description of an object's fields, an empty list if it has none."""
        rows = self.reader.rows(self._call("fields", {"object": name}, name))
        return [row for row in rows if isinstance(row, dict)]

    def objects(self):
        """Return ``(name, label)`` of every form, without variants such as ``A:B``."""
        rows = self.reader.rows(self._call("objects", {"object": ""}, "objects"))
        names = [(member(row, "Name"), member(row, "DisplayName")) for row in rows]
        return [(str(n), str(d or n)) for n, d in names if n and ":" not in str(n)]

    def values(self, name, field, parent_value):
        """Return the pick values of a field, for one value of the field it depends on."""
        asked = {"object": name, "field": field, "parent_value": parent_value}
        found = self.reader.rows(self._call("values", asked, name))
        plain = (
            next(iter(v.values()), "") if isinstance(v, dict) else v for v in found
        )
        return [str(value) for value in plain if value not in (None, "")]

    def counts(self, items):
        """Return how many children each (parent, its id, child object, condition) has."""
        rules = self.endpoints["read_operations"]["counts"]["names"]
        body = [
            {
                rules["parent"]: parent,
                rules["parent_id"]: key,
                rules["object"]: child,
                rules["condition"]: self._escaped(
                    "counts", self._qualified("counts", child, condition)
                ),
            }
            for parent, key, child, condition in items
        ]
        found = self.reader.rows(self._call("counts", body, "counts"))
        return [as_number(_only_value(item)) for item in found]

    def audit(self, name, key, stream):
        body = {"object": name, "record_id": key}
        rows = self.reader.rows(self._call("audit", body, stream))
        return [row for row in rows if isinstance(row, dict)]

    def download(self, name, record_id, file_name, *, size):
        """Yield the bytes of a file; the address holds the token."""
        rules = self.endpoints["read_operations"]["download"]
        for old, new in rules["name_replacements"].items():
            file_name = file_name.replace(old, new)
        token = self.login.token(self.timeout)
        values = {"object": name, "record_id": record_id, "file_name": file_name}
        path = self._path("download", token, **values)
        self.client.throttle.wait_for_turn(self.client.seconds_left())
        yield from self.client.stream(path, name=file_name, size=size)

    # -- one call ---------------------------------------------------------------

    def _listed(self, name, body, stream, extra=None):
        rules = self.endpoints["read_operations"][name]
        if rules.get("numbers_as_text"):
            body = {**body, "page": str(body["page"]), "size": str(body["size"])}
        body["condition"] = self._escaped(name, body["condition"])
        data = self._call(name, body, stream, extra)
        return self.reader.rows(data), self.reader.total(data)

    def _qualified(self, name, child, condition):
        columns = self.endpoints["read_operations"][name].get("qualified", ())
        return qualified(condition, child, columns)

    def _escaped(self, name, condition):
        rules = self.endpoints["read_operations"][name]
        return ESCAPES[rules.get("condition_escape", "none")](condition)

    def _call(self, name, body, stream, extra=None):
        """Return the data of an answer; a token that is refused is renewed once.

        :raises ForbiddenError: the user may not read this
        :raises FatalError: ``refused``, with the text of the service
        """
        if not self.has(name):
            raise ConfigurationError(
                "bad_setting",
                setting=f"read_operations.{name}",
                reason=_lt("it is missing"),
            )
        rules = self.endpoints["read_operations"][name]
        if isinstance(body, dict):
            body = {rules["names"].get(n, n): value for n, value in body.items()}
        payload = {rules["wrapper"]: {**body, **extra} if extra else body}
        # A log-in that is refused must not be tried twice: accounts get locked.
        renewed = False
        for last in (False,) * self.several.lanes.most + (True,):
            token = self.login.token(self.timeout)
            try:
                return self._once(name, payload, stream, token)
            except (AuthenticationError, ForbiddenError) as error:
                if error.data.get("rights") or renewed or last:
                    raise
                # Where another call has seen to it, this one has not had a new one yet.
                renewed = self.login.forget(token)
        raise AssertionError("the last attempt answers or raises")

    def _once(self, name, payload, stream, token):
        path = self._path(name, token)
        answer = self.client.post(
            path, payload, stream=stream, repeatable=True, timeout=self.timeout
        )
        data = answer.data
        if isinstance(data, str) and Trouble(1, data).is_about_token:
            raise self._token_refused()
        if not isinstance(data, dict | list):
            raise self.unexpected(stream, _lt("neither an object nor a list"))
        if trouble := self.reader.trouble(data):
            raise self._error_of(trouble, stream)
        return data

    def _path(self, name, token, **values):
        template = self.endpoints["read_operations"][name]["path"]
        return path_of(name, template, {**values, "token": token})[1]

    def _ask_for(self, _method, path, timeout):
        return self.client.get(path, stream="log-in", timeout=timeout).data

    # -- errors -----------------------------------------------------------------

    def _error_of(self, trouble, stream):
        if trouble.is_about_token:
            return self._token_refused()
        if trouble.is_about_rights:
            return ForbiddenError(
                "forbidden", login=self.login.user, stream=stream, rights=True
            )
        text = trouble.text
        for secret in self.login.secrets:
            text = text.replace(secret, "***")
        return self.fatal("refused", stream=stream, number=trouble.number, text=text)

    def _token_refused(self):
        return AuthenticationError("token_refused", host=self.host)

    def fatal(self, code, **data):
        data = {"host": self.host, **data}
        return FatalError(code, **data)

    def close(self):
        self.client.close()


def _only_value(item):
    if not isinstance(item, dict):
        return item
    named = [value for name, value in item.items() if "count" in name.casefold()]
    return named[0] if len(named) == 1 else None
