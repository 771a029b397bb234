"""Who may press a button: a reviewer, or a manager of the migration alone."""

from odoo import models
from odoo.exceptions import AccessError


class CrmMigrationRights(models.AbstractModel):
    """Buttons act as superuser, once the right of who presses them is checked here."""

    _name = "crm.migration.rights"
    _description = "Migration: Rights"

    def _as_reviewer(self):
        """Return these records as superuser, for a button that a reviewer may press."""
        self.check_access("read")
        return self.sudo()

    def _check_manager(self):
        """Stop who may only review, and who does not belong to the company."""
        if self.env.su:
            return
        if not self.env.user.has_group("crm_migration.crm_migration_group_manager"):
            raise AccessError(self.env._("Only a migration manager may do this."))
        self.check_access("read")

    def _as_manager(self):
        """Return these records as superuser, for a button that a manager may press."""
        self._check_manager()
        return self.sudo()
