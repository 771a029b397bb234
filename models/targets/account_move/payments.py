"""Payments, where a migration is asked for them: through Odoo's own dialog, as people do."""

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, float_compare

from ...loading.decimals import as_decimal
from .documents import POSTED

PAYMENT = "account.payment"
PAID, PAID_AT = "@paid", "@paid_at"
REFUSALS = (UserError, ValidationError)


class CrmMigrationTargetAccountMovePayments(models.AbstractModel):
    """One payment for each document, of what the source says was paid of it.

    It is registered on the day of the last payment, else on the due date, in the first
    bank journal of the company, else its first cash journal.
    """

    _name = "crm.migration.target.account.move.payments"
    _description = "Migration: Payments of Invoices"

    def _asks_for_payments(self, job):
        return job.payment_policy == "register"

    def _is_paid_in_full(self, batch, item):
        """Tell whether the state of the source itself says that it was paid."""
        value = item.targets.get("@state")
        if isinstance(value, dict):
            value = self._look_up(batch, item, "@state", value)
        return str(value or "").strip().casefold() == "paid"

    def _get_paid(self, batch, item, move):
        """Return what was paid, above 0 and in the currency of the document."""
        amount = as_decimal(item.targets.get(PAID))
        if amount is None:
            return move.amount_total if self._is_paid_in_full(batch, item) else 0.0
        return move.currency_id.round(abs(float(amount)))

    # -- settling --------------------------------------------------------------------

    def _pay(self, batch, moves):
        """Register the payments of posted documents, and note whose they are.

        :param moves: item → document
        """
        if not self._asks_for_payments(batch.job):
            return
        wanted = {
            item: move
            for item, move in moves.items()
            if move.state == POSTED
            and not item.waits
            and self._get_paid(batch, item, move) > 0
        }
        if not wanted:
            return
        journal = batch.once("payments", lambda: self._find_payment_journal(batch.job))
        for item, move in wanted.items():
            if journal:
                self._pay_one(batch, item, move, journal)
            else:
                company = batch.job.company_id.name
                item.report("payment_journal", "warning", PAID, company=company)
        self._keep_payments(batch, wanted)

    def _find_payment_journal(self, job):
        Journal = self.env["account.journal"]
        domain = Journal._check_company_domain(job.company_id)
        for kind in ("bank", "cash"):
            if found := Journal.search([*domain, ("type", "=", kind)], limit=1):
                return found
        return Journal

    def _pay_one(self, batch, item, move, journal):
        """What Odoo refuses to register leaves the document as it is, open."""
        self._drop_payments(item.all_extras().get(PAYMENT, ()))
        item.extras.pop(PAYMENT, None)
        item.known_extras = {n: i for n, i in item.known_extras.items() if n != PAYMENT}
        amount = self._get_paid(batch, item, move)
        due, currency = move.amount_residual, move.currency_id
        if currency.compare_amounts(amount, due) > 0:
            item.report("payment_more", "warning", PAID, str(amount), due=str(due))
            amount = due
        if currency.is_zero(amount):
            return
        try:
            with self.env.cr.savepoint():
                payments = self._register_payment(item, move, journal, amount)
                self.env.flush_all()
        except REFUSALS as error:
            reason = str(error).split("\n")[0]
            item.report("payment_refused", "warning", PAID, str(amount), reason=reason)
            return
        for payment in payments:
            item.add_extra(PAYMENT, payment.id)

    def _register_payment(self, item, move, journal, amount):
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model=move._name, active_ids=move.ids)
            .create(
                {
                    "journal_id": journal.id,
                    "payment_date": self._get_payment_day(item, move),
                    "currency_id": move.currency_id.id,
                    "amount": amount,
                    "payment_difference_handling": "open",
                }
            )
        )
        return wizard._create_payments()

    def _get_payment_day(self, item, move):
        """Return the day of the payment; none that is still to come."""
        given = self._instant(item.targets.get(PAID_AT))
        day = given.date() if given else move.invoice_date_due or move.invoice_date
        return min(day, fields.Date.context_today(move))

    def _keep_payments(self, batch, items):
        """Note the payments with their documents, for a rollback to find them."""
        rows = [(*item.key, self._as_json(item.all_extras())) for item in items]
        self.env.cr.execute_values(
            self.env.cr.mogrify(
                "UPDATE crm_migration_id_map AS map SET extras = new.extras::jsonb"
                " FROM (VALUES %%s) AS new (stream, source_id, extras)"
                " WHERE map.job_id = %s AND map.part = %s"
                " AND map.stream = new.stream AND map.source_id = new.source_id",
                [batch.job.id, batch.mapping.part or ""],
            ).decode(),
            rows,
        )
        self.env["crm.migration.id.map"].invalidate_model(["extras"])

    # -- verification ----------------------------------------------------------------

    def _compare_payments(self, batch, item, record):
        """Yield what was paid in the source and in Odoo, where both should be the same."""
        mine = item.all_extras().get(PAYMENT) or item.row.get("extras", {}).get(PAYMENT)
        if not self._asks_for_payments(batch.job) or not mine:
            return
        digits = record.currency_id.decimal_places
        wanted = min(self._get_paid(batch, item, record), record.amount_total)
        found = record.amount_total - record.amount_residual
        yield PAID, f"{wanted:.{digits}f}", f"{found:.{digits}f}"
        whole = not float_compare(wanted, record.amount_total, precision_digits=digits)
        states = ("paid", "in_payment") if whole else ("partial",)
        if record.payment_state not in states:
            yield "payment_state", states[0], record.payment_state

    # -- rollback --------------------------------------------------------------------

    def _list_payments(self, ids):
        """Return the ids of the payments that migrations have registered for documents."""
        self.env.cr.execute(
            SQL(
                """
                SELECT DISTINCT entry.value::int
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
        return [payment_id for (payment_id,) in self.env.cr.fetchall()]

    def _list_payment_moves(self, ids):
        """Return the ids of the entries of these payments, differences of rates included."""
        payments = self.env[PAYMENT].browse(self._list_payments(ids)).exists()
        return [*payments.move_id.ids, *self._find_rate_moves(payments).ids]

    def _find_rate_moves(self, payments):
        lines = payments.move_id.line_ids
        return (lines.matched_debit_ids | lines.matched_credit_ids).exchange_move_id

    def _drop_payments(self, ids):
        """Delete payments with all that reconciling has made.

        Odoo would book back the difference of rates, and keep both entries.
        """
        payments = self.env[PAYMENT].browse(ids).exists()
        if not payments:
            return
        lines = payments.move_id.line_ids
        parts = lines.matched_debit_ids | lines.matched_credit_ids
        differences = self._find_rate_moves(payments)
        parts.exchange_move_id = False
        payments.unlink()
        if differences := differences.exists():
            differences.line_ids.remove_move_reconcile()
            differences.button_draft()
            differences.with_context(force_delete=True).unlink()
