"""Hold back what a target's application would tell people of each record."""

from odoo import models

from ..odoo.muting import mute


class CrmMigrationTargetMuting(models.AbstractModel):
    """The methods stand in ``_muted``; they do nothing in our environment only."""

    _name = "crm.migration.target.muting"
    _description = "Migration: Muting Targets"
    _model, _muted = None, {}

    def _register_hook(self):
        super()._register_hook()
        if self._model in self.env:
            for name, answer in self._muted.items():
                mute(self.env.registry[self._model], name, answer)
