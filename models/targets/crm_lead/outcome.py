"""How a deal that is won or lost is written: stage, probability, archived or not."""

from odoo import models

from ...loading.batch import Refused


class CrmMigrationTargetCrmLeadOutcome(models.AbstractModel):
    """What the source says of the outcome counts; without a word the stage says it."""

    _name = "crm.migration.target.crm.lead.outcome"
    _description = "Migration: Outcome of Leads and Opportunities"

    def _outcome(self, batch, item):
        """Return open, won or lost; without a word about it the stage says it."""
        value = self._get_word(batch, item, "@state")
        if value in ("open", "won", "lost"):
            return value
        if value:
            self._leave_out(batch, item, "@state", value)
        return None

    def _derive_stage(self, batch, item):
        """Take the last stage of the history where the deal itself names none."""
        if "stage_id" not in item.vals and item.targets.get("@stage_history"):
            steps = self._stage_steps(batch, item)
            stages = [stage for stage, _at in steps if isinstance(stage, int)]
            if stages:
                item.vals["stage_id"] = stages[-1]

    def _derive_outcome(self, batch, item):
        vals, outcome = item.vals, self._outcome(batch, item)
        won_stages = batch.once("won", lambda: self._won_stages(batch))
        in_won_stage = vals.get("stage_id") in won_stages
        if in_won_stage and outcome in ("open", "lost"):
            item.report(f"{outcome}_in_won_stage", field="stage_id")
            self._keep_stage(batch, item)
            vals["stage_id"] = self._stage_for(batch, vals, won=False)
            in_won_stage = False
        if outcome in ("open", "won") or in_won_stage:
            self._keep_reason(batch, item)
        if outcome == "lost":
            vals.update(active=False, probability=0)
        elif outcome == "won" or in_won_stage:
            if not in_won_stage:
                stage_id = self._stage_for(batch, vals, won=True)
                if not stage_id:
                    raise Refused("no_won_stage", "stage_id")
                self._keep_stage(batch, item)
                vals["stage_id"] = stage_id
            vals.update(active=True, probability=100)
        elif vals.get("probability") not in (None, False):
            given = vals["probability"]
            vals["probability"] = min(max(given, 0), 100)
            if vals["probability"] != given:
                item.report(
                    "probability_out_of_range", field="probability", value=given
                )

    def _keep_reason(self, batch, item):
        """Keep why a deal was lost, or won, in the notes of one that is not lost.

        Odoo takes the reason off a deal that is restored.
        """
        if reason_id := item.vals.pop("lost_reason_id", False):
            name = batch.once(
                ("reason", reason_id),
                lambda: self.env["crm.lost.reason"].browse(reason_id).display_name,
            )
            self._keep_in_notes(batch, item, "lost_reason_id", name)

    def _keep_stage(self, batch, item):
        """Keep the name of a stage that gives way to the one of its outcome."""
        if stage_id := item.vals.get("stage_id"):
            name = batch.once(
                ("stage", stage_id),
                lambda: self.env["crm.stage"].browse(stage_id).display_name,
            )
            self._keep_in_notes(batch, item, "stage_id", name)

    def _won_stages(self, batch):
        return set(self.env["crm.stage"].search([("is_won", "=", True)]).ids)

    def _stage_for(self, batch, vals, won):
        """Return a stage of the team: the first won one, or the last open one."""
        team_id = vals.get("team_id") or batch.job.team_id.id
        stages = batch.once("stages", lambda: self._stages(batch))
        fitting = [
            stage
            for stage in stages
            if stage.is_won == won
            and (not stage.team_ids or team_id in stage.team_ids.ids)
        ]
        # Rather a stage of the team itself than one for everybody.
        fitting.sort(key=lambda stage: not stage.team_ids)
        if not fitting:
            return False
        own = [stage for stage in fitting if stage.team_ids] or fitting
        return own[0].id if won else own[-1].id

    def _stages(self, batch):
        # All of a list that people read; pylint: disable-next=no-search-all
        return list(self.env["crm.stage"].search([], order="sequence, id"))
