"""Archive in Odoo what has vanished from the source, where somebody chose that."""

from odoo import models

from ..evidence.crm_migration_message_solved import OF_A_LOAD

CHUNK = 500


class CrmMigrationPhaseArchive(models.AbstractModel):
    """What has come back, or is to be kept after all, is active again."""

    _name = "crm.migration.phase.archive"
    _description = "Migration Phase: Archive"
    _inherit = ["crm.migration.phase"]

    def _work_stretch(self, run, plan):
        rows = self._get_rows(run)
        if not rows:
            return True
        maps = self.env["crm.migration.id.map"].browse([row["id"] for row in rows])
        explicit = {row["id"] for row in rows if row["is_explicit"]}
        for model_name, group in maps.grouped("res_model").items():
            loader = self.env["crm.migration.target"]._for(model_name)
            leaving = group.filtered(lambda map_: not map_.archived_at)
            loader._archive(run, leaving, explicit)
            loader._bring_back(run, group - leaving)
        run.write({"checkpoint": rows[-1]["id"], "done": run.done + len(rows)})
        return None

    def _get_rows(self, run):
        """Return the next links whose record is not as it was chosen to be."""
        job = run.job_id
        chosen = "AND record.is_sampled" if run._is_partial() else ""
        return self._fetch(
            f"""
            SELECT * FROM (
                SELECT map.id, map.archived_at IS NOT NULL AS is_archived,
                       record.vanished_choice IS NOT NULL AS is_explicit,
                       record.vanished_at IS NOT NULL AND COALESCE(
                           record.vanished_choice,
                           CASE WHEN record.stream_id <> ALL(%(careful)s)
                                THEN %(policy)s END) = 'archive' AS is_leaving
                  FROM crm_migration_record AS record
                  JOIN crm_migration_id_map AS map
                    ON map.job_id = record.job_id AND map.stream = record.stream
                   AND map.source_id = record.source_id
                 WHERE record.job_id = %(job)s AND map.id > %(after)s {chosen}
                   AND (record.vanished_at IS NOT NULL OR map.archived_at IS NOT NULL)
            ) AS links
             WHERE COALESCE(is_leaving, FALSE) <> is_archived
             ORDER BY id LIMIT %(chunk)s
            """,
            {
                "job": job.id,
                "after": run.checkpoint or 0,
                "policy": job.vanished_policy,
                "careful": job._get_careful_streams().ids,
                "chunk": CHUNK,
            },
        )

    def _start(self, run):
        job = run.job_id
        careful = job._get_careful_streams()
        if job.vanished_policy == "archive" and not run._is_partial():
            self.env["crm.migration.message"]._report(
                run,
                [
                    {
                        "code": "vanished_many",
                        "stream": stream.name,
                        "data": {
                            "count": stream.vanished_count,
                            "total": stream.staged_count,
                            "stream": stream.label,
                        },
                    }
                    for stream in careful
                ],
            )

    def _finish(self, run):
        self.env["crm.migration.message"]._close_solved(run, OF_A_LOAD, False)
        job = run.job_id
        if run._get_chosen() is not None:
            compare = self.env["crm.migration.phase.compare"]
            compare._count_changes(run, run._get_chosen_streams())
            self.env["crm.migration.sample.draw"]._unmark(job)
        # Behind a sample most of it is still to be loaded.
        elif job.reading > 1 and not run._get_sample():
            job.stream_ids.filtered("selected")._forget_changes()
        # What the drafts of rules refer to is in Odoo now.
        run.job_id._take_inventory()
