"""Databases for tests, demo and bench: a template per set of modules, cloned in seconds."""

import argparse
import configparser
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2

ENV = Path(__file__).resolve().parent.parent / ".env"
CONF = Path(os.environ.get("CRM_MIGRATION_CONF") or ENV / "odoo.conf")
"""That of the checkout, or one that names another PostgreSQL."""

MODULES = "crm,calendar,contacts,base_automation"
"""Installed in the template; the addon itself is installed in each clone."""


def get_options():
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(CONF)
    return parser["options"]


def connect(database="postgres"):
    options = get_options()
    names = {
        "host": "db_host",
        "port": "db_port",
        "user": "db_user",
        "password": "db_password",
    }
    given = {name: options.get(option) for name, option in names.items()}
    connection = psycopg2.connect(
        dbname=database, **{k: v for k, v in given.items() if v}
    )
    connection.autocommit = True
    return connection


def execute(query, *parameters):
    # Not ``with connection``: that opens a transaction, and databases are made outside.
    with closing(connect()) as connection, connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall() if cursor.description else []


def exists(name):
    return bool(execute("SELECT 1 FROM pg_database WHERE datname = %s", name))


def get_filestore(name):
    return Path(get_options()["data_dir"]) / "filestore" / name


def odoo(*arguments, log=None):
    """Run Odoo's command line; show its log when it fails.

    :return: str, the log
    """
    command = [ENV / "odoo-bin", "-c", CONF, *arguments]
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if log:
        Path(log).write_text(done.stdout)
    if done.returncode:
        sys.exit(f"{done.stdout[-8000:]}\nfailed: odoo {' '.join(arguments)}")
    return done.stdout


def drop(name):
    # Only clients: an autovacuum worker is PostgreSQL's to end, which DROP DATABASE
    # does by itself and an ordinary role may not.
    execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = %s AND backend_type = 'client backend'",
        name,
    )
    execute(f'DROP DATABASE IF EXISTS "{name}"')
    shutil.rmtree(get_filestore(name), ignore_errors=True)


@contextmanager
def one_at_a_time():
    """Wait until no other process makes a template: the tests run side by side."""
    with open(ENV / "template.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def ensure_template(modules=MODULES):
    """Return the name of a database with these modules that nobody is connected to."""
    release = subprocess.run(
        [ENV / "venv/bin/python", "-c", "import odoo.release as r; print(r.version)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    key = hashlib.sha256(f"{modules} {release}".encode()).hexdigest()[:10]
    name = f"crm_migration_template_{key}"
    with one_at_a_time():
        if not exists(name):
            make_template(name, modules)
    return name


def make_template(name, modules):
    print(f"template database with {modules}", flush=True)
    partial = f"{name}_partial"
    drop(partial)
    odoo("-d", partial, "-i", modules, "--stop-after-init", "--no-http")
    execute(f'ALTER DATABASE "{partial}" RENAME TO "{name}"')
    shutil.rmtree(get_filestore(name), ignore_errors=True)
    if get_filestore(partial).exists():
        get_filestore(partial).rename(get_filestore(name))


def clone(name, modules=MODULES):
    """Make the database ``name`` anew from the template, its filestore included."""
    template = ensure_template(modules)
    drop(name)
    execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    if get_filestore(template).exists():
        shutil.copytree(get_filestore(template), get_filestore(name))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    parser.add_argument("--modules", default=MODULES)
    parser.add_argument("--install", action="store_true", help="install the addon too")
    options = parser.parse_args()
    clone(options.name, options.modules)
    if options.install:
        odoo(
            "-d", options.name, "-i", "crm_migration", "--stop-after-init", "--no-http"
        )


if __name__ == "__main__":
    main()
