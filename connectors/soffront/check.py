"""What *Check connection* finds out: who we are, what is there, what only files can bring."""

from ..core.checking import Checking
from ..core.errors import AuthenticationError, FatalError
from ..core.sentences import Listing
from ..core.source import CheckResult
from .conditions import above, all_of
from .responses import as_number, member
from .sentences import SENTENCES
from .streams import FROM_FILES, STREAMS

TIMEOUT = 15.0


def check(api, catalog, *, zone, encrypted):
    """Return the ``CheckResult``.

    :raises ConfigurationError: wrong address, log-in or endpoint profile
    """
    usual, api.timeout = api.timeout, TIMEOUT
    try:
        return _Check(api, catalog, zone, encrypted).result()
    finally:
        api.timeout = usual


class _Check(Checking):
    sentences = SENTENCES

    def __init__(self, api, catalog, zone, encrypted):
        super().__init__()
        self.api = api
        self.catalog = catalog
        self.zone = zone
        self.encrypted = encrypted
        self._is_probed = False

    def result(self):
        self.api.login.token(TIMEOUT)
        login = self.api.login.user
        self._add_finding("passed", "logged_in", login=login)
        if not self.encrypted:
            self._add_finding("warning", "not_encrypted", host=self.api.host)
        self._add_finding("passed", "time_zone", zone=self.zone)
        streams = self.catalog.streams()
        for stream in streams:
            plain = stream.path and not stream.derived_from
            if plain and stream.name != "stage_changes":
                self._look_at(stream)
        if not self.api.has("counts"):
            self._add_finding("warning", "no_counts")
        self._add_finding("passed", "compare_totals", login=login)
        there = {stream.name for stream in streams}
        missing = [s.label for s in STREAMS if s.name not in there and not s.optional]
        names = Listing([*missing, *FROM_FILES.values()])
        self._add_finding("warning", "from_files", streams=names)
        return CheckResult(login, "", self.zone, tuple(self.findings))

    def _look_at(self, stream):
        """Ask for the fields, the total and the first row of an object."""
        try:
            name = self.catalog.name_of(stream.path)
            form = self.catalog.form(name)
            condition = self.api.endpoints["filters"]["active"] or ""
            rows, total = self._first(name, condition, stream)
            about = {"stream": stream.label, "object": name, "fields": len(form.names)}
            if total is None:
                self._add_finding("warning", "object_uncounted", **about)
            else:
                self._add_finding("passed", "object_found", count=total, **about)
            if unknown := form.unknown_types():
                names = ", ".join(unknown)
                self._add_finding("warning", "unknown_types", object=name, fields=names)
            if rows and not self._is_probed:
                self._probe(name, condition, rows[0], stream)
        except AuthenticationError:
            raise
        except FatalError as error:
            about = {"stream": stream.label, "reason": error.sentence}
            self._add_finding("warning", "object_unread", **about)

    def _first(self, name, condition, stream):
        key = self.api.endpoints["paging"]["key"]
        return self.api.find(
            name, fields=[key], condition=condition, size=1, stream=stream.label
        )

    def _probe(self, name, condition, row, stream):
        """See once whether the condition is obeyed on which paging rests."""
        paging = self.api.endpoints["paging"]
        first = as_number(member(row, paging["key"]))
        if paging["style"] != "keyset" or first is None:
            return
        self._is_probed = True
        beyond = all_of(condition, above(paging["key"], first))
        rows, _total = self._first(name, beyond, stream)
        following = as_number(member(rows[0], paging["key"])) if rows else first + 1
        if following is None or following <= first:
            data = {"host": self.api.host, "stream": stream.label}
            self._add_finding("blocking", "condition_ignored", **data)
        else:
            self._add_finding("passed", "condition_obeyed")
