"""Keep the rows of a migration out of Odoo's log where a statement fails.

Odoo 19.0 writes a statement that fails with all of its values, and what PostgreSQL says of it,
which repeats them (``sql_db.Cursor.execute``): a connection that is lost, or somebody else who
wrote the same rows, is enough.
"""

import logging
import re
from contextlib import contextmanager
from contextvars import ContextVar

_hushed = ContextVar("crm_migration_hushed_statements", default=False)

_LOGGER = "odoo.sql_db"

_HEAD = re.compile(
    r"\s*([A-Z]+(?:\s+(?:INTO|FROM|ONLY))?(?:\s+\"?[a-z_][a-z0-9_]*\"?)?)"
)


class _Hush(logging.Filter):
    """Let it be seen what was done and what stopped it, not with which values."""

    def filter(self, record):
        args = record.args
        if _hushed.get() and record.levelno > logging.DEBUG and len(args or ()) == 2:
            record.args = _without_values(*args)
        return True


def _without_values(statement, error):
    """Return the first words of a statement, and the kind of an error.

    >>> _without_values(b'UPDATE "res_partner" SET name = 1', ValueError("Marta"))
    ('UPDATE "res_partner" …', 'ValueError')
    >>> _without_values("SELECT 'Marta'", None)
    ('SELECT …', 'NoneType')
    """
    if isinstance(statement, bytes):
        statement = statement.decode(errors="replace")
    head = _HEAD.match(str(statement))
    return f"{head[1] if head else ''} …".lstrip(), type(error).__name__


@contextmanager
def hushed_statements():
    """Hush what is said of statements that are done within; other threads are not touched."""
    token = _hushed.set(True)
    try:
        yield
    finally:
        _hushed.reset(token)


logging.getLogger(_LOGGER).addFilter(_Hush())
