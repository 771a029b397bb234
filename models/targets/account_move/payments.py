"""Payments, where a migration is asked for them: what Odoo's own dialog makes, at once."""

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ...loading.decimals import as_decimal
from .documents import POSTED, SALES
from .payment_entries import ENTRY, LINE, PAYMENT
from .payment_parts import PAYMENTS

PAID, PAID_AT, RESIDUAL = "@paid", "@paid_at", "@residual"
REFUSALS = (UserError, ValidationError)


class CrmMigrationTargetAccountMovePayments(models.AbstractModel):
    """One payment for each that the source lists, else one of what was paid in all.

    That one is registered on the day of the last payment, else on the due date. All are in
    the first bank journal of the company, else its first cash journal. A later reading
    that says more is followed by payments of the rest; one that says less is told, for a
    payment of the books is nothing that just goes.
    """

    _name = "crm.migration.target.account.move.payments"
    _description = "Migration: Payments of Invoices"
    _inherit = [
        "crm.migration.target.account.move.payment.entries",
        "crm.migration.target.account.move.payment.parts",
    ]

    def _asks_for_payments(self, job):
        return job.payment_policy == "register"

    def _is_paid_in_full(self, batch, item):
        """Tell whether the state of the source itself says that it was paid."""
        value = item.targets.get("@state")
        if isinstance(value, dict):
            value = self._look_up(batch, item, "@state", value)
        return str(value or "").strip().casefold() == "paid"

    def _get_paid(self, batch, item, move):
        """Return what was paid in the currency of the document, None where nobody tells."""
        amount = as_decimal(item.targets.get(PAID))
        if amount is not None:
            return move.currency_id.round(abs(float(amount)))
        if item.targets.get(PAYMENTS) and (parts := self._list_parts(item, move)):
            return move.currency_id.round(sum(part.amount for part in parts))
        due = as_decimal(item.targets.get(RESIDUAL))
        if due is not None:
            rest = move.amount_total - abs(float(due))
            return move.currency_id.round(max(rest, 0))
        return move.amount_total if self._is_paid_in_full(batch, item) else None

    def _get_paid_in_odoo(self, move):
        return move.currency_id.round(move.amount_total - move.amount_residual)

    def _note_paid(self, batch, item):
        """Note what was paid, and when, where the source's own note does not say it."""
        note = self._as_text(item.targets.get("@note"))
        lengths = {PAID: None, RESIDUAL: None, PAID_AT: len("2019-03-20")}
        for target, length in lengths.items():
            text = self._as_text(item.targets.get(target))[:length]
            if text and text not in note:
                self._keep_in_notes(batch, item, target, text)

    # -- settling --------------------------------------------------------------------

    def _pay(self, batch, moves):
        """Register the payments of posted documents, and note whose they are.

        :param moves: item → document
        """
        if not self._asks_for_payments(batch.job):
            return
        ready = {i: m for i, m in moves.items() if m.state == POSTED and not i.waits}
        before = {item: self._get_own_payments(item) for item in moves}
        if any(before.values()):
            self._bring_back(moves, before)
        due = {
            item: (move, self._split(item, move, amount))
            for item, move in ready.items()
            if (amount := self._get_due(batch, item, move)) > 0
        }
        if due:
            self._register_all(batch, due)
        self._keep_payments(
            batch, [item for item in moves if before[item] or item in due]
        )

    def _get_due(self, batch, item, move):
        """Return what is still to be registered; what does not fit is told."""
        paid, currency = self._get_paid(batch, item, move), move.currency_id
        if paid is None:
            return 0
        there = self._get_paid_in_odoo(move)
        if currency.compare_amounts(paid, move.amount_total) > 0:
            total = str(move.amount_total)
            item.report("payment_more", "warning", PAID, str(paid), due=total)
            return move.amount_residual
        if currency.compare_amounts(paid, there) < 0 and self._get_own_payments(item):
            item.report("payment_less", "warning", PAID, str(paid), there=str(there))
        return max(currency.round(paid - there), 0)

    def _register_all(self, batch, due):
        """Pay all at once; where Odoo refuses that, each by itself.

        :param due: item → (document, ``Part``s)
        """
        journal = batch.once("payments", lambda: self._find_payment_journal(batch.job))
        if not journal:
            company = batch.job.company_id.name
            for item in due:
                item.report("payment_journal", "warning", PAID, company=company)
        elif self._try_to_register(journal, due):
            for item, (move, parts) in due.items():
                if error := self._try_to_register(journal, {item: (move, parts)}):
                    reason = str(error).split("\n")[0]
                    amount = move.currency_id.round(sum(part.amount for part in parts))
                    told = ("payment_refused", "warning", PAID, str(amount))
                    item.report(*told, reason=reason)

    def _find_payment_journal(self, job):
        Journal = self.env["account.journal"]
        domain = Journal._check_company_domain(job.company_id)
        for kind in ("bank", "cash"):
            if found := Journal.search([*domain, ("type", "=", kind)], limit=1):
                return found
        return Journal

    def _try_to_register(self, journal, due):
        """Return why Odoo has refused, None where it has not: the documents stay open."""
        try:
            with self.env.cr.savepoint():
                payments = self._create_payments(journal, due)
                self.env.flush_all()
        except REFUSALS as error:
            return error
        payments = iter(payments)
        for item, (_move, parts) in due.items():
            for _part in parts:
                item.add_extra(PAYMENT, next(payments).id)
        return None

    def _create_payments(self, journal, due):
        """Return the payments, posted and set off against their documents."""
        Payment = self.env[PAYMENT]
        methods = {
            way: journal._get_available_payment_method_lines(way)[:1]
            for way in ("inbound", "outbound")
        }
        if not all(method.payment_account_id for method in methods.values()):
            # Without an account a payment has no entry, and the invoice would stay due
            # where the app Accounting is installed (19.0).
            Payment = Payment.with_context(force_payment_move=True)
        pairs = [
            (item, move, part) for item, (move, parts) in due.items() for part in parts
        ]
        payments = Payment.create(
            [self._get_payment_vals(*pair, journal, methods) for pair in pairs]
        )
        # Sales would send an order's invoice at once (``account.payment.register``, 19.0).
        payments.with_context(skip_sale_auto_invoice_send=True).action_post()
        self._reconcile(
            [
                (payment, move)
                for payment, (_item, move, _part) in zip(payments, pairs, strict=True)
            ]
        )
        return payments

    def _get_payment_vals(self, item, move, part, journal, methods):
        """Return the values that the dialog would give (``account.payment.register``)."""
        way = "inbound" if move.is_inbound() else "outbound"
        line = move.line_ids.filtered(lambda line: line.display_type == "payment_term")
        return {
            "date": self._get_payment_day(item, move, part),
            "amount": part.amount,
            "payment_type": way,
            "partner_type": "customer" if move.move_type in SALES else "supplier",
            "memo": part.reference or move.payment_reference or move.ref or move.name,
            "journal_id": journal.id,
            "company_id": move.company_id.id,
            "currency_id": move.currency_id.id,
            "partner_id": move.commercial_partner_id.id,
            "payment_method_line_id": methods[way].id,
            "destination_account_id": line[:1].account_id.id,
            "invoice_ids": [Command.set(move.ids)],
        }

    def _get_payment_day(self, item, move, part):
        """Return the day of the payment; none that is still to come."""
        given = self._instant(item.targets.get(PAID_AT))
        day = part.day or (given and given.date())
        day = day or move.invoice_date_due or move.invoice_date
        return min(day, fields.Date.context_today(move))

    def _keep_payments(self, batch, items):
        """Note the payments with their documents, for a rollback to find them.

        Their entries as well: these refer to customers, who may go once they do.
        """
        self.env.flush_all()
        kept = {}
        for item in items:
            payments = self._get_own_payments(item)
            entries = self._get_entries(payments)
            lines = [*self._get_extras(item).get(LINE, ()), *entries.line_ids.ids]
            made = {PAYMENT: payments.ids, ENTRY: entries.ids}
            made[LINE] = list(dict.fromkeys(lines))
            kept[item] = made
        self._keep_extras(batch, kept)

    # -- verification ----------------------------------------------------------------

    def _compare_payments(self, batch, item, record):
        """Yield what was paid in the source and in Odoo, where both should be the same."""
        if not self._asks_for_payments(batch.job):
            return
        paid = self._get_paid(batch, item, record)
        if paid is None or not self._get_extras(item).get(PAYMENT):
            return
        digits = record.currency_id.decimal_places
        wanted, found = (
            min(paid, record.amount_total),
            self._get_paid_in_odoo(record),
        )
        yield PAID, f"{wanted:.{digits}f}", f"{found:.{digits}f}"
        yield from self._compare_parts(item, record, wanted)
        whole = not record.currency_id.compare_amounts(wanted, record.amount_total)
        states = ("paid", "in_payment") if whole else ("partial",)
        if record.payment_state not in states:
            yield "payment_state", states[0], record.payment_state
