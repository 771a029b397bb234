"""Heads of groups in words: the one place that knows how Odoo reads groups."""

from odoo import api, models


class CrmMigrationGrouped(models.AbstractModel):
    """Mixed into what is grouped by something that has a technical name."""

    _name = "crm.migration.grouped"
    _description = "Migration Data in Groups"

    @api.model
    def formatted_read_group(self, domain, groupby=(), aggregates=(), **options):
        """Head groups with words instead of technical names."""
        groups = super().formatted_read_group(domain, groupby, aggregates, **options)
        self._head_groups(groups)
        return groups

    @api.model
    def formatted_read_grouping_sets(self, domain, grouping_sets, *args, **options):
        """The same for the rows and columns of a pivot."""
        found = super().formatted_read_grouping_sets(
            domain, grouping_sets, *args, **options
        )
        for groups in found:
            self._head_groups(groups)
        return found

    @api.model
    def _head_groups(self, groups):
        """Put words into groups, dicts by the name of what they are grouped by."""
