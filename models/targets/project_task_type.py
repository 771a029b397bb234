"""Stages of tasks: each project has its own."""

from odoo import models

from .lookup_list import fold_name


class CrmMigrationTargetProjectTaskType(models.AbstractModel):
    """A stage is told by its name and its first project; nobody's personal one is meant.

    Without projects Odoo makes the personal stage of whoever creates it (project, 19.0).
    """

    _name = "crm.migration.target.project.task.type"
    _description = "Migration Target: Task Stages"
    _inherit = ["crm.migration.target.lookup.list"]
    _model, _app = "project.task.type", "project"
    _own_relations = (
        ("project.project", "type_ids"),
        ("project.task", "personal_stage_type_ids"),
    )
    # From now on, whether anybody asks for it or not.
    _own_life = frozenset({"rating_request_deadline"})

    def _entry_domain(self, model, job):
        return [("user_id", "=", False)]

    def _entry_key(self, vals):
        commands = vals.get("project_ids") or []
        ids = [res_id for command in commands for res_id in command[2]]
        return (fold_name(vals.get("name")), ids[0] if ids else False)

    def _record_keys(self, record):
        name = fold_name(record.name)
        return [(name, project_id) for project_id in record.project_ids.ids or [False]]

    def _entry_defaults(self, job):
        return {"user_id": False}

    def _without_put(self, batch, item, record, name, expected, found):
        """Leave out the inbox: a project gets the stages of its tasks (project, 19.0)."""
        found = super()._without_put(batch, item, record, name, expected, found)
        if name != "project_ids":
            return found
        inboxes = batch.once(
            "inbox ids",
            lambda: set(self._find_helpers(batch.job, "project.project").values()),
        )
        return [each for each in found if each in expected or each not in inboxes]

    def _unlink(self, records):
        """Take away personal stages that our tasks brought: Odoo keeps a user's last one."""
        personal = records.filtered("user_id")
        super()._unlink(records - personal)
        personal.with_context(_force_unlink=True).unlink()
