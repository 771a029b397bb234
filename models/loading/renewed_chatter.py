"""Texts that a load has put into a chatter, once the source says something else."""

from odoo import models

TEXT = ("body", "date", "author_id", "email_from", "reply_to", "create_uid")
PLACE = ("model", "res_id")
COLUMNS = (*PLACE, *TEXT, "mail_activity_type_id")
"""What may be another by now."""
TYPES = {
    **dict.fromkeys(("body", "model", "email_from", "reply_to"), "text"),
    "date": "timestamp",
}


class CrmMigrationLoadingRenewedChatter(models.AbstractModel):
    """By SQL, as they were written; what a person has edited since stays."""

    _name = "crm.migration.loading.renewed.chatter"
    _description = "Migration: Loading Renewed Chatter"

    def _renew_messages(self, specs):
        """Write anew what is there and says something else.

        :param specs: dicts of columns, as ``_insert`` of messages takes them
        """
        if not specs:
            return
        names = ("message_id", *COLUMNS)
        rows = [[spec.get(name) or None for name in names] for spec in specs]
        self.env.flush_all()
        columns = ", ".join(COLUMNS)
        new = ", ".join(f"new.{name}::{TYPES.get(name, 'int')}" for name in COLUMNS)
        self.env.cr.execute_values(
            f"""
            UPDATE mail_message AS message
               SET ({columns}) = ROW({new}), write_uid = new.create_uid::int,
                   create_date = new.date::timestamp, write_date = new.date::timestamp
              FROM (VALUES %s) AS new (message_id, {columns})
             WHERE message.message_id = new.message_id
               AND message.write_date = message.create_date
               AND ({", ".join(f"message.{name}" for name in COLUMNS)})
                   IS DISTINCT FROM ({new})
            """,
            rows,
            page_size=1000,
        )
        self.env["mail.message"].invalidate_model(flush=False)

    def _remove_messages(self, names):
        """Take away what the source does not say any more.

        :param names: ``message_id`` of each
        """
        if not names:
            return
        self.env.flush_all()
        messages = self.env["mail.message"].search([("message_id", "in", [*names])])
        messages.filtered(lambda each: each.write_date == each.create_date).unlink()
