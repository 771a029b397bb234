"""Rehearse on one database, replay the plan on a second: the sums must be equal.

On the first one a migration is read, and people decide: an owner is a user of Odoo,
another one a placeholder, a value of the source is one that Odoo has, a field is left out.
It is loaded, verified, and its plan is printed by the command line. The second database
has other ids everywhere; nobody decides anything there, and the plan runs without a
question. What both have become is compared row by row, ids left aside, and the deals are
added up from Odoo's own tables.

    ./dev/test second [--scale 0.1] [--source concord]
"""

import argparse
import json
import os
import subprocess
import sys

from databases import CONF, clone, drop, odoo
from demo import ADDS_UP, write_plan
from kills_pictures import take_picture
from processes import command, query, shell
from systems import SIZES, simulator

FIRST, SECOND = "crm_migration_rehearsed", "crm_migration_replayed"

AHEAD = """
    SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass,
                  COALESCE(last_value, 0) + %s + row_number() OVER ())
      FROM pg_sequences WHERE sequencename ~ '_id_seq$'
       -- The id of the migration is part of its placeholders' logins.
       AND sequencename <> 'crm_migration_job_id_seq'
"""
"""Nothing made from now on has the id that it has in the other database."""

PREPARE = """
env.company.currency_id = env.ref("base.EUR")
rosa = env["res.users"].create({"name": "Rosa Prado", "login": "rosa@second.example"})
env.cr.execute(
    "UPDATE res_partner SET create_date = '2020-01-01', write_date = '2020-01-01'"
    " WHERE id = %s", [rosa.partner_id.id])
env.cr.commit()
"""

DECIDE = """
job = env["crm.migration.job"].search([], limit=1)
rosa = env["res.users"].search([("login", "=", "rosa@second.example")])
one, other = job.owner_ids.sorted("key")[:2]
one.write({"decision": "assign", "user_id": rosa.id})
other.write({"decision": "placeholder"})
rows = job.value_map_ids.sorted("key")
new = rows.filtered(lambda row: row.decision == "create" and row.model_name)[:1]
known = rows.filtered(lambda row: row.target_ref and row.model_name == new.model_name)
new.write({"decision": "map", "target_ref": f"{new.model_name},{known[:1].target_id}"})
lines = job.mapping_ids.line_ids.filtered(lambda line: line.target == "function")[:1]
env["crm.migration.mapping.ignore"].create(
    {"line_ids": [(6, 0, lines.ids)], "reason": "Asked for anew on the phone"}
).action_ignore()
env.cr.commit()
print("decided", len(new), len(lines))
"""

SUMS = {
    "deals": """
        SELECT COALESCE(stage.name ->> 'en_US', ''), currency.name, count(*),
               round(sum(lead.expected_revenue)::numeric, 2)::text
          FROM crm_lead AS lead LEFT JOIN crm_stage AS stage ON stage.id = lead.stage_id
          LEFT JOIN res_company AS company ON company.id = lead.company_id
          LEFT JOIN res_currency AS currency ON currency.id = company.currency_id
         GROUP BY 1, 2 ORDER BY 1, 2""",
    "owners": """
        SELECT users.login, count(*) FROM crm_lead AS lead
          JOIN res_users AS users ON users.id = lead.user_id GROUP BY 1 ORDER BY 1""",
    "links": """
        SELECT res_model, outcome, count(*) FROM crm_migration_id_map
         GROUP BY 1, 2 ORDER BY 1, 2""",
    "compared": """
        SELECT kind, created_count, updated_count, merged_count, skipped_count,
               failed_count, compared_count FROM crm_migration_run
         WHERE kind IN ('load', 'verify') ORDER BY id""",
    "differences": "SELECT count(*) FROM crm_migration_difference",
}
SAME_ID = """
    SELECT res_model, count(*) FROM crm_migration_id_map
     WHERE outcome = 'created' AND res_model <> 'mail.message' AND res_id = ANY(%s)
     GROUP BY 1
"""


def call(arguments, environment, given="", allowed=ADDS_UP):
    """Run a command; return what it printed."""
    done = subprocess.run(
        arguments,
        env=environment,
        input=given,
        text=True,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode not in allowed:
        sys.exit(f"{arguments[3:5]} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def make(database, environment, ahead):
    clone(database)
    odoo("-d", database, "-i", "crm_migration", "--stop-after-init", "--no-http")
    query(database, AHEAD, ahead)
    call(shell(database), environment, PREPARE)


def rehearse(environment, plan):
    """Read, let people decide, load and verify; return the plan as it is printed."""
    make(FIRST, environment, 100)
    call(command(["run", plan, "--dry-run"], FIRST), environment)
    said = call(shell(FIRST), environment, DECIDE)
    if "decided 1 1" not in said:
        sys.exit(f"Nothing was there to be decided:\n{said}")
    call(command(["resume"], FIRST), environment)
    return call(command(["plan"], FIRST), environment)


def replay(environment, plan):
    """Run the plan where nothing has the id that it had."""
    make(SECOND, environment, 100_000)
    call(command(["run", plan], SECOND), environment)


def compare():
    """Print both sums side by side.

    :raises SystemExit: they differ, or ids are the same and prove nothing
    """
    for name, text in SUMS.items():
        one, other = query(FIRST, text), query(SECOND, text)
        print(f"  {name}", flush=True)
        for row in sorted({*one, *other}, key=str):
            mark = "=" if row in one and row in other else "≠"
            print(f"    {mark} {'  '.join(map(str, row))}", flush=True)
        if one != other:
            sys.exit(f"Not the same: {name}")
    if different := {*take_picture(FIRST)} ^ {*take_picture(SECOND)}:
        sys.exit(
            f"Not the same: {sorted(map(str, different))}\n"
            f"python dev/kills_pictures.py {FIRST} {SECOND} shows the rows"
        )
    ids = query(FIRST, "SELECT res_id FROM crm_migration_id_map WHERE res_id > 0")
    if same := query(SECOND, SAME_ID, [number for [number] in ids]):
        sys.exit(f"The second database has the same ids: {same}")
    print(f"  the same row by row, with ids of its own: {len(ids)} records", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=0.1, help="size of the company")
    parser.add_argument("--source", choices=sorted(SIZES), default="concord")
    parser.add_argument("--keep", action="store_true", help="keep both databases")
    options = parser.parse_args()
    with simulator(options.source, options.scale) as settings:
        first, second = (CONF.parent / f"{name}_plan.json" for name in (FIRST, SECOND))
        environment = {**os.environ, **write_plan(options.source, settings, first)}
        said = rehearse(environment, first)
        second.write_text(json.dumps(json.loads(said)))
        replay(environment, second)
    compare()
    if not options.keep:
        drop(FIRST)
        drop(SECOND)


if __name__ == "__main__":
    main()
