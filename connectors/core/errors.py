"""What can go wrong while reading a source, sorted by what the engine must do about it.

An error carries a ``code`` with ``data``; Odoo's side words it for the user in their
language (``sentences.py``). ``sentence`` is the English wording for logs. Neither ever
holds a secret or a customer's value.
"""

from . import file_sentences  # noqa: F401 -- its codes are raised as these errors
from .plural import agree
from .sentences import Finding, Sentences, Text, _lt, find_sentence

__all__ = [
    "SENTENCES",
    # root
    "ConnectorError",
    # stop the job and ask the user
    "AuthenticationError",
    "ConfigurationError",
    # stop the stream, go on with the others
    "FatalError",
    "ForbiddenError",
    # come back later
    "RetryableError",
    # skip the record
    "RecordError",
]

SENTENCES = Sentences(
    {
        "unreachable": _lt(
            "No answer from %(host)s. Check the address and the network."
        ),
        "too_slow": _lt("%(host)s sends its files too slowly to wait for them."),
        "own_machine": _lt(
            "%(host)s is this server itself, which is not called. For a CRM that runs "
            "on it, the administrator sets loopback = True in the section "
            "[crm_migration] of odoo.conf."
        ),
        "own_platform": _lt(
            "%(host)s belongs to the platform of this server and is never called. Enter "
            "the address of the CRM."
        ),
        "own_database": _lt(
            "%(host)s keeps the data of Odoo itself and is not read. Enter the address "
            "and a login of the CRM."
        ),
        "not_as_expected": _lt(
            "%(host)s does not answer as this CRM would. Check the address, the port, "
            "and whether this server may reach it."
        ),
        "certificate": _lt("The security certificate of %(host)s is not valid."),
        "cut_off": _lt("The answer of %(host)s broke off."),
        "moved": _lt("%(host)s sends us on to %(target)s. Enter that address instead."),
        "not_found": _lt("%(host)s has nothing at %(path)s. Check the address."),
        "not_json": _lt(
            "%(host)s answered with a page instead of data. Check the address."
        ),
        "wrong_system": _lt("%(host)s answers, but not like %(expected)s."),
        "bad_credentials": _lt("%(host)s does not accept these credentials."),
        "no_api_access": _lt("%(login)s may not use the API of %(host)s."),
        "missing_setting": _lt("Enter or add what is missing: %(setting)s."),
        "bad_setting": _lt("%(setting)s is not valid: %(reason)s."),
        "object_gone": _lt("The source does not have %(stream)s any more."),
        "object_not_in_files": _lt(
            "The files do not hold %(stream)s any more. What was read of it before "
            "stays as it is. Add its newer file and read again."
        ),
        "key_changed": _lt(
            "%(stream)s was told apart by %(key)s, and the newer file has no such "
            "column or another choice for it: everything would be loaded twice. Export "
            "it with that column, or choose it as the key."
        ),
        "not_one_by_one": _lt(
            "%(stream)s: single records cannot be read again, because %(reason)s."
        ),
        "forbidden": _lt("%(login)s may not read %(stream)s."),
        "server_error": _lt(
            "%(host)s reported an error of its own for %(stream)s (status %(status)s)."
        ),
        "unexpected_answer": _lt(
            "%(host)s answered %(stream)s in a form that is not known: %(reason)s."
        ),
        "paging_loop": _lt("%(host)s keeps sending the same page of %(stream)s."),
        "rate_limited": _lt("%(host)s asks to come back in %(delay)s seconds."),
        "busy": _lt("%(host)s is busy or under maintenance."),
        "time_budget": _lt("The time of this batch is used up."),
        "bad_record": _lt("A record of %(stream)s cannot be read: %(reason)s."),
        "missing_key": _lt("A record of %(stream)s has no %(key)s."),
        "missing_file": _lt("The file %(name)s is missing in the source."),
        "truncated_file": _lt(
            "The file %(name)s arrived incomplete: %(received)s of %(expected)s bytes."
        ),
        "bad_file": _lt("%(name)s cannot be read: %(reason)s."),
        # databases
        "no_database": _lt(
            "%(host)s has no such database, or this login may not open it."
        ),
        "not_admitted": _lt(
            "%(host)s admits no connection from here. Ask its administrator to add one "
            "to pg_hba.conf."
        ),
        "no_encryption": _lt(
            "%(host)s does not encrypt connections. Choose another mode of encryption."
        ),
        "database_refused": _lt(
            "%(host)s refuses the connection. Its own log says why."
        ),
        "statement_timeout": _lt(
            "%(host)s takes too long to list %(stream)s. Try again at a quieter time."
        ),
        # lines of a check
        "logged_in": _lt("Logged in as %(login)s."),
        "may_not_read": _lt("%(login)s may not read %(stream)s: they will be missing."),
    }
)


class ConnectorError(Exception):
    """Root of everything a source raises.

    :param code: has a sentence in the table of its package (``sentences.py``)
    :param data: what the sentence names; plain values without secrets
    """

    is_own_answer = False
    """Whether only the system itself answers so, and nothing else at that address."""

    def __init__(self, code, **data):
        self.code = code
        self.data = data
        super().__init__(self.sentence)

    @property
    def sentence(self):
        """Return the English wording; the code alone where there is none."""
        template = find_sentence(self.code)
        if template:
            return Text(template, self.data)
        return agree(self.data.get("sentence") or self.code, self.data)

    def of(self, other):
        """Return the error as one that tells of the same answer as another one."""
        self.is_own_answer = other.is_own_answer
        return self

    def as_finding(self, level):
        """Return the ``Finding`` that tells of the error instead of raising it."""
        return Finding(level, self.code, self.sentence, dict(self.data))


class ConfigurationError(ConnectorError):
    """The settings cannot work: stop and ask the user."""


class AuthenticationError(ConfigurationError):
    """The system does not know us, or does not any more."""


class FatalError(ConnectorError):
    """This stream cannot be read on: stop it, go on with the others."""


class ForbiddenError(FatalError):
    """The account may not read this stream."""


class RetryableError(ConnectorError):
    """Nothing is wrong for good: come back after ``delay`` seconds."""

    def __init__(self, code, *, delay=60, **data):
        self.delay = delay
        super().__init__(code, delay=delay, **data)


class RecordError(ConnectorError):
    """One record cannot be used: skip it, with a row that says so."""

    def __init__(self, code, *, stream, source_id, **data):
        self.stream = stream
        self.source_id = source_id
        super().__init__(code, stream=stream, **data)
