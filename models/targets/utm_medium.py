"""By which way leads come, by name."""

from odoo import models


class CrmMigrationTargetUtmMedium(models.AbstractModel):
    _name = "crm.migration.target.utm.medium"
    _description = "Migration Target: Mediums"
    _inherit = ["crm.migration.target.lookup.list"]
    _model = "utm.medium"
