"""A large file by buttons, on a server with workers and Odoo's default limits.

What a turn of the scheduler takes of the limits is measured from outside, by what the system
counts against the worker; nobody may be ended, and no batch may be lost::

    ./dev/test limits [--rows 273000]
"""

import argparse
import os
import random
import re
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from databases import ENV, clone, drop, odoo
from kills import SchedulerWay, get_scheduler_workers
from processes import get_run, query

DATABASE = "crm_migration_limits"
KINDS = ("discover", "extract", "dry_run")
PATIENCE = 420
CPU, REAL = 60, 120
"""Odoo's own limits in seconds (19.0 ``config``: limit_time_cpu, limit_time_real)."""

ENDED = re.compile(r"CPU time limit|timeout after|Exception occurred|Traceback")
REPLACED = re.compile(r"virtual memory limit .* reached")
TURN = re.compile(r"Job 'CRM Migration.*duration ([0-9.]+)s")

FILES = """
import os
from pathlib import Path
path = Path(os.environ["LIMITS_FILE"])
upload = env["ir.attachment"].create({"name": path.name, "raw": path.read_bytes()})
plan = {"plan": 1, "name": "A large file", "source": "spreadsheet", "accept_above": 60}
plan["options"] = {"duplicate_policy": "keep"}
env["crm.migration.job"]._import_plan(plan, {}, upload)
env.cr.commit()
"""


class LimitsWay(SchedulerWay):
    """Nothing is killed: each step is watched to its end."""

    LOG = ENV / "limits_server.log"
    LEVELS = (
        "--log-level=warn",
        "--log-handler=odoo.addons.base.models.ir_cron:INFO",
        "--log-handler=odoo.service.server:INFO",
    )
    TO_IMPORT = FILES
    PORT = 27

    def watch(self, kind, server):
        """Do a step; return (longest processor time, most tries, workers, seconds)."""
        since, begun = get_run(self.database)[0], time.monotonic()
        self.start(kind, False)
        cpu, tries, workers = 0.0, 0, set()
        moved, seen = begun, None
        while not self.is_at(kind, since):
            for worker in get_scheduler_workers(server):
                workers.add(worker.pid)
                cpu = max(cpu, get_spent(worker))
            [now] = query(
                self.database,
                "SELECT tries, phase, done, checkpoint::text, write_date"
                " FROM crm_migration_run ORDER BY id DESC LIMIT 1",
            )
            tries = max(tries, now[0] or 0)
            if now != seen:
                seen, moved = now, time.monotonic()
            elif time.monotonic() > moved + PATIENCE:
                sys.exit(f"It stands still in {kind}, {now[1]}.")
            time.sleep(0.2)
        return cpu, tries, workers, time.monotonic() - begun


def get_spent(process):
    """Return the processor time of a worker of the scheduler since its limit was set."""
    try:
        soft, _hard = process.rlimit(psutil.RLIMIT_CPU)
        used = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    if soft == resource.RLIM_INFINITY:
        return 0.0  # it has only begun
    return used.user + used.system - (soft - CPU)


def write_file(path, rows):
    """Write invented contacts; a tenth of them share the address of one reception."""
    with path.open("w", encoding="utf-8") as file:
        file.write("Id,Name,Email,Phone,Street,City,Country,Notes\n")
        for i in range(rows):
            email = "reception@c1.example" if i % 10 == 0 else f"marta{i}@c{i}.example"
            file.write(
                f"{i},Marta Conceição {i},{email},+351 21 000 {i % 10000:04d},"
                f"Rua do Exemplo {i},Porto,Portugal,Met in hall {i % 9}\n"
            )


def read_log(path, offset):
    """Return (longest turn in s, how often a worker was ended, replaced), and where on."""
    text = path.read_text(encoding="utf-8")
    new = text[offset:]
    turns = [float(seconds) for seconds in TURN.findall(new)]
    ended, replaced = len(ENDED.findall(new)), len(REPLACED.findall(new))
    return (max(turns, default=0.0), len(turns), ended, replaced), len(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=273_000, help="of the file")
    parser.add_argument("--keep", action="store_true", help="the database, to look at")
    options = parser.parse_args()
    wrong = 0
    with TemporaryDirectory() as folder:
        path = Path(folder, "contacts.csv")
        write_file(path, options.rows)
        clone(DATABASE)
        odoo("-d", DATABASE, "-i", "crm_migration", "--stop-after-init", "--no-http")
        environment = {**os.environ, "LIMITS_FILE": str(path)}
        way = LimitsWay(DATABASE, environment, path, random.Random(1))
        way.import_plan()
        with way.serve() as server:
            offset = 0
            for kind in KINDS:
                cpu, tries, workers, seconds = way.watch(kind, server)
                (real, turns, ended, replaced), offset = read_log(way.LOG, offset)
                lost = tries > 1
                wrong += ended + lost + (cpu > CPU) + (real > REAL)
                print(
                    f"{kind}: {seconds:.0f} s in {turns} turns, the longest {real:.1f} s"
                    f" of {REAL}, {cpu:.1f} s of processor of {CPU}; workers"
                    f" {len(workers)}, ended {ended}, replaced for memory {replaced};"
                    f" batches lost {int(lost)}",
                    flush=True,
                )
    [(staged, created, still)] = query(
        DATABASE,
        "SELECT sum(staged_count), sum(created_count), sum(pending_count)"
        "  FROM crm_migration_reconciliation WHERE run_id ="
        " (SELECT max(id) FROM crm_migration_run)",
    )
    print(f"rehearsed {created} of {staged}, still to do {still}")
    if not options.keep:
        drop(DATABASE)
    if wrong or staged != options.rows or created + still != staged:
        sys.exit("Not as it should be.")


if __name__ == "__main__":
    main()
