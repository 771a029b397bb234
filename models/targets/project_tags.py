"""Tags of projects and tasks, by their name."""

from odoo import models


class CrmMigrationTargetProjectTags(models.AbstractModel):
    _name = "crm.migration.target.project.tags"
    _description = "Migration Target: Tags of Tasks"
    _inherit = ["crm.migration.target.lookup.list"]
    _model, _app = "project.tags", "project"
