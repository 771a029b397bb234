"""Decide on many values at once: those that were chosen, else all of the list."""

from odoo import models
from odoo.exceptions import UserError

from ..words.messages import agreed
from .conversions import NEVER_CREATED
from .field_kinds import normalize
from .propose_values import get_index


class CrmMigrationValueMapBulk(models.AbstractModel):
    """Without a selection the buttons take what the list shows."""

    _name = "crm.migration.value.map.bulk"
    _description = "Migration: Value Map Bulk"

    def _of_list(self, *decisions):
        """Return the rows that were chosen, else those that the list shows.

        :param decisions: without a selection, of rows with one of these alone; none: all
        :raises UserError: the list shows values of several migrations
        """
        if self:
            return self._as_reviewer()
        shown = self.env.context.get("active_domain")
        domain = [("decision", "in", decisions)] if decisions else []
        rows = self.search([*(shown or []), *domain])
        if shown is None or len(rows.job_id) > 1:
            raise UserError(
                self.env._("Choose values, or show those of one migration only.")
            )
        return rows._as_reviewer()

    def action_create_all(self):
        """Decide that what nobody decided about is created under its label."""
        rows = self._of_list(False)
        fit = rows.filtered(
            # A state is created in its country, one by one.
            lambda row: (
                row.model_name
                and row.model_name not in NEVER_CREATED | {"res.country.state"}
            )
        )
        if rows and not fit:
            raise UserError(
                self.env._("None of these can be created: choose a value of Odoo.")
            )
        fit.action_create()
        return self._tell(fit, rows - fit)

    def action_match(self):
        """Use the records and choices of Odoo that have the same name.

        Case and accents are ignored; what nothing or several have as a name stays.
        """
        rows, indexes = self._of_list(False, "create"), {}
        matched = rows.browse()
        for row in rows:
            if vals := row._get_same_name(indexes):
                row.write(vals)
                matched |= row
        return self._tell(matched, rows - matched)

    def _get_same_name(self, indexes):
        """Return the decision to use what is called the same in Odoo, {} without it."""
        names = list(dict.fromkeys(filter(None, (self.label, self.key))))
        if self.choices and not self.model_name:
            wanted = {normalize(name) for name in names}
            same = [key for key, label in self.choices if normalize(label) in wanted]
            return {"choice": same[0]} if len(same) == 1 else {}
        if self.model_name not in self.env:
            return {}
        key = (self.job_id, self.model_name)
        if key not in indexes:
            indexes[key] = get_index(self.env, self.model_name, self.job_id)
        for name in names:
            country = self._get_country_id({}) if self.scope else ""
            if found := indexes[key].find(name, country).found:
                reason = self.env._("Same name.")
                target = f"{self.model_name},{found}"
                return {"target_ref": target, "decision": "map", "reason": reason}
        return {}

    def action_leave_all_empty(self):
        """Decide that nothing of them is brought over."""
        rows = self._of_list()
        rows.action_leave_empty()
        return self._tell(rows, rows.browse())

    def _tell(self, decided, left):
        """Return the notification that says on how many was decided."""
        counts = {"count": len(decided), "left": len(left)}
        text = not (decided or left) and self.env._(
            "Nothing that this list shows is left for it."
        )
        text = text or self.env._(
            "%(count)s [[count|value is|values are]] decided. %(left)s "
            "[[left|stays as it was|stay as they were]].",
            **counts,
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if decided else "warning",
                "message": agreed(self.env, text, counts),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
