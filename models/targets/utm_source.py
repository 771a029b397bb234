"""Where leads come from, by name."""

from odoo import models


class CrmMigrationTargetUtmSource(models.AbstractModel):
    _name = "crm.migration.target.utm.source"
    _description = "Migration Target: Sources"
    _inherit = ["crm.migration.target.lookup.list"]
    _model = "utm.source"
