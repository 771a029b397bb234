"""A thousand invoices, equal to the cent."""

import logging
import random
import time
from collections import Counter
from datetime import date
from decimal import Decimal

from odoo.tests import tagged

from .invoice_common import MODEL, InvoiceCase, cents

_logger = logging.getLogger(__name__)


@tagged("post_install", "-at_install")
class TestThousandInvoices(InvoiceCase):
    """A fixed seed: what does not come out to the cent is a draft that says so."""

    def make(self, draw, number):
        """Return the values of an invoice, its totals worked out per line, as they are."""
        currency = draw.choice(["EUR", "USD", "USD", "JPY", "KWD"])
        digits = {"JPY": 0, "KWD": 3}.get(currency, 2)
        lines, untaxed, tax = [], Decimal(0), Decimal(0)
        for _line in range(draw.randint(1, 5)):
            quantity = Decimal(draw.randint(1, 99999)).scaleb(
                -draw.choice([0, 2, 3, 4])
            )
            price = Decimal(draw.randint(1, 999999)).scaleb(-draw.choice([2, 2, 2, 4]))
            discount = Decimal(draw.choice([0, 0, 0, 5, "12.5", "33.33"]))
            rate = Decimal(draw.choice([0, 7, 19, 23]))
            net = cents(quantity * price * (100 - discount) / 100, digits)
            own = cents(net * rate / 100, digits)
            untaxed, tax = untaxed + net, tax + own
            lines.append(
                {
                    "name": f"Ítem {number}",
                    "quantity": float(quantity),
                    "price_unit": float(price),
                    "discount": float(discount),
                    "@tax": float(rate),
                    "@tax_amount": float(own),
                    "@subtotal": float(net),
                }
            )
        return {
            "name": draw.choice(["RE-2019-{}", "{}/19", "C-55-{}", "{}"]).format(
                number
            ),
            "move_type": draw.choice(["out_invoice"] * 9 + ["out_refund"]),
            "partner_id": self.ref("companies", "1"),
            "invoice_date": f"2019-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
            "invoice_date_due": "2020-01-31",
            "@currency": currency,
            "@state": "posted",
            "invoice_line_ids": lines,
            "@amount_untaxed": float(untaxed),
            "@amount_tax": float(tax),
            "@amount_total": float(untaxed + tax),
        }

    def test_a_thousand_invoices(self):
        if MODEL not in self.env:
            return  # test_without_the_app says what happens there
        draw = random.Random(20190304)
        given = {str(n): self.make(draw, n) for n in range(1, 1001)}
        started, used = time.monotonic(), time.process_time()
        keys = list(given)
        figures = Counter()
        for start in range(0, 1000, 100):
            part = {key: given[key] for key in keys[start : start + 100]}
            self.load("invoices", MODEL, part)
        loaded = time.monotonic()
        for start in range(0, 1000, 100):
            self.settle("invoices", MODEL, keys[start : start + 100])
        settled, used = time.monotonic(), time.process_time() - used
        flagged = set(self.messages().mapped("source_id"))
        for key in keys:
            move = self.loaded("invoices", key)
            names = ("amount_untaxed", "amount_tax", "amount_total")
            same = all(
                cents(move[n], 3) == cents(given[key][f"@{n}"], 3) for n in names
            )
            figures[move.currency_id.name, move.move_type, move.state] += 1
            self.assertEqual(move.state, "draft" if key in flagged else "posted")
            self.assertTrue(same or key in flagged, given[key])
            if move.state == "posted":
                self.assertEqual(move.name, given[key]["name"])
                self.assertEqual(
                    move.date, date.fromisoformat(given[key]["invoice_date"])
                )
        posted = sum(n for (_c, _t, state), n in figures.items() if state == "posted")
        codes = Counter(self.messages().mapped("code"))
        _logger.info(f"{posted} posted, {len(flagged)} flagged {codes}, load {loaded - started:.1f} s, settle {settled - loaded:.1f} s, {used:.0f} s of Python, {dict(figures)}")  # fmt: skip
        self.assertGreaterEqual(posted, 990)
        self.assertEqual(self.verify("invoices", MODEL, keys), [])
        self.assertLess(used, 90, "seconds of Python, whatever else the machine does")
        self.assert_taken_back()
