"""What a load would take if nothing but its statements took time: how far a goal can go.

What the addon has loaded is taken away and put back as it was, each table by one statement
from a copy within the server: the values of the staged records, the rows of Odoo with all
their indexes and foreign keys, the id map, the state of what was staged. No line of Python
runs, nothing is read, computed, matched or checked. No way of loading the same is faster
that keeps these tables.

The second rate adds what transform and match take of the same records: what would come out
if all Python of the load itself took no time. A goal above it is out of reach for a load,
however it is written.
"""

from bench_data import get_leads, get_meetings, get_people, get_tasks, get_todos
from bench_load import load_by_phase
from bench_measure import CPU, fastest, get_clock, get_spent, rate
from bench_planned import CONTACTS, get_before
from bench_work import measured

FURTHER = {
    "calendar_event": (
        ("calendar_attendee", "event_id"),
        ("calendar_event_res_partner_rel", "calendar_event_id"),
    ),
}
"""Table → (table, column) of the rows that belong to its own."""


def bench_floors(scale):
    companies, people = get_people(int(5000 * scale))
    todos = get_todos(int(3000 * scale), CONTACTS)
    meetings = get_meetings(int(3000 * scale), CONTACTS)
    project = {"projects": [{"id": 0, "name": "Hall"}]}
    cases = (
        ("partners", "A", {}, {"companies": companies, "contacts": people}),
        ("leads", "A", {}, {"deals": get_leads(int(2000 * scale))}),
        ("activities", "A", get_before(), {"todos": todos}),
        ("meetings", "A", get_before(), {"meetings": meetings}),
        ("tasks", "tasks", project, {"tasks": get_tasks(int(2000 * scale))}),
    )
    found = {}
    for what, *case in cases:
        found |= measure_one(what, *case)
    return found


def measure_one(what, world, before, streams):
    staged, loaded, ahead = fastest(lambda: put_back(world, before, streams), 2)
    number = sum(map(len, streams.values()))
    titles = {
        f"{what}: statements alone records/s": staged + loaded,
        f"{what}: with transform and match records/s": ahead + loaded,
    }
    found = {title: rate(number, each) for title, each in titles.items()}
    return found | {f"{t}{CPU}": rate(number, each.cpu) for t, each in titles.items()}


def put_back(world, before, streams):
    """Return the ``Spent`` of writing what was transformed, and what was loaded, once more;
    and that of transform and match themselves."""
    with measured(world) as env:
        seconds, _longest, job = load_by_phase(env, before, streams)
        stream_ids = job.stream_ids.filtered(lambda s: s.name in streams).ids
        cr = env.cr
        tables = take_away(cr, job, stream_ids, list(streams))
        cr.commit()
        cr.execute("ANALYZE")
        begun = get_clock()
        cr.execute(
            'UPDATE crm_migration_record AS record SET "values" = kept."values",'
            " name = kept.name, state = 'ready' FROM kept_record AS kept"
            " WHERE kept.id = record.id"
        )
        cr.commit()
        staged, begun = get_spent(begun), get_clock()
        for table in tables:
            cr.execute(f'INSERT INTO "{table}" SELECT * FROM "kept_{table}"')
        cr.execute("INSERT INTO crm_migration_id_map SELECT * FROM kept_map")
        cr.execute(
            "UPDATE crm_migration_record AS record SET state = 'loaded',"
            " res_model = kept.res_model, res_id = kept.res_id"
            " FROM kept_record AS kept WHERE kept.id = record.id"
        )
        cr.commit()
        return staged, get_spent(begun), seconds["transform"] + seconds["match"]


def take_away(cr, job, stream_ids, streams):
    """Move what was loaded aside; return its tables in the order of their links."""
    given = {"job": job.id, "ids": stream_ids, "streams": streams}
    cr.execute(
        "CREATE TABLE kept_record AS SELECT * FROM crm_migration_record"
        " WHERE stream_id = ANY(%(ids)s) ORDER BY id",
        given,
    )
    cr.execute(
        "CREATE TABLE kept_map AS SELECT * FROM crm_migration_id_map"
        " WHERE job_id = %(job)s AND stream = ANY(%(streams)s) ORDER BY id",
        given,
    )
    cr.execute("SELECT DISTINCT res_model FROM kept_map")
    [main] = (job.env[name]._table for (name,) in cr.fetchall())
    tables = [(main, "id"), *FURTHER.get(main, ())]
    for table, column in tables:
        cr.execute(
            f'CREATE TABLE "kept_{table}" AS SELECT * FROM "{table}"'
            f" WHERE {column} IN (SELECT res_id FROM kept_map) ORDER BY 1"
        )
    for table, column in reversed(tables):
        cr.execute(
            f'DELETE FROM "{table}" WHERE {column} IN (SELECT res_id FROM kept_map)'
        )
    cr.execute("DELETE FROM crm_migration_id_map WHERE id IN (SELECT id FROM kept_map)")
    cr.execute(
        "UPDATE crm_migration_record SET \"values\" = NULL, state = 'extracted',"
        " res_id = NULL WHERE id IN (SELECT id FROM kept_record)"
    )
    return [table for table, _column in tables]


BENCHES = {"floors": bench_floors}
ONLY_BY_NAME = ("floors",)
