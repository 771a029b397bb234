"""Measure the addon side by side with Odoo's own ways; only the ratios mean anything."""

import argparse
import itertools
import json
import subprocess
import sys
import time

from bench_data import get_leads, get_notes, get_people
from bench_measure import counting, fastest, get_peak_memory, rate
from bench_undo import bench_rollback
from bench_wide import bench_wide_table
from bench_work import DATABASE, create_job, measured, open_environment, stage, work
from databases import clone, drop, odoo
from systems import SIZES, allow_simulators, simulator

GOALS = {
    "partners / load()": 1.2,
    "leads / load()": 3.0,
    "messages / ORM create": 10.0,
    "staging / bare COPY": 0.5,
    "clean / 1 % bad rows": 0.85,
    "500 columns: what they are s": 2,
    "500 columns: three fields each s": 2,
}


def bench_staging(scale):
    """Contacts as a source gives them, and small ones; making the JSON is ours alone."""
    number = int(20_000 * scale)
    given = read_payloads("concord", "contacts")
    several = itertools.islice(itertools.cycle(given), number)
    whole = [{**row, "id": position} for position, row in enumerate(several)]
    small = get_people(number)[1]
    ours, bare, _size = fastest(lambda: time_staging(whole))
    small_ours, small_bare, small_size = fastest(lambda: time_staging(small))
    return {
        "staging records/s": rate(number, ours),
        "bare COPY records/s": rate(number, bare),
        "staging / bare COPY": bare / ours,
        f"the same, {small_size} bytes each": small_bare / small_ours,
    }


def read_payloads(name, stream):
    from connectors import get_source_class

    with simulator(name, 0.3) as settings:
        source = get_source_class(name)(settings)
        pages = source.read_pages(source.get_stream(stream), None)
        return [r.data for page in pages for r in page.records if r.stream == stream]


def time_staging(rows):
    """Return the seconds of staging, those of a bare COPY, and the bytes of a record."""
    texts = [json.dumps(row, ensure_ascii=False) for row in rows]
    with measured() as env:
        env.cr.execute("CREATE TABLE bare (data jsonb)")
        copy_seconds = copy_rows(env.cr, texts)
        job = create_job(env)
        begun = time.perf_counter()
        stage(job, "contacts", rows)
        seconds = time.perf_counter() - begun
    return seconds, copy_seconds, sum(map(len, texts)) // len(texts)


def copy_rows(cursor, texts):
    import io

    from psycopg2 import extensions

    def escape(text):
        return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")

    data = io.StringIO("".join(f"{escape(text)}\n" for text in texts))
    # The wait callback that Odoo installs does not know COPY.
    callback = extensions.get_wait_callback()
    extensions.set_wait_callback(None)
    try:
        begun = time.perf_counter()
        cursor._obj.copy_expert("COPY bare FROM STDIN", data)
        return time.perf_counter() - begun
    finally:
        extensions.set_wait_callback(callback)


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


def bench_messages(scale):
    leads, notes = get_leads(200), get_notes(int(5000 * scale), 200)
    own, ours = fastest(lambda: time_messages(leads, notes))
    return {
        "messages records/s": rate(len(notes), ours),
        "messages ORM create records/s": rate(len(notes), own),
        "messages / ORM create": own / ours,
    }


def time_messages(leads, notes):
    """Return the seconds of ``create``, and ours."""
    with measured() as env:
        lead = (
            env["crm.lead"].with_context(tracking_disable=True).create({"name": "One"})
        )
        note = env.ref("mail.mt_note")
        values = [
            {
                "model": "crm.lead",
                "res_id": lead.id,
                "body": row["body"],
                "date": row["at"],
                "message_type": "comment",
                "subtype_id": note.id,
            }
            for row in notes
        ]
        begun = time.perf_counter()
        env["mail.message"].create(values)
        env.cr.commit()
        own = time.perf_counter() - begun
    with measured() as env:
        job = create_job(env)
        stage(job, "deals", leads)
        work(job, "transform", "load")
        stage(job, "notes", notes)
        work(job, "transform")
        seconds, _longest = work(job, "load")
    return own, seconds["load"]


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


def bench_matching(scale):
    """A tenth of the contacts share one address: as many again, twice as long."""
    seconds, results = {}, {}
    for number in (int(50_000 * scale), int(200_000 * scale)):
        with measured() as env:
            job = create_job(env)
            stage(job, "contacts", share_address(get_people(number)[1]))
            work(job, "transform")
            took, longest = work(job, "match")
            seconds[number] = took["match"]
            said = env["crm.migration.message"].search(
                [("job_id", "=", job.id), ("code", "=", "shared_by_many")]
            )
            results |= {
                f"matching s, {number} contacts": took["match"],
                f"longest batch s, {number} contacts": longest,
                "addresses shared by too many, told": len(said),
            }
    small, large = seconds.values()
    return {**results, "matching, four times as many": large / small}


def share_address(people):
    """Give the first tenth one address, and every hundredth of the rest a neighbor's."""
    for position, row in enumerate(people):
        if position < len(people) // 10:
            row["email"] = "reception@c1.example"
        elif position % 100 == 0:
            row["email"] = people[position - 1]["email"]
    return people


def bench_proposal(_scale):
    with measured() as env:
        begun = time.perf_counter()
        job = create_job(env)
        found = {"mapping proposal s": time.perf_counter() - begun}
        return found | bench_wide_table(job)


def bench_extraction(scale):
    """Read every simulated system to the end, without Odoo; count what was asked."""
    import requests

    from connectors import get_source_class
    from connectors.core.sql import Database

    results = {}
    for name in SIZES:
        with (
            simulator(name, scale) as settings,
            counting(
                (requests.Session, "request"), (Database, "_ensure_time")
            ) as asked,
        ):
            source = get_source_class(name)(settings)
            begun = time.perf_counter()
            records = sum(
                len(page.records)
                for stream in source.get_streams()
                if not stream.derived_from
                for page in source.read_pages(stream, None)
            )
            seconds = time.perf_counter() - begun
            source.close()
        results |= {
            f"{name} records/s": rate(records, seconds),
            f"{name} requests per 100 records": 100 * asked[0] / records,
        }
    return results


def bench_memory(scale):
    """Two processes, one with ten times the records of the other."""
    sizes = (int(10_000 * scale), int(100_000 * scale))
    peaks = []
    for size in sizes:
        command = [sys.executable, __file__, "--memory-of", str(size)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        peaks.append(float(done.stdout.split()[-1]))
    return {
        f"memory MB, {sizes[0]} records": peaks[0],
        f"memory MB, {sizes[1]} records": peaks[1],
        "memory, large / small": peaks[1] / peaks[0],
    }


def print_memory(size):
    """Stage and transform so many records in batches; print the peak in MB."""
    env = open_environment(DATABASE)
    job = create_job(env)
    for start in range(0, size, 1000):
        _companies, people = get_people(1000, first=start)
        stage(job, "contacts", people)
        env.cr.commit()
    work(job, "transform")
    print(get_peak_memory())
    env.cr.rollback()
    env["crm.migration.job"].browse(job.id).unlink()
    env.cr.commit()
    env.cr.close()


BENCHES = {
    "staging": bench_staging,
    "partners": bench_partners,
    "leads": bench_leads,
    "messages": bench_messages,
    "bad_rows": bench_bad_rows,
    "matching": bench_matching,
    "proposal": bench_proposal,
    "extraction": bench_extraction,
    "memory": bench_memory,
    "rollback": bench_rollback,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--json", action="store_true", help="one JSON object at the end"
    )
    parser.add_argument("--scale", type=float, default=1.0, help="size of the data")
    parser.add_argument("--only", help=f"some of {', '.join(BENCHES)}")
    parser.add_argument(
        "--keep", action="store_true", help="use the database of last time"
    )
    parser.add_argument("--memory-of", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    allow_simulators()
    if options.memory_of:
        return print_memory(options.memory_of)
    if not options.keep:
        clone(DATABASE)
        odoo("-d", DATABASE, "-i", "crm_migration", "--stop-after-init", "--no-http")
    results = {}
    for name in options.only.split(",") if options.only else BENCHES:
        found = BENCHES[name](options.scale)
        results |= found
        if not options.json:
            for title, value in found.items():
                goal = f"   (goal {GOALS[title]:g})" if title in GOALS else ""
                print(f"{title:<34}{value:>12,.2f}{goal}", flush=True)
    if options.json:
        print(json.dumps(results, indent=1))
    if not options.keep:
        drop(DATABASE)


if __name__ == "__main__":
    main()
