"""A dialog is its user's own, and about what this user may read."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError


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

    def ensure_one(self):
        """Each button begins with it; a dialog may have gone since it was opened."""
        self._check_there()
        return super().ensure_one()

    def write(self, vals):
        self._check_there()
        self._check_written(vals)
        done = super().write(vals)
        self._check_subjects(vals)
        return done

    def _check_there(self):
        """Refuse to go on in a dialog that has been cleared away.

        :raises UserError: its migration was closed, or it stood open for an hour (19.0
            ``_transient_max_hours``)
        """
        if not self.env.su and self.ids and len(self.exists()) < len(self):
            raise UserError(
                self.env._(
                    "This dialog is not there any more: it stood open for too long, or its "
                    "migration was closed meanwhile. Nothing was done. Open it again."
                )
            )

    def _check_written(self, vals):
        self._check_typed(vals)
        if not self.env.su and not self._written_by_itself.isdisjoint(vals):
            raise AccessError(
                self.env._("This is found out by the dialog itself, not entered.")
            )
