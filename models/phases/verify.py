"""Read every mapped field of every loaded record again, and compare."""

import time

from psycopg2.extras import execute_values

from odoo import models

from .phase import BATCH_SECONDS

CHUNK = 1000


class CrmMigrationPhaseVerify(models.AbstractModel):
    """A difference is listed with both values; nothing is corrected."""

    _name = "crm.migration.phase.verify"
    _description = "Migration Phase: Verify"
    _inherit = ["crm.migration.phase"]

    def _start(self, run):
        job = run.job_id
        self.env["crm.migration.difference"].search(
            [("job_id", "=", job.id), ("state", "=", "open")]
        ).unlink()
        run.total = self.env["crm.migration.id.map"].search_count(
            [("job_id", "=", job.id)]
        )

    def _run_batch(self, run):
        ends = time.monotonic() + BATCH_SECONDS
        mappings = self.env["crm.migration.phase.load"]._get_mappings(run)
        while time.monotonic() < ends:
            position, after = run.checkpoint or (0, 0)
            if position >= len(mappings):
                return True
            mapping = mappings[position]
            rows = self._get_rows(run, mapping, after)
            if not rows:
                run.checkpoint = [position + 1, 0]
                continue
            loader = self.env["crm.migration.loader"]._for(mapping.model_name)
            compared, differences = loader._verify(run, mapping, rows)
            self._keep(run, differences)
            run.write(
                {
                    "checkpoint": [position, rows[-1]["id"]],
                    "done": run.done + len(rows),
                    "compared_count": run.compared_count + compared,
                }
            )
            self.env.invalidate_all()
        return False

    def _get_rows(self, run, mapping, after):
        return self._fetch_stretch(
            """
            SELECT record.id, record.stream, record.source_id, record.name,
                   (record.values -> %(part)s) - '@mapping'
                   || COALESCE(record.edits -> %(part)s, '{}') AS values,
                   map.id AS map_id, map.res_id, map.outcome, map.deferred,
                   map.watermark, map.loaded_at, map.archived_at,
                   map.withheld
              FROM crm_migration_record AS record
              JOIN crm_migration_id_map AS map
                ON map.job_id = record.job_id AND map.stream = record.stream
               AND map.source_id = record.source_id AND map.part = %(part)s
               AND map.res_model = %(model)s
             WHERE record.stream_id = %(stream)s
               AND record.id > %(after)s AND record.id <= %(last)s
               AND record.values -> %(part)s ->> '@mapping' = %(mapping)s
             ORDER BY record.id LIMIT %(chunk)s
            """,
            {
                "part": mapping.part or "",
                "mapping": str(mapping.id),
                "model": mapping.model_name,
                "chunk": CHUNK,
            },
            mapping.stream_id,
            after,
        )

    def _keep(self, run, differences):
        """Insert the differences: dicts of record_id, res_model, res_id, field, …

        What a person has accepted before, with the same two values, stays accepted.
        """
        names = "record_id stream source_id res_model res_id field kind expected found"
        names = names.split()
        if not differences:
            return
        columns = ", ".join(names)
        execute_values(
            self.env.cr._obj,
            f"""
            INSERT INTO crm_migration_difference (job_id, run_id, state, {columns})
            SELECT new.* FROM (VALUES %s) AS new (job_id, run_id, state, {columns})
             WHERE NOT EXISTS (
                   SELECT FROM crm_migration_difference AS known
                    WHERE known.job_id = new.job_id AND known.state = 'accepted'
                      AND known.record_id = new.record_id AND known.field = new.field
                      AND (known.kind, known.expected, known.found)
                          IS NOT DISTINCT FROM (new.kind, new.expected, new.found))
            """,
            [
                (run.job_id.id, run.id, "open", *(row.get(name) for name in names))
                for row in differences
            ],
            template="(%s, %s, %s, %s::int, %s, %s, %s, %s::int, %s, %s::varchar,"
            " %s::text, %s::text)",
        )

    def _finish(self, run):
        run.job_id._reconcile(run)
        self.env["crm.migration.difference"].invalidate_model()
