"""What may be called from this server: read from its own configuration."""

from odoo.tools import config, str2bool

from ...connectors.core import network
from .server_options import get_option

OPTION = "loopback"
"""Option of ``odoo.conf``: the CRM runs on this machine and may be called there."""


_identities = {}
"""Odoo's database server → our role there and its identifier: asked once a process."""


def apply_policy(env):
    """Tell the connectors what may be called, and what keeps our own data."""
    server = config["db_host"] or "", config["db_port"] or 5432
    if server not in _identities:
        _identities[server] = _get_identity(env)
    role, system = _identities[server]
    network.set_policy(
        network.Policy(
            loopback=str2bool(get_option(OPTION) or "", False),
            own_database=server,
            own_role=role,
            own_system=system,
        )
    )


def _get_identity(env):
    """Return our role, and what tells the server from others where it may say it."""
    env.cr.execute(
        "SELECT current_user, has_function_privilege('pg_control_system()', 'execute')"
    )
    role, may_ask = env.cr.fetchone()
    if not may_ask:
        return role, None
    env.cr.execute("SELECT system_identifier FROM pg_control_system()")
    return role, env.cr.fetchone()[0]
