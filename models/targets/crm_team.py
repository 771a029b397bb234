"""Sales teams for pipelines."""

from odoo import models
from odoo.fields import Command


class CrmMigrationTargetCrmTeam(models.AbstractModel):
    """One team per pipeline; it belongs to the company and has no members yet."""

    _name = "crm.migration.target.crm.team"
    _description = "Migration Target: Sales Teams"
    _inherit = ["crm.migration.target.lookup.list"]
    _model = "crm.team"
    _own_rows = ("mail.alias",)

    def _entry_defaults(self, job):
        return {
            "company_id": job.company_id.id,
            "use_opportunities": True,
            "user_id": False,
            "alias_name": False,
            "favorite_user_ids": [Command.clear()],
        }
