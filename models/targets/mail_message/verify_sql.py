"""Which values of messages SQL compares: their texts, their dates, and where they hang."""

from urllib.parse import quote

from odoo import models
from odoo.tools import SQL

from ...loading.chatter_order import name_message
from ...loading.verify_shapes import COLUMNS

PLAIN_ID = "^[A-Za-z0-9]+$"
"""An id of the source that stands in a Message-Id as it is."""


class CrmMigrationTargetMailMessageVerifySql(models.AbstractModel):
    """Who wrote it tells shapes apart: name and address are theirs."""

    _name = "crm.migration.target.mail.message.verify.sql"
    _description = "Migration: Verify Messages by SQL"
    _inherit = "crm.migration.loading.verify.threads"

    _plain_targets = frozenset({"body", "subject", "date"})
    _shaping_targets = frozenset({"date"})

    def _tell_apart(self):
        return SQL(
            "%s, '|', given.v -> '@created_by', '|', given.v -> '@updated_by'",
            super()._tell_apart(),
        )

    def _know_moments(self, item, values):
        """Return column → the target whose moment it takes, as ``_derive`` has it."""

        def find(*targets):
            return next((each for each in targets if item.targets.get(each)), None)

        date = find("date", "@created_at", "@updated_at")
        if not date:
            return None
        moments = {
            "create_date": find("@created_at", "date", "@updated_at"),
            "write_date": find("@updated_at", "@created_at", "date"),
        }
        return moments if date == "date" else {**moments, "date": date}

    def _expect_audit(self, batch, shapes, item, wanted):
        """Dates and authors are among the values; the dates see ``_know_moments``."""
        if not set(COLUMNS) <= wanted.keys():
            return None
        return {
            name: self._is_just(batch, batch.model._fields[name], wanted[name])
            for name in ("create_uid", "write_uid")
        }

    def _expect_beside(self, batch, shapes, item, more):
        found = super()._expect_beside(batch, shapes, item, more)
        if found is None or "message_id" in item.targets:
            return None
        stream, source_id = item.key
        begin, end = name_message(batch, stream, "\x00").split(quote("\x00"))
        if item.vals.get("message_id") != f"{begin}{source_id}{end}":
            return None
        conditions, more = found
        return {
            **conditions,
            "message_id": SQL(
                "given.source_id ~ %s AND record.message_id = %s || given.source_id || %s",
                *(PLAIN_ID, begin, end),
            ),
            # Of a date of origin ``_compare_more`` sees the part of a second as well.
            "second": SQL(
                "date_trunc('second', record.write_date) = record.write_date"
            ),
        }, more

    def _hangs_there(self):
        return SQL(
            "record.model = given.thread_model AND record.res_id = given.thread_id"
        )
