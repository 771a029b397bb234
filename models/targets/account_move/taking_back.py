"""A rollback takes posted documents back."""

from odoo import models
from odoo.tools import SQL

from .documents import DRAFT
from .payment_entries import ENTRY, LINE, PAYMENT


class CrmMigrationTargetAccountMoveTakingBack(models.AbstractModel):
    """A document that somebody has paid stays: its payment would be of nothing.

    What the migration itself has registered goes along.
    """

    _name = "crm.migration.target.account.move.taking.back"
    _description = "Migration: Rollback of Invoices"

    def _list_extras(self, maps):
        """Leave lines and entries: they go with their document, or its payment."""
        extras = super()._list_extras(maps)
        return {n: ids for n, ids in extras.items() if n not in (LINE, ENTRY)}

    def _delete_extras(self, maps):
        """Take the payments first, with what they have made."""
        self._drop_payments(self._list_extras(maps).get(PAYMENT, ()))
        super()._delete_extras(maps)

    def _unlink(self, records):
        records.filtered(lambda move: move.state != DRAFT).button_draft()
        super()._unlink(records)

    def _used_by_others(self, run, model, ids, kept):
        used = super()._used_by_others(run, model, ids, kept)
        payments = self._list_payments(ids)
        made = self._get_entries(self.env[PAYMENT].union(*payments))
        # What a bank statement confirms stays, and its document with it.
        bearer = {payment.move_id.id: move for payment, move in payments.items()}
        self.env.cr.execute(
            SQL(
                """
                SELECT DISTINCT own.move_id
                  FROM account_move_line AS own
                  JOIN account_partial_reconcile AS part
                    ON own.id IN (part.debit_move_id, part.credit_move_id)
                  JOIN account_move_line AS other
                    ON other.id IN (part.debit_move_id, part.credit_move_id)
                   AND other.id <> own.id
                 WHERE own.move_id = ANY(%s) AND other.move_id <> ALL(%s)
                """,
                [*ids, *bearer],
                [*ids, *made.ids],
            )
        )
        for (move_id,) in self.env.cr.fetchall():
            used.setdefault(bearer.get(move_id, move_id), "account.partial.reconcile")
        return used
