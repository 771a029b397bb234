"""Teams that work on tickets; without members, for these decide who sees what."""

from odoo import models


class CrmMigrationTargetHelpdeskTicketTeam(models.AbstractModel):
    _name = "crm.migration.target.helpdesk.ticket.team"
    _description = "Migration Target: Helpdesk Teams"
    _inherit = ["crm.migration.target.lookup.list"]
    _model, _app = "helpdesk.ticket.team", "helpdesk_mgmt"
    _own_rows = ("mail.alias",)

    def _entry_defaults(self, job):
        return {"company_id": job.company_id.id, "user_ids": [], "alias_name": False}
