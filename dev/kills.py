"""Kill a migration again and again; its end must be that of one that was left alone.

The way is: read, rehearse, load, verify, take back, read again, load, verify. Once it is
left alone; then the command line is killed (SIGKILL) at random, or loses its connection to
the database, and is resumed; then the workers of a server with the scheduler are. Behind the rollback and at the end everything
that the migration fills is compared by digest.

    ./dev/test kills [--kills 60] [--scale 0.1] [--seed 1] [--way scheduler] [--again]
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import time
import xmlrpc.client
from collections import Counter
from contextlib import closing, contextmanager

import psutil
from databases import CONF, ENV, clone, connect, drop, execute, get_options, odoo
from demo import ADDS_UP, write_plan
from kills_pictures import compare, read_pictures, take_picture, write_pictures
from processes import (
    AT_WORK,
    IMPORT,
    TURN_AT_WORK,
    command,
    cut_connections,
    get_run,
    query,
    shell,
)
from systems import simulator

DATABASES = {
    "alone": "crm_migration_left_alone",
    "command": "crm_migration_killed",
    "scheduler": "crm_migration_killed_worker",
}
PATIENCE = 420
"""Seconds without a sign of life behind which a migration stands still: behind three
broken turns in a row Odoo waits for the next regular one, which comes every five minutes."""

RESTS = 15
"""Seconds behind which the next turn is asked for; ``./dev/test turns`` shows that one
comes by itself."""

CUT = 0.3
"""The share of strikes that end the connections to the database, not the process."""

IN_A_ROW = 5
"""Strikes at one batch of the scheduler's: behind eight deaths a run asks for more time."""

EARLY = 0.2
"""The share of strikes at the command line while it may not have begun yet."""

ROLLBACK = """
job = env["crm.migration.job"].search([], limit=1)
run = job.run_id
if run.kind != "rollback":
    run = job._start_run("rollback")
run._work_and_wait()
env.cr.commit()
"""


class Way:
    """One migration on its way, and where it was killed."""

    def __init__(self, database, environment, plan, chance):
        self.database, self.environment, self.plan = database, environment, plan
        self.chance = chance
        self.struck = Counter()
        self.pictures = []

    def is_at(self, kind, since):
        number, last, state, _phase, reason = get_run(self.database)
        if state == "blocked":
            sys.exit(f"{self.database} asks: {last}: {reason}")
        return number > since and last == kind and state == "done"

    def note(self):
        phase = get_run(self.database)[3] or "start"
        self.struck[phase] += 1
        print(f"  struck in {phase}", flush=True)

    def keep_picture(self):
        self.pictures.append(take_picture(self.database))


class CommandWay(Way):
    """By the command line, which is killed and resumed."""

    STEPS = (("dry_run", "run"), ("verify", "resume"), ("rollback", ROLLBACK))
    AGAIN = (("verify", "read-again"),)

    def go(self, kills):
        steps = [*self.STEPS, *self.AGAIN]
        owed = 0
        for number, (kind, action) in enumerate(steps):
            owed += kills * (number + 1) // len(steps) - kills * number // len(steps)
            owed = self.do(kind, action, owed)
            if kind == "rollback":
                self.keep_picture()
        while owed > 0:  # steps that were over too soon: the last one once more
            owed = self.do(*self.AGAIN[-1], owed)
        self.keep_picture()

    def do(self, kind, action, kills):
        """Do a step and strike it; return how many strikes are left over."""
        since = begun = get_run(self.database)[0]
        while not self.is_at(kind, since):
            killed = self.call(self.choose(kind, action, begun), kills > 0)
            kills -= killed
        return kills

    def choose(self, kind, action, begun):
        """Return the command that goes on: the first one until it has left a trace."""
        if action == ROLLBACK:
            return shell(self.database)
        rehearse = ["--dry-run"] if kind == "dry_run" else []
        if action == "run" and not query(
            self.database, "SELECT FROM crm_migration_job LIMIT 1"
        ):
            return command(["run", self.plan, *rehearse], self.database)
        if action == "read-again" and get_run(self.database)[0] == begun:
            return command(["read-again"], self.database)
        return command(["resume", *rehearse], self.database)

    def call(self, arguments, is_killed):
        """Run a command; return whether it was killed on the way."""
        process = subprocess.Popen(
            arguments,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        is_shell = "shell" in arguments
        with process.stdin as given:
            given.write(ROLLBACK if is_shell else "")
        process.stdin = None
        try:
            output = self.wait(process, is_killed)
        except subprocess.TimeoutExpired:
            self.note()
            if self.chance.random() < CUT:
                cut_connections(self.database)
                output, _none = process.communicate()
                # Odoo's own shell, by which a rollback is told, has no sentence for it.
                if not is_shell:
                    self.check_told(process.returncode, output)
            else:
                process.send_signal(signal.SIGKILL)
                process.communicate()
            return True
        if process.returncode not in (*ADDS_UP, 2) or "Traceback" in output:
            sys.exit(f"{self.database}: {process.returncode}\n{output}")
        return False

    def wait(self, process, is_killed):
        """Return what a command says to its end.

        :raises subprocess.TimeoutExpired: now it is to be killed
        """
        patience = None
        if is_killed and self.chance.random() < EARLY:
            patience = self.chance.uniform(1, 8)
        elif is_killed:
            # Counted from its first batch: how long a process starts depends on the machine.
            self.wait_for_batch(process)
            patience = self.chance.uniform(0, 6)
        output, _none = process.communicate(timeout=patience)
        return output

    def wait_for_batch(self, process):
        while process.poll() is None:
            if query(self.database, AT_WORK, self.database):
                return
            time.sleep(0.1)

    def check_told(self, status, output):
        """A lost connection is said in a sentence, with what to do."""
        # Before it had one, or behind its last word, there was nothing to lose.
        is_told = status == 2 and "connection to the database is lost" in output
        if "Traceback" in output or not (is_told or status in ADDS_UP):
            sys.exit(f"{self.database}: {status} for a lost connection\n{output}")


class SchedulerWay(Way):
    """By the scheduler of a server with workers; the one at work is killed."""

    KINDS = ("discover", "extract", "dry_run", "load", "verify", "rollback")
    AGAIN = ("extract", "load", "verify")
    LOG = CONF.parent / "crash_server.log"
    LEVELS = ("--log-level=warn",)
    TO_IMPORT = IMPORT
    CRONS = 1
    PAUSE = 0.2
    FIRST = (0.5, 5)
    """Seconds until the first strike of a pass, from and to."""
    PORT = 7
    """Added to the server's own: two of these may run at once."""

    def go(self, kills):
        self.import_plan()
        steps = [*self.KINDS, *self.AGAIN]
        owed = 0
        with self.serve() as server:
            for number, kind in enumerate(steps):
                share = kills * (number + 1) // len(steps)
                is_again = number >= len(self.KINDS)
                # What a short step was over too soon for comes in the next one.
                owed += share - kills * number // len(steps)
                owed = self.do(kind, server, owed, is_again)
                if kind == "rollback":
                    self.keep_picture()
            while owed > 0:
                for kind in self.AGAIN:
                    owed = self.do(kind, server, owed, True)
        self.keep_picture()

    def import_plan(self):
        subprocess.run(
            shell(self.database),
            input=self.TO_IMPORT,
            env=self.environment,
            text=True,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def get_port(self):
        return int(get_options().get("http_port", 8069)) + self.PORT

    @contextmanager
    def serve(self):
        port = self.get_port()
        self.url = f"http://127.0.0.1:{port}"
        with self.LOG.open("w") as self.output:
            self.open_server(port)
            try:
                self.wait_for_server()
                yield psutil.Process(self.server.pid)
            finally:
                self.server.terminate()
                self.server.wait(180)

    def open_server(self, port):
        arguments = [ENV / "odoo-bin", "-c", CONF, "-d", self.database]
        arguments += ["--workers=2", f"--max-cron-threads={self.CRONS}"]
        arguments += [f"--http-port={port}"]
        arguments += [f"--gevent-port={port + 1}", *self.LEVELS]
        self.server = subprocess.Popen(
            [*map(str, arguments)], stdout=self.output, stderr=subprocess.STDOUT
        )

    def wait_for_server(self):
        for _number in range(120):
            try:
                return self.call("res.users", "search_count", [])
            except OSError:
                time.sleep(0.5)
        raise SystemExit("The server does not start.")

    def call(self, model, method, *arguments):
        proxy = xmlrpc.client.ServerProxy(f"{self.url}/xmlrpc/2/object")
        return proxy.execute_kw(self.database, 2, "admin", model, method, arguments)

    def start(self, kind, is_again):
        [(job,)] = query(self.database, "SELECT id FROM crm_migration_job")
        if kind == "rollback":
            values = {"job_id": job, "scope": "job", "confirmed": True}
            wizard = self.call("crm.migration.rollback", "create", values)
            return self.call("crm.migration.rollback", "action_roll_back", [wizard])
        name = (
            "action_read_again" if is_again and kind == "extract" else f"action_{kind}"
        )
        return self.call("crm.migration.job", name, [job])

    def do(self, kind, server, kills, is_again):
        """Do a step and strike it; return how many strikes are left over."""
        since = get_run(self.database)[0]
        self.start(kind, is_again)
        moved, ends, wakes, hits = None, time.monotonic() + PATIENCE, 0, 0
        self.strikes = time.monotonic() + self.chance.uniform(*self.FIRST)
        while not self.is_at(kind, since):
            if time.monotonic() > ends:
                sys.exit(f"{self.database} stands still in {kind}.")
            time.sleep(self.PAUSE)
            [now] = query(
                self.database,
                "SELECT phase, done, checkpoint::text FROM crm_migration_run"
                " ORDER BY id DESC LIMIT 1",
            )
            if now != moved:
                moved, ends, hits = now, time.monotonic() + PATIENCE, 0
                wakes = time.monotonic() + RESTS
            elif time.monotonic() > wakes:
                self.wake()
                wakes = time.monotonic() + RESTS
            if kills and hits < IN_A_ROW and time.monotonic() > self.strikes:
                hit = self.strike(server)
                kills, hits = kills - hit, hits + hit
        return kills

    def strike(self, server):
        """Kill the worker of the scheduler; return whether one was at work."""
        self.strikes = time.monotonic() + self.chance.uniform(2, 7)
        at_work = query(self.database, TURN_AT_WORK, self.database)
        workers = get_scheduler_workers(server)
        if not at_work or not workers:
            return 0
        self.note()
        if self.chance.random() < CUT:
            cut_connections(self.database)
        else:
            workers[0].kill()
        self.wake()
        return 1

    def wake(self):
        """Wake a new worker at once; by itself it would look within a minute."""
        with closing(connect(self.database)) as connection:
            connection.cursor().execute(
                "INSERT INTO ir_cron_trigger (cron_id, call_at) SELECT res_id,"
                " now() AT TIME ZONE 'UTC' FROM ir_model_data"
                " WHERE module = 'crm_migration' AND name = 'ir_cron_advance'"
            )
        time.sleep(1)
        execute("SELECT pg_notify('cron_trigger', %s)", self.database)


def get_scheduler_workers(server):
    """Return the processes that do scheduled actions: nicer than the server, whatever it is
    started with itself (19.0 WorkerCron.start)."""
    return [child for child in server.children() if child.nice() > server.nice()]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=12, help="of both ways together")
    parser.add_argument("--scale", type=float, default=0.1, help="size of the company")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--way", choices=["command", "scheduler"], help="only this one")
    parser.add_argument(
        "--again", action="store_true", help="leave none alone: the last one counts"
    )
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    chance = random.Random(options.seed)
    half = options.kills // 2
    shares = {"alone": 0, "command": options.kills - half, "scheduler": half}
    if options.way:
        shares[options.way] = options.kills
    pictures, struck = {}, Counter()
    with simulator("concord", options.scale) as settings:
        plan = CONF.parent / "crash_plan.json"
        environment = {**os.environ, **write_plan("concord", settings, plan)}
        environment["CRASH_PLAN"] = str(plan)
        for name, database in DATABASES.items():
            if name == "alone" and options.again:
                pictures[name] = read_pictures(options.scale)
                continue
            if options.way and name not in ("alone", options.way):
                continue
            clone(database)
            odoo(
                "-d", database, "-i", "crm_migration", "--stop-after-init", "--no-http"
            )
            kind = SchedulerWay if name == "scheduler" else CommandWay
            way = kind(database, environment, plan, chance)
            begun = time.monotonic()
            way.go(shares[name])
            pictures[name] = way.pictures
            struck += way.struck
            spent = time.monotonic() - begun
            print(
                f"{database}: killed {way.struck.total()} times, {spent:.0f} s"
                f" {dict(way.struck)}",
                flush=True,
            )
            if name == "alone":
                write_pictures(options.scale, way.pictures)
            else:
                compare(name, pictures["alone"], way.pictures)
    for database in DATABASES.values():
        drop(database)
    if struck.total() < options.kills:
        sys.exit(f"Only {struck.total()} of {options.kills} strikes hit.")


if __name__ == "__main__":
    main()
