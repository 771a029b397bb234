"""What was decided anew since the last load reaches what was loaded."""

import json

from odoo import models
from odoo.tools import SQL


class CrmMigrationJobDecisions(models.AbstractModel):
    _name = "crm.migration.job.decisions"
    _description = "Migration: Job Decisions"

    def _follow_decisions(self):
        """Let the load look again at what it loaded under another decision.

        Of these records the targets that named the value are forgotten, as if the
        source had only now filled them: what a person changed in Odoo meanwhile stays.
        """
        self.ensure_one()
        for row in self._take_changed(self.owner_ids):
            self._reopen_links('strict $.**."$owner" ? (@ == $key)', {"key": row.key})
        for row in self._take_changed(self.value_map_ids):
            self._reopen_links(
                'strict $.**."$map" ? (@[0] == $list && @[1] == $key'
                ' && (@.size() == 2 && $scope == "" || @[2] == $scope))',
                {"list": row.list, "key": row.key, "scope": row.scope or ""},
            )

    def _reopen_missing(self, record_ids):
        """Let the load look again at links of these records whose other end is there now.

        :param record_ids: of staging records that were told to lack it
        """
        self.ensure_one()
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE crm_migration_id_map AS map
               SET values_hash = NULL, loaded = map.loaded - found.fields
              FROM (
                SELECT link.id, array_agg(message.field::text) AS fields
                  FROM crm_migration_message AS message
                  JOIN crm_migration_id_map AS link
                    ON link.job_id = message.job_id AND link.stream = message.stream
                   AND link.source_id = message.source_id,
                       jsonb_path_query(
                           link.loaded -> message.field, 'strict $.**."$ref"') AS ref
                 WHERE message.record_id = ANY(%(ids)s) AND message.state = 'open'
                   AND message.code = 'reference_missing' AND EXISTS (
                       SELECT FROM crm_migration_id_map AS known
                        WHERE known.job_id = ANY(%(lineage)s)
                          AND known.stream = ref ->> 0
                          AND known.source_id = ref ->> 1)
                 GROUP BY link.id
              ) AS found
             WHERE map.id = found.id AND map.job_id = %(job)s
            """,
            {
                "ids": list(record_ids),
                "lineage": self._get_lineage().ids,
                "job": self.id,
            },
        )
        self.env["crm.migration.id.map"].invalidate_model()

    def _take_changed(self, rows):
        """Return what was loaded under another decision; remember the present ones."""
        effects = {row: row._get_effect() for row in rows}
        changed = rows.filtered(
            lambda row: row.loaded_as and row.loaded_as != effects[row]
        )
        for row, effect in effects.items():
            if row.loaded_as != effect:
                row.loaded_as = effect
        return changed

    def _reopen_links(self, path, variables):
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_migration_id_map AS map
                   SET values_hash = NULL,
                       loaded = (
                           SELECT COALESCE(jsonb_object_agg(target, value), '{}')
                             FROM jsonb_each(map.loaded) AS each (target, value)
                            WHERE NOT jsonb_path_exists(
                                      value, %(path)s::jsonpath, %(variables)s))
                 WHERE map.job_id = %(job)s
                   AND jsonb_path_exists(map.loaded, %(path)s::jsonpath, %(variables)s)
                """,
                job=self.id,
                path=path,
                variables=SQL("%s::jsonb", json.dumps(variables)),
            )
        )
        self.env["crm.migration.id.map"].invalidate_model()
