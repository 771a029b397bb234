"""Tags of leads and opportunities, by their name."""

from odoo import models


class CrmMigrationTargetCrmTag(models.AbstractModel):
    _name = "crm.migration.target.crm.tag"
    _description = "Migration Target: Tags of Deals"
    _inherit = ["crm.migration.target.lookup.list"]
    _model = "crm.tag"
