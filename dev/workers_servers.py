"""Servers that load together: their scheduler's workers, or those of a queue of jobs."""

import subprocess
import sys
import time
from collections import Counter
from contextlib import closing

from databases import clone, connect, odoo
from hosts import serving
from processes import IMPORT, count_mails, get_run, query, shell

READ = """
job = env["crm.migration.job"].search([], limit=1)
for kind in ("discover", "extract"):
    job._start_run(kind)._work_and_wait()
    assert job.run_id.state == "done", (kind, job.run_id.blocked_reason)
job.workers = int(os.environ["LOAD_WORKERS"])
env.cr.commit()
"""
START = """
env["crm.migration.job"].search([], limit=1)._start_run(%r)
env.cr.commit()
"""
KINDS = ("load", "verify")
PATIENCE = 400
"""Seconds without a finished slice or another phase behind which it stands still."""


def load_by_servers(database, environment, workers, kills, chance, with_queue, pause):
    """Migrate by two hosts; return who was struck, and the seconds it took."""
    clone(database)
    addons = "crm_migration,queue_job" if with_queue else "crm_migration"
    odoo("-d", database, "-i", addons, "--stop-after-init", "--no-http")
    environment = {**environment, "LOAD_WORKERS": str(workers)}
    call(database, environment, IMPORT + READ)
    struck, deleted = Counter(), [0]
    with serving(database, environment, chance, with_queue) as hosts:
        begun = time.monotonic()
        for kind in KINDS:
            call(database, environment, START % kind)
            watch(database, hosts, kills, struck, deleted, pause)
        seconds = time.monotonic() - begun
    if with_queue:
        states = query(
            database, "SELECT state, exc_name, count(*) FROM queue_job GROUP BY 1, 2"
        )
        print(f"  jobs: {states}; {deleted[0]} were deleted on the way")
        # Of a connection that is cut the queue itself dies, behind whatever we caught.
        cut = struck["connections"] and "psycopg2."
        for state, error, _count in states:
            if state == "failed" and not (cut and (error or "").startswith(cut)):
                sys.exit(f"A job failed: {error}")
    if mails := count_mails(database):
        sys.exit(f"{mails} mails were written.")
    return struck, seconds


def watch(database, hosts, kills, struck, deleted, pause):
    """Strike, and delete all jobs, until a pass comes to its end."""
    moved, changed = None, time.monotonic()
    while (run := get_run(database))[2] in ("running", "waiting"):
        time.sleep(hosts.chance.uniform(pause / 10, pause))
        hosts.come_again()
        progress = query(
            database,
            "SELECT (SELECT count(*) FROM crm_migration_slice WHERE state = 'done'),"
            " (SELECT max(phase) FROM crm_migration_run WHERE state = 'running'),"
            " (SELECT sum(done) FROM crm_migration_run)",
        )
        if progress != moved:
            moved, changed = progress, time.monotonic()
        elif time.monotonic() - changed > PATIENCE:
            sys.exit(f"{database} stands still: {run}")
        if struck.total() >= kills or not is_at_work(database, run):
            continue
        if who := hosts.strike():
            struck[who] += 1
            print(f"  {who} in {run[3]}", flush=True)
            if struck.total() % 5 == 4 and "runner" in hosts.order:
                deleted[0] += delete_jobs(database)
    if run[2] != "done":
        sys.exit(f"{database}: {run}")


def call(database, environment, text):
    done = subprocess.run(
        shell(database),
        input=f"import os\n{text}",
        env=environment,
        text=True,
        check=False,
        capture_output=True,
    )
    if done.returncode or "Error" in done.stderr:
        sys.exit(f"{done.stdout}\n{done.stderr}")


def is_at_work(database, run):
    """Whether a kill hurts: slices are open, or it is no load."""
    if run[1] != "load":
        return True
    return query(
        database, "SELECT count(*) FROM crm_migration_slice WHERE state = 'todo'"
    )[0][0]


def delete_jobs(database):
    """Delete every job but those at work: who does one holds the row of its lock."""
    with closing(connect(database)) as connection, connection.cursor() as cursor:
        cursor.execute(
            "WITH free AS (SELECT queue_job_id FROM queue_job_lock"
            " FOR UPDATE SKIP LOCKED)"
            " DELETE FROM queue_job AS job WHERE id IN (TABLE free)"
            " OR NOT EXISTS (SELECT FROM queue_job_lock WHERE queue_job_id = job.id)"
        )
        return cursor.rowcount
