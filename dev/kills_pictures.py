"""What a migration has filled, as digests without the ids that differ from time to time.

An id within a text is not left out: what stands behind it is put in its place, so that a
link to another record, or a picture that nobody may see, is a difference.
"""

import hashlib
import json
import re
import sys
from collections import Counter
from contextlib import closing

from databases import CONF, connect

PICTURES = CONF.parent / "kills_alone.json"
"""What one that was left alone has become; the company is always the same."""

# What Odoo works out from all deals together (scores) or numbers by itself is left out.
ROWS = {
    "partner": """
        SELECT p.name, p.email, p.phone, p.street, p.street2, p.city, p.zip, p.website,
               p.comment, p.function, p.vat, p.active, p.is_company,
               {create_date} AS create_date, {write_date} AS write_date, {made} AS made,
               parent.name AS parent, country.code, u.login
          FROM res_partner p LEFT JOIN res_partner parent ON parent.id = p.parent_id
          LEFT JOIN res_country country ON country.id = p.country_id
          LEFT JOIN res_users u ON u.id = p.user_id
         WHERE NOT EXISTS (SELECT FROM ir_model_data AS known
                            WHERE known.model = 'res.partner' AND known.res_id = p.id)""",
    "lead": """
        SELECT l.name, l.type, l.expected_revenue, l.active, l.description,
               l.email_from, l.phone, l.date_closed, l.date_deadline, l.create_date,
               {made} AS made,
               s.name AS stage, p.name AS partner, u.login
          FROM crm_lead l LEFT JOIN crm_stage s ON s.id = l.stage_id
          LEFT JOIN res_partner p ON p.id = l.partner_id
          LEFT JOIN res_users u ON u.id = l.user_id""",
    "message": """
        SELECT m.model, m.date, m.subject, m.body, m.message_type, a.name
          FROM mail_message m LEFT JOIN res_partner a ON a.id = m.author_id
         WHERE m.id < 0""",
    "history": """
        SELECT m.model, m.date, f.name, t.old_value_char, t.new_value_char,
               t.old_value_float, t.new_value_float, t.old_value_datetime,
               t.new_value_datetime
          FROM mail_tracking_value t JOIN mail_message m ON m.id = t.mail_message_id
          LEFT JOIN ir_model_fields f ON f.id = t.field_id""",
    "activity": """
        SELECT a.res_model, a.summary, a.note, a.date_deadline, a.active, a.res_name,
               u.login
          FROM mail_activity a LEFT JOIN res_users u ON u.id = a.user_id""",
    "event": """
        SELECT e.name, e.start, e.stop, e.allday, e.location, e.description
          FROM calendar_event e""",
    "attendee": """
        SELECT e.name, p.name AS partner, a.state FROM calendar_attendee a
          JOIN calendar_event e ON e.id = a.event_id
          JOIN res_partner p ON p.id = a.partner_id""",
    "file": """
        SELECT f.name, f.checksum, f.file_size, f.res_model FROM ir_attachment f
         WHERE f.id IN (SELECT res_id FROM crm_migration_id_map
                         WHERE res_model = 'ir.attachment')""",
    "tag": "SELECT t.name FROM crm_tag t",
    "stage": "SELECT s.name, s.sequence, s.is_won FROM crm_stage s",
    "field": """
        SELECT f.model, f.name, f.ttype, f.relation FROM ir_model_fields f
         WHERE f.state = 'manual'""",
    "staging": """
        SELECT r.stream, r.source_id, r.state, md5(r.payload::text)
          FROM crm_migration_record r""",
    "id map": """
        SELECT m.stream, m.source_id, m.part, m.res_model, m.outcome,
               m.rollback_action, m.values_hash FROM crm_migration_id_map m""",
    "duplicate": """
        SELECT r.stream, r.source_id, d.kind, d.score, d.decision, d.other_name
          FROM crm_migration_duplicate d
          JOIN crm_migration_record r ON r.id = d.record_id""",
    "difference": """
        SELECT d.stream, d.source_id, d.field, d.kind, d.state
          FROM crm_migration_difference d""",
    "coverage": """
        SELECT s.name, c.field, c.kind, c.count FROM crm_migration_coverage c
          JOIN crm_migration_stream s ON s.id = c.stream_id""",
    "match tables": """
        SELECT c.relname FROM pg_class c WHERE c.relname LIKE 'crm_migration_match_%%'""",
}
MADE = """
    (SELECT jsonb_object_agg(key, value ORDER BY key) FROM jsonb_each(to_jsonb({0}))
      WHERE key LIKE 'x\\_%')"""
"""The values of the fields that the migration has made."""

DATED = """
    CASE WHEN p.{0} BETWEEN (SELECT min(create_date) FROM crm_migration_job)
                        AND now() AT TIME ZONE 'UTC'
         THEN 'while it migrated' ELSE p.{0}::text END"""
"""Placeholders of users have no day in the source, and are made at another moment each time."""

PATH = re.compile(r"/odoo/([a-z_.]+)/(\d+)")
MARK = re.compile(r'data-oe-model=\\"([a-z_.]+)\\" data-oe-id=\\"(\d+)\\"')
FILE = re.compile(r"/web/(image|content)/(\d+)(?:\?access_token=([0-9a-f-]+))?")
SOURCES = """
    SELECT res_model, res_id, string_agg(concat_ws(':', stream, source_id, part), ' '
                                         ORDER BY stream, source_id, part)
      FROM crm_migration_id_map GROUP BY res_model, res_id
"""
FILES = "SELECT id, access_token, name, checksum, res_model FROM ir_attachment"


class Words:
    """Says what stands behind the ids that texts hold."""

    def __init__(self, cursor):
        cursor.execute(SOURCES)
        self.sources = {
            (model, res_id): text for model, res_id, text in cursor.fetchall()
        }
        cursor.execute(FILES)
        self.files = {row[0]: row[1:] for row in cursor.fetchall()}

    def name(self, line):
        """Return a line of JSON with words in the place of ids."""
        line = MARK.sub(self.name_record, PATH.sub(self.name_record, line))
        return FILE.sub(self.name_file, line)

    def name_record(self, match):
        model, res_id = match.groups()
        return f"[{model} {self.sources.get((model, int(res_id)), res_id)}]"

    def name_file(self, match):
        kind, res_id, token = match.groups()
        own, *file = self.files.get(int(res_id), (None, res_id, "nowhere"))
        seen = "by all" if token and token == own else f"by token {token}"
        return f"[{kind} {file} seen {seen if token else 'by those who may'}]"


def take_picture(database):
    """Return (what, how many, digest) of everything that the migration fills."""
    with closing(connect(database)) as connection, connection.cursor() as cursor:
        words = Words(cursor)
        return [
            (name, len(lines), hashlib.md5("\n".join(lines).encode()).hexdigest())
            for name in ROWS
            for lines in [get_lines(cursor, name, words)]
        ] + count_choices(cursor)


def get_lines(cursor, name, words):
    """Return the rows of one table as sorted texts."""
    parts = {day: DATED.format(day) for day in ("create_date", "write_date")}
    parts["made"] = MADE.format("l" if name == "lead" else "p")
    rows = ROWS[name].format(**parts)
    cursor.execute(f"SELECT row_to_json(picture)::text FROM ({rows}) AS picture")
    return sorted(words.name(line) for [line] in cursor.fetchall())


def count_choices(cursor):
    """Return (table, rows) of the choices in the fields that the migration has made."""
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relname LIKE 'x_crm_migration_%_rel' ORDER BY 1"
    )
    tables = [table for [table] in cursor.fetchall()]
    counts = []
    for table in tables:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        counts.append((table, *cursor.fetchone()))
    return counts


def write_pictures(scale, pictures):
    PICTURES.write_text(json.dumps([scale, pictures]))


def read_pictures(scale):
    known, pictures = json.loads(PICTURES.read_text())
    if known != scale:
        sys.exit(f"The one that was left alone had the size {known}.")
    return [list(map(tuple, picture)) for picture in pictures]


def compare(name, alone, others):
    """Show that a way has ended as one that was left alone, behind the rollback as well."""
    for place, one, other in zip(("taken back", "end"), alone, others, strict=True):
        if different := set(one) ^ set(other):
            sys.exit(
                f"Not the same, {name}, {place}: {sorted(map(str, different))}\n"
                "python dev/kills_pictures.py A B shows the rows of two databases"
            )
    print(f"  {name}: the same in {sum(map(len, alone))} figures", flush=True)


def main():
    """Show which rows two databases do not share: ``python dev/kills_pictures.py A B``."""
    rows = []
    for database in sys.argv[1:3]:
        with closing(connect(database)) as connection, connection.cursor() as cursor:
            words = Words(cursor)
            rows.append({n: Counter(get_lines(cursor, n, words)) for n in ROWS})
    one, other = rows
    for name in ROWS:
        for sign, lines in (
            ("-", one[name] - other[name]),
            ("+", other[name] - one[name]),
        ):
            for line in lines.elements():
                print(sign, name, line)


if __name__ == "__main__":
    main()
