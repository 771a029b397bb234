"""Measure the fields on everything that was staged: fill rate, distinct values."""

from odoo import models

from ..mapping.propose_fields import Proposer

SCANNED = 20_000
"""Records per object that are measured; enough for a rate, flat in the number."""


class CrmMigrationPhaseProfile(models.AbstractModel):
    """One object a batch. Fields that no sample had shown get a proposal now."""

    _name = "crm.migration.phase.profile"
    _description = "Migration Phase: Profile"
    _inherit = ["crm.migration.phase.by.object"]

    def _start(self, run):
        run.total = len(run.job_id.stream_ids)

    def _work_object(self, run, stream):
        stats = self._get_stats(stream) if stream.staged_count else []
        # Where all is wiped, what was measured before still holds.
        if stats or (stream.staged_count and not stream._is_wiped()):
            Proposer(self.env, run.job_id).measure(stream, stats)

    def _get_stats(self, stream):
        """Return per top-level member: filled, distinct values, three samples."""
        return self._fetch(
            """
            WITH scanned AS (
                SELECT payload FROM crm_migration_record
                 WHERE stream_id = %s AND jsonb_typeof(payload) = 'object'
                   AND is_wiped IS NOT TRUE
                 ORDER BY id LIMIT %s
            ), members AS (
                SELECT key, value
                  FROM scanned, jsonb_each(payload)
            ), filled AS (
                SELECT key, value FROM members
                 WHERE value NOT IN ('null', '""', '[]', '{}')
            )
            SELECT members.key,
                   (SELECT count(*) FROM scanned) AS records,
                   count(filled.value) AS filled,
                   count(DISTINCT md5(filled.value::text)) AS distinct_values,
                   (array_agg(DISTINCT left(filled.value::text, 300))
                       FILTER (WHERE filled.value IS NOT NULL))[1:3] AS samples
              FROM (SELECT DISTINCT key FROM members) AS members
              LEFT JOIN filled ON filled.key = members.key
             GROUP BY members.key
            """,
            [stream.id, SCANNED],
        )

    def _finish(self, run):
        run.job_id._collect_condition_values()
        run.job_id._apply_plan()
        run.job_id._take_inventory()
