"""The simulated systems: how each is started, and what a migration needs to connect."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager

from databases import ENV, get_options

ROOT = ENV.parent
# The pace that the vendors ask for would take minutes on loopback.
FAST = json.dumps({"throttle": {"max_per_second": 1000}})
SECRETS = {
    *("token", "password", "client_secret", "developer_key"),
    *("s3_access_key", "s3_secret_key"),
}
SIZES = {
    "concord": {"contacts": 2000, "companies": 800, "deals": 600, "activities": 3000},
    "nextcrm": {"contacts": 400, "accounts": 150, "opportunities": 150},
    "net_results": {"contacts": 300},
    "opex365": {"contacts": 400, "companies": 150, "deals": 150},
    "soffront": {"contacts": 200},
}


LABELS = {
    "concord": "Concord CRM",
    "nextcrm": "NextCRM",
    "net_results": "Net-Results",
    "opex365": "OPEX 365 CRM",
    "soffront": "Soffront",
}


def get_settings(name, told):
    """Return the settings of a source from what its simulator told, secrets included."""
    if name == "nextcrm":
        return told["settings"]
    settings = {"url": told["url"]}
    if name == "concord":
        settings |= {"token": told["token"]}
    elif name == "net_results":
        settings |= {"auth": "basic", "endpoints": FAST}
        settings |= {"login": told["login"], "password": told["password"]}
    elif name == "opex365":
        settings |= {"authority": told["url"], "client_secret": told["secret"]}
        settings |= {"tenant": told["tenant"], "client_id": told["client_id"]}
    elif name == "soffront":
        settings |= {"url": told["address"], "developer_key": told["key"]}
        settings |= {"user": told["user"], "password": told["password"]}
        settings |= {"timezone": "America/New_York", "allow_http": True}
        settings |= {"endpoints": FAST}
    return settings


def allow_simulators():
    """Let connectors call this machine, as ``odoo.conf`` does where Odoo is there."""
    from connectors.core.network import Policy, set_policy

    set_policy(Policy(loopback=True))


@contextmanager
def simulator(name, scale=1.0, rows=None, latency=0.0):
    """Run a simulator in a process of its own; give the settings to connect.

    :param rows: of a database that holds every awkward case, where a source has one
    :param latency: seconds that the way there and back takes, of each HTTP request
    """
    command = [sys.executable, "-m", "simulators", name, "--port", "0"]
    command += ["--rows", str(rows)] if rows else []
    command += ["--latency", str(latency)] if latency else []
    for kind, number in SIZES[name].items():
        command += [f"--{kind}", str(max(int(number * scale), 10))]
    database = get_options()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "tests"),
        # One of them is a database itself, on the server that we have.
        "PGHOST": database.get("db_host", ""),
        "PGUSER": database.get("db_user", ""),
    }
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    try:
        yield get_settings(name, json.loads(process.stdout.readline()))
    finally:
        process.terminate()
        process.wait()
