"""Records of a kind that Odoo does not have, in a model that *prepare* created for them."""

from collections import Counter

from odoo import models

from ..mapping.custom_objects import NAME, NOTES


class CrmMigrationTargetCustomObject(models.AbstractModel):
    """All models ``x_…``: fields, lookups and chatter are those of the mapping."""

    _name = "crm.migration.target.custom.object"
    _description = "Migration Target: Custom Objects"
    _inherit = ["crm.migration.target"]

    def _load(self, run, mapping, rows):
        """Load the rows; a rehearsal, which creates no model, only counts them."""
        if mapping.model_name not in self.env:
            return Counter(created=len(rows))
        return super()._load(run, mapping, rows)

    def _get_named_field(self, model):
        return NAME

    def _default_name(self, batch, item):
        return batch.mapping.object_label or super()._default_name(batch, item)

    def _note_field(self, batch):
        return NOTES if NOTES in batch.model._fields else super()._note_field(batch)
