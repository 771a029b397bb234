"""The record that a plan means by a name."""

from odoo import models
from odoo.fields import Domain

from .companies import get_company_domain


class CrmMigrationValueMapPlan(models.AbstractModel):
    _name = "crm.migration.value.map.plan"
    _description = "Migration: Value Map Plan"

    def _get_planned_decision(self):
        """Return the decision as it was before a load has created what was wanted."""
        if self.decision == "map" and self.target_ref and self.loaded_ref:
            target = f"{self.target_ref._name},{self.target_ref.id}"
            return "create" if target == self.loaded_ref else self.decision
        return self.decision

    def _get_planned_place(self):
        """Return where a new entry stands in its list, where the list has an order."""
        if not self.sequence or self._get_planned_decision() != "create":
            return {}
        return {"order": self.sequence, "won": self.is_won}

    def _is_planned(self, name):
        """Tell whether the row stands for the record that the plan names already."""
        return bool(self.target_ref) and self.target_ref.display_name == name

    def _find_planned_target(self, name):
        """Return the one record of a name; of several none is any better."""
        found = self.env[self.model_name].with_context(active_test=False)
        usable = get_company_domain(found, self.company_id)
        found = found.search(Domain("display_name", "=", name) & usable)
        found = found.filtered(lambda record: record.display_name == name) or found
        if found._active_name and self.model_name != "res.currency":
            found = found.filtered(found._active_name) or found
        return found if len(found) == 1 else found.browse()
