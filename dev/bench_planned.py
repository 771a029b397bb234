"""Activities, meetings and tasks beside Odoo's ``create``; and how fast they are verified."""

import sys

from bench_data import get_meetings, get_people, get_tasks, get_todos
from bench_load import create, load_ours, side_by_side
from bench_measure import CPU, fastest, rate
from bench_work import measured, work

CONTACTS = 200
"""People that activities hang on and meetings invite, there before the clock runs."""


def bench_activities(scale):
    todos = get_todos(int(3000 * scale), CONTACTS)

    def theirs(env):
        people = create_people(env)
        kind = env.ref("mail.mail_activity_data_todo").id
        model = env["ir.model"]._get_id("res.partner")
        values = [
            {
                "summary": row["title"],
                "date_deadline": row["day"],
                "note": row["text"],
                "activity_type_id": kind,
                "res_model_id": model,
                "res_id": people[row["contact"]],
            }
            for row in todos
        ]
        return create(env, "mail.activity", values)

    def ours(env):
        return load_ours(env, get_before(), {"todos": todos})[0]

    ways = {"activities / ORM create": theirs}
    return side_by_side("activities", len(todos), ways, ours)


def bench_meetings(scale):
    meetings = get_meetings(int(3000 * scale), CONTACTS)

    def theirs(env):
        people = create_people(env)
        values = [
            {
                "name": row["title"],
                "start": row["start"],
                "stop": row["stop"],
                "description": row["text"],
                "location": row["place"],
                "user_id": False,
                "partner_ids": [(6, 0, [people[guest] for guest in row["guests"]])],
            }
            for row in meetings
        ]
        spent = create(env, "calendar.event", values)
        check_attendees(env, len(meetings))
        return spent

    def ours(env):
        spent = load_ours(env, get_before(), {"meetings": meetings})[0]
        check_attendees(env, len(meetings))
        return spent

    ways = {"meetings / ORM create": theirs}
    return side_by_side("meetings", len(meetings), ways, ours)


def bench_tasks(scale):
    tasks = get_tasks(int(2000 * scale))

    def theirs(env):
        project = env["project.project"].create({"name": "Hall"}).id
        values = [
            {
                "name": row["title"],
                "description": row["text"],
                "date_deadline": row["due"],
                "priority": row["priority"],
                "project_id": project,
                "company_id": env.company.id,
            }
            for row in tasks
        ]
        return create(env, "project.task", values)

    def ours(env):
        before = {"projects": [{"id": 0, "name": "Hall"}]}
        return load_ours(env, before, {"tasks": tasks})[0]

    ways = {"tasks / ORM create": theirs}
    return side_by_side("tasks", len(tasks), ways, ours, "tasks")


def get_before():
    return {"contacts": get_people(CONTACTS)[1]}


def create_people(env):
    """Return the ids of the contacts, as ``create`` makes them."""
    names = [
        {"name": row["name"], "email": row["email"]} for row in get_before()["contacts"]
    ]
    return env["res.partner"].create(names).ids


def check_attendees(env, meetings):
    """Stop where the two ways do not do the same work."""
    found = env["calendar.attendee"].search_count([])
    if found != 2 * meetings:
        sys.exit(f"{found} attendees of {meetings} meetings, 2 each")


def bench_verify(scale):
    """Every value compared and accounted for: what a verification does, all of it."""
    companies, people = get_people(int(10_000 * scale))
    meetings = get_meetings(int(1000 * scale), CONTACTS)
    streams = {"companies": companies, "contacts": people, "meetings": meetings}
    with measured() as env:
        job = load_ours(env, {}, streams)[2]

        def verify():
            seconds, longest = work(job, "verify", "cover")
            if job.difference_count:
                sys.exit(f"{job.difference_count} differences")
            compared, total = job.run_id.compared_count, sum(seconds.values())
            return total, seconds["verify"], seconds["cover"], compared, longest

        total, verified, covered, compared, longest = fastest(verify)
    return {
        "verified values/s": rate(compared, total),
        f"verified values/s{CPU}": rate(compared, total.cpu),
        "compared alone, values/s": rate(compared, verified),
        "coverage alone, values/s": rate(compared, covered),
        "verify: longest batch s": longest,
    }


BENCHES = {
    "activities": bench_activities,
    "meetings": bench_meetings,
    "tasks": bench_tasks,
    "verify": bench_verify,
}
