"""The way from an Odoo record back to what it was in the source."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

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
    migrated_id = fields.Char(
        compute="_compute_migrated_from",
        search="_search_migrated_id",
        string="Source ID",
        groups=REVIEWER,
        help="What the source knows this record by; several where records were merged.",
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
        known = {}
        for link in links:
            known.setdefault(link.res_id, []).append(link.source_id)
        for record in self:
            record.migrated_from = names.get(record._origin.id, False)
            ids = dict.fromkeys(known.get(record._origin.id, ()))
            record.migrated_id = ", ".join(ids) or False

    @api.model
    def _search_migrated_id(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        domain = Domain("id", "in", self._select_migrated(operator, value))
        if operator == "in" and False in value:
            domain |= Domain("id", "not in", self._select_migrated("!=", False))
        return domain

    @api.model
    def _select_migrated(self, operator, value):
        """Return the ids of records that stand for such ids of the source, as SQL."""
        links = self.env["crm.migration.id.map"]._search(
            [("res_model", "=", self._name), ("source_id", operator, value)]
        )
        return links.subselect(SQL.identifier(links.table, "res_id"))

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
