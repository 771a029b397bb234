"""Tags of tickets, by their name."""

from odoo import models


class CrmMigrationTargetHelpdeskTicketTag(models.AbstractModel):
    _name = "crm.migration.target.helpdesk.ticket.tag"
    _description = "Migration Target: Tags of Tickets"
    _inherit = ["crm.migration.target.lookup.list"]
    _model, _app = "helpdesk.ticket.tag", "helpdesk_mgmt"
