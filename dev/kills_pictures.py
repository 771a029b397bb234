"""What a migration has filled, as digests without the ids that differ from time to time."""

from contextlib import closing

from databases import connect

# What Odoo works out from all deals together (scores) or numbers by itself is left out.
ROWS = {
    "partner": """
        SELECT p.name, p.email, p.phone, p.street, p.street2, p.city, p.zip, p.website,
               p.comment, p.function, p.vat, p.active, p.is_company, p.create_date,
               p.write_date, parent.name AS parent, country.code, u.login
          FROM res_partner p LEFT JOIN res_partner parent ON parent.id = p.parent_id
          LEFT JOIN res_country country ON country.id = p.country_id
          LEFT JOIN res_users u ON u.id = p.user_id
         WHERE p.id > 6""",
    "lead": """
        SELECT l.name, l.type, l.expected_revenue, l.active, l.description,
               l.email_from, l.phone, l.date_closed, l.date_deadline, l.create_date,
               s.name AS stage, p.name AS partner, u.login
          FROM crm_lead l LEFT JOIN crm_stage s ON s.id = l.stage_id
          LEFT JOIN res_partner p ON p.id = l.partner_id
          LEFT JOIN res_users u ON u.id = l.user_id""",
    "message": """
        SELECT m.model, m.date, m.subject, m.body, m.message_type, a.name
          FROM mail_message m LEFT JOIN res_partner a ON a.id = m.author_id
         WHERE m.id < 0""",
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
DIGEST = """
    SELECT %s, count(*), md5(string_agg(line, E'\\n' ORDER BY line))
      FROM (SELECT row_to_json(picture)::text AS line FROM ({rows}) AS picture) AS lines
"""


def take_picture(database):
    """Return (what, how many, digest) of everything that the migration fills."""
    with closing(connect(database)) as connection, connection.cursor() as cursor:
        picture = []
        for name, rows in ROWS.items():
            cursor.execute(DIGEST.format(rows=rows), [name])
            picture += cursor.fetchall()
    return picture
