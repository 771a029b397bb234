"""Who has decided what a row says: the engine writes such rows as well."""

from odoo import SUPERUSER_ID, fields, models


class CrmMigrationDecided(models.AbstractModel):
    """Keep the person who decided, whatever a load notes in the row later.

    A subclass names in ``_decisions`` the fields that hold a decision.
    """

    _name = "crm.migration.decided"
    _description = "Migration: Decided"

    _decisions = frozenset()

    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    def write(self, vals):
        if self.env.uid != SUPERUSER_ID and not self._decisions.isdisjoint(vals):
            vals = {**vals, "decided_by_id": self.env.uid}
        return super().write(vals)

    def _get_decider(self):
        """Return the person who decided, else whoever proposed it."""
        return self.decided_by_id or self.write_uid
