"""New entries of a list that has an order stand as they stood in the source."""

from odoo import api, models


class CrmMigrationTargetArranging(models.AbstractModel):
    """A list without an order leaves both to the name."""

    _name = "crm.migration.target.arranging"
    _description = "Migration Target: Arranging"

    @api.model
    def _rank_values(self, job):
        """Propose the order of the values of each list; what is ordered stays so."""
        for name, rows in job.value_map_ids.grouped("model_name").items():
            if name and name in self.env:
                self.env["crm.migration.target"]._for(name)._rank_rows(job, rows)

    def _rank_rows(self, job, rows):
        """Give each row its place, where the entries of the model have one."""

    def _arrange(self, job, rows):
        """Give what was created for these rows the place that they have."""
