"""What *Check connection* finds out about an environment, within seconds."""

import json

from ..core.checking import Checking
from ..core.errors import (
    ConfigurationError,
    FatalError,
    ForbiddenError,
    RetryableError,
)
from ..core.sentences import Listing
from ..core.source import CheckResult
from .api import PRODUCT, query
from .sentences import SENTENCES
from .streams import BY_NAME

_PROBED = (
    "users", "companies", "contacts", "leads", "deals", "cases", "emails", "calls",
    "tasks", "meetings", "activity_parties", "notes", "attachments", "stages",
    "workflows", "plugin_steps", "plugin_assemblies",
)  # fmt: skip
_MEASURED = ("companies", "contacts", "deals")
_NEARLY_ALL = 0.9
MAX_COUNTED = 5000
QUICK = 15


class Checker(Checking):
    """Ask the few things that tell whether a migration can work."""

    sentences = SENTENCES

    def __init__(self, api, metadata):
        super().__init__()
        self.api = api
        self.metadata = metadata

    def check(self, custom_tables):
        """Return the ``CheckResult``.

        :param custom_tables: callable, the tables that were found besides the known
        :raises ConfigurationError: wrong address, login or system
        """
        login = self._who_we_are()
        organization, days = self._organization()
        self._add_finding("passed", "logged_in", login=login, organization=organization)
        version = self._solutions()
        present = self._tables()
        if custom := custom_tables():
            self._add_finding("passed", "custom_tables", count=len(custom))
        readable = self._probe(present, login)
        self._measure(readable, login)
        if days:
            self._add_finding("passed", "tracking_days", days=days)
        self._add_finding("warning", "personal_flows")
        return CheckResult(login, version, "UTC", tuple(self.findings))

    def _who_we_are(self):
        try:
            me = self.api.get("WhoAmI", stream="WhoAmI", timeout=QUICK)
        except FatalError as error:
            if error.code in ("not_found", "table_missing", "unexpected_answer"):
                raise self._wrong_system() from None
            raise
        user = me.get("UserId") if isinstance(me, dict) else None
        if not user or not me.get("OrganizationId"):
            raise self._wrong_system()
        select = "fullname,internalemailaddress,isdisabled"
        try:
            row = self.api.get(
                f"systemusers({user})?{query(select=select)}", stream="users"
            )
        except FatalError:
            return str(user)
        return row.get("fullname") or row.get("internalemailaddress") or str(user)

    def _wrong_system(self):
        return ConfigurationError("wrong_system", host=self.api.host, expected=PRODUCT)

    def _organization(self):
        select = "name,expirechangetrackingindays"
        try:
            rows = self.api.rows(
                f"organizations?{query(select=select)}", stream="organizations"
            )
        except FatalError:
            return self.api.host, None
        row = rows[0] if rows else {}
        return row.get("name") or self.api.host, row.get("expirechangetrackingindays")

    def _solutions(self):
        """Say which vendors' solutions there are; return the version of the first."""
        options = query(
            select="friendlyname,uniquename,version,ismanaged",
            filter="ismanaged eq true",
            expand="publisherid($select=customizationprefix)",
        )
        try:
            rows = self.api.rows(f"solutions?{options}", stream="solutions")
        except FatalError:
            return ""
        versions = []
        for row in rows:
            prefix = (row.get("publisherid") or {}).get("customizationprefix") or ""
            if not self.metadata.is_foreign(f"{prefix.lower()}_"):
                name = row.get("friendlyname") or row.get("uniquename")
                version = row.get("version") or ""
                self._add_finding("passed", "solution", solution=name, version=version)
                versions.append(version)
        if not versions:
            self._add_finding("warning", "no_solution")
        return versions[0] if versions else ""

    def _tables(self):
        present = [k for k in BY_NAME.values() if self.metadata.has(k.table)]
        absent = [k.stream.label for k in BY_NAME.values() if k not in present]
        if absent:
            self._add_finding("warning", "table_absent", streams=Listing(absent))
        return {kind.name: kind for kind in present}

    def _probe(self, present, login):
        """Ask one row of each important table; return the streams that answer."""
        readable = {}
        for name in filter(present.get, _PROBED):
            kind = present[name]
            table = self.metadata.tables[kind.table]
            options = query(select=table.id, top=1)
            try:
                self.api.rows(f"{table.set_name}?{options}", stream=name, timeout=QUICK)
            except ForbiddenError:
                self._add_finding(
                    "warning", "may_not_read", login=login, stream=kind.stream.label
                )
            except FatalError as error:
                self.findings.append(error.as_finding("warning"))
            else:
                readable[name] = kind
        return readable

    def _measure(self, readable, login):
        """Compare what we see with what there is: a role may hide rows silently."""
        kinds = [readable[name] for name in _MEASURED if name in readable]
        if not kinds:
            return
        names = json.dumps([kind.table for kind in kinds])
        path = f"RetrieveTotalRecordCount(EntityNames=@p1)?@p1={names}"
        try:
            found = self.api.get(path, stream="totals", timeout=QUICK)
            counts = found["EntityRecordCountCollection"]
            totals = dict(zip(counts["Keys"], counts["Values"], strict=True))
        except (FatalError, RetryableError, KeyError, TypeError, ValueError):
            # An estimate from a snapshot; a check can do without.
            return
        for kind in kinds:
            total = totals.get(kind.table) or 0
            seen = self._seen(kind)
            if seen is not None and seen < min(total, MAX_COUNTED) * _NEARLY_ALL:
                self._add_finding(
                    "warning",
                    "rows_hidden",
                    login=login,
                    stream=kind.stream.label,
                    seen=seen,
                    total=total,
                )

    def _seen(self, kind):
        table = self.metadata.tables[kind.table]
        options = query(select=table.id, count="true", top=1)
        body = self.api.get(f"{table.set_name}?{options}", stream=kind.name)
        number = body.get("@odata.count") if isinstance(body, dict) else None
        return number if isinstance(number, int) else None
