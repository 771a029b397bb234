"""Tasks; without Project, activities on the record they belong to."""

from odoo import models

from .stand_in import constant, stand_in


class CrmMigrationTargetProjectTask(models.AbstractModel):
    _name = "crm.migration.target.project.task"
    _description = "Migration Target: Tasks"
    _inherit = ["crm.migration.target"]
    _model, _app = "project.task", "project"
    _form = "project.view_task_form2"
    _stand_ins = (
        stand_in(
            "mail.activity",
            constant("@unlinked", "company"),
            name="summary",
            description="note",
            user_ids="user_id",
            partner_id="_thread",
            date_end="_done_at",
        ),
    )
    # A column of their own for whoever it is assigned to, and the moment of that.
    _own_life = frozenset(
        {"personal_stage_type_ids", "date_assign", "date_last_stage_update"}
    )
