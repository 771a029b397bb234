"""Leads and opportunities: open, won or lost, with the dates and stages they had."""

from odoo import models

from ..rule_hints import RuleHints
from .columns import KNOWN_COLUMNS

DATES = ("date_closed", "date_open", "date_last_stage_update")
"""What ``write`` of a lead sets to now whenever its stage or salesperson changes."""


class CrmMigrationTargetCrmLead(models.AbstractModel):
    """Load deals as they stand: outcome, dates, probability and time in each stage.

    Lost means archived with probability 0; won means a stage for won deals with
    probability 100. Where outcome and stage disagree the outcome counts.
    """

    _name = "crm.migration.target.crm.lead"
    _description = "Migration Target: Leads and Opportunities"
    _inherit = [
        "crm.migration.target.crm.lead.again",
        "crm.migration.target.crm.lead.outcome",
        "crm.migration.target.crm.lead.closing",
        "crm.migration.target.crm.lead.history",
        "crm.migration.target.crm.lead.customer",
        "crm.migration.target.crm.lead.verify.sql",
        "crm.migration.target",
    ]
    _model = "crm.lead"
    _stays_with_users = ("team_id", "company_id")
    _lane = ("crm.lead",)
    _chunk = 2000
    _kept_together = ()
    _places = (
        "@state",
        "@closed_at",
        "@currency",
        "@rate",
        "@rate_currency",
        "@actual_revenue",
    )
    _form = "crm.crm_lead_view_form"
    _essentials = ("name", "expected_revenue", "@created_at")
    _due = "date_deadline"
    _began_before = ("@closed_at",)
    _known_columns = KNOWN_COLUMNS
    # Odoo estimates it anew each night, without a trace on the lead.
    _own_life = frozenset({"automated_probability", "lead_properties"})
    _rule_hints = RuleHints(
        told_apart_by=("type",),
        customer="partner_id",
        stage="stage_id",
        stage_date="date_last_stage_update",
        outcome="won_status",
        outcome_date="date_closed",
        outcomes={"won": "won", "lost": "lost", "open": "pending"},
        endings={
            "won": "records.action_set_won()",
            "lost": "records.action_set_lost()",
        },
    )

    def _derive(self, batch, item):
        self._derive_stage(batch, item)
        self._derive_outcome(batch, item)
        self._derive_revenue(batch, item)
        self._derive_dates(batch, item)

    def _default_name(self, batch, item):
        """Return what Odoo itself calls a deal without a title: whose it is."""
        vals = item.vals
        customer = self.env["res.partner"].browse(vals.get("partner_id") or False)
        whose = vals.get("contact_name") or vals.get("partner_name") or customer.name
        if vals.get("type") == "lead":
            return whose or self.env._("Lead")
        if not whose:
            return self.env._("Opportunity")
        return self.env._("%(name)s's opportunity", name=whose)

    # -- creation --------------------------------------------------------------

    def _complete(self, batch, item):
        vals = item.vals
        vals.setdefault("type", "opportunity")
        vals.setdefault("user_id", False)
        if not vals.get("team_id"):
            stage_id = vals.get("stage_id") or False
            team_id = batch.once(
                ("team", stage_id), lambda: self._team_of_stage(stage_id)
            )
            vals["team_id"] = team_id or batch.job.team_id.id
        if not vals.get("stage_id"):
            vals["stage_id"] = batch.once(
                ("first", vals["team_id"]), lambda: self._first_stage(batch, vals)
            )
            if item.targets.get("stage_id"):
                # The source names one: that it stands in another must be seen.
                stage = self.env["crm.stage"].browse(vals["stage_id"])
                item.report("stage_assumed", field="stage_id", value=stage.name or "")
        vals.setdefault("company_id", batch.job.company_id.id)
        for name in ("campaign_id", "source_id", "medium_id", "lost_reason_id"):
            vals.setdefault(name, False)
        vals.setdefault("priority", "0")
        vals.setdefault("date_last_stage_update", batch.env.cr.now())
        if vals["user_id"]:
            vals.setdefault("date_open", batch.env.cr.now())
        self._complete_from_partner(batch, vals)
        if "iap_enrich_done" in batch.model._fields:
            # Enrichment is paid for, and asked for every lead that looks new.
            vals["iap_enrich_done"] = True

    def _team_of_stage(self, stage_id):
        stage = self.env["crm.stage"].browse(stage_id)
        return stage.team_ids.id if len(stage.team_ids) == 1 else False

    def _first_stage(self, batch, vals):
        stages = batch.once("stages", lambda: self._stages(batch))
        for stage in stages:
            fits = not stage.team_ids or vals["team_id"] in stage.team_ids.ids
            if fits and not stage.is_won and not stage.fold:
                return stage.id
        return False

    def _compute_again(self, batch, expected, odd):
        """Of which nobody has said how likely it is, that is as likely as Odoo says.

        Of what is archived it says nothing (``_compute_probabilities``, 19.0); what was
        archived later stays as likely as it was.
        """
        computed = super()._compute_again(batch, expected, odd)
        unsaid = [item for item, name in computed if name == "probability"]
        leads = batch.model.browse([item.res_id for item in unsaid])
        for item, lead in zip(unsaid, leads, strict=True):
            says = (lead.active or lead.probability) and lead.automated_probability
            computed[item, "probability"] = says or 0.0
        return computed

    # -- changes ---------------------------------------------------------------

    def _write_record(self, batch, record, vals):
        """Write what the source says, past what Odoo concludes from a change by itself.

        Its ``write`` dates a change of stage or salesperson today.
        """
        kept = {name: record[name] for name in DATES}
        # Another salesperson or customer does not move it to another team or company.
        places = {n: record[n].id for n in ("team_id", "company_id") if n not in vals}
        vals = self._take_from_partner(batch, record, vals)
        if vals.get("stage_id", 0) is False:
            # Of which the source names no stage any more, that stands in the first one.
            team_id = vals.get("team_id", record.team_id.id)
            vals = {**vals, "stage_id": self._first_stage(batch, {"team_id": team_id})}
        reopened = vals.get("active") and not record.active
        if vals.get("probability", 0) is False:
            vals = {name: vals[name] for name in vals if name != "probability"}
            reopened = True
        said = self._get_kept_probability(record, vals)
        if said is not None:
            vals = {name: vals[name] for name in vals if name != "probability"}
        super()._write_record(batch, record, vals)
        if said is not None and record.probability != said:
            models.BaseModel.write(record, {"probability": said})
        if reopened and "probability" not in vals:
            # What the source no longer says is for Odoo to estimate again.
            record._compute_probabilities()
            models.BaseModel.write(
                record, {"probability": record.automated_probability}
            )
        if "user_id" in vals:
            # Assigned now, or to nobody any more.
            opened = kept["date_open"] or batch.env.cr.now().replace(microsecond=0)
            kept["date_open"] = vals["user_id"] and opened
        dates = {name: vals.get(name, kept[name]) for name in DATES}
        if any(record[name] != value for name, value in dates.items()):
            models.BaseModel.write(record, dates)
        moved = {n: res_id for n, res_id in places.items() if record[n].id != res_id}
        if moved:
            models.BaseModel.write(record, moved)

    def _write_active(self, records, active):
        """Odoo takes an archived lead for one that was closed today."""
        for closed, group in records.grouped("date_closed").items():
            super()._write_active(group, active)
            group.date_closed = closed
