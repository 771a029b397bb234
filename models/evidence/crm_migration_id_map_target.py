"""A link leads to the Odoo record and to the staging record."""

from odoo import fields, models

from ..staging.crm_migration_record import open_target


class CrmMigrationIdMapTarget(models.AbstractModel):
    """A link can be followed both ways."""

    _name = "crm.migration.id.map.target"
    _description = "Migration: Id Map Target"

    name = fields.Char(compute="_compute_name", string="Odoo Record")

    def _compute_name(self):
        """Name the records the user may see, one query per model."""
        self.name = False
        for model_name, links in self.grouped("res_model").items():
            if model_name not in self.env:
                continue
            records = self.env[model_name].with_context(active_test=False)
            visible = records.search([("id", "in", links.mapped("res_id"))])
            names = dict(zip(visible.ids, visible.mapped("display_name"), strict=True))
            for link in links:
                link.name = names.get(link.res_id)

    def action_open_target(self):
        """Open the Odoo record."""
        self.ensure_one()
        return open_target(self, self.res_model, self.res_id)

    def action_open_record(self):
        """Open the staging record.

        :raises UserError: it was removed with its migration
        """
        self.ensure_one()
        record = self.env["crm.migration.record"].search(
            [
                ("job_id", "=", self.job_id.id),
                ("stream", "=", self.stream),
                ("source_id", "=", self.source_id),
            ],
            limit=1,
        )
        return open_target(self, "crm.migration.record", record.id)
