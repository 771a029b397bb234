"""What is known of a custom object before the load creates its model."""

from odoo import fields, models


class CrmMigrationCustomObject(models.AbstractModel):
    _name = "crm.migration.custom.object"
    _description = "Migration Custom Object"
    _rec_name = "x_name"

    x_name = fields.Char(string="Name")
