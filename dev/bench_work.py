"""The bench inside Odoo: a database of its own, a migration, and its phases one by one."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager

import worlds
from bench_data import MAPPINGS
from bench_measure import Skip, get_clock, get_spent
from databases import CONF, MODULES, clone, drop, execute, exists, odoo

WORLDS = {
    "A": "crm_migration_bench",
    "tasks": "crm_migration_bench_tasks",
    "B": "crm_migration_bench_b",
}
"""Databases to copy: Odoo's CRM alone, the same with tasks, among the apps of ``worlds``."""


def drop_databases():
    for database in WORLDS.values():
        drop(database)


def ensure_database(world="A"):
    """Return the name of the database of a world, made when it is not there."""
    modules = {"A": MODULES, "tasks": f"{MODULES},project"}.get(world) or _fetch_apps()
    database = WORLDS[world]
    if not exists(database):
        clone(database, modules)
        install = ("-i", "crm_migration", "--stop-after-init", "--no-http")
        odoo("-d", database, *install)
    return database


def _fetch_apps():
    """Return the apps of world B; they, and this process, get what they need."""
    try:
        fetched = worlds.fetch()["PYTHONPATH"]
    except (OSError, subprocess.CalledProcessError) as error:
        raise Skip("the apps of world B cannot be fetched here") from error
    os.environ["PYTHONPATH"] = fetched
    sys.path.append(fetched)
    return worlds.WORLDS["B"]


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

    :param further: mappings besides those that all measurements share, or in their place
    """
    from odoo.addons.crm_migration.connectors import available_sources
    from odoo.addons.crm_migration.connectors.core.source import Source, Stream

    own = {each.stream for each in further}
    shared = [m for m in MAPPINGS if m.stream not in own and m.model in env]
    mappings = (*shared, *further)
    names = dict.fromkeys(each.stream for each in mappings)

    class BenchSource(Source):
        name = "bench"
        label = "Bench"
        streams = tuple(map(Stream, names))

        def get_mappings(self):
            return mappings

    available_sources()["bench"] = BenchSource
    job = env["crm.migration.job"].create({"name": "Bench", "source": "bench"})
    job._ensure_streams()
    from odoo.addons.crm_migration.models.mapping.propose_fields import Proposer

    Proposer(env, job).propose(mappings, ())
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
    """Run phases of a run from end to end.

    :return: phase → ``Spent``, and the seconds of the longest batch
    """
    run = job.run_ids.create({"job_id": job.id, "kind": kind})
    job.run_id = run
    seconds, longest = {}, 0.0
    for phase in phases:
        worker = job.env[f"crm.migration.phase.{phase}"]
        run.write({"phase": phase, "checkpoint": False, "done": 0})
        begun = get_clock()
        worker._begin(run)
        done = False
        while not done:
            batch = time.perf_counter()
            done = worker._run_batch(run)
            job.env.cr.commit()
            longest = max(longest, time.perf_counter() - batch)
        worker._finish(run)
        job.env.cr.commit()
        seconds[phase] = get_spent(begun)
    return seconds, longest


def _import_sources():
    """Import what a server that runs has imported, as it has the modules of ``base_import``."""
    from odoo.addons.crm_migration.connectors import available_sources

    available_sources()


@contextmanager
def measured(world="A"):
    """Give a copy of a database of its own, so that work can be committed as it is.

    Within one transaction PostgreSQL would check rows again that were checked, and the
    figures would be of nobody's migration.
    """
    from odoo.modules.registry import Registry
    from odoo.sql_db import close_db

    template = ensure_database(world)
    copy = f"{template}_{os.getpid()}"
    drop(copy)
    execute(f'CREATE DATABASE "{copy}" TEMPLATE "{template}"')
    env = open_environment(copy)
    _import_sources()
    try:
        yield env
    finally:
        env.cr.rollback()
        env.cr.close()
        Registry.delete(copy)
        close_db(copy)
        drop(copy)
