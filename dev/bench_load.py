"""Contacts and deals beside Odoo's own ways, and what rows that it refuses cost."""

import sys
import time

from bench_data import get_leads, get_people
from bench_measure import fastest, rate
from bench_work import create_job, measured, stage, work

GOALS = {
    "partners / load()": 8,
    "leads / load()": 25,
    "clean / 1 % bad rows": 0.85,
}


def bench_partners(scale):
    companies, people = get_people(int(3000 * scale))
    with measured() as env:
        names = ["id", "name", "is_company", "email", "phone", "street", "city", "zip"]
        names += ["country_id/id", "parent_id/id"]
        rows = [
            [f"__bench__.c{c['id']}", c["name"], "1", *_address(c), ""]
            for c in companies
        ]
        rows += [
            [
                f"__bench__.p{p['id']}",
                p["name"],
                "0",
                *_address(p),
                f"__bench__.c{p['company']}",
            ]
            for p in people
        ]
        own = time_load(env, "res.partner", names, rows)
    with measured() as env:
        job = create_job(env)
        stage(job, "companies", companies)
        stage(job, "contacts", people)
        work(job, "transform")
        seconds, longest = work(job, "load", "link")
        ours = sum(seconds.values())
        verify, _longest = work(job, "verify")
        compared = job.run_id.compared_count
        differences = job.difference_count
    return {
        "partners records/s": rate(len(rows), ours),
        "partners load() records/s": rate(len(rows), own),
        "partners / load()": own / ours,
        "longest batch s": longest,
        "verified values/s": rate(compared, verify["verify"]),
        "differences": differences,
    }


def _address(row):
    return [
        row["email"],
        row["phone"],
        row["street"],
        row["city"],
        row["zip"],
        "base.pt",
    ]


def time_load(env, model, names, rows):
    begun = time.perf_counter()
    result = env[model].with_context(import_file=True).load(names, rows)
    env.cr.commit()
    seconds = time.perf_counter() - begun
    if not result["ids"]:
        sys.exit(f"load() refused the rows: {result['messages'][:3]}")
    return seconds


def bench_leads(scale):
    leads = get_leads(int(2000 * scale))
    with measured() as env:
        names = [
            "id",
            "name",
            "type",
            "expected_revenue",
            "email_from",
            "phone",
            "city",
        ]
        rows = [
            [
                f"__bench__.l{lead['id']}",
                lead["name"],
                "opportunity",
                str(lead["amount"]),
            ]
            + [lead["email"], lead["phone"], lead["city"]]
            for lead in leads
        ]
        own = time_load(env, "crm.lead", names, rows)
    with measured() as env:
        job = create_job(env)
        stage(job, "deals", leads)
        work(job, "transform")
        seconds, _longest = work(job, "load", "link")
    ours = sum(seconds.values())
    return {
        "leads records/s": rate(len(leads), ours),
        "leads load() records/s": rate(len(leads), own),
        "leads / load()": own / ours,
    }


def bench_bad_rows(scale):
    """One row in a hundred has a value that only Odoo refuses, for another has it."""
    clean, _failed = fastest(lambda: time_bad_rows(scale, 0))
    spoiled, failed = fastest(lambda: time_bad_rows(scale, 0.01))
    return {"clean / 1 % bad rows": clean / spoiled, "bad rows found": failed}


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
    "leads": bench_leads,
    "bad_rows": bench_bad_rows,
}
