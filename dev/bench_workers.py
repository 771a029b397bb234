"""The same load by one process and by two: seconds, processor time, waits for locks."""

import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager

import psutil
from bench_data import get_leads, get_people
from bench_work import create_job, measured, open_environment, stage, work
from databases import connect

PAUSE = 0.05
"""Seconds between two looks at who waits for a lock."""


def bench_workers(scale):
    """Companies, people and deals; what one process stages is loaded by one, and by two."""
    one = time_load(scale, 1)
    two = time_load(scale, 2)
    return {
        "one worker records/s": one["records"] / one["seconds"],
        "two workers records/s": two["records"] / two["seconds"],
        "two workers / one": one["seconds"] / two["seconds"],
        "processor time, two / one": two["cpu"] / one["cpu"],
        "share of looks at which somebody waited for a lock": two["waits"],
        "slices begun more than once": two["again"],
    }


def time_load(scale, workers):
    companies, people = get_people(int(6000 * scale))
    deals = get_leads(int(4000 * scale))
    with measured() as env:
        job = create_job(env)
        stage(job, "companies", companies)
        stage(job, "contacts", people)
        stage(job, "deals", deals)
        work(job, "transform")
        job.workers = workers
        # Nobody but us: the scheduler of a server is not at work here.
        run = job.run_ids.create({"job_id": job.id, "kind": "load"})
        job.run_id = run
        run._enter("load")
        env.cr.commit()
        with helper(env.cr.dbname, workers > 1) as other, watching(env) as waits:
            begun, spent = time.perf_counter(), get_cpu(env, other)
            while run.phase == "load" and run.state == "running":
                if not job._advance_shared(run):
                    time.sleep(PAUSE)
                env.cr.commit()
            seconds = time.perf_counter() - begun
            cpu = get_cpu(env, other) - spent
        if run.state != "running":
            sys.exit(f"{run.state}: {run.blocked_reason}")
        env.cr.execute("SELECT count(*) FROM crm_migration_slice WHERE tries > 1")
        return {
            "records": len(companies) + len(people) + len(deals),
            "seconds": seconds,
            "cpu": cpu,
            "waits": sum(waits) / max(len(waits), 1),
            "again": env.cr.fetchone()[0],
        }


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
    env["crm.migration.job"]._work_for_others()
    env.cr.commit()
    print("ready", flush=True)
    while True:
        if not env["crm.migration.job"]._work_for_others():
            env.cr.rollback()
            time.sleep(PAUSE)


def get_cpu(env, other):
    """Return the processor time of both processes and of their connections."""
    env.cr.execute(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
    )
    pids = [pid for (pid,) in env.cr.fetchall()]
    processes = [psutil.Process(), other, *map(psutil.Process, pids)]
    times = [process.cpu_times() for process in processes if process]
    return sum(each.user + each.system for each in times)


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


if __name__ == "__main__":
    help_out(sys.argv[1])
