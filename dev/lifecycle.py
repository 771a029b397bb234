"""Install, update and uninstall the addon; every warning in the log is a failure."""

import re
import subprocess
import sys
from contextlib import closing

from databases import CONF, ENV, clone, connect, drop, odoo

# What Odoo says about the machine, not about the addon.
ABOUT_THE_MACHINE = re.compile(
    r"http-interface|Running as user 'root'|wkhtmltopdf|py\.warnings"
)
DATABASE = "crm_migration_lifecycle"
LEFT_OVERS = """
    SELECT 'table ' || table_name FROM information_schema.tables
     WHERE table_name LIKE 'crm\\_migration%' AND table_schema = 'public'
    UNION ALL
    SELECT 'external id ' || name FROM ir_model_data WHERE module = 'crm_migration'
"""
UNINSTALL = (
    "env['ir.module.module'].search([('name', '=', 'crm_migration')])"
    ".button_immediate_uninstall()"
)


def get_warnings(log):
    return [
        line
        for line in log.splitlines()
        if re.search(r" (WARNING|ERROR|CRITICAL) ", line)
        and not ABOUT_THE_MACHINE.search(line)
    ]


def uninstall():
    done = subprocess.run(
        [ENV / "odoo-bin", "shell", "-c", CONF, "-d", DATABASE, "--no-http"],
        input=UNINSTALL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


def main():
    clone(DATABASE)
    base = ("-d", DATABASE, "--stop-after-init", "--no-http")
    found = []
    for title, log in (
        ("install", odoo(*base, "-i", "crm_migration")),
        ("update", odoo(*base, "-u", "crm_migration")),
        ("uninstall", uninstall()),
    ):
        lines = get_warnings(log)
        print(f"{title}: {len(lines)} warnings", flush=True)
        found += lines
    with closing(connect(DATABASE)) as connection, connection.cursor() as cursor:
        cursor.execute(LEFT_OVERS)
        left = [row[0] for row in cursor.fetchall()]
    print(f"left behind: {', '.join(left) or 'nothing'}")
    drop(DATABASE)
    if found or left:
        sys.exit("\n".join(found) or 1)


if __name__ == "__main__":
    main()
