"""From two CSV files to proven contacts, beside Odoo's own import of the same files.

Both work in copies of one database, in turn, behind the start of Odoo: what a process
needs until it knows its registry is in neither figure. Odoo's import gets its numbers of
companies as external ids, the fastest that it knows, and is not rehearsed. It runs as it is
and untracked, as its screen proposes: without the note "created" and the follower of each
contact, which ours does not make either. The contacts that come out are compared.
"""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench_measure import Skip, Spent, alternately, compare, get_clock, get_spent, rate
from bench_work import measured
from databases import CONF, ENV

GOALS = {
    "end to end / base_import": 4,
    "end to end / base_import, two workers": 6,
}
BATCH = 2000
"""Rows of one call of Odoo's import: what its screen proposes."""

PLAN = {
    "plan": 1,
    "name": "Two files",
    "source": "spreadsheet",
    "options": {"duplicate_policy": "keep", "owner_policy": "empty"},
    "accept_above": 60,
}
COLUMNS = {
    "Id": "id",
    "Name": "name",
    "Company Id": "parent_id/id",
    "Email": "email",
    "Phone": "phone",
    "Job Position": "function",
    "Street": "street",
    "City": "city",
    "Zip": "zip",
    "Website": "website",
    "Notes": "comment",
}
"""Column of the files → what Odoo's import makes of it."""


def write_files(companies, people):
    """Return (name, bytes) of the two files."""
    return [
        ("companies.csv", _write(_company(i) for i in range(companies))),
        ("contacts.csv", _write(_person(i, companies) for i in range(people))),
    ]


def _write(rows):
    rows = list(rows)
    file = io.StringIO()
    writer = csv.DictWriter(file, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def _company(i):
    return {
        "Id": f"c{i}",
        "Name": f"Azulejos {i} & Filhos",
        "Email": f"geral@c{i}.example",
        "Phone": f"+351 21 {i // 10000:03d} {i % 10000:04d}",
        **_place(i),
        "Website": f"http://www.c{i}.example",
    }


def _person(i, companies):
    company = i % companies
    return {
        "Id": f"p{i}",
        "Name": f"Marta Conceição {i}",
        "Company Id": f"c{company}",
        "Email": f"marta{i}@c{company}.example",
        "Phone": f"+351 91 {i // 10000:03d} {i % 10000:04d}",
        "Job Position": ("Buyer", "Engineer", "Accountant", "Owner")[i % 4],
        # Odoo's import gives people the address of their company in any case.
        **_place(company),
        "Notes": f"Met in hall {i % 9}; prefers mail.",
    }


def _place(i):
    return {
        "Street": f"Rua do Exemplo {i}",
        "City": ("Porto", "Braga", "Coimbra")[i % 3],
        "Zip": f"4000-{i % 1000:03d}",
    }


# -- Odoo's import -----------------------------------------------------------------


def import_files(env, files, **context):
    for name, content in files:
        # What the list of companies gives to its import.
        context["default_is_company"] = name == "companies.csv"
        _import_file(env(context={**env.context, **context}), name, content)


def _import_file(env, name, content):
    columns = content.split(b"\r\n", 1)[0].decode().split(",")
    names = [COLUMNS[column] for column in columns]
    wizard = env["base_import.import"].create(
        {
            "res_model": "res.partner",
            "file": content,
            "file_name": name,
            "file_type": "text/csv",
        }
    )
    skip = 0
    while True:
        result = wizard.execute_import(names, columns, _get_options(skip))
        if result["messages"]:
            sys.exit(f"Odoo's import refused the rows: {result['messages'][:3]}")
        env.cr.commit()
        env.invalidate_all()  # each call is a request of its own
        skip = result["nextrow"]
        if not skip:
            return


def _get_options(skip):
    return {
        "has_headers": True,
        "encoding": "utf-8",
        "separator": ",",
        "quoting": '"',
        "date_format": "",
        "datetime_format": "",
        "float_thousand_separator": ",",
        "float_decimal_separator": ".",
        "limit": BATCH,
        "skip": skip,
    }


# -- ours --------------------------------------------------------------------------


def migrate(env, files):
    """Read, load and verify the files as the command line does.

    :return: (kind of the run, phase) → ``Spent``
    """
    spent = {}
    last = [("start", "plan"), get_clock()]

    def report():
        def note(run):
            # Behind its last batch a run is in the next phase already.
            phase, begun = last
            spent[phase] = spent.get(phase, Spent(0)) + get_spent(begun)
            last[:] = (run.kind, run.phase), get_clock()

        return note

    said = []
    given = {"plan": PLAN, "secrets": {}, "files": files, "job": None}
    replay = env["crm.migration.replay"]
    with as_command_line(env.cr.dbname):
        status = replay._replay("run", given, said.append, report)
    job = env["crm.migration.job"].search([], order="id desc", limit=1)
    if status not in (0, 3) or job.difference_count:
        sys.exit(f"The migration ended with {status}:\n" + "\n".join(said))
    return spent


def as_command_line(database):
    """Return the block within which the command line works: nobody looks for garbage."""
    from odoo.addons.crm_migration.models.job.helpers import helping

    return helping(database, 0)


def migrate_with_workers(files, workers=None):
    """Read, load and verify the files by the command line; return the ``Spent``.

    Less what the same command takes that finds nothing to do: the start is in no figure.
    """
    more = ("--workers", str(workers)) if workers else ()
    with TemporaryDirectory() as folder, measured() as env:
        database = env.cr.dbname
        env.cr.rollback()
        plan = Path(folder, "plan.json")
        plan.write_text(json.dumps(PLAN))
        for name, content in files:
            Path(folder, name).write_bytes(content)
            more += ("--file", str(Path(folder, name)))
        given = ("-c", str(CONF), "-d", database, "--quiet")
        begun = get_clock()
        _call("verify", *given)
        idle = get_spent(begun)
        begun = get_clock()
        said = _call("run", str(plan), *more, *given)
        spent = get_spent(begun)
        job = env["crm.migration.job"].search([], order="id desc", limit=1)
        if job.run_id.kind != "verify" or job.run_id.state != "done":
            sys.exit(f"The migration did not come to its end:\n{said}")
        if job.difference_count:
            sys.exit(f"{job.difference_count} differences")
    return Spent(spent - idle, spent.cpu - idle.cpu)


def _call(*arguments):
    command = [ENV / "odoo-bin", f"--addons-path={ENV / 'addons'}", "crm_migration"]
    command = [*map(str, command), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


# -- side by side --------------------------------------------------------------------


def digest(env):
    """Return what both should have made, the same however it was made."""
    env.cr.execute(
        """
        SELECT count(*), md5(string_agg(row, '|' ORDER BY row))
          FROM (SELECT concat_ws('/', p.name, p.is_company, p.email, p.phone, p.street,
                                 p.city, p.zip, p.website, p.function,
                                 regexp_replace(p.comment, '<[^>]+>', '', 'g'),
                                 parent.name, p.complete_name, p.email_normalized) AS row
                  FROM res_partner p
                  LEFT JOIN res_partner parent ON parent.id = p.parent_id
                 WHERE p.email LIKE '%%.example') AS rows
        """
    )
    return env.cr.fetchone()


def bench_import(scale):
    companies, people = int(4000 * scale), int(20_000 * scale)
    files = write_files(companies, people)
    digests, parts = set(), []

    def measure(way, **context):
        def run():
            with measured() as env:
                begun = get_clock()
                part = way(env, files, **context)
                spent = get_spent(begun)
                digests.add(digest(env))
            if part:
                parts.append(part)
            return spent

        return run

    untracked = measure(import_files, tracking_disable=True)
    ways = measure(import_files), untracked, measure(migrate)
    own, own_untracked, our = alternately(*ways)
    if len(digests) > 1:
        sys.exit(f"The two ways made different contacts: {digests}")
    number = companies + people
    best = min(parts, key=lambda each: sum(each.values()))
    return {
        **compare("end to end / base_import", own, our),
        **compare("end to end / base_import, untracked", own_untracked, our),
        "end to end records/s": rate(number, our),
        "base_import records/s": rate(number, own),
        "end to end s": our,
        "base_import s": own,
        "base_import, untracked s": own_untracked,
        "end to end s, CPU": our.cpu,
        "base_import s, CPU": own.cpu,
        **{f"  {kind}: {phase} s": seconds for (kind, phase), seconds in best.items()},
    }


def bench_two_workers(scale):
    """The same with two workers; Odoo's import has one, however many there are."""
    if "--workers" not in _call("run", "--help"):
        raise Skip("this version has no option for several workers")
    companies, people = int(4000 * scale), int(20_000 * scale)
    files = write_files(companies, people)

    def theirs():
        with measured() as env:
            begun = get_clock()
            import_files(env, files)
            return get_spent(begun)

    own, one, two = alternately(
        theirs,
        lambda: migrate_with_workers(files),
        lambda: migrate_with_workers(files, 2),
    )
    return {
        **compare("end to end / base_import, two workers", own, two),
        "end to end, one worker s": one,
        "end to end, two workers s": two,
    }


BENCHES = {"import": bench_import, "import_two": bench_two_workers}
