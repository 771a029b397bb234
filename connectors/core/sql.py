"""Read a PostgreSQL database: one read-only snapshot, server-side cursors, no value logged.

What the server or the network refuses becomes an error of ``errors.py``. Rows come as
JSON made by the server: it writes what Python cannot hold, such as the year 20260.
"""

import itertools
import json
import logging
import time
from contextlib import closing, contextmanager

import psycopg2
from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ
from psycopg2.sql import SQL, Identifier
from requests import certs

from .errors import ConfigurationError, RetryableError
from .network import get_policy, resolve
from .sentences import _lt
from .sql_errors import raise_for_connection, raise_for_statement

_logger = logging.getLogger(__name__)

CONNECT_TIMEOUT = 10
"""Seconds until a server that says nothing counts as out of reach."""
STATEMENT_TIMEOUT, LOCK_TIMEOUT = 90, 10
"""Seconds; the first is longer than a batch, for a sort of the largest table."""
_numbers = itertools.count(1)


class Database:
    """One connection, with one snapshot from the first statement until ``close``.

    :param schema: where the tables are
    :param seconds_left: callable, how long the batch may still take
    """

    def __init__(self, *, host, port, database, login, password, schema="public",
                 sslmode="prefer", seconds_left=None):  # fmt: skip
        self.host = f"{host}:{port}" if port else host
        self.schema = schema
        self.seconds_left = seconds_left or (lambda: float("inf"))
        self._parameters = {
            "host": host,
            "port": port,
            "dbname": database,
            "user": login,
            "password": password,
            "sslmode": sslmode,
            # Else libpq looks for a file in the home of whoever runs Odoo.
            "sslrootcert": certs.where() if sslmode == "verify-full" else None,
            "client_encoding": "UTF8",
            "application_name": "crm-migration",
            "keepalives_idle": 30,
            "tcp_user_timeout": 60_000,
        }
        self._connection = None
        self._snapshot = None

    def close(self):
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @property
    def snapshot(self):
        """Return the snapshot that is read, as ``was_invisible`` takes it."""
        self._open()
        return self._snapshot

    def _open(self):
        if self._connection is not None:
            return self._connection
        left = self.seconds_left()
        if left <= 1:
            raise RetryableError("time_budget", delay=0)
        wait = max(2, int(min(CONNECT_TIMEOUT, left)))
        started = time.monotonic()
        parameters = self._parameters | self._address()
        try:
            connection = psycopg2.connect(connect_timeout=wait, **parameters)
        except (psycopg2.Error, UnicodeError) as error:
            raise_for_connection(error, self.host)
        self._connection = connection
        with self._translated(""):
            connection.set_session(ISOLATION_LEVEL_REPEATABLE_READ, readonly=True)
            self._ensure_strange(connection)
            self._prepare(connection)
        spent = int((time.monotonic() - started) * 1000)
        _logger.debug("connected to %s in %d ms", self.host, spent)
        return connection

    def _address(self):
        """Return where libpq is to connect to: the addresses that were looked at.

        :raises ConfigurationError: it is a socket of this machine, several hosts, or an
            address that may not be called
        """
        host, port = self._parameters["host"], self._parameters["port"] or 5432
        if not host or host[0] in "/@" or "," in host:
            reason = _lt("the name or address of one server is needed")
            raise ConfigurationError("bad_setting", setting="host", reason=reason)
        found = resolve(host, port, shown=self.host)
        each = len(found)
        return {
            "hostaddr": ",".join(found),
            "host": ",".join([host] * each),
            "port": ",".join([str(port)] * each),
        }

    def _ensure_strange(self, connection):
        """Never read Odoo's own database with Odoo's own role, by whatever address.

        :raises ConfigurationError: ``own_database``
        """
        policy = get_policy()
        if not policy.own_system or self._parameters["user"] != policy.own_role:
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT system_identifier FROM pg_control_system()")
            if cursor.fetchone()[0] == policy.own_system:
                self.close()
                raise ConfigurationError("own_database", host=self.host)

    def _prepare(self, connection):
        """Begin the transaction in which everything is read."""
        with connection.cursor() as cursor:
            # SET LOCAL: behind a pooler the session may be somebody else's tomorrow.
            cursor.execute(
                SQL(
                    "SET LOCAL search_path TO {}; SET LOCAL timezone TO 'UTC';"
                    " SET LOCAL datestyle TO 'ISO, YMD';"
                    f" SET LOCAL statement_timeout TO '{STATEMENT_TIMEOUT}s';"
                    f" SET LOCAL lock_timeout TO '{LOCK_TIMEOUT}s';"
                    # A policy that hides rows must fail, not hide them.
                    " SET LOCAL row_security TO off;"
                    # We read to the end: no plan that is quick for the first rows only.
                    " SET LOCAL cursor_tuple_fraction TO 1"
                ).format(Identifier(self.schema))
            )
            cursor.execute("SELECT txid_current_snapshot()::text")
            self._snapshot = cursor.fetchone()[0]

    @contextmanager
    def _translated(self, stream):
        try:
            yield
        except (psycopg2.Error, UnicodeError) as error:
            self.close()
            raise_for_statement(error, self.host, stream)

    def fetch(self, sql, values=None, *, stream=""):
        """Return all rows of a statement."""
        connection = self._open()
        self._ensure_time()
        started = time.monotonic()
        with self._translated(stream), connection.cursor() as cursor:
            cursor.execute(sql, values)
            rows = cursor.fetchall()
        self._log(stream, len(rows), started)
        return rows

    def fetch_json(self, sql, values=None, *, stream=""):
        """Return the objects of a statement, each made by the server from a row."""
        sql = f"SELECT row_to_json(found)::text FROM ({sql}) AS found"
        return [json.loads(row[0]) for row in self.fetch(sql, values, stream=stream)]

    def chunks(self, sql, values=None, *, size, stream=""):
        """Yield the rows of a statement in lists of ``size``; the last may be shorter.

        The server keeps the result: neither side holds all of it in memory.
        """
        connection = self._open()
        with self._translated(stream):
            cursor = connection.cursor(f"crm_migration_{next(_numbers)}")
            cursor.itersize = size
            self._ensure_time()
            cursor.execute(sql, values)
        with closing(cursor):
            while True:
                started = time.monotonic()
                self._ensure_time()
                with self._translated(stream):
                    rows = cursor.fetchmany(size)
                self._log(stream, len(rows), started)
                if rows:
                    yield rows
                if len(rows) < size:
                    return

    def _ensure_time(self):
        if self.seconds_left() <= 0:
            raise RetryableError("time_budget", delay=0)

    def _log(self, stream, count, started):
        spent = int((time.monotonic() - started) * 1000)
        _logger.debug("SELECT %s: %d rows, %d ms", stream or "…", count, spent)
