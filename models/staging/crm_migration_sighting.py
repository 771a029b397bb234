"""What a second reading has met so far."""

from odoo import fields, models


class CrmMigrationSighting(models.Model):
    """What a second reading has met so far; a first one needs none of it.

    Rows of their own, because marking the records themselves would write a million of
    them anew to learn that nothing has changed.
    """

    _name = "crm.migration.sighting"
    _description = "Migration Sighting"
    _inherit = ["crm.migration.protected"]
    _log_access = False

    stream_id = fields.Many2one(
        "crm.migration.stream", required=True, ondelete="cascade"
    )
    record_id = fields.Many2one(
        "crm.migration.record", required=True, ondelete="cascade"
    )

    _record_uniq = models.UniqueIndex("(record_id)")
    _stream_idx = models.Index("(stream_id)")
