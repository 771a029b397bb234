"""What is loaded, beside the ways of Odoo: ``load()`` of its import, ``create`` in batches.

Ours is everything from what is staged to what is linked: transform, match, load with id
map, origin dates and history, links. Odoo's ways get their rows as they want them.
``load()`` runs as anybody calls it, and untracked, as the screen of Odoo's import proposes:
without the note "created" and the follower of each record, which ours does not make
either. ``create`` runs within our silence. All write into copies of one database, in turn.
"""

import sys

from bench_data import get_leads, get_people
from bench_measure import (
    CPU,
    alternately,
    compare,
    fastest,
    get_clock,
    get_spent,
    rate,
)
from bench_work import create_job, measured, stage, work

GOALS = {
    "partners / load()": 8,
    "partners / load(), world B": 8,
    "leads / load()": 25,
    "activities / ORM create": 6,
    "meetings / ORM create": 4,
    "tasks / ORM create": 6,
    "verified values/s": 1_000_000,
    "clean / 1 % bad rows": 0.85,
}
CHUNK = 1000
"""Records of one call of ``create``, each call committed."""

PHASES = ("transform", "match", "load", "link")
SAME = {
    "name": "name",
    "email": "email",
    "phone": "phone",
    "street": "street",
    "city": "city",
    "zip": "zip",
}
"""Field of a contact → member of an invented row."""

# -- Odoo's ways -------------------------------------------------------------------


def load(env, model, names, rows, **context):
    """Return the ``Spent`` of Odoo's ``load()``."""
    begun = get_clock()
    records = env[model].with_context(import_file=True, **context)
    result = records.load(names, rows)
    env.cr.commit()
    spent = get_spent(begun)
    if not result["ids"]:
        sys.exit(f"load() refused the rows: {result['messages'][:3]}")
    return spent


def create(env, model, values):
    """Return the ``Spent`` of Odoo's ``create`` in batches, as silent as ours."""
    from odoo.addons.crm_migration.models.odoo.silence import QUIET_CONTEXT, Silence

    records = env[model].with_context(**QUIET_CONTEXT)
    begun = get_clock()
    with Silence(env):
        for start in range(0, len(values), CHUNK):
            records.create(values[start : start + CHUNK])
            env.flush_all()
            env.cr.commit()
            env.invalidate_all()
    return get_spent(begun)


# -- ours --------------------------------------------------------------------------


def load_ours(env, before, streams):
    """Return (``Spent``, longest batch, migration) of loading what is staged before.

    :param before: stream → rows that are there already
    :param streams: stream → rows
    """
    seconds, longest, job = load_by_phase(env, before, streams)
    return sum(seconds.values()), longest, job


def load_by_phase(env, before, streams):
    """Return the same, with phase → ``Spent`` for their sum."""
    job = create_job(env)
    if before:
        for stream, rows in before.items():
            stage(job, stream, rows)
        work(job, *PHASES)
    for stream, rows in streams.items():
        stage(job, stream, rows)
    seconds, longest = work(job, *PHASES)
    created = job.run_id.created_count
    wanted = sum(map(len, streams.values()))
    if created != wanted:
        sys.exit(f"{created} of {wanted} records were created: {', '.join(streams)}")
    return seconds, longest, job


def side_by_side(what, number, theirs, ours, world="A"):
    """Return rates, and the ratio to each way of Odoo.

    :param what: title of the rates
    :param theirs: title of the ratio → function that takes an environment
    :param ours: the same; every call gets an environment of its own
    """

    def in_a_copy(way):
        def run():
            with measured(world) as env:
                return way(env)

        return run

    ways = [in_a_copy(way) for way in (*theirs.values(), ours)]
    *own, our = alternately(*ways)
    found = {f"{what} records/s": rate(number, our)}
    for title, spent in zip(theirs, own, strict=True):
        found |= compare(title, spent, our)
        way = title.partition(" / ")[2]
        found[f"{what} by {way} records/s"] = rate(number, spent)
    return found


# -- contacts and deals ------------------------------------------------------------


def bench_partners(scale):
    return compare_partners(scale, "partners", "A")


def bench_partners_b(scale):
    found = compare_partners(scale, "partners, world B", "B")
    # As its goal is called.
    names = {"partners, world B / load()": "partners / load(), world B"}
    names |= {f"{title}{CPU}": f"{name}{CPU}" for title, name in names.items()}
    return {names.get(title, title): value for title, value in found.items()}


def compare_partners(scale, what, world):
    companies, people = get_people(int(5000 * scale))
    names = ["id", "is_company", "parent_id/id", *SAME]
    rows = [[f"__bench__.c{row['id']}", "1", "", *_same(row)] for row in companies]
    for row in people:
        company = f"__bench__.c{row['company']}"
        rows.append([f"__bench__.p{row['id']}", "0", company, *_same(row)])
    longest = []

    def ours(env):
        streams = {"companies": companies, "contacts": people}
        spent, batch, _job = load_ours(env, {}, streams)
        longest.append(batch)
        return spent

    theirs = get_ways(what, "res.partner", names, rows)
    theirs[f"{what} / ORM create"] = lambda env: create_people(env, companies, people)
    found = side_by_side(what, len(rows), theirs, ours, world)
    return {**found, f"{what}: longest batch s": min(longest)}


def get_ways(what, model, names, rows):
    """Return title of the ratio → ``load()`` as anybody calls it, and untracked."""
    return {
        f"{what} / load()": lambda env: load(env, model, names, rows),
        f"{what} / load(), untracked": lambda env: load(
            env, model, names, rows, tracking_disable=True
        ),
    }


def create_people(env, companies, people):
    values = [{"is_company": True, **_values(row)} for row in companies]
    spent = create(env, "res.partner", values)
    found = env["res.partner"].search([], order="id desc", limit=len(companies))
    ids = found.ids[::-1]
    values = [{"parent_id": ids[row["company"]], **_values(row)} for row in people]
    return spent + create(env, "res.partner", values)


def _same(row):
    return [row[member] for member in SAME.values()]


def _values(row):
    return {name: row[member] for name, member in SAME.items()}


LEAD = {
    "name": "name",
    "expected_revenue": "amount",
    "email_from": "email",
    "phone": "phone",
    "city": "city",
}


def bench_leads(scale):
    leads = get_leads(int(2000 * scale))
    # Nobody's, as ours: Odoo would give each of them to whoever loads, with a team.
    names = ["id", "type", "user_id", *LEAD]
    rows = [
        [f"__bench__.l{lead['id']}", "opportunity", ""]
        + [str(lead[member]) for member in LEAD.values()]
        for lead in leads
    ]
    values = [
        {"type": "opportunity", "user_id": False}
        | {name: lead[m] for name, m in LEAD.items()}
        for lead in leads
    ]

    def ours(env):
        return load_ours(env, {}, {"deals": leads})[0]

    theirs = get_ways("leads", "crm.lead", names, rows)
    theirs["leads / ORM create"] = lambda env: create(env, "crm.lead", values)
    return side_by_side("leads", len(leads), theirs, ours)


# -- rows of a refused kind ------------------------------------------------------------


def bench_bad_rows(scale):
    """One row in a hundred has a value that only Odoo refuses, for another has it."""
    clean, _failed = fastest(lambda: time_bad_rows(scale, 0))
    spoiled, failed = fastest(lambda: time_bad_rows(scale, 0.01))
    found = compare("clean / 1 % bad rows", clean, spoiled)
    return {**found, "bad rows found": failed}


def time_bad_rows(scale, share):
    """Return the seconds of a load, and how much there was to say of it."""
    companies, people = get_people(int(3000 * scale), bad=share)
    with measured() as env:
        job = create_job(env)
        stage(job, "companies", companies)
        stage(job, "contacts", people)
        work(job, "transform")
        seconds, _longest = work(job, "load", "link")
        told = env["crm.migration.message"].search_count([("job_id", "=", job.id)])
        return sum(seconds.values()), told


BENCHES = {
    "partners": bench_partners,
    "partners_b": bench_partners_b,
    "leads": bench_leads,
    "bad_rows": bench_bad_rows,
}
