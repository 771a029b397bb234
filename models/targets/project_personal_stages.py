"""Personal stages that Odoo gives to users with their first task: they go with a rollback."""

from odoo import models
from odoo.tools import SQL


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

    def _write_list(self, model, users, moves):
        """Put a task that somebody takes over into the first of their own stages."""
        super()._write_list(model, users, moves)
        if users.name != "user_ids":
            return
        self.env.cr.execute(
            SQL(
                "UPDATE project_task_user_rel AS rel SET stage_id = NULL"
                "  FROM (%s) AS m WHERE rel.task_id = m.res_id AND rel.user_id = m.new"
                "   AND m.verdict IN ('move', 'add') RETURNING rel.user_id, rel.task_id",
                moves,
            )
        )
        # One task of each user, for Odoo to make their stages where they have none.
        tasks = dict(self.env.cr.fetchall())
        self.env.invalidate_all()
        model.browse(set(tasks.values()))._populate_missing_personal_stages()
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE project_task_user_rel AS rel SET stage_id = stage.id
              FROM (SELECT DISTINCT ON (user_id) user_id, id FROM project_task_type
                     WHERE user_id = ANY(%s) ORDER BY user_id, sequence, id) AS stage
             WHERE rel.user_id = stage.user_id AND rel.stage_id IS NULL
            """,
            [list(tasks)],
        )

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
