"""Bring records into the state that the source says, once everything they need is there."""

from odoo import fields, models


class CrmMigrationPhaseSettle(models.AbstractModel):
    """Only what this migration created, and nobody has worked on since; each once."""

    _name = "crm.migration.phase.settle"
    _description = "Migration Phase: Settle"
    _inherit = ["crm.migration.phase.mapped"]
    _changes_staged = False

    def _get_mappings(self, run):
        """Return the mappings whose target has something to settle, in order."""
        targets = self.env["crm.migration.target"]
        return (
            super()
            ._get_mappings(run)
            .filtered(lambda m: targets._for(m.model_name)._settles)
        )

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

    def _work_rows(self, run, mapping, target, rows):
        waiting = target._settle_all(run, mapping, rows)
        self._mark([row for row in rows if row["id"] not in waiting])
        run.done += len(rows)

    def _get_rows(self, run, mapping, after, target):
        table = self.env[mapping.model_name]._table
        chosen = " AND record.is_sampled" if run._is_partial() else ""
        return self._get_loaded_rows(
            mapping,
            after,
            target._chunk,
            own=f'JOIN "{table}" AS own ON own.id = map.res_id',
            condition="map.outcome = 'created' AND map.settled_at IS NULL"
            f" AND own.write_date <= map.watermark{chosen}",
        )

    def _mark(self, rows):
        self.env.cr.execute(
            "UPDATE crm_migration_id_map SET settled_at = %s WHERE id = ANY(%s)",
            [fields.Datetime.now(), [row["map_id"] for row in rows]],
        )
        self.env["crm.migration.id.map"].invalidate_model()

    def _finish(self, run):
        # Else the sums are those that the load or the links have drawn.
        if run.total:
            run.job_id._reconcile(run)
