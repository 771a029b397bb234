"""A dialog is its user's own, and about what this user may read."""

from odoo import api, models
from odoo.exceptions import AccessError


class CrmMigrationDialog(models.AbstractModel):
    """Inherited by every dialog; each has a rule that it is seen by who opened it alone."""

    _name = "crm.migration.dialog"
    _description = "Migration Dialog"
    _inherit = ["crm.migration.subjects"]

    _written_by_itself = frozenset()
    """Fields that no caller may give: what the dialog has found out."""

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_written(vals)
        dialogs = super().create(vals_list)
        dialogs._check_subjects(self._fields)
        return dialogs

    def write(self, vals):
        self._check_written(vals)
        done = super().write(vals)
        self._check_subjects(vals)
        return done

    def _check_written(self, vals):
        self._check_typed(vals)
        if not self.env.su and not self._written_by_itself.isdisjoint(vals):
            raise AccessError(
                self.env._("This is found out by the dialog itself, not entered.")
            )
