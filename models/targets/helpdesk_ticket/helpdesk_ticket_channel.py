"""By which way tickets come, by name."""

from odoo import models


class CrmMigrationTargetHelpdeskTicketChannel(models.AbstractModel):
    _name = "crm.migration.target.helpdesk.ticket.channel"
    _description = "Migration Target: Channels of Tickets"
    _inherit = ["crm.migration.target.lookup.list"]
    _model, _app = "helpdesk.ticket.channel", "helpdesk_mgmt"
