"""Invoices of a simulated system, from the check to the rollback, in both worlds."""

from odoo.tests import tagged

from ..connectors.nextcrm.profile import MAPPINGS
from .common import MigrationCase
from .journey_common import Journey
from .journey_systems import NextCrmSystem
from .loader_common import LoaderCase

MODEL = "account.move"


class WithChart:
    """The company has a chart of accounts, and euros, where Invoicing is here."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if MODEL in cls.env:
            if not cls.env.company.chart_template:
                cls.env["account.chart.template"].try_loading(
                    "generic_coa", company=cls.env.company, install_demo=False
                )
            cls.env.ref("base.EUR").active = True


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
        moves = self.get_map("invoices")
        self.assertEqual(len(moves), 8)
        for key, move in moves.items():
            with self.subTest(key, number=move.name, kind=move.move_type):
                self.assertEqual(
                    (move.amount_untaxed, move.amount_tax, move.amount_total),
                    (5031.25, 1056.56, 6087.81),
                )
                posted = bool(move.name)
                self.assertEqual(move.state, "posted" if posted else "draft")
                self.assertEqual(move.currency_id.name, "EUR")
                self.assertAlmostEqual(1 / move.invoice_currency_rate, 1.084, 6)
                texts = " ".join(str(m.body) for m in move.message_ids)
                self.assertIn("2435.12", texts)
        kinds = {move.move_type for move in moves.values()}
        self.assertEqual(kinds, {"out_invoice", "out_refund"})


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
        checks = {code: text for code, _level, text in self.job._get_checks()}
        self.assertIn(reason, checks["out_of_reach"])
        targets = self.env["crm.migration.target"]
        self.assertFalse(targets._has_become_possible(self.job))
        if MODEL not in self.env:
            self.assertIn("Invoicing", reason)
            return
        self.assertIn("chart of accounts", reason)
        self.env["account.chart.template"].try_loading(
            "generic_coa", company=company, install_demo=False
        )
        self.assertTrue(targets._has_become_possible(self.job))
        self.assertEqual(self.resolve()[1], [])
