"""Files of a source: nobody looks for them by their words."""

from odoo import api, models

UNINDEXED = "crm_migration_unindexed"
"""In the context: the words of what is created are not kept besides."""


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model
    def _index(self, bin_data, file_type, checksum=None):
        """Keep no words of a file of a source: of a text they are the whole of it."""
        if self.env.context.get(UNINDEXED):
            return None
        return super()._index(bin_data, file_type, checksum=checksum)
