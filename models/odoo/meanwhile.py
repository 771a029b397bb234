"""Rows that somebody else has made since our transaction began: ours are to come again."""

import re

import psycopg2
from psycopg2 import errors

from odoo.tools import SQL

_KEY = re.compile(r"\((?P<columns>.+)\)=\((?P<values>.*)\)", re.DOTALL)
"""What PostgreSQL tells of the key, whatever the language of its messages."""


class TakenMeanwhile(psycopg2.extensions.TransactionRollbackError):
    """A row with the same key has been there since our snapshot was taken."""


def is_taken_meanwhile(env, error):
    """Tell whether a row is refused for the sake of one that we do not see yet.

    Two migrations block the same address, or make the same tag: whoever comes second has
    looked, and has not found it. By the next snapshot it is there, and is used. What is
    twice within our own transaction is seen by nobody else, and what we see is no surprise:
    both are the record's fault. So it is with what a row refers to.

    :param error: whatever was raised; the transaction stands behind the savepoint again
    """
    make = {
        errors.UniqueViolation: _make_query,
        errors.ForeignKeyViolation: _make_query_of_target,
    }.get(type(error))
    if not make:
        return False
    found = _KEY.search(error.diag.message_detail or "")
    query = found and make(env.cr, error.diag, found["values"])
    if not query or _exists(env.cr, query):
        return False
    with env.registry.cursor() as fresh:
        return _exists(fresh, query)


def _exists(cursor, query):
    cursor.execute(query)
    return bool(cursor.fetchone())


def _make_query(cursor, diagnostics, values):
    """Return the query of a row with the key; what an index is made of may be a formula."""
    cursor.execute(
        """
        SELECT pg_get_indexdef(index.indexrelid, position, true),
               pg_get_expr(index.indpred, index.indrelid)
          FROM pg_index AS index
          JOIN pg_class AS named ON named.oid = index.indexrelid
         CROSS JOIN LATERAL generate_series(1, index.indnkeyatts) AS position
         WHERE named.relname = %s
           AND named.relnamespace = current_schema()::regnamespace
         ORDER BY position
        """,
        [diagnostics.constraint_name],
    )
    rows = cursor.fetchall()
    if not rows:
        return None
    # As the server itself wrote them down, of what an index of ours is made.
    key = SQL(", ").join(
        SQL("(%s)::text", _as_sql(formula)) for formula, _where in rows
    )
    return SQL(
        "SELECT 1 FROM %s WHERE concat_ws(', ', %s) = %s AND %s LIMIT 1",
        SQL.identifier(diagnostics.table_name),
        key,
        values,
        _as_sql(rows[0][1] or "TRUE"),
    )


def _make_query_of_target(cursor, diagnostics, values):
    """Return the query of the row that one refers to; Odoo's links are of one column."""
    cursor.execute(
        """
        SELECT target.relname, held.attname
          FROM pg_constraint AS key
          JOIN pg_class AS owner ON owner.oid = key.conrelid
          JOIN pg_class AS target ON target.oid = key.confrelid
          JOIN pg_attribute AS held
            ON held.attrelid = key.confrelid AND held.attnum = key.confkey[1]
         WHERE key.conname = %s AND owner.relname = %s
           AND owner.relnamespace = current_schema()::regnamespace
        """,
        [diagnostics.constraint_name, diagnostics.table_name],
    )
    row = cursor.fetchone()
    if not row:
        return None
    return SQL(
        "SELECT 1 FROM %s WHERE (%s)::text = %s",
        SQL.identifier(row[0]),
        SQL.identifier(row[1]),
        values,
    )


def _as_sql(text):
    return SQL(text.replace("%", "%%"))
