"""A load by several processes: its end must be that of one, whoever is killed on the way.

The way is: read, load, verify. Once by one process; then by several, which are killed at
random and made anew: those of the command line, those of the schedulers of two hosts, or
those of a queue of jobs on two hosts behind a balancer, whose runner and whose leader's host
are killed as well, and all of whose jobs are deleted on the way, again and again. What the
migration fills is compared by digest, and every value by the verification.

    ./dev/test workers [--workers 2] [--kills 20] [--pause 3] [--at mail.message]
                       [--scale 0.3] [--seed 1] [--way queue]
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import psutil
from databases import ENV, clone, drop, odoo
from demo import ADDS_UP, write_plan
from kills_pictures import take_picture
from processes import command, get_run, query
from systems import simulator
from workers_servers import load_by_servers

ALONE, SHARED = "crm_migration_by_one_load", "crm_migration_by_several"

PAUSE = 3
"""Seconds between two kills, at most; a tenth of it at least."""

OPEN = """
    SELECT count(*) FROM crm_migration_slice AS slice
      JOIN crm_migration_mapping AS mapping ON mapping.id = slice.mapping_id
     WHERE slice.state = 'todo' AND mapping.model_name LIKE %s
       AND slice.begun_at > now() AT TIME ZONE 'UTC' - interval '2 seconds'
"""
"""Slices that were begun a moment ago: whoever has just come would be killed for nothing."""
DONE = """
    SELECT worker, count(*), sum(done_count), max(tries) FROM crm_migration_slice
     WHERE state = 'done' GROUP BY worker ORDER BY 2 DESC
"""


def run(database, environment, plan, workers, kills, chance, pause=PAUSE, at="%"):
    """Migrate; return how often a process was killed, and the seconds of the load."""
    clone(database)
    odoo("-d", database, "-i", "crm_migration", "--stop-after-init", "--no-http")
    action, struck, seconds = ["run", plan], Counter(), 0.0
    while True:
        process = start(database, environment, [*action, "--workers", str(workers)])
        begun = time.monotonic()
        struck += strike(database, process, kills - struck.total(), chance, pause, at)
        output, _none = process.communicate()
        seconds += time.monotonic() - begun
        if "Traceback" in output:
            sys.exit(output)
        if process.returncode in ADDS_UP:
            return struck, seconds
        if process.returncode != -signal.SIGKILL:
            sys.exit(f"{database}: {process.returncode}\n{output}")
        if query(database, "SELECT FROM crm_migration_job LIMIT 1"):
            action = ["resume"]


def start(database, environment, action):
    return subprocess.Popen(
        command(action, database),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def strike(database, process, kills, chance, pause, at):
    """Kill helpers, who makes them, and sometimes who leads them, while slices are open."""
    struck, has_begun = Counter(), False
    leader = psutil.Process(process.pid)
    while process.poll() is None and struck.total() < kills:
        time.sleep(chance.uniform(pause / 10, pause))
        if not is_loading(database, at) or process.poll() is not None:
            continue
        below = [each for each in leader.children(recursive=True) if is_alive(each)]
        has_begun = has_begun or len(below) > 1
        if not has_begun:
            continue
        # Where nobody makes helpers any more, there is only who leads.
        victim = chance.choice([leader, *below])
        who = "leader" if victim == leader else "helper"
        try:
            victim.kill()
        except psutil.NoSuchProcess:
            continue  # it has just ended
        struck[who] += 1
        if who == "leader":
            break
    return struck


def is_alive(process):
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def is_loading(database, at):
    try:
        return query(database, OPEN, at)[0][0]
    except Exception:  # the table is not there yet
        return False


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--scale", type=float, default=0.3, help="size of the company")
    parser.add_argument(
        "--pause", type=float, default=PAUSE, help="longest between two kills"
    )
    parser.add_argument(
        "--at", default="%", help="while such a model is loaded: mail.message"
    )
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument(
        "--way", choices=["command", "scheduler", "queue"], default="command"
    )
    parser.add_argument("--keep", action="store_true", help="leave the databases")
    parser.add_argument(
        "--again", action="store_true", help="compare with what --keep has left by one"
    )
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    chance = random.Random(options.seed)
    pictures = {}
    with simulator("concord", options.scale) as settings:
        plan = ENV / "workers_plan.json"
        environment = {**os.environ, **write_plan("concord", settings, plan)}
        for database in (ALONE, SHARED):
            given = (database, environment)
            if database == ALONE and options.again:
                struck, seconds = Counter(), 0
            elif database == ALONE:
                struck, seconds = run(*given, plan, 1, 0, chance)
            elif options.way == "command":
                struck, seconds = run(
                    *given,
                    plan,
                    options.workers,
                    options.kills,
                    chance,
                    options.pause,
                    options.at,
                )
            else:
                environment["CRASH_PLAN"] = str(plan)
                struck, seconds = load_by_servers(
                    *given,
                    options.workers,
                    options.kills,
                    chance,
                    with_queue=options.way == "queue",
                    pause=options.pause,
                )
            pictures[database] = take_picture(database)
            print(f"{database}: {seconds:.0f} s, killed {dict(struck)}", flush=True)
    for worker, count, records, tries in query(SHARED, DONE):
        print(f"  {worker}: {count} slices, {records} records, tries {tries}")
    print(f"last run: {get_run(SHARED)}")
    if different := set(pictures[ALONE]) ^ set(pictures[SHARED]):
        sys.exit(f"Not the same: {sorted(map(str, different))}")
    if not options.keep:
        drop(ALONE)
        drop(SHARED)
    print(f"the same in {len(pictures[ALONE])} figures by one process and by several")


if __name__ == "__main__":
    main()
