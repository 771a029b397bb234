"""Invoices of a simulated system, from the check to the rollback, in both worlds."""

from odoo.tests import tagged

from ...connectors.nextcrm.mappings import MAPPINGS
from ..common import MigrationCase, give_chart
from ..loader_common import LoaderCase
from .journey_common import Journey
from .journey_systems import NextCrmSystem, Opex365System

MODEL = "account.move"


OTHERS = ("projects", "project_stages", "tasks", "task_tags", "todos", "comments")
"""Objects that have a journey of their own among other apps."""


class WithChart:
    """The company has a chart of accounts, and euros, where Invoicing is here."""

    @classmethod
    def run_kind(cls, kind, parameters=None):
        if kind == "extract":
            others = cls.job.stream_ids.filtered(lambda s: s.name in OTHERS)
            others.selected = False
        return super().run_kind(kind, parameters)

    def test_every_value_of_an_invoice_is_accounted_for(self):
        lost = self.job.coverage_ids.filtered(
            lambda row: row.kind == "unaccounted" and "invoice" in row.stream_id.name
        )
        self.assertFalse(lost.mapped(lambda r: (r.stream_id.name, r.field, r.count)))

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if MODEL in cls.env:
            give_chart(cls.env.company)
            cls.env.ref("base.EUR").active = True
            cls.env["res.currency.rate"].create(
                {
                    "currency_id": cls.env.ref("base.EUR").id,
                    "company_id": cls.env.company.id,
                    "name": "2010-01-01",
                    "rate": 0.8,
                }
            )


@tagged("post_install", "-at_install")
class TestNextCrmInvoices(NextCrmSystem, Journey, WithChart, MigrationCase):
    def test_invoices_are_there_to_the_cent_or_reported(self):
        stream = self.job.stream_ids.filtered(lambda s: s.name == "invoices")
        checks = {check.code: check.text for check in self.job.check_ids}
        if MODEL not in self.env:
            (item,) = {each["reason"] for each in stream.left_out}
            self.assertIn("Invoicing", item)
            self.assertIn("Invoicing", checks["odoo.out_of_reach"])
            self.assertIn(stream.label, checks["odoo.out_of_reach"])
            return
        self.assertNotIn("odoo.out_of_reach", checks)
        self.assertIn("21 %", checks["odoo.target.invoice_taxes"])
        told = self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("stream", "=", "invoices")]
        )
        waiting = {m.source_id: m.code for m in told if m.code.startswith("invoice_")}
        self.assertLessEqual(
            set(waiting.values()), {"invoice_partner", "invoice_proforma"}
        )
        moves = self.get_map("invoices")
        self.assertEqual(len(moves), 8)
        for key, move in moves.items():
            with self.subTest(key, number=move.name, kind=move.move_type):
                self.assertEqual(
                    (move.amount_untaxed, move.amount_tax, move.amount_total),
                    (5031.25, 1056.56, 6087.81),
                )
                is_draft = not move.name or key in waiting
                self.assertEqual(move.state, "draft" if is_draft else "posted")
                self.assertEqual(bool(move.partner_id), "partner" not in waiting.get(key, ""))  # fmt: skip
                self.assertEqual(move.currency_id.name, "EUR")
                self.assertAlmostEqual(1 / move.invoice_currency_rate, 1.084, 6)
                texts = " ".join(str(m.body) for m in move.message_ids)
                self.assertIn("2435.12", texts)
        self.assertIn("posted", {move.state for move in moves.values()})
        kinds = {move.move_type for move in moves.values()}
        self.assertEqual(kinds, {"out_invoice", "out_refund"})


@tagged("post_install", "-at_install")
class TestOpexInvoices(Opex365System, Journey, WithChart, MigrationCase):
    def test_an_invoice_is_there_to_the_cent_or_reported(self):
        stream = self.job.stream_ids.filtered(lambda s: s.name == "invoices")
        if MODEL not in self.env:
            (item,) = {each["reason"] for each in stream.left_out}
            self.assertIn("Invoicing", item)
            return
        (move,) = self.get_map("invoices").values()
        self.assertEqual((move.name, move.state), ("INV-01000-Z3D5F1", "posted"))
        self.assertEqual((move.amount_tax, move.amount_total), (71.25, 446.25))
        self.assertEqual(move.invoice_line_ids.tax_ids.amount, 19)
        self.assertEqual(str(move.invoice_date_due), "2025-03-31")


@tagged("post_install", "-at_install")
class TestOutOfReach(LoaderCase):
    """Without the app, or without a chart of accounts, it is said beforehand."""

    def resolve(self):
        wanted = [m for m in MAPPINGS if m.stream.startswith("invoice")]
        return self.env["crm.migration.target"]._resolve_mappings(wanted, self.job)

    def test_what_is_missing_is_named_and_noticed_once_it_is_there(self):
        company = self.env["res.company"].create({"name": "Bare Ltd"})
        self.job.company_id = company
        found, left_out = self.resolve()
        self.assertEqual(found, [])
        self.assertEqual({item.needs for item in left_out}, {MODEL})
        self.assertIn("invoice_activities", {item.stream for item in left_out})
        (reason,) = {item.reason for item in left_out}
        line = self.mapping("invoices", "res.partner").stream_id
        line.selected = True
        line.left_out = [{"when": [], "reason": reason, "needs": MODEL}]
        checks = {code: text for code, _level, text, *_ in self.job._get_checks()}
        self.assertIn(reason, checks["out_of_reach"])
        targets = self.env["crm.migration.target"]
        self.assertFalse(targets._has_become_possible(self.job))
        if MODEL not in self.env:
            self.assertIn("Invoicing", reason)
            return
        self.assertIn("chart of accounts", reason)
        give_chart(company)
        self.assertTrue(targets._has_become_possible(self.job))
        self.assertEqual(self.resolve()[1], [])
