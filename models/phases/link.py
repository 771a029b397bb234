"""Set the links that could not be set when their records were created."""

from odoo import models

CHUNK = 500


class CrmMigrationPhaseLink(models.AbstractModel):
    """Set the references whose record came later than the one that names it."""

    _name = "crm.migration.phase.link"
    _description = "Migration Phase: Link"
    _inherit = ["crm.migration.phase"]
    _changes_staged = False

    def _start(self, run):
        self.env["crm.migration.loading.found.later"]._defer_missing(run)
        run.total = self.env["crm.migration.id.map"].search_count(
            [("job_id", "=", run.job_id.id), ("deferred", "!=", False)]
        )

    def _work_stretch(self, run, plan):
        maps = self._get_waiting(run)
        if not maps:
            return True
        for model_name, group in maps.grouped("res_model").items():
            self.env["crm.migration.target"]._for(model_name)._link(run, group)
        run.write({"checkpoint": maps[-1].id, "done": run.done + len(maps)})
        return None

    def _get_waiting(self, run):
        """Return the next links with something deferred.

        Of some records only: theirs, and what waited for them.
        """
        rows = self._fetch(
            """
            SELECT map.id FROM crm_migration_id_map AS map
             WHERE map.job_id = %(job)s AND map.deferred IS NOT NULL
               AND map.id > %(after)s
               AND (%(chosen)s::int[] IS NULL OR EXISTS (
                    SELECT FROM crm_migration_record AS record
                     WHERE record.id = ANY(%(chosen)s) AND (
                           (record.stream, record.source_id) = (map.stream, map.source_id)
                           OR EXISTS (
                              SELECT FROM jsonb_path_query(
                                         map.deferred, 'strict $.**."$ref"') AS ref
                               WHERE ref ->> 0 = record.stream
                                 -- By its name it is found by whoever links.
                                 AND (ref ->> 1 = record.source_id
                                      OR jsonb_array_length(ref) > 2)))))
             ORDER BY map.id LIMIT %(chunk)s
            """,
            {
                "job": run.job_id.id,
                "after": run.checkpoint or 0,
                "chosen": run._get_chosen(),
                "chunk": CHUNK,
            },
        )
        return self.env["crm.migration.id.map"].browse([row["id"] for row in rows])

    def _finish(self, run):
        if run.done:
            run.job_id._reconcile(run)
