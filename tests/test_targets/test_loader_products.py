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

    def load_prices(self):
        """Return a list of the source, and the price of a product on it."""
        self.prepare()
        values = {"name": "Prix France", "@currency": "EUR"}
        self.load("lists", "product.pricelist", {"1": values})
        price = {
            "pricelist_id": self.ref("lists", "1"),
            "product_tmpl_id": self.ref("products", "3"),
            "compute_price": "fixed",
            "fixed_price": 11.75,
        }
        self.load("prices", "product.pricelist.item", {"1": price})
        return self.loaded("lists", "1"), self.loaded("prices", "1")

    def test_a_price_that_somebody_has_set_on_a_list_is_not_lost(self):
        """It is set on the form of a product: that leaves no trace on the list."""
        if not self.is_here:
            return
        price_list, _price = self.load_prices()
        product = self.env["product.template"].create({"name": "Theirs"})
        theirs = price_list.item_ids.with_user(self.anna).sudo()
        theirs = theirs.create(
            {
                "pricelist_id": price_list.id,
                "product_tmpl_id": product.id,
                "applied_on": "1_product",
                "compute_price": "fixed",
                "fixed_price": 5,
            }
        )
        self.work_on(theirs, fixed_price=4.5)
        self.assertEqual(self.unload("prices"), {"deleted": 1})
        self.assertEqual(self.unload("lists"), {"kept": 1})
        self.assertEqual(theirs.exists().fixed_price, 4.5)
        theirs.unlink()
        self.messages("kept_used").unlink()  # of this run: what it has decided stands
        self.assertEqual(self.unload("lists"), {"deleted": 1})

    def test_a_price_that_is_kept_keeps_its_list(self):
        if not self.is_here:
            return
        price_list, price = self.load_prices()
        self.work_on(price, fixed_price=12.5)
        self.assertEqual(self.unload("prices"), {"kept": 1})
        self.assertEqual(self.unload("lists"), {"kept": 1})
        self.assertEqual(price.exists().pricelist_id, price_list)

    def test_a_variant_that_somebody_has_completed_keeps_its_product(self):
        if not self.is_here:
            return
        self.prepare()
        product = self.loaded("products", "3")
        self.work_on(product.product_variant_id, barcode="4006381333931")
        self.env.cr.execute(
            "UPDATE product_template SET write_date = map.watermark"
            "  FROM crm_migration_id_map AS map WHERE map.res_id = product_template.id"
            "   AND map.res_model = 'product.template' AND map.job_id = %s",
            [self.job.id],
        )
        self.unload("products")
        self.assertEqual(product.exists().barcode, "4006381333931")

    def test_products_and_prices_are_taken_back(self):
        if not self.is_here:
            return
        before = get_digest(self.env, ("res_partner", "crm_lead"))
        self.test_a_price_list_of_the_source_is_nobodys_default()
        for stream in ("prices", "lists", "products", "deals", "companies"):
            self.unload(stream)
        after = get_digest(self.env, ("res_partner", "crm_lead"))
        self.assertEqual({t: v for t, v in before.items() if after.get(t) != v}, {})
