"""Industries of companies, by their name."""

from odoo import models


class CrmMigrationTargetResPartnerIndustry(models.AbstractModel):
    _name = "crm.migration.target.res.partner.industry"
    _description = "Migration Target: Industries"
    _inherit = ["crm.migration.target.lookup.list"]
    _model = "res.partner.industry"
