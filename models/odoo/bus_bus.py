"""No browser hears of a load."""

from odoo import api, models

from .silence import is_silent


class BusBus(models.Model):
    _inherit = "bus.bus"

    @api.model
    def _sendone(self, target, notification_type, message):
        """Tell no browser of history; it would be sent when the batch is committed."""
        if not is_silent(self.env):
            super()._sendone(target, notification_type, message)
