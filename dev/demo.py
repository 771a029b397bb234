"""Migrate an invented company from a simulated Concord CRM, and prove it."""

import argparse
import json
import os
import subprocess
import sys
import time

from databases import CONF, ENV, clone, exists, get_options, odoo
from lanes import make_table
from map_run import SCALE, run_worlds
from map_table import get_unaccounted, make_text, write_readme
from systems import LABELS, SECRETS, SIZES, simulator

DATABASE = "crm_migration_demo"
KNOWN_USERS = (
    ("Nora Whitfield", "nora@example.com"),
    ("Inês Prado", "ines@example.com"),
    ("Jörg Müller", "joerg.mueller@example.com"),
)
"""Those of the simulated users whom Odoo knows; the others become placeholders."""
PLAN = {
    "plan": 1,
    "options": {
        "owner_policy": "placeholder",
        "duplicate_policy": "keep",
        "attachment_policy": "review",
        "tz": "Europe/Lisbon",
        "country_id": "PT",
        "currency_id": "EUR",
    },
    "accept_above": 60,
    "create_fields": True,
}
ADDS_UP = (0, 3)
"""Exit statuses of the command line: all is well, or some records failed with a reason."""

RATES = {
    "USD": {"2015-01-01": 1.12, "2022-01-01": 1.05, "2024-01-01": 1.08},
    "GBP": {"2015-01-01": 0.83, "2022-01-01": 0.85},
    "CHF": {"2015-01-01": 1.09, "2022-01-01": 0.98},
}
"""Units of a currency for one euro, from a day on: rounded, not anybody's quotation."""

# What stands in Odoo before: a company in Portugal that keeps its books in euro and knows
# the rates of other currencies; colleagues whom the source knows, with other capitals in
# one address, and a company and a person that the source has as well.
PREPARE = """
company = env.company
currencies = env["res.currency"].with_context(active_test=False)
euro = currencies.search([("name", "=", "EUR")])
euro.active = True
company.write({"currency_id": euro.id, "country_id": env.ref("base.pt").id})
for code, days in json.loads(os.environ["DEMO_RATES"]).items():
    currency = currencies.search([("name", "=", code)])
    currency.active = True
    currency.rate_ids = [(5,)] + [
        (0, 0, {"name": day, "rate": rate, "company_id": company.id})
        for day, rate in days.items()
    ]
users = env["res.users"].with_context(no_reset_password=True, mail_create_nosubscribe=True)
known = json.loads(os.environ["DEMO_USERS"])
for name, email in known:
    if not users.search([("login", "=ilike", email)]):
        users.create({"name": name, "login": email.lower(), "email": email})
env["res.partner"].create([
    {"name": "A company of ours", "is_company": True, "email": "office@ours.example"},
])
env.cr.commit()
"""


def prepare(users, database=DATABASE):
    subprocess.run(
        [ENV / "odoo-bin", "shell", "-c", CONF, "-d", database, "--no-http"],
        input="import json, os\n" + PREPARE,
        env={
            **os.environ,
            "DEMO_USERS": json.dumps(users),
            "DEMO_RATES": json.dumps(RATES),
        },
        capture_output=True,
        text=True,
        check=True,
    )


def write_plan(name, settings, path):
    """Write the plan of a migration; return the secrets as variables of the process."""
    plan = {
        **PLAN,
        "name": f"{LABELS[name]} of an invented company",
        "source": name,
        "settings": {k: v for k, v in settings.items() if k not in SECRETS},
    }
    path.write_text(json.dumps(plan, indent=1))
    return {
        f"CRM_MIGRATION_{key.upper()}": value
        for key, value in settings.items()
        if key in SECRETS
    }


def migrate(name, settings):
    path = ENV / "demo_plan.json"
    environment = {**os.environ, **write_plan(name, settings, path)}
    command = [ENV / "odoo-bin", f"--addons-path={ENV / 'addons'}", "crm_migration"]
    command += ["-c", CONF, "run", path, "-d", DATABASE]
    return subprocess.run(command, env=environment, check=False).returncode


def draw_map(scale):
    """Take every system through both worlds and back; put the table into the README.

    :return: int, the exit status: 1 where a row has no place, or something is left
    """
    started = time.monotonic()
    found = run_worlds(lambda database: prepare(KNOWN_USERS, database), PLAN, scale)
    text, problems = make_text(found)
    write_readme(text)
    print(f"\n{text}\n")
    print(f"{time.monotonic() - started:.0f} s")
    if problems:
        print("\n".join(("What is wrong:", *problems)))
    if unaccounted := get_unaccounted(found):
        print("\n".join(("Unaccounted for:", *unaccounted)))
    return 1 if problems else 0


def get_address():
    port = get_options().get("http_port", 8069)
    return f"http://localhost:{port}/odoo/crm-migration (login admin, password admin)"


def serve():
    print(get_address())
    command = [ENV / "odoo-bin", "-c", CONF, "-d", DATABASE]
    # An earlier demonstration may be of an earlier version.
    command += ["-u", "crm_migration"]
    os.execv(command[0], [str(part) for part in command])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--serve", action="store_true", help="show the result in a browser"
    )
    parser.add_argument(
        "--scale", type=float, help=f"size of the company: 1, for the map {SCALE}"
    )
    parser.add_argument(
        "--all", action="store_true", help="every simulated system, one after the other"
    )
    parser.add_argument(
        "--map",
        action="store_true",
        help="with --all: through both worlds and back, as a table for the README",
    )
    parser.add_argument("--source", choices=SIZES, help="this system instead")
    parser.add_argument(
        "--rows", type=int, help="awkward rows of the source (NextCRM), e.g. 20000"
    )
    options = parser.parse_args()
    if options.map and not options.all:
        parser.error("--map goes with --all")
    if options.map:
        sys.exit(draw_map(options.scale or SCALE))
    if options.serve and exists(DATABASE):
        serve()
    started = time.monotonic()
    clone(DATABASE)
    odoo("-d", DATABASE, "-i", "crm_migration", "--stop-after-init", "--no-http")
    prepare(KNOWN_USERS)
    failed = []
    for name in SIZES if options.all else (options.source or "concord",):
        with simulator(name, options.scale or 1.0, options.rows) as settings:
            print(f"\n== {LABELS[name]}", flush=True)
            begun = time.monotonic()
            status = migrate(name, settings)
        print(f"migrated in {time.monotonic() - begun:.0f} s, ", end="")
        print(f"{time.monotonic() - started:.0f} s with the database")
        if status not in ADDS_UP:
            failed.append(LABELS[name])
    if lanes := make_table(DATABASE):
        print(f"\n{lanes}\n")
    if failed:
        print(f"\nDoes not add up or differs: {', '.join(failed)}.")
    if options.serve:
        serve()
    print(f"See it: ./dev/demo --serve, then {get_address()}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
