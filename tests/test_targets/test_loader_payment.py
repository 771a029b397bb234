"""Payments of invoices: registered where asked, once, and taken back."""

from odoo import Command
from odoo.tests import tagged

from ..digests import get_digest
from .invoice_common import MODEL, CustomerCase

SEVERAL = [
    {"amount": 40, "date": "2019-03-20", "reference": "Bank 7"},
    {"amount": "40.00", "date": "2019-04-03T08:00:00", "reference": "Bank 7"},
    {"amount": 38.99, "date": "2019-05-02"},
]


@tagged("post_install", "-at_install")
class TestPayments(CustomerCase):
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

    def test_what_is_still_due_tells_what_was_paid(self):
        if not self.here:
            return
        whole, part, none = self.pay(
            self.invoice(**{"@residual": 0}),
            self.invoice(name="2", **{"@residual": "68.99"}),
            self.invoice(name="3", **{"@residual": 118.99}),
        )
        states = [(m.payment_state, m.amount_residual) for m in (whole, part, none)]
        self.assertEqual(
            states, [("paid", 0), ("partial", 68.99), ("not_paid", 118.99)]
        )
        self.assertEqual(self.messages().mapped("text"), [])
        self.assertEqual(self.verify("invoices", MODEL, ["1", "2", "3"]), [])
        # Somebody takes the payment of the first one back: all of it is due again.
        whole.line_ids.remove_move_reconcile()
        self.env.flush_all()
        rows = self.verify("invoices", MODEL, ["1", "2", "3"])
        told = {r["field"]: (r["expected"], r["found"]) for r in rows}
        self.assertEqual(told["@paid"], ("118.99", "0.00"))
        self.assertEqual(told["payment_state"], ("paid", "not_paid"))

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

    def test_several_payments_become_one_each(self):
        if not self.here:
            return
        [move] = self.pay(
            self.invoice(
                **{"@paid": 118.99, "@paid_at": "2019-05-02", "@payments": SEVERAL}
            )
        )
        self.assertEqual(self.messages().mapped("text"), [])
        self.assertEqual((move.payment_state, move.amount_residual), ("paid", 0))
        self.assertEqual(
            self.list_payments(move),
            [
                ("2019-03-20", 40, "Bank 7"),
                ("2019-04-03", 40, "Bank 7"),
                ("2019-05-02", 38.99, move.payment_reference or move.name),
            ],
        )
        self.assertEqual(self.verify("invoices", MODEL, ["1"]), [])
        self.assert_taken_back()

    def list_payments(self, move):
        payments = move.matched_payment_ids.sorted(lambda p: (p.date, p.id))
        return [(str(p.date), p.amount, p.memo) for p in payments]

    def test_of_several_payments_only_the_new_ones_are_registered_later(self):
        if not self.here:
            return
        now = {"@paid": 80, "@payments": SEVERAL[:2]}
        [move] = self.pay(self.invoice(**now))
        self.assertEqual(move.amount_residual, 38.99)
        for _each in range(2):
            self.read_again(**{"@paid": 118.99, "@payments": SEVERAL})
            days = [(day, amount) for day, amount, _memo in self.list_payments(move)]
            self.assertEqual(
                days, [("2019-03-20", 40), ("2019-04-03", 40), ("2019-05-02", 38.99)]
            )
        self.assertEqual(self.verify("invoices", MODEL, ["1"]), [])
        self.assert_taken_back()

    def test_a_list_that_does_not_come_to_what_was_paid_makes_one_payment(self):
        """Money that went back, a payment that was deleted: the sum is what counts."""
        if not self.here:
            return
        back = [*SEVERAL, {"amount": -38.99, "date": "2019-06-01"}]
        fewer, returned = self.pay(
            self.invoice(**{"@paid": 118.99, "@payments": SEVERAL[:2]}),
            self.invoice(name="2", **{"@paid": 80, "@payments": back}),
        )
        for move, amount in ((fewer, 118.99), (returned, 80)):
            self.assertEqual(move.matched_payment_ids.mapped("amount"), [amount])
        self.assertEqual(self.verify("invoices", MODEL, ["1", "2"]), [])
        self.assert_taken_back()

    def test_of_several_payments_a_changed_day_is_found(self):
        if not self.here:
            return
        [move] = self.pay(self.invoice(**{"@paid": 118.99, "@payments": SEVERAL}))
        first = move.matched_payment_ids.sorted("date")[:1]
        self.env.cr.execute(
            "UPDATE account_payment SET date = '2020-01-01' WHERE id = %s", [first.id]
        )
        self.env.invalidate_all()
        found = {problem["field"] for problem in self.verify("invoices", MODEL, ["1"])}
        self.assertIn("@payments", found)

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

    def test_what_is_still_due_is_said_beforehand_too(self):
        """Paid is what is not due any more; what is due as a whole, nobody has paid."""
        if not self.here:
            return
        mapping = self.mapping("invoices", MODEL)
        due = {"1": 0, "2": 68.99, "3": 118.99, "4": None}
        rows = {
            key: {"@mapping": str(mapping.id), **self.invoice(**{"@residual": rest})}
            for key, rest in due.items()
        }
        self.stage("invoices", MODEL, rows)
        target = self.env["crm.migration.target"]._for(MODEL)
        found = {code: text for code, _level, text in target._get_checks(self.job)}
        self.assertIn("2 invoices were paid", found["target.invoice_payments"])
        self.job.payment_policy = "register"
        codes = {code for code, *_rest in target._get_checks(self.job)}
        self.assertNotIn("target.invoice_payments", codes)
