"""Commands and connections of what disturbs a migration: kills, broken turns, a second one."""

from contextlib import closing

from databases import CONF, ENV, connect, execute

AT_WORK = """
    SELECT FROM pg_stat_activity AS one
     WHERE datname = %s AND pid <> pg_backend_pid() AND state <> 'idle'
       AND EXISTS (SELECT FROM pg_locks WHERE pid = one.pid
                      AND relation = 'crm_migration_job'::regclass
                      AND mode = 'RowShareLock')
"""
"""Whether a batch is at work: it has locked its migration. Before that, a command that loses
its connection has another one, and nothing to lose."""

TURN_AT_WORK = (
    "SELECT FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
    " AND state LIKE 'idle in transaction%%' OR query LIKE '%%crm_migration%%'"
    " AND state = 'active' AND pid <> pg_backend_pid()"
)
"""The same of a turn of the scheduler."""


IMPORT = """
import json, os
plan = json.load(open(os.environ["CRASH_PLAN"]))
secrets = {k[14:].lower(): v for k, v in os.environ.items()
           if k.startswith("CRM_MIGRATION_")}
env["crm.migration.job"]._import_plan(plan, secrets, env["ir.attachment"])
env.cr.commit()
"""


def command(action, database):
    arguments = [ENV / "odoo-bin", f"--addons-path={ENV / 'addons'}", "crm_migration"]
    return [
        str(a) for a in [*arguments, *action, "-c", CONF, "-d", database, "--quiet"]
    ]


def shell(database):
    arguments = [ENV / "odoo-bin", "shell", "-c", CONF, "-d", database, "--no-http"]
    return [*map(str, arguments), "--log-level=error"]


def query(database, text, *parameters):
    with closing(connect(database)) as connection, connection.cursor() as cursor:
        cursor.execute(text, parameters)
        return cursor.fetchall()


def count_mails(database):
    """Return how many mails were written, less those that Odoo and the queue write anyway.

    That is the digest for its users, and what queue_job tells of a job whose own connection
    was cut: it calls the job failed, whatever the job has done (19.0 ``_runjob``).
    """
    rows = query(
        database,
        "SELECT count(*) FROM mail_mail AS mail"
        "  JOIN mail_message AS message ON message.id = mail.mail_message_id"
        " WHERE message.model IS DISTINCT FROM 'queue.job'"
        "   AND COALESCE(message.subject, '') NOT LIKE '%%Periodic Digest'",
    )
    return rows[0][0]


def get_run(database):
    """Return (id, kind, state, phase, reason) of the last pass."""
    rows = query(
        database,
        "SELECT id, kind, state, phase, blocked_reason FROM crm_migration_run"
        " ORDER BY id DESC LIMIT 1",
    )
    return rows[0] if rows else (0, None, None, None, None)


def cut_connections(database):
    """End every connection to a database, as a server that is restarted does."""
    execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = %s AND backend_type = 'client backend'",
        database,
    )
