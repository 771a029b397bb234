"""Projects; without the app Project their tasks become activities."""

from odoo import models


class CrmMigrationTargetProjectProject(models.AbstractModel):
    _name = "crm.migration.target.project.project"
    _description = "Migration Target: Projects"
    _inherit = ["crm.migration.target"]
    _model, _app = "project.project", "project"
    _form = "project.edit_project"
