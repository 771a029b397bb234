"""The database of a simulated NextCRM: a schema in a real PostgreSQL server.

The server is found by PGHOST, PGPORT, PGUSER and PGPASSWORD, else by ``.env/odoo.conf``
of the checkout. Its role must be allowed to create databases.
"""

import atexit
import configparser
import itertools
import os
from contextlib import closing
from pathlib import Path

import psycopg2
from psycopg2.extras import Json, execute_values
from psycopg2.sql import SQL, Identifier

from . import nextcrm_schema as people
from . import nextcrm_schema_work as work
from .nextcrm_data import make_company
from .nextcrm_versions import as_sql, has_column, tables_of
from .nextcrm_work import legacy_invoices

CONF = Path(__file__).resolve().parents[2] / ".env" / "odoo.conf"
HELP = (
    "NextCRM's simulator needs a running PostgreSQL whose role may create databases: "
    "start one with ./dev/setup, or set PGHOST, PGPORT and PGUSER."
)
MIGRATIONS = """
CREATE TABLE "_prisma_migrations" (
    id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz,
    migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0)
"""
PREFIX = "nextcrm_simulator_"
_numbers = itertools.count(1)


def find_server():
    """Return the keywords with which psycopg2 reaches the server."""
    known = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}  # fmt: skip
    given = {name: os.environ.get(variable) for name, variable in known.items()}
    if not given["host"] and CONF.exists():
        parser = configparser.ConfigParser(interpolation=None)
        parser.read(CONF)
        given = {name: parser["options"].get(f"db_{name}") for name in known}
    return {name: value for name, value in given.items() if value}


def connect(database="postgres"):
    try:
        connection = psycopg2.connect(dbname=database, **find_server())
    except psycopg2.OperationalError as error:
        raise RuntimeError(f"{HELP}\n{error}") from None
    connection.autocommit = True
    return connection


class _Home:
    """One database per process; each simulator has a schema of its own in it."""

    name = ""

    @classmethod
    def get(cls):
        if not cls.name:
            name = f"{PREFIX}{os.getpid()}"
            with closing(connect()) as connection, connection.cursor() as cursor:
                for old in (name, *_left_behind(cursor)):
                    _drop(cursor, old)
                cursor.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
            cls.name = name
            atexit.register(cls.drop)
        return cls.name

    @classmethod
    def drop(cls):
        with closing(connect()) as connection, connection.cursor() as cursor:
            _drop(cursor, cls.name)


def _drop(cursor, name):
    sql = "DROP DATABASE IF EXISTS {} WITH (FORCE)"
    cursor.execute(SQL(sql).format(Identifier(name)))


def _left_behind(cursor):
    """Return the databases of processes that were killed."""
    cursor.execute(
        "SELECT datname FROM pg_stat_database"
        " WHERE starts_with(datname, %s) AND numbackends = 0",
        (PREFIX,),
    )
    return [name for (name,) in cursor if not _is_alive(name.removeprefix(PREFIX))]


def _is_alive(pid):
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's, and alive
    return True


class NextCrmDatabase:
    """The tables of one installation, filled; ``execute`` changes them as its users do."""

    def __init__(self, version="0.21.2", company=None):
        self.version = version
        self.company = company or make_company()
        self.tables = tables_of(version)
        self.schema = f"crm_{next(_numbers)}"
        self.name = _Home.get()
        self.connection = connect(self.name)
        self._build()

    def _build(self):
        before, after = as_sql(self.tables, people.FOREIGN_KEYS + work.FOREIGN_KEYS)
        self.execute(
            f'CREATE SCHEMA "{self.schema}"; SET search_path TO "{self.schema}"'
        )
        self.execute(";\n".join(before))
        rows = dict(self.company.rows)
        if has_column(self.tables, "Invoices", "invoice_amount"):
            rows["Invoices"] = legacy_invoices(self.company)
        for table, values in rows.items():
            if table in self.tables:
                self.insert(table, [self._as_then(table, row) for row in values])
        if after:
            self.execute(";\n".join(after))
        if self.version != "2025-12":  # that one was made by a schema push
            self._migrations()

    @property
    def has_money(self):
        """Tell whether amounts have cents in this release."""
        return "Currency" in self.tables

    def _as_then(self, table, row):
        """Return a row as the release of then would hold it."""
        row = {k: v for k, v in row.items() if has_column(self.tables, table, k)}
        if self.version != "0.21.2" and "role" in row:
            row["role"] = "member"
        if self.version == "2025-12" and table == "crm_Leads":
            row |= {"status": self.company.any(("NEW", "LOST")), "lead_source": "Web"}
        if not self.has_money and table == "crm_Opportunities":
            for member in ("budget", "expected_revenue"):
                row[member] = int(float(row[member]))
        if not self.has_money and table == "crm_Contracts":
            row["value"] = 12000
        return row

    def _migrations(self):
        self.execute(MIGRATIONS)
        last = {
            "0.21.2": "20260714120000_calendar_events",
            "0.11.0": "20260420080000_currency_merge",
            "0.1.0": "20260402090000_campaigns",
        }
        for number, name in enumerate(("20251210000000_init", last[self.version])):
            self.execute(
                'INSERT INTO "_prisma_migrations" (id, checksum, migration_name,'
                " started_at, finished_at) VALUES (%s, '', %s, %s, now())",
                (str(number), name, f"2026-04-{number + 1:02d}"),
            )

    def insert(self, table, rows):
        """Add rows; those with the same columns in one statement."""
        groups = {}
        for row in rows:
            groups.setdefault(tuple(row), []).append(row)
        for columns, alike in groups.items():
            names = ", ".join(f'"{name}"' for name in columns)
            jsonb = {w.partition(":")[0] for w in self.tables[table] if ":jsonb" in w}
            values = [
                [self._adapt(row[name], name in jsonb) for name in columns]
                for row in alike
            ]
            kinds = [self._cast(table, name) for name in columns]
            with self.connection.cursor() as cursor:
                execute_values(
                    cursor,
                    f'INSERT INTO "{table}" ({names}) VALUES %s',
                    values,
                    template=f"({', '.join(kinds)})",
                )

    def _adapt(self, value, is_json):
        return Json(value) if is_json and value is not None else value

    def _cast(self, table, name):
        """Return the placeholder of a column; arrays must say what they hold."""
        for definition in self.tables[table]:
            word = definition.partition("=")[0]
            if word.partition(":")[0] == name and "[]" in word:
                return f"%s::{word.partition(':')[2].partition('[')[0]}[]"
        return "%s"

    def execute(self, sql, values=None):
        """Run a statement; return its rows where it has some."""
        with self.connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall() if cursor.description else []

    def ids(self, table, where="true"):
        return [str(row[0]) for row in self.execute(f'SELECT id FROM "{table}" WHERE {where} ORDER BY id')]  # fmt: skip

    def close(self):
        if not self.connection.closed:
            self.execute(f'DROP SCHEMA IF EXISTS "{self.schema}" CASCADE')
            self.connection.close()
