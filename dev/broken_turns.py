"""Break three turns of the scheduler in a row: the migration must go on by itself.

Odoo plans a scheduled action whose turns end badly anew, an interval later
(19.0 ``_reschedule_later``). Until then nobody is at work, and the migration says *Running*:
what people see meanwhile must be a sentence that says when it goes on, and it must go on.

    ./dev/test turns [--scale 0.1]
"""

import argparse
import os
import random
import sys
import time
from contextlib import closing

from databases import ENV, clone, connect, drop, odoo
from demo import write_plan
from kills import SchedulerWay, get_scheduler_workers
from processes import AT_WORK, cut_connections, get_run, query
from systems import simulator

DATABASE = "crm_migration_broken_turns"
TURNS = 3
STANDS_STILL = 90
"""Seconds behind which a person is told why nothing happens (``RESTING``)."""
MOST = 5 * 60 + 150
"""Seconds from the last broken turn to the next step: the interval, and some to begin."""


class BrokenWay(SchedulerWay):
    """A load whose turns are broken before a batch is finished."""

    def do_load(self, server):
        since = get_run(self.database)[0]
        self.start("load", False)
        for number in range(TURNS):
            self.break_turn(server, kills=number % 2)
            if number < TURNS - 1:
                self.wake()
        return self.watch(since)

    def break_turn(self, server, kills):
        ends = time.monotonic() + 120
        while not query(self.database, AT_WORK, self.database):
            if time.monotonic() > ends:
                sys.exit("No turn has begun.")
            time.sleep(0.05)
        if kills:
            [worker.kill() for worker in get_scheduler_workers(server)]
        else:
            cut_connections(self.database)
        state, phase = get_run(self.database)[2:4]
        print(f"  turn broken in {phase}, the migration says {state}", flush=True)

    def watch(self, since):
        """Wait for the end; return the longest time without a step and what was told."""
        [(job,)] = query(self.database, "SELECT id FROM crm_migration_job")
        seen, moved, longest, told = None, time.monotonic(), 0, None
        while not self.is_at("load", since):
            [now] = query(
                self.database,
                "SELECT phase, done, checkpoint::text FROM crm_migration_run"
                " ORDER BY id DESC LIMIT 1",
            )
            rests = time.monotonic() - moved
            if now != seen:
                longest, seen, moved = max(longest, rests), now, time.monotonic()
            elif rests > MOST:
                sys.exit("The migration stands still while it shows Running.")
            elif rests > STANDS_STILL + 20 and not told:
                [row] = self.call("crm.migration.job", "read", [job], ["schedule_text"])
                if not (told := row["schedule_text"]):
                    sys.exit("Nobody is told why nothing happens.")
                print(f"  told after {rests:.0f} s: {told}", flush=True)
            time.sleep(0.5)
        return longest


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=0.1, help="size of the company")
    options = parser.parse_args()
    with simulator("concord", options.scale) as settings:
        plan = ENV / "turns_plan.json"
        environment = {**os.environ, **write_plan("concord", settings, plan)}
        environment["CRASH_PLAN"] = str(plan)
        clone(DATABASE)
        odoo("-d", DATABASE, "-i", "crm_migration", "--stop-after-init", "--no-http")
        way = BrokenWay(DATABASE, environment, plan, random.Random(1))
        way.import_plan()
        with way.serve() as server:
            for kind in ("discover", "extract"):
                way.do(kind, server, 0, False)
            longest = way.do_load(server)
            way.do("verify", server, 0, False)
        with closing(connect(DATABASE)) as connection:
            cursor = connection.cursor()
            cursor.execute("SELECT count(*) FROM crm_migration_difference")
            [(differ,)] = cursor.fetchall()
    drop(DATABASE)
    print(f"went on by itself after {longest:.0f} s at most, {differ} differ")
    if differ:
        sys.exit("Not as it should be.")


if __name__ == "__main__":
    main()
