"""What is wrapped at start, because it has no method to override."""

import functools

from odoo import models

from .silence import is_silent


class CrmMigrationQuiet(models.AbstractModel):
    """Hold back automation rules in our environment, and in ours only.

    Rules stay active for everybody else meanwhile: nothing is written to them.
    ``base_automation`` need not be installed, hence a patch when the registry is
    ready instead of an inheritance.
    """

    _name = "crm.migration.quiet"
    _description = "Migration Silence"

    def _register_hook(self):
        super()._register_hook()
        self._hold_automation()
        self._hold_vies()

    def _hold_vies(self):
        """Ask no service of the EU about each tax number (``base_vat``)."""
        Partner = self.env.registry["res.partner"]
        origin = getattr(Partner, "_compute_vies_valid", None)
        if not origin or hasattr(origin, "crm_migration_origin"):
            return

        def _compute_vies_valid(partners):
            if not is_silent(partners.env):
                origin(partners)
            elif "vies_valid" in partners._fields:
                partners.vies_valid = False

        functools.update_wrapper(_compute_vies_valid, origin)
        _compute_vies_valid.crm_migration_origin = origin
        Partner._compute_vies_valid = _compute_vies_valid

    def _hold_automation(self):
        if "base.automation" not in self.env:
            return
        Automation = self.env.registry["base.automation"]

        def _get_actions(automation, records, triggers):
            if is_silent(records.env):
                # Every patched method goes on with the environment of what it gets.
                return automation.browse().with_env(records.env)
            return _get_actions.origin(automation, records, triggers)

        if not hasattr(Automation._get_actions, "origin"):
            _get_actions.origin = Automation._get_actions
            Automation._get_actions = _get_actions
