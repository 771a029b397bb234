"""What *Check connection* finds out about a Net-Results account, within seconds."""

import time

from ..core.checking import Checking
from ..core.errors import (
    AuthenticationError,
    ConfigurationError,
    FatalError,
    RetryableError,
)
from ..core.sentences import Listing
from ..core.source import CheckResult
from .fields import names_in, unresolved
from .listing import ListReader
from .rpc import PRODUCT
from .sentences import SENTENCES
from .streams import NAMED_BY_USER, STREAM_OF, STREAMS

LONGEST = 20.0
"""Seconds after which no further object is tried."""


class Checker(Checking):
    """One check; ``findings`` grows on the way."""

    sentences = SENTENCES

    def __init__(self, rpc):
        super().__init__()
        self.rpc = rpc
        self.objects = rpc.profile["objects"]
        self.started = time.monotonic()
        self.contacts = None

    def run(self, *, companies_listed):
        """Return the ``CheckResult``.

        :param companies_listed: callable that tells whether accounts can be read
        :raises ConfigurationError: wrong address, credentials or settings
        """
        self._contacts()
        if (
            self.rpc.description.methods_of(self.objects["contact"]["controller"])
            is None
        ):
            self._add_finding("warning", "no_description", host=self.rpc.host)
        if not self.rpc.is_encrypted:
            self._add_finding("warning", "not_encrypted", host=self.rpc.host)
        if not companies_listed():
            self._add_finding("warning", "companies_derived")
        for name, endpoint in self.objects.items():
            skip = name in ("contact", "user") or "source" in endpoint
            if not skip and (name != "account" or companies_listed()):
                self._object(name, endpoint)
        self._add_finding("warning", "memberships")
        self._costs()
        names = {STREAM_OF[n] for n, e in self.objects.items() if "source" in e}
        missing = [s.label for s in (*STREAMS, *NAMED_BY_USER) if s.name in names]
        if missing:
            self._add_finding("warning", "by_file", streams=Listing(missing))
        return CheckResult(login=self.rpc.login, findings=tuple(self.findings))

    def _contacts(self):
        """Read one contact: the one call that must work, whatever else does not."""
        endpoint = self.objects["contact"]
        try:
            row, total = ListReader(self.rpc, endpoint, "contacts").sample()
        except FatalError as error:
            if error.code in ("not_found", "unexpected_answer", "server_error"):
                raise ConfigurationError(
                    "wrong_system", host=self.rpc.host, expected=PRODUCT
                ) from None
            raise
        self.contacts = total
        if self.rpc.login:
            self._add_finding("passed", "logged_in", login=self.rpc.login)
        else:
            self._add_finding("passed", "token_accepted")
        self._found("contact", endpoint, row, total)

    def _object(self, name, endpoint):
        stream, key = STREAM_OF[name], "list" if "list" in endpoint else "method"
        about = {
            "stream": stream,
            "controller": endpoint["controller"],
            "method": endpoint[key],
        }
        if time.monotonic() - self.started > LONGEST:
            self._add_finding("warning", "not_checked", stream=stream)
            return
        offered = self.rpc.description.offers(endpoint, key)
        if offered is False:
            self._add_finding("warning", "object_missing", **about)
        elif endpoint.get("per") or not endpoint.get("enabled", True):
            if offered:
                self._add_finding("passed", "object_unasked", **about)
        else:
            self._try(name, endpoint, about)

    def _try(self, name, endpoint, about):
        try:
            row, total = ListReader(self.rpc, endpoint, about["stream"]).sample()
        except (AuthenticationError, RetryableError):
            raise
        except (ConfigurationError, FatalError) as error:
            if error.code in ("no_method", "not_found"):
                self._add_finding("warning", "object_missing", **about)
            else:
                self.findings.append(error.as_finding("warning"))
            return
        self._found(name, endpoint, row, total)

    def _found(self, name, endpoint, row, total):
        stream = STREAM_OF[name]
        code, about = "object_found", {"count": total}
        if total is None:
            code, about = ("object_there" if row else "object_empty"), {}
        self._add_finding(
            "passed",
            code,
            stream=stream,
            controller=endpoint["controller"],
            method=endpoint["list"],
            **about,
        )
        if row is None or not endpoint.get("fields"):
            return
        if lacking := unresolved(row, endpoint):
            # The body of an e-mail may come with another call.
            if name != "email" or {"name", "subject"} & set(lacking):
                self._add_finding(
                    "warning",
                    "names_unresolved",
                    stream=stream,
                    missing=", ".join(lacking),
                    found=", ".join(map(str, row)),
                )
        other = names_in(row, endpoint)
        known = {
            key: next((n for n in names if n in row), None)
            for key, names in endpoint["fields"].items()
        }
        # That something is called as everywhere is nothing to tell anybody.
        usual = {key: names[0] for key, names in endpoint["fields"].items()}
        names = ", ".join(
            f"{name} = {key.replace('_', ' ')}"
            for key, name in known.items()
            if name and name != usual[key]
        )
        if names:
            self._add_finding("passed", "names_resolved", stream=stream, names=names, other=len(other))  # fmt: skip

    def _costs(self):
        """Say what a call for every contact means at the pace of the profile."""
        if not self.contacts or self.contacts < 1000:
            return
        rate = self.rpc.profile["throttle"]["max_per_second"]
        hours = round(self.contacts / rate / 3600, 1)
        for name in ("custom_value", "activity"):
            self._add_finding(
                "warning",
                "long_way",
                stream=STREAM_OF[name],
                contacts=self.contacts,
                hours=hours,
            )
