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
