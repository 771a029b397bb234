"""Stop and start PostgreSQL in every phase; the end must be that of a migration left alone.

The way is that of ``./dev/test kills``: by the command line with two workers, whose end must
be a sentence and which is then resumed, and by a server with the scheduler, two of whose
workers load. A PostgreSQL of its own is stopped in the middle of a batch of each phase, as
an administrator stops it (fast) and as it crashes (immediate), and started a while later.
Nobody may be written to.

    ./dev/test stops [--scale 0.2] [--seed 1] [--way scheduler] [--again]
"""

import argparse
import os
import random
import subprocess
import sys
import time
import xmlrpc.client
from contextlib import closing

from databases import CONF, clone, connect, drop, execute, odoo
from demo import write_plan
from kills import ROLLBACK, CommandWay, SchedulerWay
from kills_pictures import compare, read_pictures, write_pictures
from processes import command, count_mails, query
from stops_server import start, stop
from systems import simulator

DATABASES = {
    "alone": "crm_migration_left_alone",
    "command": "crm_migration_stopped_command",
    "scheduler": "crm_migration_stopped_server",
}
PHASES = {
    "discover": ("discover",),
    "extract": ("extract", "extract", "profile", "transform", "match"),
    "dry_run": ("transform", "dry_run"),
    # Thrice where several are at work.
    "load": (
        "transform",
        "prepare",
        "load",
        "load",
        "load",
        "link",
        "settle",
        "archive",
    ),
    "verify": ("verify", "reread", "cover"),
    "rollback": ("rollback", "rollback"),
}
"""Where it is stopped, in the order of the way."""

MODES = ("fast", "immediate")

AT_WORK = """
    SELECT one.wait_event = 'PgSleep' FROM pg_stat_activity AS one
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
       AND EXISTS (SELECT FROM pg_locks WHERE pid = one.pid
                      AND relation IN ('crm_migration_job'::regclass,
                                       'crm_migration_slice'::regclass)
                      AND mode = 'RowShareLock')
"""
"""Who is in a batch or a slice, and whether it has done all but to commit."""

SLOW = """
    CREATE TABLE stops_wanted (kind text, phase text);
    CREATE FUNCTION stops_rest() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF EXISTS (SELECT FROM stops_wanted WHERE kind = OLD.kind AND phase = OLD.phase)
        THEN PERFORM pg_sleep(1); END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER stops_rest AFTER UPDATE ON crm_migration_run FOR EACH ROW
    WHEN ((OLD.phase, OLD.done, OLD.state, OLD.checkpoint::text) IS DISTINCT FROM
          (NEW.phase, NEW.done, NEW.state, NEW.checkpoint::text))
    EXECUTE FUNCTION stops_rest();
"""
"""Batches whose phase is still to be struck take a second more: some are over too soon.

What is committed is there after a crash, as on every server that is not made for tests.
"""


DEAD = 6
"""Tries of a button: workers, their pools, and one more each."""


class Stops:
    """What both ways have in common: where to stop it, and how."""

    def prepare(self):
        with closing(connect(self.database)) as connection:
            cursor = connection.cursor()
            cursor.execute(SLOW)
            cursor.execute(
                f'ALTER DATABASE "{self.database}" SET synchronous_commit = on'
            )
        self.wanted, self.number = [], 0

    def want(self, *kinds):
        """Strike in each phase of these passes."""
        self.wanted = [(kind, phase) for kind in kinds for phase in PHASES[kind]]
        self.number += len(kinds) > 1  # the other mode in the next round
        self.note_wanted()
        return len(self.wanted)

    def note_wanted(self):
        with closing(connect(self.database)) as connection:
            cursor = connection.cursor()
            cursor.execute("DELETE FROM stops_wanted")
            for kind, phase in set(self.wanted):
                cursor.execute(
                    "INSERT INTO stops_wanted VALUES (%s, %s)", [kind, phase]
                )

    def find(self):
        """Return the kind and phase at work if it is to be struck now."""
        rows = query(
            self.database,
            "SELECT kind, phase FROM crm_migration_run ORDER BY id DESC LIMIT 1",
        )
        if not rows or rows[0] not in self.wanted:
            return None
        at_work = query(self.database, AT_WORK)
        is_end = self.number % 3 == 0  # all is done, and nothing committed
        if not at_work or (is_end and not any(done for (done,) in at_work)):
            return None
        if not is_end:
            time.sleep(self.chance.uniform(0, 0.6))
        return rows[0]

    def stop(self, place, meanwhile=None):
        mode = MODES[self.number % 2]
        self.number += 1
        self.struck[place[1]] += 1
        print(f"  {mode} in {place[0]}, {place[1]}", flush=True)
        stop(mode)
        if meanwhile:
            meanwhile()
        time.sleep(self.chance.uniform(0, 5))
        start()
        self.wanted.remove(place)
        self.note_wanted()

    def check(self):
        if self.wanted:
            sys.exit(f"{self.database}: not stopped in {self.wanted}")
        if mails := count_mails(self.database):
            sys.exit(f"{self.database}: {mails} mails were written.")


class CommandStops(Stops, CommandWay):
    KINDS = {
        "run": ("discover", "extract", "dry_run"),
        "resume": ("load", "verify"),
        ROLLBACK: ("rollback",),
        "read-again": ("extract", "load", "verify"),
    }

    def do(self, kind, action, kills):
        self.want(*self.KINDS[action])
        super().do(kind, action, kills)
        self.check()
        return 0

    def choose(self, kind, action, begun):
        chosen = super().choose(kind, action, begun)
        if "shell" not in chosen:
            return [*chosen, "--workers", "2"]
        rows = query(
            self.database, "SELECT FROM crm_migration_run WHERE kind = 'rollback'"
        )
        return command(["resume"], self.database) if rows else chosen

    def wait(self, process, is_killed):
        while process.poll() is None:
            if place := self.find():
                self.stop(place, self.ask_meanwhile)
                # Nothing is to be ended here: it ends by itself.
                output, _none = process.communicate(timeout=120)
                if "shell" not in process.args:
                    self.check_told(process.returncode, output)
                process.returncode = 0
                return ""
            time.sleep(0.02)
        return process.communicate()[0]

    def check_told(self, status, output):
        if "VALUES (" in output or "@" in output:
            sys.exit(f"{self.database}: rows in the log\n{output}")
        super().check_told(status, output)

    def ask_meanwhile(self):
        """A command that finds no server says so."""
        if self.number > 1:
            return
        done = subprocess.run(
            command(["resume"], self.database),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 2 or "does not answer" not in done.stdout:
            sys.exit(f"{done.returncode} while it was stopped\n{done.stdout}")


class SchedulerStops(Stops, SchedulerWay):
    LOG = CONF.parent / "server.log"
    CRONS = 2
    PAUSE = 0.02
    FIRST = (0, 0)  # some phases are over within a second
    ended = 0
    """How often the server ended with PostgreSQL."""

    def import_plan(self):
        super().import_plan()
        with closing(connect(self.database)) as connection:
            connection.cursor().execute("UPDATE crm_migration_job SET workers = 2")

    def do(self, kind, server, kills, is_again):
        self.number += is_again
        kills = self.want(kind)
        super().do(kind, server, kills, is_again)
        self.check()
        return 0

    def call(self, *arguments):
        """Press once more where the server's worker still had a dead connection.

        Each gives out one of its pool behind a crash, and answers 500 before anything is
        done (19.0, ``ConnectionPool.borrow``).
        """
        for left in reversed(range(DEAD)):
            try:
                return super().call(*arguments)
            except xmlrpc.client.ProtocolError as error:
                if error.errcode != 500 or not left:
                    raise
        return None

    def strike(self, server):
        self.strikes = 0
        place = self.find()
        if not place:
            return 0
        self.stop(place)
        self.wake()
        return 1

    def wake(self):
        """Open the server again as well, as whoever watches over it does.

        A server with workers ends where PostgreSQL is away just when it looks which of
        its databases have changed (19.0, ``PreforkServer.process_spawn``).
        """
        if self.server.poll() is not None:
            self.ended += 1
            self.open_server(self.get_port())
            self.wait_for_server()
        super().wake()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=0.2, help="size of the company")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--way", choices=["command", "scheduler"], help="only this one")
    parser.add_argument(
        "--again", action="store_true", help="leave none alone: the last one counts"
    )
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    chance = random.Random(options.seed)
    kinds = {"alone": CommandWay, "command": CommandStops, "scheduler": SchedulerStops}
    pictures = {}
    with simulator("concord", options.scale) as settings:
        plan = CONF.parent / "plan.json"
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
            # The numbers that a sequence had set aside in the template are in no log of
            # the copy yet: after a crash it would give them out once more.
            execute("CHECKPOINT")
            way = kinds[name](database, environment, plan, chance)
            if name != "alone":
                way.prepare()
            begun = time.monotonic()
            way.go(0)
            pictures[name] = way.pictures
            spent = time.monotonic() - begun
            print(
                f"{database}: stopped {way.struck.total()} times, {spent:.0f} s"
                f" {dict(way.struck)}",
                flush=True,
            )
            if name == "alone":
                write_pictures(options.scale, way.pictures)
            else:
                compare(name, pictures["alone"], way.pictures)
    for database in DATABASES.values():
        drop(database)


if __name__ == "__main__":
    main()
