"""Kill a migration again and again; its end must be that of one that was left alone.

The command line is killed (SIGKILL) after a while that grows, resumed, killed again,
until it comes to its end. Then every table it fills is compared with that of a migration
of the same company that nobody disturbed.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing

from databases import CONF, ENV, clone, connect, drop, odoo
from demo import ADDS_UP, write_plan
from systems import simulator

DATABASES = ("crm_migration_left_alone", "crm_migration_killed")
SCALE = 0.1
KILLS = 12
PICTURE = """
    SELECT 'partner', count(*), count(DISTINCT name), sum(color) FROM res_partner
    UNION ALL SELECT 'lead', count(*), count(DISTINCT name),
                     round(sum(expected_revenue)) FROM crm_lead
    UNION ALL SELECT 'message', count(*), count(DISTINCT md5(body)), NULL
                FROM mail_message WHERE id < 0
    UNION ALL SELECT 'activity', count(*), count(DISTINCT summary), NULL
                FROM mail_activity
    UNION ALL SELECT 'event', count(*), count(DISTINCT name), NULL FROM calendar_event
    UNION ALL SELECT 'attendee', count(*), NULL, NULL FROM calendar_attendee
    UNION ALL SELECT 'file', count(*), count(DISTINCT checksum), sum(file_size)
                FROM ir_attachment WHERE id IN (
                    SELECT res_id FROM crm_migration_id_map
                     WHERE res_model = 'ir.attachment')
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
        process = subprocess.Popen(
            command(action, database), env=environment, stdout=subprocess.DEVNULL
        )
        patience = 4 + 0.7 * killed if killed < kills else None
        try:
            status = process.wait(patience)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
            has_job = take_picture(database, "SELECT count(*) FROM crm_migration_job")
            action = ["resume"] if has_job[0][0] else action
            continue
        if status not in ADDS_UP:
            sys.exit(f"The migration into {database} ended with {status}.")
        return killed


def take_picture(database, query=PICTURE):
    with closing(connect(database)) as connection, connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def main():
    pictures = []
    with simulator("concord", SCALE) as settings:
        plan = ENV / "crash_plan.json"
        secrets = write_plan("concord", settings, plan)
        for database, kills in zip(DATABASES, (0, KILLS), strict=True):
            clone(database)
            odoo(
                "-d", database, "-i", "crm_migration", "--stop-after-init", "--no-http"
            )
            begun = time.monotonic()
            killed = migrate(secrets, database, plan, kills)
            spent = time.monotonic() - begun
            print(f"{database}: killed {killed} times, {spent:.0f} s", flush=True)
            pictures.append(take_picture(database))
    different = set(pictures[0]) ^ set(pictures[1])
    for database in DATABASES:
        drop(database)
    if different or not killed:
        sys.exit(f"Not the same: {sorted(map(str, different))}")
    print(f"the same in {len(pictures[0])} figures")


if __name__ == "__main__":
    main()
