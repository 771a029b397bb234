"""Why deals were lost, by name."""

from odoo import models


class CrmMigrationTargetCrmLostReason(models.AbstractModel):
    _name = "crm.migration.target.crm.lost.reason"
    _description = "Migration Target: Lost Reasons"
    _inherit = ["crm.migration.target.lookup.list"]
    _model = "crm.lost.reason"
