"""Stages, each in the teams that use it."""

from odoo import models
from odoo.fields import Command

from .lookup_list import fold_name


class CrmMigrationTargetCrmStage(models.AbstractModel):
    """A stage of the same name is used if the team may use it, else a new one is made."""

    _name = "crm.migration.target.crm.stage"
    _description = "Migration Target: Stages"
    _inherit = ["crm.migration.target.lookup.list"]
    _model = "crm.stage"

    def _find_entries(self, known, key, archived=False):
        """A stage for all teams, which stands under no team, serves the team as well."""
        own = super()._find_entries(known, key, archived)
        return own or super()._find_entries(known, (key[0], False), archived)

    def _entry_key(self, vals):
        ids = [
            res_id for command in vals.get("team_ids") or [] for res_id in command[2]
        ]
        return (fold_name(vals.get("name")), ids[0] if ids else False)

    def _record_keys(self, record):
        name = fold_name(record.name)
        return [(name, team_id) for team_id in record.team_ids.ids or [False]]

    def _label_scope(self, job):
        return {"team_ids": [Command.set(job.team_id.ids)]}
