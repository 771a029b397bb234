"""Messages beside Odoo's ``create``, and beside a bare COPY of what came out."""

import io

from bench_data import get_leads, get_notes
from bench_measure import Spent, compare, fastest, get_clock, get_spent, rate
from bench_work import create_job, measured, stage, work

GOALS = {"messages / ORM create": 12, "messages / bare COPY": 0.75}

COPIED = ("mail_message", "crm_migration_id_map")


def bench_messages(scale):
    number = int(20_000 * scale)
    leads, notes = get_leads(200), get_notes(number, 200)
    few = notes[: number // 4]
    own, ours, bare = fastest(lambda: time_messages(leads, notes, few))
    part = number / len(few)
    own = Spent(own * part, own.cpu * part)
    return {
        "messages records/s": rate(number, ours),
        "messages ORM create records/s": rate(number, own),
        **compare("messages / ORM create", own, ours),
        "messages bare COPY records/s": rate(number, bare),
        **compare("messages / bare COPY", bare, ours),
    }


def time_messages(leads, notes, few):
    """Return the ``Spent`` of ``create`` of a few, of our load, and of a bare COPY."""
    with measured() as env:
        own = time_create(env, few)
    with measured() as env:
        job = create_job(env)
        stage(job, "deals", leads)
        work(job, "transform", "load")
        stage(job, "notes", notes)
        work(job, "transform")
        seconds, _longest = work(job, "load")
        bare = time_bare_copy(env)
    return own, seconds["load"], bare


def time_create(env, notes):
    lead = env["crm.lead"].with_context(tracking_disable=True).create({"name": "One"})
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
    begun = get_clock()
    env["mail.message"].create(values)
    env.cr.commit()
    return get_spent(begun)


def time_bare_copy(env):
    """Write the finished rows again, into the same tables with all that is on them."""
    from psycopg2 import extensions

    # The callback by which Odoo waits does not know COPY.
    callback = extensions.get_wait_callback()
    extensions.set_wait_callback(None)
    cursor, files = env.cr._obj, {}
    try:
        for table, where in zip(COPIED, ("id < 0", "stream = 'notes'"), strict=True):
            files[table] = io.StringIO()
            query = f"SELECT * FROM {table} WHERE {where} ORDER BY id"
            cursor.copy_expert(f"COPY ({query}) TO STDOUT", files[table])
            cursor.execute(f"DELETE FROM {table} WHERE {where}")
            env.cr.commit()
        begun = get_clock()
        for table, file in files.items():
            file.seek(0)
            cursor.copy_expert(f"COPY {table} FROM STDIN", file)
        env.cr.commit()
        return get_spent(begun)
    finally:
        extensions.set_wait_callback(callback)


BENCHES = {"messages": bench_messages}
