"""Projects that a migration makes for what names none: nobody would find it otherwise."""

from odoo import models

from ..loading.batch import find_references


class CrmMigrationTargetProjectInbox(models.AbstractModel):
    """``@project`` is the name of the project that takes what belongs to none.

    A task without project is the private to-do of whoever it is assigned to, one without
    assignee that of OdooBot (project, 19.0).
    """

    _name = "crm.migration.target.project.inbox"
    _description = "Migration: Projects for Tasks without Any"

    def _create_wave(self, batch, items):
        self._make_inboxes(batch, items)
        super()._create_wave(batch, items)

    def _update(self, batch, items):
        self._make_inboxes(batch, items)
        super()._update(batch, items)

    def _make_inboxes(self, batch, items):
        """Make the projects that items need, before anything of them is tried."""
        names = {
            self._name_inbox(item): None
            for item in items
            if not self._is_placed(batch, item)
            and not self._is_filtered_with(batch, item)
        }
        if names:
            wanted = {self._inbox_key(n): self._inbox_values(batch, n) for n in names}
            made = self._make_helpers(batch, "project.project", wanted)
            batch.cache["inboxes"] = made
            projects = self.env["project.project"].browse(made.values())
            self._for("project.project")._show_features(projects)

    def _is_placed(self, batch, item):
        """Tell whether a record names a project, a parent or a milestone that is there."""
        return any(
            key in batch.links or batch.decided.get(key)
            for target in ("project_id", "parent_id", "milestone_id")
            for _kind, key in find_references(item.targets.get(target))
        )

    def _derive_project(self, batch, item):
        """Take that of the parent or milestone, else the one for what belongs to none."""
        vals = item.vals
        if vals.get("project_id"):
            return
        parent_id = vals.get("parent_id")
        project_id = parent_id and batch.model.browse(parent_id).project_id.id
        if not project_id and (milestone_id := vals.get("milestone_id")):
            milestone = self.env["project.milestone"].browse(milestone_id)
            project_id = milestone.project_id.id
        if not project_id:
            key = self._inbox_key(self._name_inbox(item))
            project_id = self._get_inboxes(batch).get(key)
        if project_id:
            vals["project_id"] = project_id

    def _get_inboxes(self, batch):
        return batch.once(
            "inboxes", lambda: self._find_helpers(batch.job, "project.project")
        )

    def _name_inbox(self, item):
        """Return the name of the project that the source wants, empty for the inbox."""
        return self._as_text(item.targets.get("@project")).strip()

    def _inbox_key(self, name):
        return f"project {name}".strip()

    def _inbox_values(self, batch, name):
        """Return the values of a project that all employees see."""
        inbox = self.env._("Inbox of %(migration)s", migration=batch.job.name)
        return {
            "name": name or inbox,
            "company_id": batch.job.company_id.id,
            "privacy_visibility": "employees",
            "user_id": False,
            "alias_name": False,
            "favorite_user_ids": [],
        }
