"""Categories of tickets, by their name."""

from odoo import models


class CrmMigrationTargetHelpdeskTicketCategory(models.AbstractModel):
    _name = "crm.migration.target.helpdesk.ticket.category"
    _description = "Migration Target: Categories of Tickets"
    _inherit = ["crm.migration.target.lookup.list"]
    _model, _app = "helpdesk.ticket.category", "helpdesk_mgmt"
