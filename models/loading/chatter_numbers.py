"""Ids of messages given out before they are loaded, to all of a mapping at once.

A message that is loaded has its own, and so has the one of a to-do that was done.
"""

from odoo import models
from odoo.tools import SQL

from .chatter_order import LOWEST
from .usage import as_array

_MOMENT = (
    r"^[0-9]{4}-(0[1-9]|1[0-2])-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}|[^0-9]|$)|$)"
)
"""An instant as it is staged; whatever its digits are, the server can count with them."""

_SECONDS = """
    (make_date(greatest(left(moment, 4)::int, 1), substr(moment, 6, 2)::int, 1)
        - date '1990-01-01' + substr(moment, 9, 2)::int - 1)::bigint * 86400
    + CASE WHEN length(moment) > 10
           THEN substr(moment, 12, 2)::int * 3600 + substr(moment, 15, 2)::int * 60
           ELSE 0 END
    + CASE WHEN substr(moment, 17, 1) = ':' THEN substr(moment, 18, 2)::int ELSE 0 END
    - CASE WHEN length(moment) > 16 AND moment ~ '[+-][0-9]{2}(:?[0-9]{2})?$'
           THEN (SELECT substr(zone, 1, 3)::int * 3600
                        + (left(zone, 1) || substr(zone, 4, 2))::int * 60
                   FROM rpad(substring(replace(moment, ':', '')
                             FROM '[+-][0-9]{2,4}$'), 5, '0') AS zone)
           ELSE 0 END
"""

_RESERVE = """
    WITH given AS MATERIALIZED (
        -- What has no date is dated when it is loaded; nothing stands behind today.
        SELECT due.id, greatest(%(lowest)s + 1, %(lowest)s + least(
                   COALESCE(%(seconds)s, now.seconds), now.seconds))::bigint AS wanted
          FROM (SELECT record.id, COALESCE(%(moments)s) AS moment
                  FROM crm_migration_record AS record
                 WHERE record.stream_id = %(stream)s
                   AND record.state IN ('ready', 'loaded')
                   AND record.values -> %(part)s ->> '@mapping' = %(mapping)s
                   AND (record.values -> %(part)s ?| %(told_by)s OR %(told_by)s = '{}')
                   AND NOT EXISTS (
                       SELECT FROM crm_migration_message_number AS number
                        WHERE number.record_id = record.id AND number.part = %(part)s)
                   AND NOT EXISTS (
                       SELECT FROM crm_migration_id_map AS map
                        WHERE map.job_id = ANY(%(lineage)s)
                          AND map.stream = record.stream
                          AND map.source_id = record.source_id AND map.part = %(part)s)
                -- Else the values would be opened for each piece of the moment.
                OFFSET 0) AS due
          CROSS JOIN (SELECT floor(extract(epoch FROM now() - timestamptz
                             '1990-01-01 00:00:00+00'))::bigint AS seconds) AS now
    ), taken AS MATERIALIZED (
        SELECT id, row_number() OVER (ORDER BY id) AS rank FROM (
            SELECT id FROM mail_message
             WHERE id < 0 AND id >= (SELECT min(wanted) FROM given)
             UNION
            SELECT id FROM crm_migration_message_number
             WHERE id >= (SELECT min(wanted) FROM given)) AS either
    ), counted AS (
        -- Counted in free places alone, whoever meets somebody goes one place further.
        SELECT id, place - count(*) FILTER (WHERE is_taken) OVER (
                   ORDER BY place, is_taken ROWS UNBOUNDED PRECEDING) AS place
          FROM (SELECT id, wanted AS place, FALSE AS is_taken FROM given
                 UNION ALL SELECT NULL, id, TRUE FROM taken) AS both_of_them
    ), ranked AS (
        SELECT id, place, row_number() OVER (ORDER BY place, id) AS rank
          FROM counted WHERE id IS NOT NULL
    ), placed AS (
        SELECT id, rank + max(place - rank) OVER (
                   ORDER BY rank ROWS UNBOUNDED PRECEDING) AS place
          FROM ranked
    ), numbered AS (
        SELECT id, place + count(*) FILTER (WHERE is_taken) OVER (
                   ORDER BY place, NOT is_taken ROWS UNBOUNDED PRECEDING) AS number
          FROM (SELECT id, place, FALSE AS is_taken FROM placed
                 UNION ALL SELECT NULL, id - rank + 1, TRUE FROM taken) AS both_of_them
    )
    INSERT INTO crm_migration_message_number (id, job_id, record_id, part)
    SELECT number, %(job)s, id, %(part)s FROM numbered WHERE id IS NOT NULL
"""


class CrmMigrationChatterNumbers(models.AbstractModel):
    _name = "crm.migration.chatter.numbers"
    _description = "Migration Message Reservation"
    _inherit = ["crm.migration.chatter.ids"]

    _dated_by = ("date", "@created_at", "@updated_at")
    """The targets that say when a message was, the first that does counts."""
    _told_by = ()
    """One of these targets is there where there is a message; none: of every record."""

    def _reserve_ids(self, run, mapping):
        """Give an id to every message of a mapping that has none; return to how many.

        In the order of their dates, for the chatter shows messages by their ids; called
        again it gives only to those that came since. The ids are committed at once, in a
        transaction of its own that sees what others have committed; until the caller's
        own ends nobody else gives any.
        """
        self.env.flush_all()
        self._lock_numbers("mail_message")
        part = mapping.part or ""
        moments = [
            SQL(
                "CASE WHEN record.values -> %(part)s ->> %(name)s ~ %(pattern)s"
                " THEN record.values -> %(part)s ->> %(name)s END",
                part=part,
                name=name,
                pattern=_MOMENT,
            )
            for name in self._dated_by
        ]
        with self.env.registry.cursor() as fresh:
            # The server takes all of them for one, whose values it cannot count, and
            # would look through the id map for each.
            fresh.execute("SET LOCAL enable_nestloop = off")
            fresh.execute(
                SQL(
                    _RESERVE,
                    lowest=LOWEST,
                    seconds=SQL(_SECONDS),
                    moments=SQL(", ").join(moments),
                    stream=mapping.stream_id.id,
                    part=part,
                    mapping=str(mapping.id),
                    told_by=list(self._told_by),
                    lineage=run.job_id._get_lineage().ids,
                    job=run.job_id.id,
                )
            )
            return fresh.rowcount

    def _find_reserved(self, batch, items):
        """Return item → its id; whoever comes first has them given out for all."""
        wanted = {item.row["id"]: item for item in items}
        part = batch.mapping.part or ""
        found = self._read_reserved(self.env.cr, wanted, part)
        if len(found) < len(wanted):
            found = self._read_fresh(wanted, part)
        if len(found) < len(wanted) and self._reserve_ids(batch.run, batch.mapping):
            found = self._read_fresh(wanted, part)
        return {wanted[record_id]: number for record_id, number in found.items()}

    def _read_fresh(self, wanted, part):
        """Look with fresh eyes: they may have been given out since our snapshot."""
        with self.env.registry.cursor() as fresh:
            return self._read_reserved(fresh, wanted, part)

    def _read_reserved(self, cursor, wanted, part):
        """Return staging id → number, of those whose number no message has yet."""
        cursor.execute(
            """
            SELECT number.record_id, number.id
              FROM crm_migration_message_number AS number
             WHERE number.record_id = ANY(%s::int[]) AND number.part = %s
               AND NOT EXISTS (SELECT FROM mail_message AS message
                                WHERE message.id = number.id)
            """,
            [as_array(wanted), part],
        )
        return dict(cursor.fetchall())
