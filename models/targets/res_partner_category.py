"""Tags of contacts."""

from odoo import models

from .lookup_list import fold_name


class CrmMigrationTargetResPartnerCategory(models.AbstractModel):
    _name = "crm.migration.target.res.partner.category"
    _description = "Migration Target: Contact Tags"
    _inherit = ["crm.migration.target.lookup.list"]
    _model = "res.partner.category"

    def _entry_key(self, vals):
        return (fold_name(vals.get("name")), vals.get("parent_id") or False)

    def _record_keys(self, record):
        return [(fold_name(record.name), record.parent_id.id)]
