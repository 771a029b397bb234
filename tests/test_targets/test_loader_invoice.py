"""Invoices: numbers, dates and totals of the source to the cent, or a flagged draft."""

import logging
import random
import time
from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from odoo import Command
from odoo.tests import tagged

from ..digests import get_digest, get_rows
from ..loader_common import LoaderCase

_logger = logging.getLogger(__name__)
MODEL = "account.move"
RATES = {"EUR": 0.9, "JPY": 150.0, "KWD": 0.3}


def cents(value, digits=2):
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


class InvoiceCase(LoaderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if MODEL not in cls.env:
            return
        cls.company = cls.env["res.company"].create(
            {
                "name": "Moved Ltd",
                "country_id": cls.env.ref("base.us").id,
                "currency_id": cls.env.ref("base.USD").id,
            }
        )
        cls.env["account.chart.template"].try_loading(
            "generic_coa", company=cls.company, install_demo=False
        )
        cls.env.user.company_ids |= cls.company
        cls.job.company_id = cls.company
        cls.anna.company_ids |= cls.company
        Currency = cls.env["res.currency"].with_context(active_test=False)
        for name, rate in RATES.items():
            currency = Currency.search([("name", "=", name)])
            currency.active = True
            cls.env["res.currency.rate"].create(
                {
                    "currency_id": currency.id,
                    "name": "2018-01-01",
                    "rate": rate,
                    "company_id": cls.company.id,
                }
            )
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        if MODEL not in self.env:
            return
        self.load("companies", "res.partner", {"1": {"name": "Ærø ApS", "is_company": True}})  # fmt: skip
        self.before = get_digest(self.env)

    def invoice(self, **more):
        values = {
            "name": "2018/19-0042",
            "move_type": "out_invoice",
            "partner_id": self.ref("companies", "1"),
            "invoice_date": "2019-03-04",
            "invoice_date_due": "2019-04-03",
            "@currency": "USD",
            "@state": "posted",
            "@created_at": "2019-03-04 10:00:00",
            "@updated_at": "2019-03-05 11:00:00",
            "@created_by": {"$owner": "anna"},
            "invoice_line_ids": [
                {"name": "Drehbank", "quantity": 3, "price_unit": 33.33, "@tax": 19}
            ],
            "@amount_untaxed": 99.99,
            "@amount_tax": 19.00,
            "@amount_total": 118.99,
        }
        return {**values, **more}

    def bring(self, *rows, **more):
        """Load and settle rows of their own ids; return the documents."""
        given = {str(number): row for number, row in enumerate(rows, 1)}
        counter = self.load("invoices", MODEL, given)
        self.assertEqual(
            counter, {"created": len(rows)}, self.messages().mapped("text")
        )
        self.waiting = self.settle("invoices", MODEL, given)
        return [self.loaded("invoices", key) for key in given]

    def assert_taken_back(self):
        self.unload("invoices")
        after = get_digest(self.env)
        differing = {t for t in self.before if self.before[t] != after[t]}
        self.assertFalse(differing, [get_rows(self.env, t)[-2:] for t in differing])


@tagged("post_install", "-at_install")
class TestInvoices(InvoiceCase):
    def setUp(self):
        super().setUp()
        self.here = MODEL in self.env

    def test_posted_with_the_source_s_number_dates_and_totals(self):
        if not self.here:
            return
        (move,) = self.bring(self.invoice())
        self.assertEqual(self.messages().mapped("text"), [])
        self.assertEqual(
            (move.state, move.name, str(move.invoice_date), str(move.date)),
            ("posted", "2018/19-0042", "2019-03-04", "2019-03-04"),
        )
        self.assertEqual(str(move.invoice_date_due), "2019-04-03")
        self.assertEqual(
            (move.amount_untaxed, move.amount_tax, move.amount_total),
            (99.99, 19.00, 118.99),
        )
        self.assertEqual(str(move.create_date), "2019-03-04 10:00:00")
        self.assertEqual(str(move.write_date), "2019-03-05 11:00:00")
        self.assertEqual(move.create_uid, self.anna)
        self.assertFalse(move.journal_id.alias_name)
        self.assertEqual(move.journal_id.sequence_override_regex[:5], "^(?P<")
        self.assertEqual(self.verify("invoices", MODEL, ["1"]), [])
        self.assert_taken_back()

    def test_numbers_that_odoo_would_read_as_years_stay(self):
        if not self.here:
            return
        numbers = (
            *("C-55-001", "45/100", "B-10-0001", "03/2019", "1903-0012", "7/2019"),
            *("RE-77", "20190304000012345678", "A", "Ž 5 / bis"),
        )
        moves = self.bring(*(self.invoice(name=number) for number in numbers))
        self.assertEqual([move.name for move in moves], [*numbers])
        self.assertEqual({move.state for move in moves}, {"posted"})
        self.assertEqual(self.verify("invoices", MODEL, map(str, range(1, 11))), [])
        self.assert_taken_back()

    def next_number(self, move_type="out_invoice"):
        """Return the number that the company's own next document gets."""
        with self.env.cr.savepoint() as savepoint:
            move = (
                self.env[MODEL]
                .with_company(self.company)
                .create(
                    {
                        "move_type": move_type,
                        "partner_id": self.company.partner_id.id,
                        "invoice_date": "2026-06-30",
                        "invoice_line_ids": [
                            Command.create({"name": "x", "price_unit": 1})
                        ],
                    }
                )
            )
            move.action_post()
            number = move.name
            savepoint.rollback()
        self.env.invalidate_all()
        return number

    def test_the_company_s_own_next_numbers_are_the_same(self):
        if not self.here:
            return
        journals = self.env["account.journal"].search(
            [("company_id", "=", self.company.id), ("type", "=", "sale")]
        )
        journals.write({"code": "ZZZ", "sequence": 10})  # behind ours by the name
        before = [self.next_number(), self.next_number("out_refund")]
        self.bring(
            self.invoice(name="RE-000123"),
            self.invoice(name="GS-7", move_type="out_refund"),
        )
        after = [self.next_number(), self.next_number("out_refund")]
        self.assertEqual(after, before)

    def test_a_credit_note_is_linked_and_not_set_off(self):
        if not self.here:
            return
        invoice, refund = self.bring(
            self.invoice(),
            self.invoice(
                name="GS-1",
                move_type="out_refund",
                reversed_entry_id=self.ref("invoices", "1"),
            ),
        )
        self.assertEqual((refund.move_type, refund.state), ("out_refund", "posted"))
        self.assertEqual(refund.reversed_entry_id, invoice)
        self.assertEqual(invoice.payment_state, "not_paid")
        self.assertEqual(invoice.amount_residual, 118.99)
        self.assertEqual(self.verify("invoices", MODEL, ["1", "2"]), [])
        self.assert_taken_back()

    def test_a_negative_invoice_is_a_credit_note(self):
        if not self.here:
            return
        (move,) = self.bring(
            self.invoice(
                invoice_line_ids=[{"name": "x", "quantity": -3, "price_unit": 33.33, "@tax": 19}],
                **{"@amount_untaxed": -99.99, "@amount_tax": -19.0, "@amount_total": -118.99},
            )
        )  # fmt: skip
        self.assertEqual((move.move_type, move.state), ("out_refund", "posted"))
        self.assertEqual(move.amount_total, 118.99)
        self.assertEqual(self.verify("invoices", MODEL, ["1"]), [])

    def test_receipts_and_bills_have_their_own_kinds(self):
        if not self.here:
            return
        receipt, bill = self.bring(
            self.invoice(name="R-1", move_type="out_receipt"),
            self.invoice(name="B-1", ref="SUP/17", move_type="in_invoice"),
        )
        self.assertEqual((receipt.state, receipt.journal_id.type), ("posted", "sale"))
        self.assertEqual((bill.state, bill.journal_id.type), ("posted", "purchase"))
        self.assertEqual((bill.name, str(bill.date)), ("B-1", "2019-03-04"))
        self.assertEqual(bill.invoice_line_ids.tax_ids.type_tax_use, "purchase")
        self.assertEqual(self.verify("invoices", MODEL, ["1", "2"]), [])
        self.assert_taken_back()

    def test_a_quantity_of_four_digits_is_one_piece_with_its_text(self):
        if not self.here:
            return
        (move,) = self.bring(
            self.invoice(
                invoice_line_ids=[
                    {"name": "Öl", "quantity": 1.3333, "price_unit": 90, "@tax": 0}
                ],
                **{
                    "@amount_untaxed": 120.00,
                    "@amount_tax": 0,
                    "@amount_total": 120.00,
                },
            )
        )
        (line,) = move.invoice_line_ids
        self.assertEqual((line.quantity, line.price_unit), (1, 120.00))
        self.assertEqual(line.name, "Öl\n1.3333 × 90")
        self.assertEqual((move.state, move.amount_total), ("posted", 120.00))
        self.assertEqual(self.verify("invoices", MODEL, ["1"]), [])

    def test_cents_of_tax_are_the_source_s(self):
        """Three lines of 33.33 at 19 %: 19.00 globally, 18.99 per line."""
        if not self.here:
            return
        line = {"name": "x", "quantity": 1, "price_unit": 33.33, "@tax": 19, "@tax_amount": 6.33}  # fmt: skip
        (move,) = self.bring(
            self.invoice(
                invoice_line_ids=[line] * 3,
                **{"@amount_tax": 18.99, "@amount_total": 118.98},
            )
        )
        self.assertEqual((move.state, move.amount_tax), ("posted", 18.99))
        self.assertEqual(move.amount_total, 118.98)
        self.assertEqual(self.verify("invoices", MODEL, ["1"]), [])

    def test_other_totals_leave_a_draft_that_says_both(self):
        if not self.here:
            return
        (move,) = self.bring(self.invoice(**{"@amount_total": 120.0, "@amount_tax": 20.01}))  # fmt: skip
        self.assertEqual(move.state, "draft")
        self.assertEqual(self.waiting, {"1"})
        (message,) = self.messages("invoice_totals")
        self.assertIn("99.99 + 20.01 = 120", message.text)
        self.assertIn("99.99 + 19.00 = 118.99", message.text)
        self.assertEqual(self.verify("invoices", MODEL, ["1"]), [])
        self.assert_taken_back()

    def test_what_stands_in_the_way_has_a_name(self):
        if not self.here:
            return
        self.env.ref("base.KWD").active = False
        dinars = {"@currency": "KWD", "@amount_tax": 18.998, "@amount_total": 118.988}
        without = self.invoice()
        del without["partner_id"]
        self.bring(
            without,
            self.invoice(name=None),
            self.invoice(name="D"),
            self.invoice(name="D"),
            self.invoice(name="K", **dinars),
            self.invoice(name="R", invoice_date="2017-12-31", **{"@currency": "EUR"}),
            self.invoice(name="P", **{"@state": "proforma"}),
            self.invoice(name="W", **{"@state": "weird"}),
        )
        codes = {m.source_id: m.code for m in self.messages()}
        self.assertEqual(
            codes,
            {
                "1": "invoice_partner",
                "2": "invoice_number",
                "4": "invoice_number_taken",
                "5": "invoice_currency_inactive",
                "6": "invoice_rate",
                "7": "invoice_proforma",
                "8": "invoice_state",
            },
        )
        states = {key: self.loaded("invoices", key).state for key in "12345678"}
        self.assertEqual([k for k, s in states.items() if s == "posted"], ["3"])
        self.assertEqual(self.verify("invoices", MODEL, "12345678"), [])
        self.env.ref("base.KWD").active = True
        self.assertEqual(self.settle("invoices", MODEL, ["5"]), set())
        self.assertEqual(self.loaded("invoices", "5").state, "posted")

    def test_a_locked_period_keeps_number_and_date_as_a_draft(self):
        if not self.here:
            return
        self.company.fiscalyear_lock_date = "2024-12-31"
        (move,) = self.bring(self.invoice(name="INV/2019/00042"))
        self.assertEqual((move.state, str(move.date)), ("draft", "2019-03-04"))
        self.assertEqual(move.name, "INV/2019/00042")
        (message,) = self.messages("invoice_locked")
        self.assertIn("2019-03-04", message.text)
        self.company.fiscalyear_lock_date = False
        self.assertEqual(self.settle("invoices", MODEL, ["1"]), set())
        self.assertEqual((move.state, move.name), ("posted", "INV/2019/00042"))
        self.assertEqual(self.verify("invoices", MODEL, ["1"]), [])

    def test_a_cancelled_one_and_one_of_totals_alone(self):
        if not self.here:
            return
        cancelled, alone = self.bring(
            self.invoice(**{"@state": "cancel", "name": None}),
            self.invoice(name="T", invoice_line_ids=[]),
        )
        self.assertEqual(cancelled.state, "cancel")
        self.assertEqual((alone.state, alone.amount_tax), ("posted", 19.00))
        (line,) = alone.invoice_line_ids
        self.assertEqual((line.name, line.tax_ids.amount), ("T", 19))
        self.assertEqual(self.verify("invoices", MODEL, ["1", "2"]), [])
        self.assert_taken_back()

    def test_a_foreign_one_has_the_rate_of_the_source(self):
        if not self.here:
            return
        (move,) = self.bring(
            self.invoice(**{"@currency": "EUR", "@rate": 1.25, "@rate_currency": "USD"})
        )
        self.assertEqual(move.currency_id.name, "EUR")
        self.assertEqual(move.amount_total, 118.99)
        self.assertEqual(move.amount_total_signed, 148.74)
        self.assertEqual(self.verify("invoices", MODEL, ["1"]), [])
        self.assert_taken_back()

    def test_a_rate_to_another_currency_stands_in_the_chatter_each_in_its_line(self):
        if not self.here:
            return
        rate = {"@rate": 1.084, "@rate_currency": "CHF"}
        (move,) = self.bring(self.invoice(**rate))
        note = " ".join(move.message_ids.mapped("body"))
        self.assertRegex(note, r"Exchange rate of the source</b>: 1\.084</p>")
        self.assertRegex(note, r"Currency the rate leads to</b>: CHF</p>")
        self.assertEqual(self.verify("invoices", MODEL, ["1"]), [])
        self.assert_taken_back()

    def test_a_customer_s_term_does_not_move_the_due_date(self):
        if not self.here:
            return
        customer = self.loaded("companies", "1").with_company(self.company)
        customer.property_payment_term_id = self.env["account.payment.term"].create(
            {"name": "90", "line_ids": [Command.create({"nb_days": 90})]}
        )
        (move,) = self.bring(self.invoice())
        self.assertEqual(str(move.invoice_date_due), "2019-04-03")
        self.assertFalse(move.invoice_payment_term_id)

    def test_notes_are_internal_and_a_planted_difference_is_found(self):
        if not self.here:
            return
        (move,) = self.bring(
            self.invoice(narration="<p>Danke!</p>", **{"@note": "<p>Slow payer</p>"})
        )
        self.assertEqual(str(move.narration), "<p>Danke!</p>")
        self.assertIn("Slow payer", str(move.message_ids.mapped("body")))
        self.assertEqual(self.verify("invoices", MODEL, ["1"]), [])
        self.env.cr.execute(
            "UPDATE account_move SET name = 'X', invoice_date_due = '2020-01-01',"
            " amount_total = 1, state = 'cancel' WHERE id = %s",
            [move.id],
        )
        self.env.cr.execute(
            "UPDATE account_move_line SET price_unit = 1 WHERE display_type = 'product'"
            " AND move_id = %s",
            [move.id],
        )
        self.env.invalidate_all()
        found = {d["field"] for d in self.verify("invoices", MODEL, ["1"])}
        wanted = {"name", "invoice_date_due", "amount_total", "state"}
        self.assertEqual(found & wanted, wanted)
        self.assertIn("invoice_line_ids.1.price_unit", found)

    def test_a_second_load_changes_nothing_and_a_change_is_posted_again(self):
        if not self.here:
            return
        (move,) = self.bring(self.invoice(), self.invoice(name="2"))[:1]
        rows = {"1": self.invoice(), "2": self.invoice(name="2")}
        self.assertEqual(self.load("invoices", MODEL, rows), {"unchanged": 2})
        rows["1"] = self.invoice(
            invoice_line_ids=[{"name": "Drehbank", "quantity": 1, "price_unit": 50, "@tax": 19}],
            **{"@amount_untaxed": 50, "@amount_tax": 9.5, "@amount_total": 59.5},
        )  # fmt: skip
        self.assertEqual(self.load("invoices", MODEL, rows)["updated"], 1)
        self.settle("invoices", MODEL, ["1"])
        self.assertEqual(self.messages().mapped("text"), [])
        self.assertEqual((move.state, move.amount_total), ("posted", 59.5))
        self.assertEqual(self.verify("invoices", MODEL, ["1"]), [])
        self.assert_taken_back()

    def test_a_paid_one_stays_and_keeps_its_journal(self):
        if not self.here:
            return
        paid, other = self.bring(self.invoice(), self.invoice(name="2"))
        wizard = self.env["account.payment.register"].with_context(
            active_model=MODEL, active_ids=paid.ids
        )
        wizard.create({}).action_create_payments()
        self.env.flush_all()
        counter = self.unload("invoices")
        self.assertEqual((counter["deleted"], counter["kept"]), (1, 1))
        self.assertEqual((paid.exists(), other.exists()), (paid, other.browse()))
        self.assertTrue(paid.journal_id.exists())

    def pay(self, *rows):
        """Load invoices whose payments are asked for; return the documents."""
        self.job.payment_policy = "register"
        moves = self.bring(*rows)
        self.env.invalidate_all()
        return moves

    def test_what_was_paid_is_registered_where_that_is_asked_for(self):
        if not self.here:
            return
        mails = self.counts("mail_mail", "mail_notification")
        whole, part, none = self.pay(
            self.invoice(**{"@paid": 118.99, "@paid_at": "2019-03-20 09:00:00"}),
            self.invoice(name="2", **{"@paid": "50.00"}),
            self.invoice(name="3", **{"@paid": 0}),
        )
        self.assertEqual(self.messages().mapped("text"), [])
        states = [
            (m.state, m.payment_state, m.amount_residual) for m in (whole, part, none)
        ]
        self.assertEqual(
            states,
            [
                ("posted", "paid", 0),
                ("posted", "partial", 68.99),
                ("posted", "not_paid", 118.99),
            ],
        )
        first, second = whole.matched_payment_ids, part.matched_payment_ids
        self.assertEqual((str(first.date), first.amount), ("2019-03-20", 118.99))
        self.assertEqual(
            str(second.date), "2019-04-03", "no day is told: when it was due"
        )
        self.assertEqual(first.journal_id.type, "bank")
        self.assertEqual(first.journal_id.company_id, self.company)
        self.assertEqual(self.counts("mail_mail", "mail_notification"), mails)
        self.assertEqual(self.verify("invoices", MODEL, ["1", "2", "3"]), [])
        self.assert_taken_back()

    def test_nothing_is_registered_where_nobody_asked(self):
        if not self.here:
            return
        self.assertEqual(self.job.payment_policy, "note")
        [move] = self.bring(self.invoice(**{"@paid": 118.99}))
        self.assertEqual((move.state, move.payment_state), ("posted", "not_paid"))

    def test_a_state_that_says_paid_pays_the_whole(self):
        if not self.here:
            return
        [move] = self.pay(self.invoice(**{"@state": "paid"}))
        self.assertEqual((move.payment_state, move.amount_residual), ("paid", 0))
        self.assert_taken_back()

    def test_more_than_is_due_is_registered_as_far_as_it_is_and_told(self):
        if not self.here:
            return
        [move] = self.pay(self.invoice(**{"@paid": 200}))
        self.assertEqual(move.payment_state, "paid")
        self.assertIn("200", self.messages("payment_more").text)
        self.assertEqual(self.verify("invoices", MODEL, ["1"]), [])
        self.assert_taken_back()

    def test_a_payment_at_another_rate_goes_with_the_difference_that_it_made(self):
        if not self.here:
            return
        rate = {"name": "2019-03-20", "rate": 0.5, "company_id": self.company.id}
        euro = self.env.ref("base.EUR")
        self.env["res.currency.rate"].create({**rate, "currency_id": euro.id})
        self.env.flush_all()
        self.before = get_digest(self.env)
        paid = {"@paid": 118.99, "@paid_at": "2019-03-20", "@currency": "EUR"}
        [move] = self.pay(self.invoice(**paid))
        self.assertEqual((move.payment_state, move.amount_residual), ("paid", 0))
        lines = move.line_ids
        parts = lines.matched_credit_ids | lines.matched_debit_ids
        self.assertTrue(parts.exchange_move_id)
        self.assertEqual(self.verify("invoices", MODEL, ["1"]), [])
        self.assert_taken_back()

    def test_a_credit_note_and_a_bill_are_paid_the_other_way(self):
        if not self.here:
            return
        moves = self.pay(
            self.invoice(move_type="out_refund", **{"@paid": 118.99}),
            self.invoice(name="B1", move_type="in_invoice", **{"@paid": 118.99}),
        )
        self.assertEqual([m.payment_state for m in moves], ["paid", "paid"])
        kinds = [m.matched_payment_ids.payment_type for m in moves]
        self.assertEqual(kinds, ["outbound", "outbound"])
        self.assert_taken_back()

    def test_without_a_journal_for_money_it_is_told(self):
        if not self.here:
            return
        journals = self.env["account.journal"].search(
            [("company_id", "=", self.company.id), ("type", "in", ("bank", "cash"))]
        )
        journals.active = False
        [move] = self.pay(self.invoice(**{"@paid": 5}))
        self.assertEqual(move.payment_state, "not_paid")
        self.assertIn("no bank or cash journal", self.messages("payment_journal").text)

    def test_a_payment_that_somebody_took_back_is_found(self):
        if not self.here:
            return
        [move] = self.pay(self.invoice(**{"@paid": 118.99}))
        move.line_ids.remove_move_reconcile()
        found = {problem["field"] for problem in self.verify("invoices", MODEL, ["1"])}
        self.assertLessEqual({"@paid", "payment_state"}, found)

    def read_again(self, **more):
        """Load and settle the invoice once more, as the source has it now."""
        self.load("invoices", MODEL, {"1": self.invoice(**more)})
        self.settle("invoices", MODEL, ["1"])
        self.env.invalidate_all()

    def test_what_was_paid_since_is_registered_once_and_for_the_rest(self):
        if not self.here:
            return
        [move] = self.pay(self.invoice(**{"@paid": 50, "@paid_at": "2019-03-20"}))
        paid = {"@paid": 118.99, "@paid_at": "2019-04-01"}
        for _each in range(2):
            self.read_again(ref="New", **paid)
            payments = move.matched_payment_ids.sorted("date")
            self.assertEqual(
                [(p.amount, str(p.date)) for p in payments],
                [(50, "2019-03-20"), (68.99, "2019-04-01")],
            )
            self.assertEqual((move.ref, move.payment_state), ("New", "paid"))
        self.assertEqual(self.messages().mapped("text"), [])
        self.assertEqual(self.verify("invoices", MODEL, ["1"]), [])
        self.assert_taken_back()

    def test_less_than_before_is_told_and_no_payment_goes(self):
        if not self.here:
            return
        [move] = self.pay(self.invoice(**{"@paid": 118.99}))
        self.read_again(**{"@paid": 60})
        self.assertEqual(move.payment_state, "paid")
        self.assertIn("60", self.messages("payment_less").text)
        found = {problem["field"] for problem in self.verify("invoices", MODEL, ["1"])}
        self.assertIn("@paid", found)
        self.assert_taken_back()

    def test_payments_follow_an_invoice_that_the_source_changes(self):
        if not self.here:
            return
        [move] = self.pay(self.invoice(**{"@paid": 118.99}))
        lines = [{"name": "Drehbank", "quantity": 1, "price_unit": 100, "@tax": 19}]
        totals = {"@amount_untaxed": 100, "@amount_tax": 19, "@amount_total": 119}
        self.read_again(**{"invoice_line_ids": lines, "@paid": 119, **totals})
        self.assertEqual((move.state, move.payment_state), ("posted", "paid"))
        self.assertEqual(sum(move.matched_payment_ids.mapped("amount")), 119)
        self.assertEqual(self.verify("invoices", MODEL, ["1"]), [])
        self.read_again(**{"invoice_line_ids": lines, "@state": "void", **totals})
        self.assertEqual(move.state, "cancel")
        self.assertFalse(
            self.env["account.payment"].search(
                [("partner_id", "=", move.partner_id.id)]
            )
        )
        self.assert_taken_back()

    def test_what_a_person_has_paid_is_not_paid_twice(self):
        if not self.here:
            return
        [move] = self.pay(self.invoice(**{"@paid": 0}))
        wizard = self.env["account.payment.register"].with_context(
            active_model=MODEL, active_ids=move.ids
        )
        wizard.create({"payment_date": "2019-04-05"})._create_payments()
        left = self.map_row("invoices", "1").watermark
        self.env.cr.execute(
            "UPDATE account_move SET write_date = %s WHERE id = %s", [left, move.id]
        )
        self.read_again(**{"@paid": 118.99})
        self.assertEqual(len(move.matched_payment_ids), 1)
        self.assertEqual(self.messages().mapped("text"), [])

    def test_a_payment_that_a_statement_confirms_stays_with_its_invoice(self):
        if not self.here:
            return
        [move] = self.pay(self.invoice(**{"@paid": 118.99}))
        payment = move.matched_payment_ids
        line = payment.move_id.line_ids.filtered(
            lambda line: line.account_id == payment.outstanding_account_id
        )
        entry = self.env[MODEL].create(
            {
                "move_type": "entry",
                "date": "2019-04-08",
                "journal_id": payment.journal_id.id,
                "line_ids": [
                    Command.create({"account_id": account.id, "balance": balance})
                    for account, balance in (
                        (line.account_id, -118.99),
                        (payment.journal_id.default_account_id, 118.99),
                    )
                ],
            }
        )
        entry.action_post()
        (
            line
            | entry.line_ids.filtered(lambda each: each.account_id == line.account_id)
        ).reconcile()
        self.unload("invoices")
        self.assertEqual((move.exists(), payment.exists()), (move, payment))
        self.assertEqual(move.payment_state, "paid")

    def test_what_is_coming_is_said_beforehand(self):
        if not self.here:
            return
        self.env.ref("base.KWD").active = False
        self.company.fiscalyear_lock_date = "2024-12-31"
        mapping = self.mapping("invoices", MODEL)
        self.stage(
            "invoices",
            MODEL,
            {
                "1": {"@mapping": str(mapping.id), **self.invoice(**{"@paid": 5})},
                "2": {
                    "@mapping": str(mapping.id),
                    **self.invoice(invoice_date="2025-01-01", **{"@currency": "KWD"}),
                },
            },
        )
        target = self.env["crm.migration.target"]._for(MODEL)
        found = {code: text for code, _level, text in target._get_checks(self.job)}
        self.assertIn("1 invoice is dated on or before 2024-12-31", found["target.invoice_locks"])  # fmt: skip
        self.assertIn("KWD", found["target.invoice_currencies"])
        self.assertIn("19 %", found["target.invoice_taxes"])
        self.assertIn("1 invoice was paid", found["target.invoice_payments"])
        self.job._renew_target_checks()
        codes = set(self.job.check_ids.mapped("code"))
        self.assertLessEqual({f"odoo.{code}" for code in found}, codes)


@tagged("post_install", "-at_install")
class TestLinesApart(InvoiceCase):
    """A file of invoices and one of their lines: the invoices are loaded with both."""

    def lines(self, *rows):
        mapping = self.mapping("lines", "account.move.line")
        values = {
            str(number): {
                "@mapping": str(mapping.id),
                "@bill": [self.ref("invoices", bill, "name")],
                **row,
            }
            for number, (bill, row) in enumerate(rows, 1)
        }
        self.stage("lines", "account.move.line", values)
        return values

    def test_lines_of_a_file_of_their_own_are_those_of_their_invoice(self):
        if MODEL not in self.env:
            return
        lathe = {"name": "Drehbank", "quantity": 3, "price_unit": 33.33, "@tax": 19}
        oil = {"name": "Öl", "quantity": 1, "price_unit": 10, "@tax": 0}
        rows = self.lines(("A-1", lathe), ("B-2", oil), ("A-1", oil))
        totals = {"@amount_untaxed": 109.99, "@amount_total": 128.99}
        first, second = self.bring(
            self.invoice(name="A-1", invoice_line_ids=None, **totals),
            self.invoice(
                name="B-2",
                invoice_line_ids=None,
                **{"@amount_untaxed": 10, "@amount_tax": 0, "@amount_total": 10},
            ),
        )
        names = first.invoice_line_ids.sorted("id").mapped("name")
        self.assertEqual(names, ["Drehbank", "Öl"])
        self.assertEqual((first.state, first.amount_total), ("posted", 128.99))
        self.assertEqual((second.state, second.amount_total), ("posted", 10))
        # Whoever refers by number finds the invoice by it; here the id will do.
        for key, row in rows.items():
            bill = {"A-1": "1", "B-2": "2"}[row["@bill"][0]["$ref"][1]]
            self.staged("lines", key).values = {
                "": {**row, "@bill": [self.ref("invoices", bill)]}
            }
        self.assertEqual(self.verify("invoices", MODEL, ["1", "2"]), [])
        self.assert_taken_back()


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
