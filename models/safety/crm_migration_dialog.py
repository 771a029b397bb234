"""What a dialog is about must be its user's to read, before it shows anything of it."""

from odoo import api, models
from odoo.exceptions import AccessError


class CrmMigrationDialog(models.AbstractModel):
    """Inherited by every dialog.

    Odoo asks for no right to name a record in a many2one, and works out what is related
    to it as superuser (19.0 ``Field.related_sudo``): by a dialog about it, anybody could
    read what is not theirs, without pressing a button.
    """

    _name = "crm.migration.dialog"
    _description = "Migration Dialog"

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

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        self._check_given(defaults)
        return defaults

    def onchange(self, values, field_names, fields_spec):
        self._check_given(values)
        return super().onchange(values, field_names, fields_spec)

    def _check_given(self, vals):
        """Check what is named in values that are not kept yet."""
        given = {n: value for n, value in vals.items() if self._is_subject(n)}
        self.new(given)._check_subjects(given)

    def _check_subjects(self, names):
        """Raise where something named is not to be read by this user.

        :raises AccessError: as Odoo words it
        """
        if self.env.su:
            return
        for name in filter(self._is_subject, names):
            self[name]._origin.check_access("read")

    def _is_subject(self, name):
        field = self._fields.get(name)
        return bool(field and field.relational and field.store and not field.compute)

    def _check_written(self, vals):
        if not self.env.su and not self._written_by_itself.isdisjoint(vals):
            raise AccessError(
                self.env._("This is found out by the dialog itself, not entered.")
            )
