"""What the engine keeps is written by the engine, and by a person only where offered."""

from odoo import api, models
from odoo.exceptions import AccessError


class CrmMigrationProtected(models.AbstractModel):
    """Refuse writes that no button offers, also over RPC.

    A subclass names in ``_user_fields`` what a person with write access may change.
    The engine and the buttons, which check the rights themselves, act as superuser.
    """

    _name = "crm.migration.protected"
    _description = "Protected Migration Data"
    _inherit = ["crm.migration.rights", "crm.migration.subjects"]

    _user_fields = frozenset()
    _user_create = False
    _user_unlink = False

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and not self._user_create:
            self._refuse_write()
        for vals in vals_list:
            self._check_typed(vals)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and not self._user_fields.issuperset(vals):
            self._refuse_write()
        self._check_typed(vals)
        # Before it is written: what else is refused then may tell its name.
        self._check_given(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_by_engine_only(self):
        if not self.env.su and not self._user_unlink:
            self._refuse_write()

    def _refuse_write(self):
        raise AccessError(
            self.env._(
                "%(model)s is kept by the migration itself. Use the buttons of the "
                "migration instead.",
                model=self._description,
            )
        )

    def _open_dialog(self, name, model_name, **context):
        """Return the action that opens a dialog about these records."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model_name,
            "view_mode": "form",
            # A pencil in a row calls this itself, not through a button.
            "views": [(False, "form")],
            "target": "new",
            "context": context,
        }
