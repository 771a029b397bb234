"""A million contacts through a server with workers and Odoo's default limits.

Read, staged, transformed, loaded, verified, rolled back, each begun by its button and done
by the scheduler's own turns; looked at from outside: how long a transaction was open, how
much memory a worker had, how far the load had come when::

    ./dev/bench --only million [--scale 0.1]
"""

import os
import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from bench_measure import AtMost, get_peak_memory, rate
from bench_work import ensure_database
from databases import ENV, connect, drop, execute
from kills import get_scheduler_workers
from limits import LimitsWay
from processes import get_run, query

DATABASE = "crm_migration_bench_million"
KINDS = ("discover", "extract", "load", "verify", "rollback")
PATIENCE = 600
PART = 0.1
"""The first and the last part of the records whose rates are compared."""

GOALS = {
    "million: longest batch s": AtMost(20),
    "million: peak of a worker MB": AtMost(400),
    "million: last part / first": 0.9,
}
ONLY_BY_NAME = ("million",)

LOOK = """
SELECT run.phase, run.done, run.checkpoint::text,
       (SELECT extract(epoch FROM max(clock_timestamp() - one.xact_start))::float
          FROM pg_stat_activity AS one
         WHERE one.datname = current_database() AND one.pid <> pg_backend_pid()
           AND EXISTS (SELECT FROM pg_locks WHERE pid = one.pid
                          AND relation = 'crm_migration_job'::regclass
                          AND mode = 'RowShareLock'))
  FROM crm_migration_run AS run ORDER BY run.id DESC LIMIT 1
"""
"""How far the run is, and for how long its batch is at work, which locks its migration;
the scheduler has another transaction open for a whole turn."""


class MillionWay(LimitsWay):
    """Each step is watched closely, to its end."""

    LOG = ENV / "million_server.log"
    PORT = 37

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.longest, self.peaks, self.loaded, self.ended = {}, {}, [], None
        self.connection = connect(self.database)

    def follow(self, kind, server):
        """Do a step; return its seconds."""
        since, begun = get_run(self.database)[0], time.monotonic()
        self.start(kind, False)
        moved, seen = begun, None
        while not self.is_at(kind, since):
            self.look_at_workers(server)
            now = self.look_at_run(kind)
            if now != seen:
                seen, moved = now, time.monotonic()
            elif time.monotonic() > moved + PATIENCE:
                sys.exit(f"It stands still in {kind}, {now[0]}.")
            time.sleep(0.1)
        return time.monotonic() - begun

    def look_at_workers(self, server):
        for worker in get_scheduler_workers(server):
            try:
                self.peaks[worker.pid] = get_peak_memory(worker.pid)
            except (OSError, TypeError, psutil.NoSuchProcess):
                continue  # it has ended meanwhile

    def look_at_run(self, kind):
        with self.connection.cursor() as cursor:
            cursor.execute(LOOK)
            *now, seconds = cursor.fetchone()
        step = f"{kind}: {now[0]}"
        self.longest[step] = max(self.longest.get(step, 0.0), seconds or 0.0)
        if now[0] == "load" and (not self.loaded or self.loaded[-1][1] != now[1]):
            self.loaded.append((time.monotonic(), now[1]))
        elif self.loaded and now[0] != "load" and not self.ended:
            self.ended = time.monotonic()  # the count of the last batch was not seen
        return now

    def get_rates(self, number):
        """Return records per second of the first and of the last part of a load.

        Of as many whole batches as that part needs: a batch may be larger. With the last
        one the sums of the whole load are drawn, which are no records: they are told apart.
        """
        part = int(number * PART)
        begun, before = self.loaded[0]
        first, count = next(pair for pair in self.loaded if pair[1] - before >= part)
        ended, latest = self.loaded[-1]
        last, rest = [pair for pair in self.loaded if pair[1] <= latest - part][-1]
        return (
            rate(count - before, first - begun),
            rate(latest - rest, ended - last),
            rate(number - latest, self.ended - ended),
        )


def write_file(path, number):
    with path.open("w", encoding="utf-8") as file:
        file.write("Id,Name,Email,Phone,City\n")
        for i in range(number):
            phone = f"+351 9{i // 10000 % 10} {i // 10000:03d} {i % 10000:04d}"
            file.write(f"{i},Marta Conceição {i},marta{i}@c{i}.example,{phone},Porto\n")


def bench_million(scale):
    number = int(1_000_000 * scale)
    drop(DATABASE)
    execute(f'CREATE DATABASE "{DATABASE}" TEMPLATE "{ensure_database()}"')
    seconds = {}
    with TemporaryDirectory() as folder:
        path = Path(folder, "contacts.csv")
        write_file(path, number)
        environment = {**os.environ, "LIMITS_FILE": str(path)}
        way = MillionWay(DATABASE, environment, path, random.Random(1))
        way.import_plan()
        with way.serve() as server:
            for kind in KINDS:
                seconds[kind] = way.follow(kind, server)
                print(f"{kind}: {seconds[kind]:.0f} s", file=sys.stderr, flush=True)
                if kind == "verify":
                    check(number)
    [(left,)] = query(DATABASE, "SELECT count(*) FROM crm_migration_id_map")
    if left:
        sys.exit(f"The rollback left {left} records.")
    first, last, end = way.get_rates(number)
    drop(DATABASE)
    step = max(way.longest, key=way.longest.get)
    print(f"the longest batch was one of {step}", file=sys.stderr)
    return {
        "million: records": number,
        "million: longest batch s": way.longest[step],
        "million: peak of a worker MB": max(way.peaks.values()),
        "million: workers": len(way.peaks),
        "million: first part records/s": first,
        "million: last part records/s": last,
        "million: last batch, with the sums, records/s": end,
        "million: last part / first": last / first,
        **{f"  million: {kind} s": value for kind, value in seconds.items()},
        **{f"  million: {step}, batch s": most for step, most in way.longest.items()},
    }


def check(number):
    """Stop where not every contact is there, or one differs."""
    [(contacts, differences)] = query(
        DATABASE,
        "SELECT (SELECT count(*) FROM res_partner WHERE email LIKE 'marta%%.example'),"
        " (SELECT count(*) FROM crm_migration_difference)",
    )
    if (contacts, differences) != (number, 0):
        sys.exit(f"{contacts} of {number} contacts, {differences} differences")


BENCHES = {"million": bench_million}
