"""Two processes work on one migration by turns; its end must be that of one alone.

One is the scheduler's worker. Before and behind it another one, as a command line would,
makes the fields that Odoo lacks, and drops them in a rollback: the worker knows other fields
than the database has, and must see so before it reads or writes.

    ./dev/test two [--scale 0.05]
"""

import argparse
import os
import subprocess
import sys
import time
from contextlib import contextmanager

from databases import ENV, clone, drop, odoo
from demo import write_plan
from kills_pictures import take_picture
from processes import IMPORT, query, shell
from systems import simulator

ALONE, SHARED = "crm_migration_by_one", "crm_migration_by_two"
SIGNAL = ENV / "two_processes"

HELPERS = """
import os, pathlib, time
from odoo.addons.crm_migration.models.phases.turn_limits import Turn, taking
signal = pathlib.Path(os.environ["TWO_SIGNAL"])

def get_run():
    env.cr.rollback()
    return env["crm.migration.job"].search([], limit=1).run_id

def work(until=None):
    while (run := get_run()).state == "running" and run.phase != until:
        with taking(Turn()) as turn:
            env["crm.migration.job"]._advance_in_turn(run, turn)
        env.cr.commit()
    assert run.state in ("running", "done"), (run.kind, run.phase, run.blocked_reason)

def start(kind):
    env["crm.migration.job"].search([], limit=1)._start_run(kind)
    env.cr.commit()

def say(word):
    signal.with_suffix(".word").write_text(word)
    signal.with_suffix(".word").rename(signal.with_suffix(".said"))
    while signal.with_suffix(".said").exists():
        time.sleep(0.1)
"""
WORKER = """
for kind in ("discover", "extract"):
    start(kind)
    work()
start("load")
work(until="prepare")
say("prepare")
work()
start("verify")
work()
say("loaded")
start("rollback")
say("roll back")
work()
say("rolled back")
start("load")
work()
start("verify")
work()
say("end")
"""
OTHER = {
    "prepare": """
run = get_run()
while run.phase == "prepare":
    run.job_id._advance_one(run)
    env.cr.commit()
    run = get_run()
""",
    "roll back": "get_run()._work_and_wait()\nenv.cr.commit()\n",
}
"""What the other process does where the worker stops."""

FIELDS = "SELECT count(*) FROM ir_model_fields WHERE state = 'manual'"


@contextmanager
def start(database, environment, text):
    process = subprocess.Popen(
        shell(database), stdin=subprocess.PIPE, env=environment, text=True
    )
    try:
        process.stdin.write(HELPERS + text)
        process.stdin.close()
        yield process
    finally:
        process.kill()
        process.wait()


def run(database, environment, text):
    with start(database, environment, text) as process:
        if process.wait():
            sys.exit(f"{database}: {process.returncode}")


def migrate(database, environment, is_shared):
    """Return stage → (fields made, picture)."""
    said, stages = SIGNAL.with_suffix(".said"), {}
    said.unlink(missing_ok=True)
    clone(database)
    odoo("-d", database, "-i", "crm_migration", "--stop-after-init", "--no-http")
    run(database, environment, IMPORT)
    with start(database, environment, WORKER) as worker:
        while "end" not in stages:
            while not said.exists():
                if worker.poll() is not None:
                    sys.exit(f"{database}: the worker ended, {worker.returncode}")
                time.sleep(0.1)
            word = said.read_text()
            if is_shared and word in OTHER:
                run(database, environment, OTHER[word])
            elif word not in OTHER:
                [(fields,)] = query(database, FIELDS)
                stages[word] = (fields, take_picture(database))
            said.unlink()
    return stages


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=0.05, help="size of the company")
    options = parser.parse_args()
    with simulator("concord", options.scale) as settings:
        plan = ENV / "two_plan.json"
        environment = {**os.environ, **write_plan("concord", settings, plan)}
        environment |= {"CRASH_PLAN": str(plan), "TWO_SIGNAL": str(SIGNAL)}
        alone = migrate(ALONE, environment, is_shared=False)
        shared = migrate(SHARED, environment, is_shared=True)
    for stage, (fields, picture) in alone.items():
        print(f"{stage}: {fields} fields made")
        others, other = shared[stage]
        if different := set(picture) ^ set(other):
            sys.exit(f"Not the same, {stage}: {sorted(map(str, different))}")
        if fields != others:
            sys.exit(f"Not the same, {stage}: {others} fields by two")
    if not alone["loaded"][0]:
        sys.exit("No field was made: nothing is shown.")
    for database in (ALONE, SHARED):
        drop(database)
    print("the same by one process and by two")


if __name__ == "__main__":
    main()
