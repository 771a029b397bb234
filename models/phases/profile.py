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
        """Return per top-level member: filled, distinct values, the first three of them.

        Values are told apart by a number: sorting the texts of all takes twice as long.
        """
        return self._fetch(
            """
            WITH scanned AS MATERIALIZED (
                SELECT payload, row_number() OVER (ORDER BY id) AS place
                  FROM crm_migration_record
                 WHERE stream_id = %s AND jsonb_typeof(payload) = 'object'
                   AND is_wiped IS NOT TRUE
                 ORDER BY id LIMIT %s
            ), told AS (
                SELECT key, CASE WHEN value NOT IN ('null', '""', '[]', '{}')
                                 THEN hashtextextended(value::text, 0) END AS number,
                       count(*) AS count, min(place) AS place
                  FROM scanned, jsonb_each(payload) GROUP BY 1, 2
            ), first AS (
                SELECT key, unnest((array_agg(place ORDER BY place))[1:3]) AS place
                  FROM told WHERE number IS NOT NULL GROUP BY key
            ), shown AS (
                SELECT key, array_agg(left((payload -> key)::text, 300) ORDER BY place)
                       AS samples
                  FROM first JOIN scanned USING (place) GROUP BY key
            )
            SELECT key, (SELECT count(*) FROM scanned) AS records,
                   COALESCE(sum(count) FILTER (WHERE number IS NOT NULL), 0)::bigint
                       AS filled,
                   count(number) AS distinct_values, min(samples) AS samples
              FROM told LEFT JOIN shown USING (key) GROUP BY key
            """,
            [stream.id, SCANNED],
        )

    def _finish(self, run):
        run.job_id._collect_condition_values()
        run.job_id._apply_plan()
        run.job_id._take_inventory()
