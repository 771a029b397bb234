"""Entries of payments: what reconciling has made goes with the payment that it was for."""

from odoo import models
from odoo.tools import SQL

ENTRY, LINE, PAYMENT = "account.move", "account.move.line", "account.payment"


class CrmMigrationTargetAccountMovePaymentEntries(models.AbstractModel):
    """A payment has an entry; another rate adds one, and so does a tax due when paid."""

    _name = "crm.migration.target.account.move.payment.entries"
    _description = "Migration: Entries of Payments"

    def _get_extras(self, item):
        """Return model → ids of what was created for a row, of a load before as well."""
        stored, added = item.row.get("extras") or {}, item.all_extras()
        return {
            name: list(dict.fromkeys([*stored.get(name, ()), *added.get(name, ())]))
            for name in {**stored, **added}
        }

    def _get_own_payments(self, item):
        """Return the payments that migrations have registered for a document."""
        return (
            self.env[PAYMENT].browse(self._get_extras(item).get(PAYMENT, ())).exists()
        )

    def _get_partials(self, payments):
        lines = payments.move_id.line_ids
        return lines.matched_debit_ids | lines.matched_credit_ids

    def _get_entries(self, payments):
        """Return the entries of payments, and those that reconciling them has made."""
        parts = self._get_partials(payments)
        taxes = self.env[ENTRY].search([("tax_cash_basis_rec_id", "in", parts.ids)])
        return payments.move_id | parts.exchange_move_id | taxes

    def _reconcile(self, pairs):
        """Set payments off against their documents.

        :param pairs: (payment, document)
        """
        by_move = {}
        for payment, move in pairs:
            by_move[move] = by_move.get(move, self.env[PAYMENT]) | payment
        plan = [
            (payments.move_id.line_ids | move.line_ids).filtered(
                lambda line, accounts=payments.destination_account_id: (
                    line.account_id in accounts and not line.reconciled
                )
            )
            for move, payments in by_move.items()
        ]
        Full = self.env["account.full.reconcile"]
        last = Full.search([], order="id desc", limit=1).id or 0
        self.env[LINE]._reconcile_plan(plan)
        # Where rates differ Odoo makes two of them, and the first is nobody's (19.0).
        made = Full.search([("id", ">", last)])
        made.invalidate_recordset(["reconciled_line_ids"])
        made.filtered(lambda full: not full.reconciled_line_ids).unlink()

    def _bring_back(self, moves, payments):
        """Mend payments whose document was changed: Odoo has set them free (19.0).

        Those that a bank statement confirms are set off once more, the others are made
        anew; so they are where the document is not posted any more.

        :param moves: item → document
        :param payments: item → payments that are there
        """
        again, dropped = [], self.env[PAYMENT]
        for item, move in moves.items():
            for payment in payments[item]:
                parts = self._get_partials(payment)
                if move in (parts.debit_move_id | parts.credit_move_id).move_id:
                    continue
                if not parts:
                    dropped |= payment
                elif move.state == "posted":
                    again.append((payment, move))
        self._drop_payments(dropped.ids)
        if again:
            self._reconcile(again)

    # -- rollback --------------------------------------------------------------------

    def _list_payments(self, ids):
        """Return payment → document of those that migrations have registered."""
        self.env.cr.execute(
            SQL(
                """
                SELECT DISTINCT entry.value::int, map.res_id
                  FROM crm_migration_id_map AS map
                 CROSS JOIN LATERAL
                       jsonb_array_elements_text(map.extras -> %s) AS entry
                 WHERE map.res_model = 'account.move' AND map.res_id = ANY(%s)
                   AND jsonb_typeof(map.extras -> %s) = 'array'
                """,
                PAYMENT,
                list(ids),
                PAYMENT,
            )
        )
        found = dict(self.env.cr.fetchall())
        there = self.env[PAYMENT].browse(found).exists()
        return {payment: found[payment.id] for payment in there}

    def _drop_payments(self, ids):
        """Delete payments with all that reconciling has made.

        Odoo would book back differences of rates and taxes, and keep both entries.
        """
        payments = self.env[PAYMENT].browse(ids).exists()
        if not payments:
            return
        made = self._get_entries(payments) - payments.move_id
        self._get_partials(payments).exchange_move_id = False
        taxes = made.filtered("tax_cash_basis_rec_id")
        taxes.write(
            {"tax_cash_basis_rec_id": False, "tax_cash_basis_origin_move_id": False}
        )
        payments.with_context(force_delete=True).unlink()
        if made := made.exists():
            made.line_ids.remove_move_reconcile()
            made.button_draft()
            made.with_context(force_delete=True).unlink()
