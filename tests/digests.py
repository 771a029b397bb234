"""What the whole database holds, table by table: what must be the same after a rollback."""

from collections import Counter

from odoo.tools import SQL

OWN = "crm.migration%"
OURS = {
    "mail_message": "model LIKE %s",
    "mail_followers": "res_model LIKE %s",
    "mail_activity": "res_model LIKE %s",
    "ir_attachment": "res_model LIKE %s",
}
"""Tables in which a migration itself has rows: its chatter, its followers, its files."""
LOGS = {
    "ir_logging",
    "ir_cron",
    "ir_cron_trigger",
    "ir_cron_progress",
    "base_registry_signaling",
    *("orm_signaling_registry", "orm_signaling_default", "orm_signaling_stable"),
    *("orm_signaling_templates", "orm_signaling_assets", "orm_signaling_groups"),
    "orm_signaling_routing",
    # What the migration said to its own followers.
    "mail_message_res_partner_rel",
    "mail_notification",
    "mail_mail",
}
"""Tables that tell what has happened, not what is."""


def get_digest(env, kept=()):
    """Return table → (rows, digest) of everything that is no migration and no log.

    :param kept: tables to leave out besides
    """
    env.flush_all()
    env.cr.execute(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')"
        " AND relnamespace = current_schema()::regnamespace ORDER BY relname"
    )
    names = [name for (name,) in env.cr.fetchall()]
    digest = {}
    for name in names:
        if name.startswith("crm_migration_") or name in LOGS or name in kept:
            continue
        ours = SQL("NOT (%s)", SQL(OURS[name], OWN)) if name in OURS else SQL("TRUE")
        env.cr.execute(
            SQL(
                "SELECT count(*), md5(string_agg(md5(row::text), '' ORDER BY md5(row::text)))"
                " FROM %s AS row WHERE %s IS NOT FALSE",
                SQL.identifier(name),
                ours,
            )
        )
        digest[name] = env.cr.fetchone()
    return digest


def get_rows(env, table):
    """Return the rows of a table as JSON objects, to show what differs."""
    env.cr.execute(SQL("SELECT to_jsonb(row) FROM %s AS row", SQL.identifier(table)))
    return [row for (row,) in env.cr.fetchall()]


def count_moves(env):
    """Return table → (inserted, updated, deleted) of this transaction so far.

    What has not moved need not be read again; PostgreSQL counts as well what a savepoint
    took back.
    """
    env.cr.execute(
        "SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_xact_user_tables"
        " WHERE schemaname = current_schema()"
    )
    return {name: tuple(moves) for name, *moves in env.cr.fetchall()}


def get_row_hashes(env, names=None):
    """Return table → Counter of the hashes of its rows, a migration's own left out.

    :param names: the tables to read, else all; logs are read as well
    """
    if names is None:
        names = count_moves(env)
    hashes = {}
    for name in names:
        if name.startswith("crm_migration_"):
            continue
        env.cr.execute(
            SQL(
                "SELECT hashtextextended(row::text, 0), count(*) FROM %s AS row GROUP BY 1",
                SQL.identifier(name),
            )
        )
        hashes[name] = Counter(dict(env.cr.fetchall()))
    return hashes
