"""Products; without the app Products they are not loaded."""

from odoo import models


class CrmMigrationTargetProductTemplate(models.AbstractModel):
    _name = "crm.migration.target.product.template"
    _description = "Migration Target: Products"
    _inherit = ["crm.migration.target"]
    _model, _app = "product.template", "product"
    _own_rows = ("product.product",)
