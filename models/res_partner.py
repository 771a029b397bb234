"""Contacts know which migration brought them."""

from odoo import models


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "crm.migration.migrated"]
