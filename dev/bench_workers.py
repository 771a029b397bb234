"""The same load by one process and by two: seconds, processor time, waits for locks.

Both have loaded what they need before the clock runs.
"""

import subprocess
import sys
import threading
from contextlib import closing, contextmanager

import psutil
import psycopg2
from bench_data import get_leads, get_people
from bench_measure import Spent, alternately, get_clock, get_spent, rate
from bench_work import create_job, measured, open_environment, stage, work
from databases import connect

GOALS = {"two workers / one": 1.7}
PAUSE = 0.05
"""Seconds between two looks at who waits for a lock."""


def bench_workers(scale):
    """Companies, people and deals; what one process stages is loaded by one, and by two.

    Forty thousand: behind each object both wait for the last slice, and a load of two
    seconds is not what anybody takes two for.
    """
    companies, people = get_people(int(24_000 * scale))
    streams = {
        "companies": companies,
        "contacts": people,
        "deals": get_leads(int(16_000 * scale)),
    }
    number, seen = sum(map(len, streams.values())), []
    one, two = alternately(
        lambda: time_load(streams, 1)[0],
        lambda: seen.append(time_load(streams, 2)) or seen[-1][0],
    )
    _spent, waits, again = min(seen)
    return {
        "one worker records/s": rate(number, one),
        "two workers records/s": rate(number, two),
        "two workers / one": one / two,
        "processor time, two / one": two.cpu / one.cpu,
        "looks at which somebody waited for a lock %": 100 * waits,
        "slices begun more than once": again,
    }


def time_load(streams, workers):
    """Return the ``Spent`` of a load, the share of looks that saw a wait, slices begun again."""
    with measured() as env:
        job = create_job(env)
        for stream, rows in streams.items():
            stage(job, stream, rows)
        work(job, "transform")
        job.workers = workers
        # Nobody but us: the scheduler of a server is not at work here.
        run = job.run_ids.create({"job_id": job.id, "kind": "load"})
        job.run_id = run
        # A run begins with another phase, at which the tables are counted.
        env.cr.execute("ANALYZE crm_migration_record, crm_migration_id_map")
        run._enter("load")
        env.cr.commit()
        with helper(env.cr.dbname, workers > 1) as other, watching(env) as waits:
            begun, others = get_clock(), get_cpu(other)
            lead(run)
            spent = get_spent(begun)
            spent = Spent(spent, spent.cpu + get_cpu(other) - others)
        if run.state != "running":
            sys.exit(f"{run.state}: {run.blocked_reason}")
        env.cr.execute("SELECT count(*) FROM crm_migration_slice WHERE tries > 1")
        return spent, sum(waits) / max(len(waits), 1), env.cr.fetchone()[0]


def lead(run):
    """Work and rest as the command line does, up to the end of the phase."""
    from odoo.addons.crm_migration.models.job.rests import Rests

    rests = Rests(run.env.cr)
    while run.phase == "load" and run.state == "running":
        try:
            is_done = run.job_id._advance_shared(run)
            run.env.cr.commit()
        except psycopg2.errors.SerializationFailure:
            run = run._take_back()  # both wrote the same row: the batch is done again
            continue
        rests.end() if is_done else rests.take()


@contextmanager
def helper(database, is_wanted):
    """Give a second process at work, which has loaded what it needs; None if not wanted."""
    if not is_wanted:
        yield None
        return
    process = subprocess.Popen(
        [sys.executable, __file__, database],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    process.stdout.readline()
    try:
        yield psutil.Process(process.pid)
    finally:
        process.kill()
        process.wait()


def help_out(database):
    env = open_environment(database)
    from odoo.addons.crm_migration.models.job.rests import Rests

    env["crm.migration.job"]._work_for_others()
    env.cr.commit()
    rests = Rests(env.cr)
    print("ready", flush=True)
    while True:
        if env["crm.migration.job"]._work_for_others():
            rests.end()
        else:
            env.cr.rollback()
            rests.take()


def get_cpu(other):
    """Return the processor time of the other process, which our clock does not count."""
    times = other and other.cpu_times()
    return times.user + times.system if times else 0.0


@contextmanager
def watching(env):
    """Give a list that grows: whether somebody waited for a lock at each look."""
    looks, is_over = [], threading.Event()

    def look():
        query = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
            " AND wait_event_type = 'Lock'"
        )
        with closing(connect()) as connection, connection.cursor() as cursor:
            while not is_over.wait(PAUSE):
                cursor.execute(query, [env.cr.dbname])
                looks.append(bool(cursor.fetchone()[0]))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield looks
    finally:
        is_over.set()
        thread.join()


BENCHES = {"workers": bench_workers}


if __name__ == "__main__":
    help_out(sys.argv[1])
