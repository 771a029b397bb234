"""The way from an Odoo record back to what it was in the source."""

from odoo import fields, models

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
