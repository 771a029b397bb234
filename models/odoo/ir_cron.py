"""No scheduled action is woken by a load."""

from odoo import models

from .silence import is_silent


class IrCron(models.Model):
    _inherit = "ir.cron"

    def _trigger_list(self, at_list):
        """Wake no scheduled action for history: enrichment, alarms, reminders."""
        if is_silent(self.env):
            return self.env["ir.cron.trigger"]
        return super()._trigger_list(at_list)
