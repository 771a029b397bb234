"""The way from an Odoo record back to what it was in the source."""

from odoo import fields, models

from .crm_migration_record import open_target

REVIEWER = "crm_migration.crm_migration_group_reviewer"


class CrmMigrationMigrated(models.AbstractModel):
    """Mixed into the models whose forms bear the button *Migrated from*."""

    _name = "crm.migration.migrated"
    _description = "Migrated Record"

    migrated_from = fields.Char(
        compute="_compute_migrated_from",
        groups=REVIEWER,
        help="The system that this record came from, empty if it was made in Odoo.",
    )

    def _compute_migrated_from(self):
        links = self.env["crm.migration.id.map"].search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)],
            order="id desc",
        )
        sources = dict(
            self.env["crm.migration.job"]
            ._fields["source"]
            ._description_selection(self.env)
        )
        names = {link.res_id: sources.get(link.job_id.source) for link in links}
        for record in self:
            record.migrated_from = names.get(record._origin.id, False)

    def action_open_migration(self):
        """Open the staging record; the links where there are several."""
        self.ensure_one()
        links = self.env["crm.migration.id.map"].search(
            [("res_model", "=", self._name), ("res_id", "=", self.id)]
        )
        if len(links) == 1:
            return links.action_open_record()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_migration.crm_migration_id_map_action"
        )
        return {**action, "domain": [("id", "in", links.ids)]}


class CrmMigrationIdMap(models.Model):
    """A link can be followed both ways."""

    _inherit = "crm.migration.id.map"

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
