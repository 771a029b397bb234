"""Mails and meetings whose people are known only since this reading."""

from odoo import models

RENEWED = """
    SELECT DISTINCT lower(trim(part.value ->> 'email'))
      FROM crm_migration_record AS record
     CROSS JOIN LATERAL jsonb_each(record.values) AS part
      LEFT JOIN crm_migration_id_map AS map
        ON map.job_id = record.job_id AND map.stream = record.stream
       AND map.source_id = record.source_id AND map.part = part.key
     WHERE record.job_id = %s AND record.state IN ('ready', 'loaded')
       AND jsonb_typeof(record.values) = 'object' AND part.value ->> 'email' <> ''
       AND lower(trim(part.value ->> 'email'))
           IS DISTINCT FROM lower(trim(map.loaded ->> 'email'))
"""
"""Addresses that somebody has by now, and had not when the migration was loaded last."""


class CrmMigrationTargetMailMessageAddressed(models.AbstractModel):
    _name = "crm.migration.target.mail.message.addressed"
    _description = "Migration: Target Mail Message Addressed"

    def _reopen_addressed(self, run):
        """Let the load write anew what names an address that somebody has only now."""
        if not run.job_id._is_read_again():
            return
        self.env.flush_all()
        self.env.cr.execute(RENEWED, [run.job_id.id])
        addresses = [address for (address,) in self.env.cr.fetchall()]
        if not addresses:
            return
        self.env.cr.execute(
            r"""
            UPDATE crm_migration_id_map AS map SET values_hash = NULL
              FROM crm_migration_record AS record
             WHERE map.job_id = %s AND map.res_model IN ('mail.message', 'calendar.event')
               AND record.job_id = map.job_id AND record.stream = map.stream
               AND record.source_id = map.source_id AND record.values IS NOT NULL
               AND EXISTS (
                   SELECT FROM (
                       SELECT map.loaded ->> 'email_from' UNION ALL
                       SELECT jsonb_path_query(map.loaded, '$."@addresses"[*].email') #>> '{}'
                   ) AS named (text)
                    WHERE substring(lower(named.text) FROM '[^\s<>,;"]+@[^\s<>,;"]+')
                          = ANY(%s))
            """,
            [run.job_id.id, addresses],
        )
        self.env["crm.migration.id.map"].invalidate_model()
