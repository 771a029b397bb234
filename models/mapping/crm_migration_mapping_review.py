"""The buttons with which a consultant decides on a mapping, and what they change."""

from odoo import api, fields, models


class CrmMigrationMappingReview(models.AbstractModel):
    """Decide on all lines of a mapping at once."""

    _name = "crm.migration.mapping.review"
    _description = "Migration: Mapping Review"

    line_count = fields.Integer(compute="_compute_line_count", string="Fields")

    @api.depends("line_ids")
    def _compute_line_count(self):
        for mapping in self:
            mapping.line_count = len(mapping.line_ids)

    def action_accept_all(self):
        """Ask above which confidence the proposals are accepted."""
        return self._open_dialog(
            self.env._("Accept Proposals"),
            "crm.migration.mapping.accept",
            default_mapping_ids=self.ids,
        )

    def action_change_object(self):
        return self.stream_id.action_change_object()

    def action_mark_reviewed(self):
        self._as_reviewer().is_reviewed = True
        return True

    def action_reopen(self):
        self._as_reviewer().is_reviewed = False
        return True
