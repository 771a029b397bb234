"""The numbers of messages that are still to be loaded, given out before the load."""

from odoo import api, fields, models


class CrmMigrationMessageNumber(models.Model):
    """The id of the row is the one that the message of a staging record will have.

    What is committed here is nobody else's: two loads at once need not wait for each
    other to number their messages in the order of their dates.
    """

    _name = "crm.migration.message.number"
    _description = "Migration Message Number"
    _inherit = ["crm.migration.protected"]
    _order = "id"
    _log_access = False

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    record_id = fields.Integer(
        required=True, help="The staging record; no link, for these are many."
    )
    part = fields.Char(required=True, default="")

    _record_uniq = models.UniqueIndex(
        "(record_id, part)", "A message of a staging record has one number."
    )

    @api.autovacuum
    def _gc_spent_numbers(self):
        """Forget the numbers that messages have, and those nobody asks for any more."""
        self.env.cr.execute(
            """
            DELETE FROM crm_migration_message_number AS number
             WHERE EXISTS (SELECT FROM mail_message AS message
                            WHERE message.id = number.id)
                OR NOT EXISTS (SELECT FROM crm_migration_record AS record
                                WHERE record.id = number.record_id)
            """
        )
        self.invalidate_model(flush=False)
