"""Say beforehand which essentials no field of the source fills."""

from odoo import models

from ..mapping.custom_objects import get_model
from ..words.mapping import PLACES

_INSTEAD = {
    "name": frozenset({"email", "email_from", "@addresses"}),
    "start": frozenset({"start_date", "@start"}),
}
"""What an essential is derived from where nothing fills it itself."""


class CrmMigrationJobPreflightEssentials(models.AbstractModel):
    """The name of a deal, its amount, its creation date; the start of a meeting."""

    _name = "crm.migration.job.preflight.essentials"
    _description = "Migration: Job Preflight Essentials"

    def _check_targets(self):
        return [*super()._check_targets(), *self._check_essentials()]

    def _check_essentials(self):
        """Return one warning with a line for each object that lacks something."""
        lines = [
            text
            for mapping in self.mapping_ids.filtered("selected")
            if mapping.stream_id.selected and mapping.model_name in self.env
            for text in self._say_essentials(mapping)
        ]
        if not lines:
            return []
        text = self.env._(
            "Nothing fills these. Choose a field of the source in the mapping, or load "
            "without them:"
        )
        return [("target.essentials", "warning", "\n".join([text, *lines]))]

    def _say_essentials(self, mapping):
        wanted = self.env["crm.migration.target"]._for(mapping.model_name)._essentials
        filled = {
            line.target for line in mapping.line_ids if line.state == "accepted"
        } - {False}
        if "@onto" in filled:
            # Its rows only put something onto records of others.
            return
        fields = get_model(self.env, mapping.model_name)._fields
        is_lead = self._is_lead(mapping)
        for name in wanted:
            if name in filled or _INSTEAD.get(name, frozenset()) & filled:
                continue
            if name == "expected_revenue" and is_lead:
                continue
            label = (
                self.env._(PLACES[name])
                if name in PLACES
                else fields[name]._description_string(self.env)
            )
            yield self.env._(
                "%(mapping)s: %(field)s", mapping=mapping.display_name, field=label
            )

    def _is_lead(self, mapping):
        """Tell whether a mapping makes leads, of which nobody knows an amount yet."""
        return any(
            line.target == "type" and ["constant", "lead"] in (line.steps or [])
            for line in mapping.line_ids
        )
