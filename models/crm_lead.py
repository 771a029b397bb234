"""Leads and opportunities know which migration brought them."""

from odoo import models


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead", "crm.migration.migrated"]
