"""Kinds of activities, by their name."""

from odoo import models


class CrmMigrationTargetMailActivityType(models.AbstractModel):
    _name = "crm.migration.target.mail.activity.type"
    _description = "Migration Target: Activity Types"
    _inherit = ["crm.migration.target.lookup.list"]
    _model = "mail.activity.type"
