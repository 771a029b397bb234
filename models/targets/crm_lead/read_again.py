"""A deal that a person has won or lost in Odoo stays so, whatever the source says."""

from odoo import models

OUTCOME = {"active", "probability", "stage_id", "lost_reason_id", "date_closed"}
"""Fields that only make sense together: half of an outcome is none."""


class CrmMigrationTargetCrmLeadAgain(models.AbstractModel):
    _name = "crm.migration.target.crm.lead.again"
    _description = "Migration: Target Crm Lead Again"

    def _free_to_write(self, batch, item, record, wanted):
        told = len(item.problems)
        estimated = {}
        if record.is_automated_probability and "probability" in wanted:
            # Odoo's own estimate is nobody's decision.
            estimated["probability"] = wanted["probability"]
            wanted = {n: wanted[n] for n in wanted if n not in estimated}
        free = dict(super()._free_to_write(batch, item, record, wanted)) | estimated
        guarded = item.is_touched or not item.is_own
        if guarded and OUTCOME & set(free):
            if self._is_decided(item, record, item.problems[told:]):
                free = {name: free[name] for name in free if name not in OUTCOME}
        yield from free.items()

    def _is_decided(self, item, record, problems):
        """Tell whether a person decided about the outcome; say so where it is another."""
        then = self._outcome_of(item.loaded.vals if item.loaded else {})
        now, new = record.won_status, self._outcome_of(item.vals)
        is_told = any(problem["field"] in OUTCOME for problem in problems)
        if now == then:
            return is_told and new != then
        if now != new and not is_told:
            self._report_both(item, record, "won_status", new)
        return True

    def _outcome_of(self, vals):
        if vals.get("active") is False and not vals.get("probability"):
            return "lost"
        return "won" if vals.get("probability") == 100 else "pending"
