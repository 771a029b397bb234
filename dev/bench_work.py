"""The bench inside Odoo: a database of its own, a migration, and its phases one by one."""

import time
from contextlib import contextmanager

from bench_data import MAPPINGS
from databases import CONF, drop, execute

DATABASE = "crm_migration_bench"


def open_environment(database):
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry
    from odoo.tools import config

    config.parse_config(
        ["-c", str(CONF), "-d", database, "--no-http", "--log-level=error"],
        setup_logging=True,
    )
    return api.Environment(Registry(database).cursor(), SUPERUSER_ID, {})


def create_job(env, further=()):
    """Return a migration whose source only has a mapping; the bench stages itself.

    :param further: mappings besides those that all measurements share
    """
    from odoo.addons.crm_migration.connectors import available_sources
    from odoo.addons.crm_migration.connectors.core.source import Source, Stream

    class BenchSource(Source):
        name = "bench"
        label = "Bench"
        streams = tuple(
            Stream(name)
            for name in dict.fromkeys(m.stream for m in (*MAPPINGS, *further))
        )

        def get_mappings(self):
            return (*MAPPINGS, *further)

    available_sources()["bench"] = BenchSource
    job = env["crm.migration.job"].create({"name": "Bench", "source": "bench"})
    job._ensure_streams()
    from odoo.addons.crm_migration.models.mapping.propose_fields import Proposer

    Proposer(env, job).propose((*MAPPINGS, *further), ())
    return job


def stage(job, stream, rows):
    from odoo.addons.crm_migration.connectors.core.source import Page, Record

    run = job.run_id or job.run_ids.create(
        {"job_id": job.id, "kind": "extract", "phase": "extract"}
    )
    job.run_id = run
    for start in range(0, len(rows), 1000):
        chunk = rows[start : start + 1000]
        page = Page(tuple(Record(stream, str(row["id"]), row) for row in chunk))
        job.env["crm.migration.record"]._stage(run, page)
        job.env.cr.commit()


def work(job, *phases, kind="load"):
    """Run phases of a run from end to end; return seconds per phase and per batch."""
    run = job.run_ids.create({"job_id": job.id, "kind": kind})
    job.run_id = run
    seconds, longest = {}, 0.0
    for phase in phases:
        worker = job.env[f"crm.migration.phase.{phase}"]
        run.write({"phase": phase, "checkpoint": False, "done": 0})
        begun = time.perf_counter()
        worker._begin(run)
        done = False
        while not done:
            batch = time.perf_counter()
            done = worker._run_batch(run)
            job.env.cr.commit()
            longest = max(longest, time.perf_counter() - batch)
        worker._finish(run)
        job.env.cr.commit()
        seconds[phase] = time.perf_counter() - begun
    return seconds, longest


@contextmanager
def measured():
    """Give a copy of the database of its own, so that work can be committed as it is.

    Within one transaction PostgreSQL would check rows again that were checked, and the
    figures would be of nobody's migration.
    """
    from odoo.modules.registry import Registry
    from odoo.sql_db import close_db

    copy = f"{DATABASE}_copy"
    drop(copy)
    execute(f'CREATE DATABASE "{copy}" TEMPLATE "{DATABASE}"')
    env = open_environment(copy)
    try:
        yield env
    finally:
        env.cr.rollback()
        env.cr.close()
        Registry.delete(copy)
        close_db(copy)
        drop(copy)
