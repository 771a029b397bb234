"""Take back a load of everything a deal has, beside Odoo's own deletion of the same."""

from contextlib import contextmanager

from bench_data import get_leads, get_notes, get_people
from bench_measure import CPU, compare, fastest, get_clock, get_spent, rate
from bench_work import create_job, measured, stage, work

from connectors.mapping.vocabulary import constant, field, lookup_all, mapping, strip

GOALS = {"rolled back records/s": 10_000}

THREAD = field("@thread", "deal", lookup_all("deals", ""))
FURTHER = (
    mapping(
        "todos",
        "mail.activity",
        field("summary", "name", strip),
        field("date_deadline", "due", strip),
        THREAD,
        after=("deals",),
    ),
    mapping(
        "meetings",
        "calendar.event",
        field("name", "name", strip, required=True),
        field("start", "start", strip),
        field("stop", "stop", strip),
        field("@partners", "people", lookup_all("contacts", ";")),
        field("@private", None, constant(False)),
        THREAD,
        after=("contacts", "deals"),
    ),
)


def bench_rollback(scale):
    """As many contacts, deals, to-dos, meetings and messages, all linked and untouched."""
    number = int(4_000 * scale)
    ours, own, count = fastest(lambda: time_rollback(number), times=2)
    return {
        "rolled back records/s": rate(count, ours),
        f"rolled back records/s{CPU}": rate(count, ours.cpu),
        "ORM unlink records/s": rate(count, own),
        **compare("rollback / ORM unlink", own, ours),
    }


def time_rollback(number):
    """Return the ``Spent`` of a rollback, that of ``unlink``, and how many records it was."""
    with loaded(number) as (_env, job, count):
        ours = roll_back(job)
    with loaded(number) as (env, job, _count):
        own = time_unlink(env, job)
    return ours, own, count


@contextmanager
def loaded(number):
    """Give a database in which a migration has loaded five objects."""
    companies, people = get_people(number)
    deals, notes = get_leads(number), get_notes(number, number)
    for position, deal in enumerate(deals):
        deal["company"] = position % len(companies)
    todos = [
        {"id": n, "name": f"Call {n}", "due": "2031-04-05", "deal": n}
        for n in range(number)
    ]
    meetings = [
        {
            "id": n,
            "name": f"Tiles {n}",
            "start": "2021-03-04 10:00:00",
            "stop": "2021-03-04 11:00:00",
            "people": f"{n}",
            "deal": n,
        }
        for n in range(number)
    ]
    rows = {
        "companies": companies,
        "contacts": people,
        "deals": deals,
        "notes": notes,
        "todos": todos,
        "meetings": meetings,
    }
    with measured() as env:
        job = create_job(env, FURTHER)
        for stream, given in rows.items():
            stage(job, stream, given)
        work(job, "transform", "load", "link")
        maps = env["crm.migration.id.map"].search_count([("job_id", "=", job.id)])
        if maps != sum(map(len, rows.values())):
            raise SystemExit(f"not everything is loaded: {maps}")
        yield env, job, maps


def roll_back(job):
    """Take all of it back; return the ``Spent`` of the phase.

    :raises SystemExit: something stayed
    """
    seconds, _longest = work(job, "rollback", kind="rollback")
    left = job.env["crm.migration.id.map"].search_count([("job_id", "=", job.id)])
    if left:
        raise SystemExit(f"{left} records were not taken back")
    return seconds["rollback"]


def time_unlink(env, job):
    """Return the ``Spent`` in which the ORM deletes the same records, 500 at once."""
    quiet = env["crm.migration.target"]._without_side_effects(job).env
    maps = env["crm.migration.id.map"].search(
        [("job_id", "=", job.id)], order="id desc"
    )
    groups = [
        (model, group.mapped("res_id"))
        for model, group in maps.grouped("res_model").items()
    ]
    begun = get_clock()
    for model, ids in groups:
        for start in range(0, len(ids), 500):
            quiet[model].browse(ids[start : start + 500]).unlink()
            env.cr.commit()
            env.invalidate_all()
    return get_spent(begun)


BENCHES = {"rollback": bench_rollback}
