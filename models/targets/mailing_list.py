"""Mailing lists, by their name; without Email Marketing they become tags of contacts."""

from odoo import models

from .stand_in import stand_in


class CrmMigrationTargetMailingList(models.AbstractModel):
    _name = "crm.migration.target.mailing.list"
    _description = "Migration Target: Mailing Lists"
    _inherit = ["crm.migration.target.lookup.list"]
    _model, _app = "mailing.list", "mass_mailing"
    _stand_ins = (stand_in("res.partner.category"),)
    # Who is on it is told by the subscriptions, each of which counts for itself.
    _own_relations = (("mailing.contact", "list_ids"),)
