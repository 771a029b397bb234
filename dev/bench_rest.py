"""Staging, duplicates, proposals, memory: what no file measures closer."""

import itertools
import json
import subprocess
import sys
import time

from bench_data import get_people
from bench_measure import (
    AtMost,
    compare,
    fastest,
    get_clock,
    get_peak_memory,
    get_spent,
    rate,
)
from bench_wide import bench_wide_table
from bench_work import (
    WORLDS,
    create_job,
    ensure_database,
    measured,
    open_environment,
    stage,
    work,
)
from systems import simulator

GOALS = {
    "staging / bare COPY": 0.5,
    "small rows staging / bare COPY": 0.35,
    "500 columns: what they are s": AtMost(2),
    "500 columns: three fields each s": AtMost(2),
    "memory, large / small": AtMost(1.1),
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
        **compare("staging / bare COPY", bare, ours),
        **compare("small rows staging / bare COPY", small_bare, small_ours),
        "small rows, bytes each": small_size,
    }


def read_payloads(name, stream):
    from connectors import get_source_class

    with simulator(name, 0.3) as settings:
        source = get_source_class(name)(settings)
        pages = source.read_pages(source.get_stream(stream), None)
        return [r.data for page in pages for r in page.records if r.stream == stream]


def time_staging(rows):
    """Return the ``Spent`` of staging, that of a bare COPY, and the bytes of a record."""
    texts = [json.dumps(row, ensure_ascii=False) for row in rows]
    with measured() as env:
        env.cr.execute("CREATE TABLE bare (data jsonb)")
        bare = copy_rows(env.cr, texts)
        job = create_job(env)
        begun = get_clock()
        stage(job, "contacts", rows)
        ours = get_spent(begun)
    return ours, bare, sum(map(len, texts)) // len(texts)


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
        begun = get_clock()
        cursor._obj.copy_expert("COPY bare FROM STDIN", data)
        return get_spent(begun)
    finally:
        extensions.set_wait_callback(callback)


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
                f"matching CPU s, {number} contacts": took["match"].cpu,
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


def bench_memory(scale):
    """Two processes, one with ten times the records of the other."""
    ensure_database("A")
    sizes = (int(10_000 * scale), int(100_000 * scale))
    peaks = []
    for size in sizes:
        command = [sys.executable, __file__, str(size)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        peaks.append(float(done.stdout.split()[-1]))
    return {
        f"memory MB, {sizes[0]} records": peaks[0],
        f"memory MB, {sizes[1]} records": peaks[1],
        "memory, large / small": peaks[1] / peaks[0],
    }


def print_memory(size):
    """Stage and transform so many records in batches; print the peak in MB."""
    env = open_environment(WORLDS["A"])
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
    "matching": bench_matching,
    "proposal": bench_proposal,
    "memory": bench_memory,
}


if __name__ == "__main__":
    print_memory(int(sys.argv[1]))
