"""What a refusal of PostgreSQL means: an error of ``errors.py``, never with a value.

SQLSTATE codes: PostgreSQL manual, appendix A. Their messages quote rows and statements,
so that no message of a statement is ever passed on.
"""

import re

from .errors import (
    AuthenticationError,
    ConfigurationError,
    FatalError,
    ForbiddenError,
    RetryableError,
)
from .sentences import _lt

BUSY_DELAY, GONE_DELAY = 60, 15
"""Seconds to stay away from a server that is full or starting; that hung up."""

# libpq gives no code for a refused connection, only the server's words, in the language
# of the server. What stands here in quotes or as a host is what the user entered.
_REFUSALS = (
    (r"passw|mot de passe|heslem|парол|contraseña|password|パスワード|密码"
     r"|role \".*\" does not exist", "bad_credentials"),
    (r"pg_hba\.conf", "not_admitted"),
    (r"database \".*\" does not exist|permission denied for database", "no_database"),
    (r"too many|connection slots|starting up|shutting down|recovery|not yet accept"
     r"|administrator command", "busy"),
    (r"certificate|root\.crt", "certificate"),
    (r"does not support SSL", "no_encryption"),
    (r"invalid response to SSL|expected authentication request|protocol version"
     r"|invalid length", "wrong_system"),
    (r"translate host name|refused|timeout|timed out|no route|unreachable|closed the"
     r" connection|reset by peer|could not connect|No such file", "unreachable"),
)  # fmt: skip


def raise_for_connection(error, host):
    """Raise what a connection that did not come about means.

    :raises AuthenticationError: login or password
    :raises ConfigurationError: address, database, encryption, not admitted
    :raises RetryableError: full, starting, or out of reach
    """
    if isinstance(error, UnicodeError):
        # The server's words in a coding of its own; nothing can be told from them.
        raise ConfigurationError("database_refused", host=host) from None
    text = str(error)
    code = next(
        (code for pattern, code in _REFUSALS if re.search(pattern, text, re.I)),
        "database_refused",
    )
    if code == "bad_credentials":
        refused = AuthenticationError(code, host=host)
        refused.is_own_answer = True  # it speaks the protocol of PostgreSQL
        raise refused from None
    if code in ("busy", "unreachable"):
        raise RetryableError(code, delay=BUSY_DELAY, host=host) from None
    data = {"expected": "a PostgreSQL server"} if code == "wrong_system" else {}
    raise ConfigurationError(code, host=host, **data) from None


def raise_for_statement(error, host, stream):
    """Raise what a statement that failed means.

    :raises RetryableError: the connection is gone, the server busy or short of something
    :raises ForbiddenError: the login may not read the table, or not all of its rows
    :raises FatalError: anything else; it would fail again
    """
    about = {"host": host, "stream": stream}
    state = getattr(error, "pgcode", None) or ""
    if isinstance(error, UnicodeError) or state in ("22021", "22P05"):
        reason = _lt("text that is not UTF-8")
        raise FatalError("unexpected_answer", reason=reason, **about) from None
    if not state or state[:2] == "08" or state in ("57P01", "57P02", "25P03", "25P04"):
        raise RetryableError("cut_off", delay=GONE_DELAY, **about) from None
    if state == "42501":
        raise ForbiddenError("forbidden", login=_lt("This login"), **about) from None
    if state == "57014":
        raise FatalError("statement_timeout", **about) from None
    # Rolled back for another's sake, locked, out of something, or starting up.
    if state[:2] in ("40", "53", "55") or state in ("57P03", "57P05", "72000"):
        raise RetryableError("busy", delay=BUSY_DELAY, **about) from None
    raise FatalError("server_error", status=state, **about) from None
