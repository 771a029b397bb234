"""What *Check connection* finds out about a NextCRM database, within seconds."""

from ..core.errors import ConnectorError
from ..core.source import CheckResult, Finding

SENTENCES = {
    "logged_in": "Logged in as {login}.",
    "version": "NextCRM's tables as of {version}.",
    "version_unknown": "NextCRM's tables do not tell their release. Their columns do.",
    "no_nextcrm_tables": "{host} has no tables of NextCRM in the schema {schema}: "
    "{tables} missing. Check database and schema. An installation of before December "
    "2025 keeps its data in MongoDB: upgrade it first.",
    "may_not_read": "{login} may not read {stream}: they will be missing. Grant SELECT "
    "on {table}.",
    "columns_closed": "{login} may not read {columns} of {stream}: they stay empty.",
    "columns_unread": "{columns} of {stream} are left alone: by name they may be secrets, "
    "or they hold no plain values.",
    "not_encrypted": "The connection to {host} is not encrypted: data and password can "
    "be read on the way. Choose an encrypted mode if the server has one.",
    "may_write": "{login} may change data. We only read; a login that may only read is "
    "safer.",
    "not_in_utf8": "The database keeps text in {encoding}: what is not valid UTF-8 "
    "cannot be read.",
    "left_out_deleted": "{count} deleted {stream} are left out.",
    "left_out_unlinked": "{count} {stream} are left out: copies of others, or of nobody "
    "that NextCRM knows.",
    "deals_closed": "Closed deals: {won} won, {lost} lost by NextCRM's own follow-up. "
    "If that is wrong, choose what Closed means.",
    "no_object_store": "{name} lies in the object store, of which nothing is known. "
    "Enter its address and keys.",
    "no_files": "Without the address of the object store, documents come without their "
    "content.",
    "s3_refused": "{host} does not accept the keys of the object store, or they may not "
    "list the bucket.",
    "s3_no_bucket": "{host} has no bucket {bucket}.",
    "s3_denied": "The object store does not hand out {name}: it is not there, or the "
    "keys may not read it.",
    "s3_ready": "The object store at {host} answers.",
    "received_invoices": "{count} received invoices in the form of before March 2026 are "
    "there; they are listed apart from invoices to customers.",
}
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


def finding(level, code, **data):
    return Finding(level, code, SENTENCES[code].format(**data), data)


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
        text = SENTENCES.get(error.code, error.sentence).format_map(error.data)
        yield Finding("warning", error.code, text, error.data)
    else:
        yield finding("passed", "s3_ready", host=source.store.client.host)
