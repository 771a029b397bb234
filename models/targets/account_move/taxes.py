"""Which taxes the lines of an invoice have."""

from odoo import models

from ...loading.taxes import PURCHASE, SALE
from .documents import PURCHASES

RATE, INCLUDED, AMOUNT, SUBTOTAL = "@tax", "@tax_included", "@tax_amount", "@subtotal"
LINE_PLACES = frozenset({RATE, INCLUDED, AMOUNT, SUBTOTAL})
LINES = "invoice_line_ids"


class CrmMigrationTargetAccountMoveTaxes(models.AbstractModel):
    """A tax has the kind of its document: one on sales, or one on purchases."""

    _name = "crm.migration.target.account.move.taxes"
    _description = "Migration: Taxes of Invoices"

    def _kind_of(self, move_type):
        return PURCHASE if move_type in PURCHASES else SALE

    def _rate_of(self, batch, kind, places, net, decimals):
        """Return the percentage of a line, None where none explains its tax.

        :param places: targets of a line that are no field
        :param decimals: digits of the currency
        """
        given, tax = places.get(RATE), places.get(AMOUNT)
        return self._find_rate(batch, kind, given, net, tax, decimals)

    def _find_wanted(self, batch):
        """Return {(kind, percentage, included)} of what lines of the batch name."""
        return {
            (kind, *key)
            for item in batch.items
            if item.outcome in (None, "update")
            for kind in [self._kind_of(item.targets.get("move_type"))]
            for key in self._get_rates(batch, item, kind)
        }

    def _get_rates(self, batch, item, kind):
        rates = set()
        for row in self._get_rows(batch, item):
            net = self._net_of(row)
            digits = self._digits_of(batch, item)
            rate = self._rate_of(batch, kind, row, net, digits)
            if rate:
                rates.add((rate.normalize(), bool(row.get(INCLUDED))))
        return rates
