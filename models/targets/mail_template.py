"""E-mail templates, each to be reviewed before it is used."""

from odoo import models


class CrmMigrationTargetMailTemplate(models.AbstractModel):
    _name = "crm.migration.target.mail.template"
    _description = "Migration Target: E-Mail Templates"
    _inherit = ["crm.migration.target"]
    _model, _app = "mail.template", "mail"
