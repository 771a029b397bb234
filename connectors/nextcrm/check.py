"""What *Check connection* finds out about a NextCRM database, within seconds."""

from ..core.errors import ConnectorError
from ..core.source import CheckResult
from .query import quoted
from .sentences import SENTENCES
from .streams import TABLES

_ABOUT = """
SELECT current_user::text, current_setting('server_version'),
       current_setting('server_encoding'),
       COALESCE((SELECT ssl FROM pg_catalog.pg_stat_ssl WHERE pid = pg_backend_pid()),
                false)
"""
_LAST_MIGRATION = """
SELECT migration_name FROM "_prisma_migrations"
 WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL
 ORDER BY started_at DESC LIMIT 1
"""
_MAY_WRITE = """
SELECT count(*) FROM pg_catalog.pg_class AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
 WHERE n.nspname = %s AND c.relkind IN ('r', 'p')
   AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE')
"""
_LOCAL = ("localhost", "127.0.0.1", "::1", "/")


finding = SENTENCES.finding


def check(source):
    """Return the ``CheckResult``.

    :raises ConfigurationError: wrong address, login, database or schema
    """
    database, catalog = source.database, source.catalog
    login, server, encoding, encrypted = database.fetch(_ABOUT)[0]
    findings = [finding("passed", "logged_in", login=login)]
    version = _version(database, catalog)
    if version:
        findings.append(finding("passed", "version", version=version))
    else:
        findings.append(finding("warning", "version_unknown"))
    if not encrypted and not database.host.startswith(_LOCAL):
        findings.append(finding("warning", "not_encrypted", host=database.host))
    if encoding != "UTF8":
        findings.append(finding("warning", "not_in_utf8", encoding=encoding))
    findings += _rights(source, login)
    findings += _strangers(source)
    findings += _left_out(source)
    findings += _object_store(source)
    # Of the people's time zone the database says nothing.
    about = version or f"PostgreSQL {server}"
    return CheckResult(login, about, findings=tuple(findings))


def _version(database, catalog):
    if not catalog.has("_prisma_migrations", "migration_name", "finished_at"):
        return ""
    rows = database.fetch(_LAST_MIGRATION)
    return rows[0][0] if rows else ""


def _rights(source, login):
    if source.database.fetch(_MAY_WRITE, (source.database.schema,))[0][0]:
        yield finding("warning", "may_write", login=login)
    for table in source.tables.values():
        about = {"login": login, "stream": table.label}
        if not source.catalog.columns_of(table):
            yield finding("warning", "may_not_read", table=table.name, **about)
        elif closed := source.catalog.closed(table):
            names = ", ".join(closed)
            yield finding("warning", "columns_closed", columns=names, **about)
        if unread := source.catalog.unread(table):
            names = ", ".join(unread)
            yield finding(
                "warning", "columns_unread", columns=names, stream=table.label
            )


def _strangers(source):
    known = {table.name for table in TABLES.values()}
    filled = [
        name
        for name in source.catalog.strangers(known)
        if source.database.fetch(f"SELECT EXISTS (SELECT FROM {quoted(name)})")[0][0]
    ]
    if filled:
        yield finding("warning", "tables_unknown", tables=", ".join(filled))


def _left_out(source):
    for table in source.tables.values():
        if count := source.count_deleted(table):
            yield finding("passed", "left_out_deleted", count=count, stream=table.label)
    if "received_invoices" in source.tables:
        count = source.count(source.get_stream("received_invoices"))
        yield finding("passed", "received_invoices", count=count)
    if source.config.get("closed_means") == "auto":
        outcomes = source.closed_outcomes()
        if any(outcomes.values()):
            yield finding("passed", "deals_closed", **outcomes)


def _object_store(source):
    if not source.store.client:
        yield finding("warning", "no_files")
        return
    try:
        source.store.check()
    except ConnectorError as error:
        # The records do without: a warning, which names what is to be corrected.
        yield error.as_finding("warning")
    else:
        yield finding("passed", "s3_ready", host=source.store.client.host)
