"""Meetings: silent during a load."""

from odoo import models

from .silence import is_silent

SYNC_FLAGS = ("need_sync", "need_sync_m")
"""By which Google's and Microsoft's calendar remember what is still to be sent."""


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    def write(self, vals):
        """A change that the load makes waits for no synchronisation either."""
        if is_silent(self.env):
            flags = {name: False for name in SYNC_FLAGS if name in self._fields}
            vals = {**vals, **flags}
        return super().write(vals)

    def _get_activity_excluded_models(self):
        """A meeting that is history does not put a to-do on its deal."""
        if is_silent(self.env):
            return list(self.env.registry)
        return super()._get_activity_excluded_models()
