"""Records that have not changed beside others that have: their notes say so, too.

What the notes keep of a name beside an id, or of a second record, hangs on what the
others are called, and on whose company that is.
"""

from odoo import models

from ..evidence.crm_migration_id_map_same_name import NAMING
from ..staging.part_values import part_values

REOPENED = ""
"""The digest of values that are to be looked at, whether they are as they were or not."""

SHOWING = [*NAMING, "parent_id", "partner_id", "partner_name", "contact_name"]
"""Targets on which hangs what others have to keep of a record, or by which they know it."""

CHANGED = f"""
    SELECT record.stream, record.source_id, old.key
      FROM crm_migration_record AS record
      JOIN crm_migration_id_map AS map
        ON map.job_id = record.job_id AND map.stream = record.stream
       AND map.source_id = record.source_id AND map.part = ''
     CROSS JOIN LATERAL (SELECT {part_values(part="''")} AS v) AS new
     CROSS JOIN LATERAL (VALUES
           (record.source_id), (lower(trim(map.loaded ->> 'name'))),
           (lower(trim(new.v ->> 'name')))) AS old (key)
     WHERE record.job_id = %(job)s AND record.state IN ('ready', 'loaded')
       AND jsonb_typeof(record.values -> '') = 'object' AND old.key IS NOT NULL
       -- Nearly all are as they were, and two whole values are compared at once.
       AND new.v IS DISTINCT FROM map.loaded
       AND EXISTS (SELECT FROM unnest(%(showing)s) AS target
                    WHERE new.v -> target IS DISTINCT FROM map.loaded -> target)
"""
"""By what others refer to a record that is called otherwise by now, or belongs elsewhere."""


class CrmMigrationLoadingBeside(models.AbstractModel):
    """The load looks again at those that nobody has worked on."""

    _name = "crm.migration.loading.beside"
    _description = "Migration: Loading Beside Others"

    def _reopen_beside(self, run):
        """Let the load look again at what names a record beside its id, or beside another."""
        if not run.job_id._is_read_again():
            return
        self.env.flush_all()
        self.env.cr.execute(
            f"""
            WITH changed AS MATERIALIZED (
                SELECT stream, array_agg(DISTINCT key) AS keys
                  FROM ({CHANGED}) AS each GROUP BY stream)
            UPDATE crm_migration_id_map AS map SET values_hash = %(reopened)s
              FROM crm_migration_record AS record
             WHERE map.job_id = %(job)s AND map.outcome = 'created'
               AND EXISTS (SELECT FROM changed)
               AND record.job_id = map.job_id AND record.stream = map.stream
               AND record.source_id = map.source_id
               AND record.values IS NOT NULL AND map.values_hash IS NOT NULL
               -- Few have a name beside an id, or several links in one.
               AND (map.loaded @? '$.*.named' OR map.loaded @? '$.*[1]')
               AND EXISTS (
                   SELECT FROM jsonb_each(map.loaded) AS member (target, value)
                    CROSS JOIN LATERAL jsonb_path_query(value, 'lax $[*]') AS one
                     JOIN changed ON changed.stream = one -> '$ref' ->> 0
                    WHERE jsonb_typeof(value) IN ('object', 'array')
                      AND jsonb_typeof(one) = 'object'
                      AND (one ? 'named' OR jsonb_typeof(value) = 'array'
                                            AND jsonb_array_length(value) > 1)
                      AND (one -> '$ref' ->> 1 = ANY(changed.keys)
                           OR lower(trim(one -> '$ref' ->> 1)) = ANY(changed.keys)))
            """,
            {"job": run.job_id.id, "showing": SHOWING, "reopened": REOPENED},
        )
        self.env["crm.migration.id.map"].invalidate_model()

    def _with_notes_beside(self, batch, item, wanted):
        """Return what is to be written, with the notes of a record that is looked at again.

        What they were made of has not changed, but what stands around it.
        """
        name = self._note_field(batch)
        if not name or not self._is_reopened(item):
            return wanted
        if not item.is_own or item.is_touched:
            return wanted
        text = item.vals.get(name) or False
        if "base64," in str(text):
            return wanted  # its pictures are files by now
        return {name: text, **wanted}

    def _is_reopened(self, item):
        """Tell whether the load looks again at what stands around it."""
        return bool(item.loaded) and item.mapped.get("values_hash") == REOPENED

    def _is_as_it_was(self, item, after):
        """Tell whether looking again has found nothing to do."""
        if after or item.deferred or item.conflicts or not self._is_reopened(item):
            return False
        told, then = (
            (each.targets, each.unplaced, each.threads) for each in (item, item.loaded)
        )
        return told == then
