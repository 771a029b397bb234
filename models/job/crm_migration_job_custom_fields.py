"""Fields that the migration made go again, where nobody uses them."""

from odoo import models

from ..odoo.series import announce_registry


class CrmMigrationJobCustomFields(models.AbstractModel):
    _name = "crm.migration.job.custom.fields"
    _description = "Migration: Job Custom Fields"

    def _remove_created_fields(self):
        """Drop the fields made for this migration that hold nothing any more."""
        lines = self.mapping_ids.line_ids.filtered("is_field_created")
        emptied = lines.filtered(lambda line: not line._is_field_used())
        for model_name in set(emptied.mapping_id.mapped("model_name")):
            self._drop_fields(
                model_name,
                emptied.filtered(
                    lambda line, m=model_name: line.mapping_id.model_name == m
                ),
            )

    def _drop_fields(self, model_name, lines):
        names = lines.mapped("custom_field")
        views = self.env["ir.ui.view"].search(
            [("key", "=", f"crm_migration.migrated.{model_name}")]
        )
        views.unlink()
        fields_ = self.env["ir.model.fields"].search(
            [
                ("model", "=", model_name),
                ("name", "in", names),
                ("state", "=", "manual"),
            ]
        )
        relations = fields_.filtered(lambda f: f.ttype == "many2many").mapped(
            "relation"
        )
        fields_.unlink()
        self.env["crm.migration.phase.prepare"]._remove_option_models(relations)
        announce_registry(self.env)
        lines.write({"custom_field": False, "is_field_created": False})
        if self.env["crm.migration.mapping.line"].search_count(
            [("mapping_id.model_name", "=", model_name), ("custom_field", "!=", False)],
            limit=1,
        ):
            self.env["crm.migration.phase.prepare"]._create_view(model_name)
