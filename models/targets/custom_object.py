"""Records of a kind that Odoo does not have, in a model that *prepare* created for them."""

from collections import Counter

from odoo import models

from ..mapping.custom_objects import NAME, NOTES


class CrmMigrationTargetCustomObject(models.AbstractModel):
    """All models ``x_…``: fields, lookups and chatter are those of the mapping."""

    _name = "crm.migration.target.custom.object"
    _description = "Migration Target: Custom Objects"
    _inherit = ["crm.migration.target"]

    def _load(self, run, mapping, rows):
        """Load the rows; a rehearsal, which creates no model, only counts them."""
        if mapping.model_name not in self.env:
            self._stand_in(run, mapping, rows)
            return Counter(created=len(rows))
        return super()._load(run, mapping, rows)

    def _stand_in(self, run, mapping, rows):
        """Let the company's contact stand for records of a model that is not there.

        What hangs on them, notes and files, is rehearsed on something with a chatter.
        """
        company = run.job_id.company_id.partner_id
        now = self.env.cr.now()
        self.env.cr.execute_values(
            "INSERT INTO crm_migration_id_map (job_id, run_id, changed_run_id, stream,"
            " source_id, part, res_model, res_id, outcome, rollback_action, loaded_at)"
            " VALUES %s ON CONFLICT DO NOTHING",
            [
                (
                    *(run.job_id.id, run.id, run.id, row["stream"], row["source_id"]),
                    *(row["part"], company._name, company.id, "created", "keep", now),
                )
                for row in rows
            ],
        )
        self.env.cr.execute(
            "UPDATE crm_migration_record SET state = 'loaded', res_model = %s"
            " WHERE id = ANY(%s)",
            [mapping.model_name, [row["id"] for row in rows]],
        )
        self.env["crm.migration.record"].invalidate_model()
        self.env["crm.migration.id.map"].invalidate_model()

    def _get_named_field(self, model):
        return NAME

    def _default_name(self, batch, item):
        return batch.mapping.object_label or super()._default_name(batch, item)

    def _note_field(self, batch):
        return NOTES if NOTES in batch.model._fields else super()._note_field(batch)
