"""Pipelines of the source as sales teams, their stages in order."""

from odoo import models
from odoo.fields import Command

from .catalog import fold_name


class CrmMigrationLoaderCrmTeam(models.AbstractModel):
    """One team per pipeline; it belongs to the company and has no members yet."""

    _name = "crm.migration.loader.crm.team"
    _description = "Migration Loader: Sales Teams"
    _inherit = ["crm.migration.loader.catalog"]

    def _entry_defaults(self, job):
        return {
            "company_id": job.company_id.id,
            "use_opportunities": True,
            "user_id": False,
            "alias_name": False,
            "favorite_user_ids": [Command.clear()],
        }


class CrmMigrationLoaderCrmStage(models.AbstractModel):
    """A stage of the same name is used if the team may use it, else a new one is made."""

    _name = "crm.migration.loader.crm.stage"
    _description = "Migration Loader: Stages"
    _inherit = ["crm.migration.loader.catalog"]

    def _known_entries(self, batch):
        """Return (name, team) → id; a stage for all teams stands under no team."""
        entries = {}
        for lang, _label in self.env["res.lang"].get_installed():
            # All of a list that people read; pylint: disable-next=no-search-all
            stages = batch.model.with_context(lang=lang).search(
                [], order="sequence, id"
            )
            for stage in stages:
                for team_id in stage.team_ids.ids or [False]:
                    entries.setdefault((fold_name(stage.name), team_id), stage.id)
        return entries

    def _create_wave(self, batch, items):
        known = batch.once("known", lambda: self._known_entries(batch))
        # A stage for all teams serves the team as well.
        for item in items:
            key = self._entry_key(batch, self._peek(batch, item))
            if key not in known and (key[0], False) in known:
                known[key] = known[key[0], False]
        super()._create_wave(batch, items)

    def _peek(self, batch, item):
        """Return name and teams of a row without reporting anything about it."""
        count = len(item.problems)
        vals = {"name": self._as_text(item.targets.get("name"))}
        if item.targets.get("team_ids"):
            found = self._look_up_all(batch, item, "team_ids")
            vals["team_ids"] = [Command.set([res_id for _model, res_id in found])]
        del item.problems[count:]
        return vals

    def _entry_key(self, batch, vals):
        ids = [
            res_id for command in vals.get("team_ids") or [] for res_id in command[2]
        ]
        return (fold_name(vals.get("name")), ids[0] if ids else False)
