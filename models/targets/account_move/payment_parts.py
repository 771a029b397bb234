"""The payments of which a sum is made, where the source lists them one by one."""

from dataclasses import dataclass
from datetime import date

from odoo import models

from ...loading.decimals import as_decimal

PAYMENTS = "@payments"


@dataclass(frozen=True)
class Part:
    """One payment. Without a day that of the whole counts, without words the invoice's."""

    amount: float
    day: date | None = None
    reference: str = ""


class CrmMigrationTargetAccountMovePaymentParts(models.AbstractModel):
    """Each that is listed becomes a payment, as long as all of them are what was paid."""

    _name = "crm.migration.target.account.move.payment.parts"
    _description = "Migration: Payments One by One"

    def _list_parts(self, item, move):
        """Return the ``Part``s that the source lists, none where money went back."""
        parts = []
        listed = item.targets.get(PAYMENTS)
        for row in listed if isinstance(listed, list) else ():
            amount = as_decimal(row.get("amount")) if isinstance(row, dict) else None
            if amount is None or amount <= 0:
                return []
            at = self._instant(row.get("date"))
            reference = self._as_text(row.get("reference") or "").strip()
            amount = move.currency_id.round(float(amount))
            parts.append(Part(amount, at.date() if at else None, reference))
        return parts

    def _split(self, item, move, amount):
        """Return the ``Part``s of what is still to be registered.

        Those that are there already are left out; where the rest of the list is not what
        is due, it is one payment.
        """
        left = self._list_parts(item, move)
        there = [(p.amount, p.date) for p in self._get_own_payments(item)]
        for paid, day in there:
            same = [part for part in left if self._is_equal(move, part.amount, paid)]
            same.sort(key=lambda part, day=day: part.day != day)
            if same:
                left.remove(same[0])
        if left and self._is_equal(move, sum(part.amount for part in left), amount):
            return left
        return [Part(amount)]

    def _is_equal(self, move, one, other):
        return not move.currency_id.compare_amounts(one, other)

    def _compare_parts(self, item, move, wanted):
        """Yield the single payments, where each of them was registered."""
        parts = self._list_parts(item, move)
        own = self._get_own_payments(item)
        if len(parts) != len(own) or not parts or not all(part.day for part in parts):
            return
        if self._is_equal(move, sum(part.amount for part in parts), wanted):
            digits = move.currency_id.decimal_places
            lists = (
                [(part.day, part.amount) for part in parts],
                [(payment.date, payment.amount) for payment in own],
            )
            expected, found = (
                ", ".join(f"{day} {amount:.{digits}f}" for day, amount in sorted(each))
                for each in lists
            )
            yield PAYMENTS, expected, found
