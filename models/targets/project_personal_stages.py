"""Personal stages that Odoo gives to users with their first task: they go with a rollback."""

from odoo import models


class CrmMigrationTargetProjectPersonalStages(models.AbstractModel):
    """Users have them from their creation on, unless Project was installed later."""

    _name = "crm.migration.target.project.personal.stages"
    _description = "Migration: Personal Stages of Tasks"

    def _create_records(self, batch, items):
        batch.cache["staged users"] = self._find_staged_users()
        return super()._create_records(batch, items)

    def _find_staged_users(self):
        """Return the ids of the users who have personal stages."""
        self.env["project.task.type"].flush_model()
        self.env.cr.execute(
            "SELECT DISTINCT user_id FROM project_task_type WHERE user_id IS NOT NULL"
        )
        return {user_id for (user_id,) in self.env.cr.fetchall()}

    def _own_personal_stages(self, batch, items):
        """Remember the stages of users who had none before."""
        known = batch.cache["staged users"]
        tasks = batch.model.browse([item.res_id for item in items])
        users = tasks.user_ids.filtered(lambda user: user.id not in known)
        if not users:
            return
        stages = self.env["project.task.type"].search([("user_id", "in", users.ids)])
        for stage in stages:
            self._write_helper(batch, f"personal stage {stage.id}", stage)
