"""Owners whose records somebody else takes over, and back: 250 owners, 100,000 references."""

import sys

from bench_data import PERSON, get_leads, get_meetings, get_people, get_todos
from bench_measure import CPU, AtMost, get_clock, get_spent
from bench_work import create_job, measured, stage, work

from connectors.mapping.vocabulary import field, lookup_all, mapping, owner, strip

GOALS = {
    "reassign 250 owners × 100,000, s": AtMost(60),
    "undo it, s": AtMost(60),
}
OWNERS, REFERENCES = 250, 100_000
WHO = field("user_id", "who", owner)
FURTHER = (
    mapping("contacts", "res.partner", WHO, *PERSON),
    mapping(
        "deals",
        "crm.lead",
        field("name", "name", strip, required=True),
        field("@created_at", "at", strip),
        field("@updated_at", "at", strip),
        WHO,
    ),
    mapping(
        "todos",
        "mail.activity",
        field("summary", "title", strip),
        field("date_deadline", "day", strip, required=True),
        field("@thread", "contact", lookup_all("contacts", "")),
        WHO,
        after=("contacts",),
    ),
    mapping(
        "meetings",
        "calendar.event",
        field("name", "title", strip, required=True),
        field("start", "start", strip),
        field("stop", "stop", strip),
        WHO,
    ),
)


def bench_owners(scale):
    """A fifth each meetings and to-dos, the others contacts and deals."""
    number = int(REFERENCES * scale)
    contacts, deals = get_people(number * 3 // 10)[1], get_leads(number * 3 // 10)
    todos = get_todos(number // 5, len(contacts))
    meetings = get_meetings(number // 5, len(contacts))
    rows = {"contacts": contacts, "deals": deals, "todos": todos, "meetings": meetings}
    with measured() as env:
        job = create_job(env, FURTHER)
        for stream, given in rows.items():
            for place, row in enumerate(given):
                row["who"] = f"owner{place % OWNERS}@example.test"
            stage(job, stream, given)
        job.owner_policy = "placeholder"
        work(job, "transform", "load", "link")
        job.run_id.state = "done"
        job._follow_decisions()
        users = create_users(env)
        env.cr.commit()
        owners = job.owner_ids.sorted("key")
        begun = get_clock()
        done = job._reassign(dict(zip(owners, users, strict=True)))
        env.cr.commit()
        there, moved = get_spent(begun), done.moved_count
        begun = get_clock()
        done.action_undo()
        env.cr.commit()
        back = get_spent(begun)
        wanted = sum(map(len, rows.values()))
        if (len(owners), moved, done.back_count) != (OWNERS, wanted, wanted):
            sys.exit(f"{moved} and {done.back_count} of {wanted}, {len(owners)} owners")
    return {
        "reassign 250 owners × 100,000, s": there,
        f"reassign 250 owners × 100,000, s{CPU}": there.cpu,
        "undo it, s": back,
        f"undo it, s{CPU}": back.cpu,
    }


def create_users(env):
    """Return as many users as there are owners; Odoo greets nobody."""
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            [
                {"name": f"Seller {number}", "login": f"seller{number}@example.test"}
                for number in range(OWNERS)
            ]
        )
    )


BENCHES = {"owners": bench_owners}
ONLY_BY_NAME = {"owners"}
