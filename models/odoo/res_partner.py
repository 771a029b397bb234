"""Contacts: silent during a load, and aware of the migration that brought them."""

from odoo import api, models

from .silence import is_silent


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "crm.migration.migrated"]

    def write(self, vals):
        """Leave the contacts of a company in the companies that they are in."""
        if is_silent(self.env) and "company_id" in vals and self.child_ids:
            models.BaseModel.write(self, {"company_id": vals["company_id"]})
            vals = {name: vals[name] for name in vals if name != "company_id"}
        return super().write(vals)

    @api.depends("parent_id")
    def _compute_user_id(self):
        """Give nobody the salesperson of a company that they have moved to."""
        if not is_silent(self.env):
            super()._compute_user_id()

    def _fields_sync(self, values):
        """Leave the company, its other contacts and their addresses alone."""
        if is_silent(self.env):
            return None
        return super()._fields_sync(values)
