"""Projects; without the app Project they are not loaded, and their tasks are activities."""

from odoo import models

FEATURES = {
    "allow_milestones": "project.group_project_milestone",
    "allow_task_dependencies": "project.group_project_task_dependencies",
    "allow_recurring_tasks": "project.group_project_recurring_tasks",
}
"""Field of a project → the group that shows its feature to all (project, 19.0)."""
DATES = ("date_start", "date")
PRIVACY = "privacy_visibility"


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
    # Odoo counts the tasks by it, and adds what people say to its own; where time is
    # tracked it makes the account.
    _own_life = frozenset({"last_update_id", "last_update_status", "account_id"})
    # It would change the group of all employees for good: see ``_show_features``.
    _muted = {"_check_project_group_with_field": None}

    def _derive(self, batch, item):
        """Open nothing by a word that Odoo does not know: its default lets all in."""
        super()._derive(batch, item)
        if PRIVACY in item.targets:
            item.vals.setdefault(PRIVACY, "followers")

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

    def _after_create(self, batch, items):
        super()._after_create(batch, items)
        self._show_features(batch.model.browse([item.res_id for item in items]))

    def _unlink(self, records):
        """Hide from everybody again what no project has any more.

        Odoo does so only with the next project that is changed: what it asks before a
        removal still finds the project (19.0).
        """
        had = [name for name in FEATURES if any(records.mapped(name))]
        super()._unlink(records)
        self.env.flush_all()
        model = self.env[self._model].with_context(active_test=False)
        unused = [n for n in had if not model.search_count([(n, "=", True)], limit=1)]
        self._switch(unused, False)

    def _show_features(self, projects):
        """Show everybody what these projects have.

        As Odoo does, which would leave the date of the migration on the group of all
        employees for good.
        """
        self._switch([name for name in FEATURES if any(projects.mapped(name))], True)

    def _switch(self, features, is_on):
        everybody = self.env.ref("base.group_user")
        groups = self.env["res.groups"].union(
            *(self.env.ref(FEATURES[name]) for name in features)
        )
        shown = groups & everybody.all_implied_ids
        pairs = [(everybody.id, g.id) for g in (groups - shown if is_on else shown)]
        if not pairs:
            return
        self.env.cr.execute_values(
            "INSERT INTO res_groups_implied_rel (gid, hid) VALUES %s"
            if is_on
            else "DELETE FROM res_groups_implied_rel WHERE (gid, hid) IN (VALUES %s)",
            pairs,
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache("groups")

    def _write_record(self, batch, record, vals):
        """Write one date of two as well: Odoo drops what comes without the other."""
        dates = {name: vals.pop(name) for name in DATES if name in vals}
        if vals:
            super()._write_record(batch, record, vals)
        if dates:
            models.BaseModel.write(record, dates)
