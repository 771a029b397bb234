"""Products with their prices, units and price lists."""

from odoo.tests import tagged

from ..digests import get_digest
from .sales_common import SalesCase


@tagged("post_install", "-at_install")
class TestProducts(SalesCase):
    def test_cost_code_and_barcode_stand_on_the_variant_also_of_an_archived_one(self):
        if not self.is_here:
            return
        row = {"default_code": "A-1", "standard_price": 4.25, "list_price": 9}
        self.load(
            "products",
            "product.template",
            {
                "1": {"name": "Buoy", "barcode": "590123", **row},
                "2": {"name": "Old buoy", "barcode": "590124", "active": False, **row},
            },
        )
        for key, barcode in (("1", "590123"), ("2", "590124")):
            product = self.loaded("products", key)
            self.assertEqual(product.standard_price, 4.25)
            self.assertEqual((product.barcode, product.default_code), (barcode, "A-1"))
        self.assertFalse(product.active)
        self.assertEqual(self.verify("products", "product.template", ["1", "2"]), [])
        self.loaded("products", "1").standard_price = 4
        differences = self.verify("products", "product.template", ["1", "2"])
        self.assertEqual([d["field"] for d in differences], ["standard_price"])

    def test_a_barcode_that_is_taken_is_told_and_costs_nothing_else(self):
        if not self.is_here:
            return
        self.env["product.product"].create({"name": "Theirs", "barcode": "111"})
        self.load(
            "products",
            "product.template",
            {
                "1": {"name": "A", "barcode": "111"},
                "2": {"name": "B", "barcode": "222"},
                "3": {"name": "C", "barcode": "222"},
            },
        )
        self.assertEqual(
            [self.loaded("products", key).barcode for key in "123"],
            [False, "222", False],
        )
        self.assertIn("111", str(self.loaded("products", "1").description))
        texts = self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("code", "=", "barcode_taken")]
        )
        self.assertIn("Theirs", texts.mapped("text")[0])
        self.assertIn("belongs to B", texts.mapped("text")[1])

    def test_categories_are_found_by_name_within_the_one_above(self):
        if not self.is_here:
            return
        categories = self.env["product.category"]
        tools = categories.create({"name": "Tools"})
        saws = categories.create({"name": "Saws", "parent_id": tools.id})
        self.load(
            "families",
            "product.category",
            {
                "1": {"name": "TOOLS"},
                "2": {"name": "Saws", "parent_id": self.ref("families", "1")},
                "3": {"name": "Saws"},
            },
        )
        self.assertEqual(self.loaded("families", "1"), tools)
        self.assertEqual(self.loaded("families", "2"), saws)
        self.assertNotEqual(self.loaded("families", "3"), saws)
        target = self.env["crm.migration.target.product.category"]
        found, created = target._find_or_create(
            self.job, "product.category", ["Tools / Saws", "Tools / Drills / Bits"]
        )
        self.assertEqual(found["Tools / Saws"], saws.id)
        made = categories.browse(found["Tools / Drills / Bits"])
        self.assertEqual(made.complete_name, "Tools / Drills / Bits")
        self.assertEqual(len(created), 2)

    def test_categories_made_on_the_way_to_another_go_with_the_last_one(self):
        if not self.is_here:
            return
        categories = self.env["product.category"]
        before = set(categories.search([]).ids)
        rows = self.env["crm.migration.value.map"].create(
            [
                {
                    "job_id": self.job.id,
                    "list": "categories",
                    "key": name,
                    "model_name": "product.category",
                    "decision": "create",
                }
                for name in ("Nets / Deep Sea / Fine", "Nets / Inshore")
            ]
        )
        phases = {
            name: self.env[f"crm.migration.phase.{name}"]
            for name in ("prepare", "rollback")
        }
        catalog = self.env["crm.migration.target.lookup.list"]
        phases["prepare"]._create_rows(self.job, catalog, rows)
        self.assertEqual(len(set(categories.search([]).ids) - before), 4)
        # Somebody works on with one of them.
        inshore = rows.filtered(lambda row: row.key.endswith("Inshore")).target_ref
        product = self.env["product.template"].create(
            {"name": "Net", "categ_id": inshore.id}
        )
        phases["rollback"]._remove_prepared(self.job)
        left = categories.browse(set(categories.search([]).ids) - before)
        self.assertEqual(set(left.mapped("name")), {"Nets", "Inshore"})
        product.unlink()
        phases["rollback"]._remove_prepared(self.job)
        self.assertEqual(set(categories.search([]).ids), before)

    def test_a_price_list_of_the_source_is_nobodys_default(self):
        if not self.is_here:
            return
        self.prepare()
        self.load(
            "lists",
            "product.pricelist",
            {"1": {"name": "Prix France", "@currency": "EUR"}},
        )
        self.load(
            "prices",
            "product.pricelist.item",
            {
                "1": {
                    "pricelist_id": self.ref("lists", "1"),
                    "product_tmpl_id": self.ref("products", "3"),
                    "compute_price": "fixed",
                    "fixed_price": 11.75,
                }
            },
        )
        price_list = self.loaded("lists", "1")
        self.assertEqual(price_list.currency_id.name, "EUR")
        product = self.loaded("products", "3").product_variant_id
        self.assertEqual(price_list._get_product_price(product, 1), 11.75)
        self.assertEqual(self.loaded("prices", "1").applied_on, "1_product")
        self.assertGreater(price_list.sequence, 16)
        self.assertEqual(self.verify("lists", "product.pricelist", ["1"]), [])
        self.assertEqual(self.verify("prices", "product.pricelist.item", ["1"]), [])

    def test_products_and_prices_are_taken_back(self):
        if not self.is_here:
            return
        before = get_digest(self.env, ("res_partner", "crm_lead"))
        self.test_a_price_list_of_the_source_is_nobodys_default()
        for stream in ("prices", "lists", "products", "deals", "companies"):
            self.unload(stream)
        after = get_digest(self.env, ("res_partner", "crm_lead"))
        self.assertEqual({t: v for t, v in before.items() if after.get(t) != v}, {})
