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

        Values are told apart by a number: sorting the texts of all takes twice as long,
        as does sorting their places for the first three.
        """
        return self._fetch(
            """
            WITH scanned AS MATERIALIZED (
                SELECT id AS place, payload FROM crm_migration_record
                 WHERE stream_id = %s AND jsonb_typeof(payload) = 'object'
                   AND is_wiped IS NOT TRUE
                 ORDER BY id LIMIT %s
            ), told AS MATERIALIZED (
                SELECT key, CASE WHEN text NOT IN ('null', '""', '[]', '{}')
                                 THEN hashtextextended(text, 0) END AS number,
                       count(*) AS count, min(place) AS place
                  FROM (SELECT key, value::text AS text, place
                          FROM scanned, jsonb_each(payload) OFFSET 0) AS said
                 GROUP BY 1, 2
            ), summed AS (
                SELECT key, count(number) AS distinct_values,
                       COALESCE(sum(count) FILTER (WHERE number IS NOT NULL), 0)::bigint
                           AS filled,
                       min(place) FILTER (WHERE number IS NOT NULL) AS place
                  FROM told GROUP BY key
            ), second AS (
                SELECT key, min(told.place) AS place FROM told JOIN summed USING (key)
                 WHERE number IS NOT NULL AND told.place > summed.place GROUP BY key
            ), third AS (
                SELECT key, min(told.place) AS place FROM told JOIN second USING (key)
                 WHERE number IS NOT NULL AND told.place > second.place GROUP BY key
            ), shown AS (
                SELECT key, array_agg(left((payload -> key)::text, 300) ORDER BY place)
                       AS samples
                  FROM (SELECT key, place FROM summed
                         UNION ALL TABLE second UNION ALL TABLE third) AS places
                  JOIN scanned USING (place) GROUP BY key
            )
            SELECT key, (SELECT count(*) FROM scanned) AS records, filled,
                   distinct_values, samples
              FROM summed LEFT JOIN shown USING (key)
            """,
            [stream.id, SCANNED],
        )

    def _finish(self, run):
        run._in_language(run.job_id)._collect_condition_values()
        run.job_id._apply_plan()
        run.job_id._take_inventory()
