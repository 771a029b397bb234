"""Servers that load together: their scheduler's workers, or those of a queue of jobs."""

import os
import subprocess
import sys
import time
from contextlib import ExitStack, closing, contextmanager

import psutil
from databases import CONF, ENV, clone, connect, get_options, odoo
from processes import IMPORT, get_run, query, shell

READ = """
job = env["crm.migration.job"].search([], limit=1)
for kind in ("discover", "extract"):
    job._start_run(kind)._work_and_wait()
    assert job.run_id.state == "done", (kind, job.run_id.blocked_reason)
job.workers = int(os.environ["LOAD_WORKERS"])
job._start_run("load")
env.cr.commit()
"""
VERIFY = """
job = env["crm.migration.job"].search([], limit=1)
run = job._start_run("verify")
run._work_and_wait()
env.cr.commit()
assert run.state == "done", run.blocked_reason
"""
PATIENCE = 400
"""Seconds without a finished slice or another phase behind which it stands still."""


def load_by_servers(database, environment, workers, kills, chance, with_queue):
    """Migrate by two servers; return who was killed, and the seconds of the load."""
    clone(database)
    addons = "crm_migration,queue_job" if with_queue else "crm_migration"
    odoo("-d", database, "-i", addons, "--stop-after-init", "--no-http")
    environment = {**environment, "LOAD_WORKERS": str(workers)}
    call(database, environment, IMPORT + READ)
    struck, deleted, moved, changed = [], 0, None, time.monotonic()
    with ExitStack() as stack:
        begun = time.monotonic()
        servers = [
            stack.enter_context(serve(database, environment, number, with_queue))
            for number in range(2 if not with_queue else 1)
        ]
        while (run := get_run(database))[2] in ("running", "waiting"):
            time.sleep(chance.uniform(0.2, 2))
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
            if len(struck) < kills and progress[0][0] and is_open(database):
                struck += strike(servers, chance, with_queue)
            if with_queue and not deleted and progress[0][0] > 5:
                deleted = delete_jobs(database)
        seconds = time.monotonic() - begun
        if run[2] != "done":
            sys.exit(f"{database}: {run}")
    call(database, environment, VERIFY)
    if with_queue:
        states = query(database, "SELECT state, count(*) FROM queue_job GROUP BY 1")
        print(f"  jobs: {states}; {deleted} were deleted on the way")
        if any(state == "failed" for state, _count in states):
            sys.exit("A job failed.")
    mails = query(database, "SELECT count(*) FROM mail_mail")[0][0]
    if mails:
        sys.exit(f"{mails} mails were written.")
    return struck, seconds


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


def is_open(database):
    return query(
        database, "SELECT count(*) FROM crm_migration_slice WHERE state = 'todo'"
    )[0][0]


@contextmanager
def serve(database, environment, number, with_queue):
    port = int(get_options().get("http_port", 8069)) + 20 + 4 * number
    arguments = [ENV / "odoo-bin", "-c", CONF, "-d", database, "--workers=3"]
    arguments += ["--max-cron-threads=2", f"--http-port={port}"]
    arguments += [f"--gevent-port={port + 1}", "--log-level=warn"]
    if with_queue:
        arguments += ["--load=base,web,queue_job"]
        environment = {
            **environment,
            "ODOO_QUEUE_JOB_CHANNELS": "root:2",
            "ODOO_QUEUE_JOB_PORT": str(port),
        }
    with (ENV / f"workers_server_{number}.log").open("w") as output:
        server = subprocess.Popen(
            [*map(str, arguments)],
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **environment},
        )
        try:
            yield psutil.Process(server.pid)
        finally:
            server.terminate()
            server.wait(180)


def strike(servers, chance, with_queue):
    """Kill a worker of the scheduler, or any where jobs are done by those of people."""
    server = chance.choice(servers)
    usual = server.nice()
    children = [
        child for child in server.children() if with_queue or child.nice() > usual
    ]
    if not children:
        return []
    victim = chance.choice(children)
    victim.kill()
    return [victim.pid]


def delete_jobs(database):
    with closing(connect(database)) as connection, connection.cursor() as cursor:
        cursor.execute("DELETE FROM queue_job WHERE state IN ('pending', 'enqueued')")
        return cursor.rowcount
