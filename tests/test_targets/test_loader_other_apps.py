"""What other applications add to a record by themselves is right, and goes with it.

Each test needs one that the worlds of the tests do not have; where it is not installed
there is nothing to see.
"""

from odoo.tests import tagged

from ..digests import get_digest
from ..loader_common import LoaderCase


@tagged("post_install", "-at_install")
class TestOtherApps(LoaderCase):
    def has(self, module):
        return module in self.env.registry._init_modules

    def test_the_cost_of_a_product_goes_with_it(self):
        if not self.has("stock_account"):
            return
        before = get_digest(self.env)
        rows = {
            "1": {"name": "Pump", "standard_price": 12.5},
            "2": {"name": "Valve", "standard_price": 0.5, "active": False},
        }
        self.load("products", "product.template", rows)
        variants = self.loaded("products", "1").product_variant_id
        self.assertTrue(
            self.env["product.value"].search([("product_id", "in", variants.ids)])
        )
        self.assertEqual(self.verify("products", "product.template", ["1", "2"]), [])
        rows["1"]["standard_price"] = 13
        self.load("products", "product.template", rows)
        self.assertEqual(self.unload("products"), {"deleted": 2})
        after = get_digest(self.env)
        self.assertEqual({n for n in after if after[n] != before.get(n)}, set())

    def test_the_place_of_a_product_in_the_shop_is_no_difference(self):
        if not self.has("website_sale"):
            return
        rows = {key: {"name": f"Part {key}"} for key in "123"}
        self.load("products", "product.template", rows)
        self.assertTrue(self.loaded("products", "1").website_sequence)
        self.assertEqual(self.verify("products", "product.template", rows), [])

    def test_the_account_of_a_project_is_no_difference(self):
        if not self.has("hr_timesheet"):
            return
        self.load("boards", "project.project", {"1": {"name": "Board"}})
        self.assertTrue(self.loaded("boards", "1").account_id)
        self.assertEqual(self.verify("boards", "project.project", ["1"]), [])
        account = self.loaded("boards", "1").account_id
        self.assertEqual(self.unload("boards"), {"deleted": 1})
        self.assertFalse(account.exists())

    def test_the_warehouse_of_a_quotation_is_no_difference(self):
        if not self.has("sale_stock"):
            return
        self.load("firms", "res.partner", {"1": {"name": "Firm"}})
        rows = {
            key: {
                "name": f"Q {key}",
                "partner_id": self.ref("firms", "1"),
                "state": state,
            }
            for key, state in (("1", "draft"), ("2", "sent"), ("3", "cancel"))
        }
        self.load("quotes", "sale.order", rows)
        self.assertTrue(self.loaded("quotes", "3").warehouse_id)
        self.assertEqual(self.verify("quotes", "sale.order", rows), [])

    def test_the_next_rank_of_a_user_is_no_difference(self):
        if not self.has("gamification"):
            return
        self.env["crm.migration.owner"].create(
            {
                "job_id": self.job.id,
                "key": "bob",
                "name": "Bob",
                "decision": "placeholder",
            }
        )
        self.load("users", "res.users", {"bob": {"name": "Bob"}})
        self.assertTrue(self.loaded("users", "bob").next_rank_id)
        self.assertEqual(self.verify("users", "res.users", ["bob"]), [])
        self.assertEqual(self.unload("users"), {"deleted": 1})
