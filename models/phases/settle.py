"""Bring records into the state that the source says, once everything they need is there."""

from odoo import fields, models

from ..staging.part_values import part_values


class CrmMigrationPhaseSettle(models.AbstractModel):
    """Only what this migration created, and nobody has worked on since; each once."""

    _name = "crm.migration.phase.settle"
    _description = "Migration Phase: Settle"
    _inherit = ["crm.migration.phase"]

    def _get_mappings(self, run):
        """Return the mappings whose target has something to settle, in order."""
        mappings = self.env["crm.migration.phase.load"]._get_mappings(run)
        targets = self.env["crm.migration.target"]
        return mappings.filtered(lambda m: targets._for(m.model_name)._settles)

    def _start(self, run):
        run.total = sum(
            self.env["crm.migration.id.map"].search_count(
                [
                    ("job_id", "=", run.job_id.id),
                    ("res_model", "=", mapping.model_name),
                    ("stream", "=", mapping.stream),
                    ("settled_at", "=", False),
                ]
            )
            for mapping in self._get_mappings(run)
        )

    def _get_plan(self, run):
        return self._get_mappings(run)

    def _work_place(self, run, place, after):
        target = self.env["crm.migration.target"]._for(place.model_name)
        rows = self._get_rows(run, place, after, target._chunk)
        if not rows:
            return None
        waiting = target._settle_all(run, place, rows)
        self._mark([row for row in rows if row["id"] not in waiting])
        run.done += len(rows)
        return rows[-1]["id"]

    def _get_rows(self, run, mapping, after, chunk):
        table = self.env[mapping.model_name]._table
        return self._fetch_stretch(
            f"""
            SELECT record.id, record.stream, record.source_id, record.name,
                   {part_values()} AS values,
                   map.id AS map_id, map.res_id, map.outcome, map.deferred,
                   map.withheld, map.extras, map.watermark
              FROM crm_migration_record AS record
              JOIN crm_migration_id_map AS map
                ON map.job_id = record.job_id AND map.stream = record.stream
               AND map.source_id = record.source_id AND map.part = %(part)s
               AND map.res_model = %(model)s
              JOIN "{table}" AS own ON own.id = map.res_id
             WHERE record.stream_id = %(stream)s
               AND record.id > %(after)s AND record.id <= %(last)s
               AND map.outcome = 'created' AND map.settled_at IS NULL
               AND own.write_date <= map.watermark
               AND record.values -> %(part)s ->> '@mapping' = %(mapping)s
             ORDER BY record.id LIMIT %(chunk)s
            """,
            {
                "part": mapping.part or "",
                "mapping": str(mapping.id),
                "model": mapping.model_name,
                "chunk": chunk,
            },
            mapping.stream_id,
            after,
        )

    def _mark(self, rows):
        self.env.cr.execute(
            "UPDATE crm_migration_id_map SET settled_at = %s WHERE id = ANY(%s)",
            [fields.Datetime.now(), [row["map_id"] for row in rows]],
        )
        self.env["crm.migration.id.map"].invalidate_model()

    def _finish(self, run):
        run.job_id._reconcile(run)
