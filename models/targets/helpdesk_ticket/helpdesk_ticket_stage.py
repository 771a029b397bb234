"""Stages of tickets; what is called solved closes its tickets."""

from odoo import models

from ....connectors.mapping.outcomes import meaning_of
from ..lookup_list import fold_name


class CrmMigrationTargetHelpdeskTicketStage(models.AbstractModel):
    """A stage for all teams serves every team, one of other teams serves none of ours."""

    _name = "crm.migration.target.helpdesk.ticket.stage"
    _description = "Migration Target: Stages of Tickets"
    _inherit = ["crm.migration.target.lookup.list"]
    _model, _app = "helpdesk.ticket.stage", "helpdesk_mgmt"

    def _record_keys(self, record):
        """Leave out the stages that only other teams use."""
        return [] if record.team_ids else [(fold_name(record.name),)]

    def _before_create(self, vals):
        """Close the tickets of a stage by its name, in any language that we know."""
        ended = meaning_of(vals["name"], "PROGRESS") in ("done", "cancelled")
        return {**vals, "closed": ended, "fold": ended}
