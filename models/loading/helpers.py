"""Records that the migration itself needs: made once, and taken back with it.

A pricelist for a foreign currency, a product for lines without one: nothing of the source
becomes them, but what is loaded refers to them. They stand in the id map like anything
that was created, under a stream of their own, so that a rollback ends with them.
"""

from odoo import models

HELPER = "@helper"
"""Stream in the id map of what no record of the source became."""


class CrmMigrationLoadingHelpers(models.AbstractModel):
    _name = "crm.migration.loading.helpers"
    _description = "Migration: Loading Helpers"

    def _find_helpers(self, job, model_name):
        """Return name → id of the helpers of a model that are still there.

        :rtype: dict
        """
        lineage = job._get_lineage().ids
        self.env.cr.execute(
            """
            SELECT source_id, res_id FROM crm_migration_id_map
             WHERE job_id = ANY(%s) AND stream = %s AND res_model = %s
             ORDER BY array_position(%s, job_id) DESC
            """,
            [lineage, HELPER, model_name, lineage],
        )
        found = dict(self.env.cr.fetchall())
        there = self._existing(self.env[model_name], found.values())
        return {name: res_id for name, res_id in found.items() if res_id in there}

    def _make_helpers(self, batch, model_name, wanted):
        """Return name → id, those made that are not there yet.

        Called before anything of a batch is tried: what is made within a savepoint that
        is taken back would be gone, and remembered all the same.

        :param wanted: name → values to create it with
        """
        found = self._find_helpers(batch.job, model_name)
        missing = [name for name in wanted if name not in found]
        if missing:
            records = self.env[model_name].create([dict(wanted[n]) for n in missing])
            self.env.flush_all()
            for name, record in zip(missing, records, strict=True):
                self._write_helper(batch, name, record)
                found[name] = record.id
        return found

    def _write_helper(self, batch, name, record):
        self.env.cr.execute(
            """
            INSERT INTO crm_migration_id_map (
                job_id, run_id, stream, source_id, part, res_model, res_id, outcome,
                rollback_action, values_hash, loaded_at, watermark)
            VALUES (%s, %s, %s, %s, '', %s, %s, 'created', 'delete', '',
                    (now() AT TIME ZONE 'UTC'), %s)
            ON CONFLICT (job_id, stream, source_id, part) DO UPDATE
               SET res_id = EXCLUDED.res_id, watermark = EXCLUDED.watermark
            """,
            [
                batch.job.id,
                batch.run.id,
                HELPER,
                f"{name}",
                record._name,
                record.id,
                record.write_date,
            ],
        )
        self.env["crm.migration.id.map"].invalidate_model(flush=False)
