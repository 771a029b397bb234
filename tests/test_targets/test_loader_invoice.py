"""Invoices: numbers, dates, taxes, totals to the cent, else a draft that says so."""

from odoo import Command
from odoo.tests import tagged

from .invoice_common import MODEL, CustomerCase, InvoiceCase


@tagged("post_install", "-at_install")
class TestInvoices(CustomerCase):
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
