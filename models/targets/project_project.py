"""Projects; without the app Project they are not loaded, and their tasks are activities."""

from odoo import models

DATES = ("date_start", "date")


class CrmMigrationTargetProjectProject(models.AbstractModel):
    """A project brings an alias, and where time is tracked an analytic account: both are
    its own, and Odoo deletes them with it.
    """

    _name = "crm.migration.target.project.project"
    _description = "Migration Target: Projects"
    _inherit = ["crm.migration.target"]
    _model, _app = "project.project", "project"
    _form = "project.edit_project"
    _own_rows = ("mail.alias", "account.analytic.account")
    _own_relations = (
        ("project.tags", "project_ids"),
        ("project.task.type", "project_ids"),
    )
    # Odoo counts the tasks by it, and adds what people say to its own.
    _own_life = frozenset({"last_update_id", "last_update_status"})

    def _complete(self, batch, item):
        super()._complete(batch, item)
        vals = item.vals
        vals.setdefault("company_id", batch.job.company_id.id)
        vals.setdefault("alias_name", False)
        # Odoo hides milestones unless the project says that it has some (project, 19.0).
        with_milestones = batch.once("milestones", lambda: self._has_milestones(batch))
        vals.setdefault("allow_milestones", with_milestones)

    def _has_milestones(self, batch):
        names = batch.job.mapping_ids.mapped("model_name")
        return "project.milestone" in names

    def _write_record(self, batch, record, vals):
        """Write one date of two as well: Odoo drops what comes without the other."""
        dates = {name: vals.pop(name) for name in DATES if name in vals}
        if vals:
            super()._write_record(batch, record, vals)
        if dates:
            models.BaseModel.write(record, dates)
