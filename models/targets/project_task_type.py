"""Stages of tasks, each in its projects."""

from odoo import models


class CrmMigrationTargetProjectTaskType(models.AbstractModel):
    _name = "crm.migration.target.project.task.type"
    _description = "Migration Target: Task Stages"
    _inherit = ["crm.migration.target"]
    _model, _app = "project.task.type", "project"
