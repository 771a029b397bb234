"""Kill a migration again and again; its end must be that of one that was left alone.

The command line is killed (SIGKILL) after a while that grows, resumed, killed again,
until it comes to its end. Two others are killed and paused in the middle of the load, and
the addon is updated (``-u``) before they go on. Then every table they fill is compared with that of
a migration of the same company that nobody disturbed.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from tempfile import TemporaryFile

from databases import CONF, ENV, clone, connect, drop, odoo
from demo import ADDS_UP, write_plan
from systems import simulator

ALONE, KILLED, UPDATED, PAUSED = (
    f"crm_migration_{name}" for name in ("left_alone", "killed", "updated", "paused")
)
SCALE = 0.1
KILLS = 12
PICTURE = """
    SELECT 'partner', count(*), count(DISTINCT name), sum(color)::text FROM res_partner
    UNION ALL SELECT 'lead', count(*), count(DISTINCT name),
                     round(sum(expected_revenue))::text FROM crm_lead
    UNION ALL SELECT 'message', count(*), count(DISTINCT md5(body)), NULL
                FROM mail_message WHERE id < 0
    UNION ALL SELECT 'activity', count(*), count(DISTINCT summary), NULL
                FROM mail_activity
    UNION ALL SELECT 'event', count(*), count(DISTINCT name), NULL FROM calendar_event
    UNION ALL SELECT 'attendee', count(*), NULL, NULL FROM calendar_attendee
    UNION ALL SELECT 'file', count(*), count(DISTINCT checksum), sum(file_size)::text
                FROM ir_attachment WHERE id IN (
                    SELECT res_id FROM crm_migration_id_map
                     WHERE res_model = 'ir.attachment')
    UNION ALL SELECT 'partners', NULL, NULL, md5(string_agg(concat_ws('|', name, email,
                     phone, city, active, create_date, write_date), '#'
                     ORDER BY name, email, phone, create_date))::text
                FROM res_partner WHERE id IN (
                    SELECT res_id FROM crm_migration_id_map
                     WHERE res_model = 'res.partner')
    UNION ALL SELECT 'leads', NULL, NULL, md5(string_agg(concat_ws('|', name,
                     expected_revenue, won_status, date_closed, create_date, write_date),
                     '#' ORDER BY name, create_date))::text FROM crm_lead
    UNION ALL SELECT 'id map ' || res_model || outcome, count(*), NULL, NULL
                FROM crm_migration_id_map GROUP BY res_model, outcome
    UNION ALL SELECT 'staging ' || stream || state, count(*),
                     count(DISTINCT source_id), NULL
                FROM crm_migration_record GROUP BY stream, state
     ORDER BY 1
"""


def command(action, database):
    arguments = [ENV / "odoo-bin", f"--addons-path={ENV / 'addons'}", "crm_migration"]
    return [
        str(a) for a in [*arguments, *action, "-c", CONF, "-d", database, "--quiet"]
    ]


def migrate(secrets, database, plan, kills):
    """Run to the end; return how often it was killed on the way."""
    environment = {**os.environ, **secrets}
    action, killed = ["run", plan], 0
    while True:
        with TemporaryFile("w+") as said:
            process = subprocess.Popen(
                command(action, database), env=environment, stdout=said
            )
            patience = 4 + 0.7 * killed if killed < kills else None
            try:
                status = process.wait(patience)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed += 1
                if is_over(database):  # nothing was left but to print the sums
                    return killed
                query = "SELECT count(*) FROM crm_migration_job"
                has_job = take_picture(database, query)
                action = ["resume"] if has_job[0][0] else action
                continue
            if status not in ADDS_UP:
                said.seek(0)
                print(said.read())
                sys.exit(f"The migration into {database} ended with {status}.")
            return killed


def is_over(database):
    """Tell whether the verification has come to its end."""
    last = take_picture(
        database, "SELECT kind, state FROM crm_migration_run ORDER BY id DESC LIMIT 1"
    )
    return [tuple(row) for row in last] == [("verify", "done")]


def migrate_and_update(secrets, database, plan, stop):
    """Stop it in the middle of the load, update the addon, and let it go on."""
    environment = {**os.environ, **secrets}
    process = subprocess.Popen(
        command(["run", plan], database), env=environment, stdout=subprocess.DEVNULL
    )
    query = "SELECT count(*) FROM crm_migration_id_map WHERE res_model = 'crm.lead'"
    while not take_picture(database, query)[0][0]:
        if process.poll() is not None:
            sys.exit("It came to its end before it could be stopped.")
        time.sleep(0.1)
    stop(process, database)
    process.wait()
    phases = take_picture(
        database, "SELECT kind, phase, state FROM crm_migration_run ORDER BY id"
    )
    odoo("-d", database, "-u", "crm_migration", "--stop-after-init", "--no-http")
    done = subprocess.run(
        command(["resume"], database),
        env=environment,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode not in ADDS_UP:
        sys.exit(f"The migration into {database} ended with {done.returncode}.")
    return phases[-1]


def kill(process, _database):
    process.send_signal(signal.SIGKILL)


def pause(process, database):
    """Do what the button does in another process, until the command heeds it."""
    query = """
        UPDATE crm_migration_run SET state = 'paused' WHERE id = (
            SELECT max(id) FROM crm_migration_run) AND state = 'running'
    """
    with closing(connect(database)) as connection:
        with connection, connection.cursor() as cursor:
            cursor.execute(query)
            if not cursor.rowcount:
                sys.exit("It came to its end before it could be paused.")
    process.wait(60)


def take_picture(database, query=PICTURE):
    with closing(connect(database)) as connection, connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def main():
    databases, pictures = (ALONE, KILLED, UPDATED, PAUSED), {}
    with simulator("concord", SCALE) as settings:
        plan = ENV / "crash_plan.json"
        secrets = write_plan("concord", settings, plan)
        for database in databases:
            clone(database)
            odoo(
                "-d", database, "-i", "crm_migration", "--stop-after-init", "--no-http"
            )
            begun = time.monotonic()
            if database in (UPDATED, PAUSED):
                stop = kill if database == UPDATED else pause
                at = migrate_and_update(secrets, database, plan, stop)
                done = "killed" if stop is kill else "paused"
                told = f"{done} and updated at {at}"
            else:
                killed = migrate(secrets, database, plan, KILLS * (database == KILLED))
                told = f"killed {killed} times"
            spent = time.monotonic() - begun
            print(f"{database}: {told}, {spent:.0f} s", flush=True)
            pictures[database] = take_picture(database)
    different = [
        (name, str(row))
        for name in (KILLED, UPDATED, PAUSED)
        for row in set(pictures[name]) ^ set(pictures[ALONE])
    ]
    for database in databases:
        drop(database)
    if different:
        sys.exit(f"Not the same: {sorted(different)}")
    print(f"the same in {len(pictures[ALONE])} figures")


if __name__ == "__main__":
    main()
