"""What stops a batch that is nobody's fault: it is done again."""

import psycopg2
from psycopg2 import errors

CONFLICTS = (
    psycopg2.extensions.TransactionRollbackError,  # serialization, deadlock
    errors.LockNotAvailable,
)


GONE = (errors.UndefinedColumn, errors.UndefinedTable)
"""What another process has dropped while a batch was at work."""


class Outdated(psycopg2.extensions.TransactionRollbackError):
    """A batch that began before another process changed models or fields comes again."""


def is_conflict(error):
    """Tell whether somebody else wrote the same rows at the same time.

    A number that was given away meanwhile is one, too, whatever PostgreSQL calls it: a
    primary key is ours or Odoo's to number, and never a value of the source.
    """
    if isinstance(error, CONFLICTS):
        return True
    if isinstance(error, errors.UniqueViolation):
        return (error.diag.constraint_name or "").endswith("_pkey")
    return False


def is_lost(cursor, error):
    """Tell whether the connection to the database is gone."""
    # The plain class where a server crashed: nobody was left to send a code.
    if (
        isinstance(error, psycopg2.InterfaceError)
        or type(error) is psycopg2.DatabaseError
    ):
        return True
    connection = getattr(cursor, "_cnx", None)
    return isinstance(error, psycopg2.Error) and bool(
        connection is not None and connection.closed
    )
