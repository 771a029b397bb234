"""Faults of invoices, prices and boards, where the apps are here that take them."""

from odoo.tests import tagged

from .fault_planting import FaultCase
from .fault_source_apps import FaultyApps
from .faults_of_apps import OF_APPS

NEEDED = ("account.move", "product.template", "project.task")


@tagged("post_install", "-at_install")
class TestFaultsAmongApps(FaultCase):
    source = FaultyApps

    @classmethod
    def is_here(cls):
        return all(name in cls.env for name in NEEDED)

    @classmethod
    def get_company(cls):
        company = cls.env["res.company"].create(
            {
                "name": "Moved Ltd",
                "country_id": cls.env.ref("base.us").id,
                "currency_id": cls.env.ref("base.USD").id,
            }
        )
        cls.env["account.chart.template"].try_loading(
            "generic_coa", company=company, install_demo=False
        )
        cls.env.user.company_ids |= company
        cls.env["res.currency.rate"].create(
            {
                "currency_id": cls.env.ref("base.EUR").id,
                "name": "2018-01-01",
                "rate": 0.9,
                "company_id": company.id,
            }
        )
        return company

    def test_without_a_fault_every_value_is_accounted_for(self):
        if not self.is_here():
            return self.assertNotIn("account.move", self.env)
        return self.assert_nothing_is_found()

    def test_every_fault_is_found(self):
        if not self.is_here():
            return self.assertNotIn("account.move", self.env)
        return self.assertFalse(self.plant_each(OF_APPS))

    def plant_take_own_currency(self, record, move):
        self.put(move, currency_id=self.job.company_id.currency_id.id)

    def plant_drop_a_line(self, record, move):
        lines = move.invoice_line_ids.sorted("id")
        self.put(lines[-1:], display_type="tax")

    def plant_drop_currency(self, record, product):
        notes = "<p>Sales Price: 90.00</p>"
        message = product.message_ids.filtered(lambda m: "90" in (m.body or ""))
        if message:
            self.put(message, body=notes)
        else:
            self.put(product, description=notes)
